// SPDX-License-Identifier: Apache-2.0
// The target looks like the recorded vehicle class. A difference may be a cloned plate: for a
// person, never a reject.
#include <algorithm>
#include <cmath>

#include "judge/checks/checks.h"
#include "judge/views.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"record", 0.97, 0.5, 1, "how often a recorded vehicle class is right"},
    {"sure", 0.85, 0.5, 1, "probability of a class from which it surely contradicts the record"},
    {"likely", 0.5, 0, 1, "probability of a class from which it may contradict the record"},
    {"other_look", 0.9, 0.5, 1, "probability of the other of a class's two looks that is a doubt"}};

std::string looks_en(const SeenAt<VehicleClass>& seen) {
  return "looks like a " + std::string(name_of(seen.what.value));
}
std::string looks_zh(const SeenAt<VehicleClass>& seen) {
  return "车型为" + std::string(zh_of(seen.what.value));
}

// Of whole vehicles where there are any: half a car shows as little of its class as a close-up of
// its plate.
std::vector<SeenAt<VehicleClass>> views_of(const Evidence& e) {
  auto views = all_seen(e, [](const ObjectSeen& o) { return o.vehicle_class; });
  const auto whole_first = std::stable_partition(views.begin(), views.end(), [&](const auto& view) {
    const PanelFacts& panel = e.facts.panels[static_cast<std::size_t>(view.panel)];
    return !cut_off(view.box, panel.width, panel.height);
  });
  if (whole_first != views.begin()) views.erase(whole_first, views.end());
  return views;
}

// Probability that the views show the look `other` rather than `named`, 0 when none shows either.
// One view alone may err, and all err together: their mean tells.
template <class Named, class Other>
double leans(const std::vector<SeenAt<VehicleClass>>& views, Named named, Other other) {
  constexpr double kSurest = 0.98;
  double sum = 0, n = 0;
  for (const auto& view : views) {
    if (!named(view.what.value) && !other(view.what.value)) continue;
    const double p = std::clamp<double>(view.what.p, 1 - kSurest, kSurest);
    sum += std::log(p / (1 - p)) * (other(view.what.value) ? 1 : -1);
    n += 1;
  }
  return n > 0 ? 1 / (1 + std::exp(-sum / n)) : 0;
}

Finding check(const Evidence& e) {
  const auto& recorded = e.c.record.vehicle_class;
  if (!recorded || recorded->looks.empty())
    return holds(kVehicleClassFits, 1, "the record says nothing of the look", "记录未给出车型外观");
  const auto fits = [&](VehicleClass look) {
    return std::find(recorded->looks.begin(), recorded->looks.end(), look) != recorded->looks.end();
  };
  // Of a class with two looks the first is the one it is named for: K33 is a saloon that may pass
  // for an SUV. What surely looks like the second is a doubt (proposal).
  const auto second = [&](VehicleClass look) {
    return recorded->looks.size() == 2 && look == recorded->looks[1];
  };
  const auto views = views_of(e);
  const auto yes = surest(views, fits);
  const auto no = surest(views, [&](VehicleClass look) { return !fits(look); });
  if (!yes && !no)
    return unknown(kVehicleClassFits, "not_sure", "the target's class is not seen",
                   "未能判断目标车型");
  const double against = contradiction(yes, no);
  const double sure = knob(e, kVehicleClassFits, "sure");
  const auto named = [&](VehicleClass look) { return fits(look) && !second(look); };
  const auto other = surest(views, second);
  if (other && leans(views, named, second) >= knob(e, kVehicleClassFits, "other_look"))
    return at(unknown(kVehicleClassFits, "vehicle_differs",
                      looks_en(*other) + ", recorded as " + recorded->code + "; not sure",
                      looks_zh(*other) + ", 记录为 " + recorded->code + ", 不确定"),
              *other);
  // Where the surest view fits, what another view seems to show weighs less than the record.
  const bool surest_fits = yes && (!no || yes->what.p > no->what.p);
  if (yes && (against <= 1 - sure || surest_fits))
    return at(holds(kVehicleClassFits,
                    agreed(std::min<double>(yes->what.p, 1 - against),
                           knob(e, kVehicleClassFits, "record")),
                    looks_en(*yes) + ", as recorded", looks_zh(*yes) + ", 与记录相符"),
              *yes);
  const std::string but_en = looks_en(*no) + ", recorded as " + recorded->code,
                    but_zh = looks_zh(*no) + ", 记录为 " + recorded->code;
  if (against >= sure)
    return at(fails(kVehicleClassFits, "vehicle_differs", against, but_en, but_zh), *no);
  const bool likely = no->what.p >= knob(e, kVehicleClassFits, "likely");
  return at(unknown(kVehicleClassFits, likely ? "vehicle_differs" : "not_sure",
                    but_en + "; not sure", but_zh + ", 不确定"),
            *no);
}

}  // namespace

const Check kVehicleClassFits{"vehicle_class_fits",
                              "The target looks like the recorded vehicle class", kKnobs, check};

}  // namespace vioreview
