// SPDX-License-Identifier: Apache-2.0
// The target is no vehicle that may be exempt (程序规定, domain reference 5.3). Fire engine and
// ambulance, surely seen, reject; police and rescue may be on an urgent task, which a still picture
// cannot show: for a person.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/special.h"
#include "judge/views.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"sure", 0.9, 0.5, 1, "probability from which a special vehicle is surely seen"},
    {"likely", 0.5, 0, 1, "probability from which a vehicle may be a special one"},
    {"ordinary", 0.8, 0.5, 1, "probability from which a vehicle is surely no special one"},
    {"share", 0.98, 0.5, 1, "how many of the vehicles are no special ones"}};

bool is_special(const SeenAt<Special>& seen) {
  return seen.what.value != Special::none;
}

// The surest special view when any view likely is one, else the surest view; nothing when none saw.
std::optional<SeenAt<Special>> telling(const std::vector<SeenAt<Special>>& views, double likely) {
  std::optional<SeenAt<Special>> best;
  const auto rank = [&](const SeenAt<Special>& v) {
    return std::pair(is_special(v) && v.what.p >= likely, v.what.p);
  };
  for (const SeenAt<Special>& view : views)
    if (!best || rank(view) > rank(*best)) best = view;
  return best;
}

// A fire engine or an ambulance, surely seen on the surely found target, and every view agrees.
bool surely_exempt(const Evidence& e, const SeenAt<Special>& seen,
                   const std::vector<SeenAt<Special>>& views) {
  const double sure = knob(e, kNotExempt, "sure");
  const Special kind = seen.what.value;
  return (kind == Special::ambulance || kind == Special::fire) && seen.what.p >= sure &&
         e.target.panels[static_cast<std::size_t>(seen.panel)].p >= sure &&
         std::all_of(views.begin(), views.end(),
                     [&](const SeenAt<Special>& v) { return v.what.value == kind; });
}

Finding check(const Evidence& e) {
  const auto views = all_seen(e, [](const ObjectSeen& o) { return o.special; });
  const auto seen = telling(views, knob(e, kNotExempt, "likely"));
  const std::string claim(claimed_special(e, knob(e, kNotExempt, "likely")));
  if (seen && surely_exempt(e, *seen, views) && !claim.starts_with("police"))
    return at(
        fails(kNotExempt, "exempt_vehicle",
              std::min(seen->what.p, e.target.panels[static_cast<std::size_t>(seen->panel)].p),
              "the target is a special vehicle: " + std::string(name_of(seen->what.value)),
              "目标为特种车辆: " + std::string(zh_of(seen->what.value))),
        *seen);
  if (!claim.empty())
    return fails(kNotExempt, "exempt_possible", 1, claim, "记录或号牌表明可能为特种车辆");
  if (!seen)
    return unknown(kNotExempt, "not_sure", "whether the target is a special vehicle is not seen",
                   "未能判断是否特种车辆");
  const double p = seen->what.p;
  if (is_special(*seen)) {
    const std::string en = "may be a special vehicle: " + std::string(name_of(seen->what.value)),
                      zh = "可能为特种车辆: " + std::string(zh_of(seen->what.value));
    return at(p >= knob(e, kNotExempt, "likely") ? fails(kNotExempt, "exempt_possible", p, en, zh)
                                                 : unknown(kNotExempt, "exempt_possible", en, zh),
              *seen);
  }
  return at(
      p >= knob(e, kNotExempt, "ordinary")
          ? holds(kNotExempt, agreed(p, knob(e, kNotExempt, "share")), "no special vehicle",
                  "非特种车辆")
          : unknown(kNotExempt, "exempt_possible", "may be a special vehicle", "可能为特种车辆"),
      *seen);
}

}  // namespace

const Check kNotExempt{"not_exempt",
                       "The target is no fire engine, ambulance, police or rescue vehicle", kKnobs,
                       check};

}  // namespace vioreview
