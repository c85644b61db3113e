// SPDX-License-Identifier: Apache-2.0
// The target's plate is the same in every view, the close-up too.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/plates.h"
#include "judge/views.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"differs", 0.5, 0, 1, "probability of another plate from which the views contradict"},
    {"sure", 0.9, 0.5, 1, "probability of a string from which a view counts by itself"}};

// How surely a view shows another plate than the best-read one. Strings that are near are two
// readings of one plate of which at most one is right: the worse one is then likely the wrong one.
// Strings that are far are of two vehicles if both are right, which a panel's target told before;
// a close-up shows nothing else to tell it by.
double differs(const Evidence& e, const PlateSeen& best, const PlateView& view) {
  if (view.plate->text == best.text) return 0;
  // A plate is read right or it has no form of one: a fragment shows no other plate.
  if (!plate_form(view.plate->text)) return 0;
  const double right = view.plate->readable;
  // One character apart, with fewer pixels: of such readings the reader is surer than it should be.
  const bool misread =
      edit_distance(view.plate->text, best.text) == 1 && view.plate->box.width() < best.box.width();
  if (right >= knob(e, kPlatesAgreeBetweenPanels, "sure") && !misread) return right;
  const bool near = plate_distance(view.plate->text, best.text) <= kSamePlate;
  const auto panel = static_cast<std::size_t>(view.panel);
  if (!near && e.facts.panels[panel].role == Role::closeup) return right;
  return agreed(right, 1 - static_cast<double>(near ? best.readable : e.target.panels[panel].p));
}

Finding check(const Evidence& e) {
  const PlateSeen* best = e.target.plate(e.facts);
  if (!best || best->text.empty())
    return unknown(kPlatesAgreeBetweenPanels, "plate_unsure", "no plate was read", "未读出号牌");
  double most = 0;
  PlateView worst;
  for (const PlateView& view : plate_views(e))
    if (const double p = differs(e, *best, view); p > most) {
      most = p;
      worst = view;
    }
  if (most < knob(e, kPlatesAgreeBetweenPanels, "differs"))
    return holds(kPlatesAgreeBetweenPanels, 1 - most, "no view contradicts another",
                 "各分图号牌一致");
  const std::string& file = e.facts.panels[static_cast<std::size_t>(worst.panel)].file;
  return at(fails(kPlatesAgreeBetweenPanels, "plate_differs_between_panels", most,
                  file + " shows " + worst.plate->text + ", another view " + best->text,
                  file + " 为 " + worst.plate->text + ", 另一分图为 " + best->text),
            worst.panel, worst.plate->box);
}

}  // namespace

const Check kPlatesAgreeBetweenPanels{"plates_agree_between_panels",
                                      "The plate is the same in every view", kKnobs, check};

}  // namespace vioreview
