// SPDX-License-Identifier: Apache-2.0
// The target drives in a lane that is not for it, in two panels or more (1042; domain reference 4):
// one for bicycles, one for buses while that holds, one from which its class is banned, or one of
// the opposite direction. What lanes are for is known of a confirmed site only.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/lane_position.h"
#include "judge/rules.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"sure", 0.9, 0.5, 1, "probability from which it is told"},
    {"border", 60, 0, 3600, "seconds around a rule's first and last minute that are not told"}};

bool in_list(const std::vector<int>& lanes, int number) {
  return std::find(lanes.begin(), lanes.end(), number) != lanes.end();
}

// What keeps the target out of a lane, and where that may or may not be so.
struct Bans {
  bool bus = false, maybe_bus = false;      // a bus lane is closed to it
  bool lanes = false, maybe_lanes = false;  // the lanes of the ban are
};

Bans bans_for(const Evidence& e, double sure) {
  Bans bans;
  const double border = knob(e, kInWrongLane, "border");
  const auto weigh = [&](const Restriction& rule, double is, double is_not, bool& surely,
                         bool& maybe) {
    const auto now = in_force_throughout(e, rule, border);
    surely = now.value_or(false) && is >= sure;
    maybe = now.value_or(true) && is_not < sure;
  };
  const auto& bus = e.site_facts.bus_lane;
  const OfClasses may =
      of_classes(e, bus && !bus->classes.empty() ? bus->classes : std::vector<std::string>{"bus"});
  if (bus)
    weigh(*bus, may.not_in, may.in, bans.bus, bans.maybe_bus);
  else
    bans.maybe_bus = true;
  if (const auto& ban = e.site_facts.truck_ban; ban && !ban->lanes.empty()) {
    const OfClasses banned = of_classes(e, ban->classes);
    weigh(*ban, banned.in, banned.not_in, bans.lanes, bans.maybe_lanes);
  }
  return bans;
}

Finding check(const Evidence& e) {
  const Scene scene = scene_of(e);
  const double sure = knob(e, kInWrongLane, "sure");
  if (!scene.confirmed)
    return unknown(kInWrongLane, "check_missing",
                   "what the lanes are for is known of a confirmed site only",
                   "车道用途仅见于已确认的点位配置");
  const Bans bans = bans_for(e, sure);
  const std::vector<int> banned =
      e.site_facts.truck_ban ? e.site_facts.truck_ban->lanes : std::vector<int>{};
  const auto closed = [&](const Lane& lane, bool to_buses_only, bool to_its_class) {
    return lane.number < 0 || lane.use == LaneUse::nonmotor ||
           (lane.use == LaneUse::bus && to_buses_only) ||
           (to_its_class && in_list(banned, lane.number));
  };
  const InUse surely =
      lanes_where(scene, [&](const Lane& lane) { return closed(lane, bans.bus, bans.lanes); });
  const InUse maybe = lanes_where(
      scene, [&](const Lane& lane) { return closed(lane, bans.maybe_bus, bans.maybe_lanes); });
  if (surely.in >= sure)
    return holds(kInWrongLane, surely.in, "it drives in a lane that is not for it",
                 "未按规定车道行驶");
  return maybe.in_others >= sure
             ? fails(kInWrongLane, "in_own_lane", maybe.in_others, "it drives in a lane for it",
                     "在规定车道内行驶")
             : unknown(kInWrongLane, "not_sure",
                       "which lane it is in, or whether the lane is for it, is not sure",
                       "所在车道或车道用途不确定");
}

}  // namespace

const Check kInWrongLane{"in_wrong_lane", "The target drives in a lane that is not for it", kKnobs,
                         check};

}  // namespace vioreview
