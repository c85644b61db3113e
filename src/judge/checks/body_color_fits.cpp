// SPDX-License-Identifier: Apache-2.0
// The target's body colour is the recorded one. A difference may be a cloned plate: for a person,
// never a reject.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/likeness.h"
#include "judge/views.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"record", 0.95, 0.5, 1, "how often a recorded body colour is right"},
    {"sure", 0.9, 0.5, 1, "probability of a colour from which it surely contradicts the record"},
    {"likely", 0.5, 0, 1, "probability of a colour from which it may contradict the record"},
    {"neighbour", 0.88, 0, 1, "how surely the record is right when a neighbouring colour is seen"}};

std::string is_en(const SeenAt<BodyColor>& seen) {
  return "the body is " + std::string(name_of(seen.what.value));
}
std::string is_zh(const SeenAt<BodyColor>& seen) {
  return "车身为" + std::string(zh_of(seen.what.value));
}

Finding check(const Evidence& e) {
  const std::vector<BodyColor>& recorded = e.c.record.body_color;
  const auto any = [&](auto is) { return std::any_of(recorded.begin(), recorded.end(), is); };
  if (recorded.empty() || any([](BodyColor c) { return c == BodyColor::other; }))
    return holds(kBodyColorFits, 1, "the record says nothing of the colour", "记录未给出车身颜色");
  const auto fits = [&](BodyColor seen) { return any([&](BodyColor c) { return c == seen; }); };
  const auto near = [&](BodyColor seen) {
    return !fits(seen) && any([&](BodyColor c) { return alike(c, seen); });
  };
  const auto views = all_seen(e, [](const ObjectSeen& o) { return o.color; });
  const auto yes = surest(views, fits), nearly = surest(views, near);
  const auto no = surest(views, [&](BodyColor seen) { return !fits(seen) && !near(seen); });
  if (views.empty())
    return unknown(kBodyColorFits, "not_sure", "the target's colour is not seen",
                   "未能判断车身颜色");
  const double against = contradiction(yes, no);
  const double sure = knob(e, kBodyColorFits, "sure");
  if (yes && against <= 1 - sure)
    return at(
        holds(kBodyColorFits,
              agreed(std::min<double>(yes->what.p, 1 - against), knob(e, kBodyColorFits, "record")),
              is_en(*yes) + ", as recorded", is_zh(*yes) + ", 与记录相符"),
        *yes);
  const auto& shown = no ? no : nearly;
  const std::string but_en = is_en(*shown) + ", recorded as " + std::string(name_of(recorded[0])),
                    but_zh = is_zh(*shown) + ", 记录为" + std::string(zh_of(recorded[0]));
  if (!no)
    return at(holds(kBodyColorFits, knob(e, kBodyColorFits, "neighbour"),
                    but_en + ", which light can make of it", but_zh + ", 颜色相近"),
              *shown);
  if (against >= sure)
    return at(fails(kBodyColorFits, "vehicle_differs", against, but_en, but_zh), *shown);
  const bool likely = no->what.p >= knob(e, kBodyColorFits, "likely");
  return at(unknown(kBodyColorFits, likely ? "vehicle_differs" : "not_sure", but_en + "; not sure",
                    but_zh + ", 不确定"),
            *shown);
}

}  // namespace

const Check kBodyColorFits{"body_color_fits", "The target's body colour is the recorded one",
                           kKnobs, check};

}  // namespace vioreview
