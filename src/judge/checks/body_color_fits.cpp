// SPDX-License-Identifier: Apache-2.0
// The target's body colour is the recorded one. A difference may be a cloned plate: for a person,
// never a reject.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/views.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"record", 0.95, 0.5, 1, "how often a recorded body colour is right"},
    {"sure", 0.9, 0.5, 1, "probability of a colour from which it surely contradicts the record"},
    {"likely", 0.5, 0, 1, "probability of a colour from which it may contradict the record"},
    {"neighbour", 0.9, 0, 1, "how surely the record is right when a neighbouring colour is seen"}};

// White and grey, grey and black, and warm neighbours pass into one another with the light: a
// difference between them is no proof (proposal).
bool neighbours(BodyColor a, BodyColor b) {
  using enum BodyColor;
  constexpr std::pair<BodyColor, BodyColor> kNear[] = {
      {white, grey}, {grey, black},  {red, pink},    {red, brown},   {yellow, brown},
      {blue, black}, {blue, purple}, {brown, black}, {green, black}, {purple, red},
      {blue, grey},  {green, grey},  {brown, grey},  {blue, green}};
  return std::any_of(std::begin(kNear), std::end(kNear),
                     [&](const auto& n) { return n == std::pair(a, b) || n == std::pair(b, a); });
}

Finding check(const Evidence& e) {
  const std::vector<BodyColor>& recorded = e.c.record.body_color;
  const auto any = [&](auto fits) { return std::any_of(recorded.begin(), recorded.end(), fits); };
  if (recorded.empty() || any([](BodyColor c) { return c == BodyColor::other; }))
    return holds(kBodyColorFits, 1, "the record says nothing of the colour", "记录未给出车身颜色");
  const auto seen = best_seen(e, [](const ObjectSeen& o) { return o.color; });
  if (!seen)
    return unknown(kBodyColorFits, "not_sure", "the target's colour is not seen",
                   "未能判断车身颜色");
  const BodyColor color = seen->what.value;
  const double p = seen->what.p;
  const std::string en = "the body is " + std::string(name_of(color)),
                    zh = "车身为" + std::string(zh_of(color));
  if (any([&](BodyColor c) { return c == color; }))
    return at(holds(kBodyColorFits, agreed(p, knob(e, kBodyColorFits, "record")),
                    en + ", as recorded", zh + ", 与记录相符"),
              *seen);
  const std::string but_en = en + ", recorded as " + std::string(name_of(recorded.front())),
                    but_zh = zh + ", 记录为" + std::string(zh_of(recorded.front()));
  if (any([&](BodyColor c) { return neighbours(c, color); }))
    return at(holds(kBodyColorFits, knob(e, kBodyColorFits, "neighbour"),
                    but_en + ", which light can make of it", but_zh + ", 颜色相近"),
              *seen);
  if (p >= knob(e, kBodyColorFits, "sure"))
    return at(fails(kBodyColorFits, "vehicle_differs", p, but_en, but_zh), *seen);
  const bool likely = p >= knob(e, kBodyColorFits, "likely");
  return at(unknown(kBodyColorFits, likely ? "vehicle_differs" : "not_sure", but_en + "; not sure",
                    but_zh + ", 不确定"),
            *seen);
}

}  // namespace

const Check kBodyColorFits{"body_color_fits", "The target's body colour is the recorded one",
                           kKnobs, check};

}  // namespace vioreview
