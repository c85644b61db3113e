// SPDX-License-Identifier: Apache-2.0
// The target's body colour is the recorded one. A difference may be a cloned plate: for a person,
// never a reject.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/vehicle_views.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"record", 0.95, 0.5, 1, "how often a recorded body colour is right"},
    {"sure", 0.9, 0.5, 1, "probability of a colour from which it may contradict the record"}};

// White and grey, grey and black, and warm neighbours pass into one another with the light: a
// difference between them is no proof.
bool neighbours(BodyColor a, BodyColor b) {
  using enum BodyColor;
  constexpr std::pair<BodyColor, BodyColor> kNear[] = {
      {white, grey}, {grey, black},  {red, pink},    {red, brown},   {yellow, brown},
      {blue, black}, {blue, purple}, {brown, black}, {green, black}, {purple, red},
      {blue, grey},  {green, grey},  {brown, grey}};
  return std::any_of(std::begin(kNear), std::end(kNear),
                     [&](const auto& n) { return n == std::pair(a, b) || n == std::pair(b, a); });
}

Finding check(const Evidence& e) {
  const std::vector<BodyColor>& recorded = e.c.record.body_color;
  if (recorded.empty() || recorded.front() == BodyColor::other)
    return holds(kBodyColorFits, 1, "the record says nothing of the colour", "记录未给出车身颜色");
  const auto seen = best_seen(e, [](const ObjectSeen& o) { return o.color; });
  if (!seen)
    return unknown(kBodyColorFits, "vehicle_differs", "the target's colour is not seen",
                   "未能判断车身颜色");
  const double p = seen->what.p;
  const std::string en = "the body is " + std::string(name_of(seen->what.value)),
                    zh = "车身为" + std::string(zh_of(seen->what.value));
  if (std::find(recorded.begin(), recorded.end(), seen->what.value) != recorded.end())
    return at(holds(kBodyColorFits, agreed(p, knob(e, kBodyColorFits, "record")),
                    en + ", as recorded", zh + ", 与记录相符"),
              *seen);
  const bool near = std::any_of(recorded.begin(), recorded.end(),
                                [&](BodyColor c) { return neighbours(c, seen->what.value); });
  const std::string name(name_of(recorded.front())), word(zh_of(recorded.front()));
  return at(
      p >= knob(e, kBodyColorFits, "sure") && !near
          ? fails(kBodyColorFits, "vehicle_differs", p, en + ", recorded as " + name,
                  zh + ", 记录为" + word)
          : unknown(kBodyColorFits, "vehicle_differs", en + ", recorded as " + name + "; not sure",
                    zh + ", 记录为" + word + ", 不确定"),
      *seen);
}

}  // namespace

const Check kBodyColorFits{"body_color_fits", "The target's body colour is the recorded one",
                           kKnobs, check};

}  // namespace vioreview
