// SPDX-License-Identifier: Apache-2.0
#include "judge/target.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <tuple>

#include "judge/evidence.h"
#include "judge/likeness.h"
#include "judge/matching.h"
#include "judge/plates.h"

namespace vioreview {
namespace {

// A reading below this says nothing about which vehicle it is on.
constexpr float kLegible = 0.05F;
constexpr float kSureReading = 0.9F, kSureClass = 0.85F;
// From which a panel in which it was found by likeness links others to it.
constexpr float kSureLink = 0.9F;

bool legible(const PlateSeen& plate) {
  return !plate.text.empty() && plate.readable >= kLegible;
}

bool counts(const PanelFacts& panel) {
  return panel.role == Role::panel || panel.role == Role::composite;
}

// Strings that name the target, the first counts first. The recorded one and the best reading near
// it while there is one; else what the device's own close-up shows.
std::vector<std::string> names_of(const Case& c, const Facts& facts) {
  const PlateSeen *near = nullptr, *closeup = nullptr;
  for (const PanelFacts& panel : facts.panels)
    for (const PlateSeen& plate : panel.plates) {
      if (!legible(plate)) continue;
      const bool fits =
          !c.record.plate.empty() && plate_distance(plate.text, c.record.plate) <= kSamePlate;
      if (fits && (!near || plate.readable > near->readable)) near = &plate;
      if (panel.role == Role::closeup && (!closeup || plate.readable > closeup->readable))
        closeup = &plate;
    }
  if (near) return {c.record.plate, near->text};
  return closeup ? std::vector<std::string>{closeup->text} : std::vector<std::string>{};
}

// The close-up shows the target's plate by its role: the largest plate is what was enlarged.
TargetInPanel in_closeup(const PanelFacts& panel) {
  TargetInPanel found;
  float most = 0;
  for (std::size_t i = 0; i < panel.plates.size(); ++i) {
    const PlateSeen& plate = panel.plates[i];
    const float weight = plate.box.area() * plate.score;
    if (found.plate >= 0 && weight <= most) continue;
    most = weight;
    found = {FoundBy::plate, -1, static_cast<int>(i), plate.score};
  }
  return found;
}

bool one_thing(const PlateSeen& a, const PlateSeen& b) {
  return (a.object >= 0 && a.object == b.object) || iou(a.box, b.box) > 0.3F;
}

// A far plate is read in part: enough characters of it at their places still tell one vehicle of a
// picture from the others, when no other comes near.
constexpr double kSamePlateFar = 3.5, kFarMargin = 1.5;

// How near a reading must come to name the target, and by how much nearer than any other's.
struct Nearness {
  double within, margin;
  bool far;  // readings too weak to be legible count
};

// The plate nearest to the name. Another vehicle's plate that is nearly as near makes rivals.
TargetInPanel by_name(const PanelFacts& panel, const std::string& name, const Nearness& near) {
  constexpr double kNone = 99;
  std::vector<double> distances(panel.plates.size(), kNone);
  for (std::size_t i = 0; i < panel.plates.size(); ++i)
    if (legible(panel.plates[i]) || (near.far && !panel.plates[i].text.empty()))
      distances[i] = plate_distance(panel.plates[i].text, name);
  const auto nearest = std::min_element(distances.begin(), distances.end());
  if (nearest == distances.end() || *nearest > near.within) return {};
  const auto best = static_cast<std::size_t>(nearest - distances.begin());
  for (std::size_t i = 0; i < distances.size(); ++i)
    if (distances[i] - *nearest < near.margin && distances[i] <= near.within + near.margin &&
        !one_thing(panel.plates[i], panel.plates[best]))
      return distances[i] <= near.within ? TargetInPanel{FoundBy::rivals, -1, -1, 0}
                                         : TargetInPanel{};
  // No other plate in sight comes this near by chance; each character off leaves more room for it.
  return {FoundBy::plate, panel.plates[best].object, static_cast<int>(best),
          static_cast<float>(0.99 - 0.005 * *nearest)};
}

TargetInPanel by_plate(const PanelFacts& panel, const std::vector<std::string>& names) {
  for (const Nearness& near :
       {Nearness{kSamePlate, 1, false}, Nearness{kSamePlateFar, kFarMargin, true}})
    for (const std::string& name : names)
      if (const TargetInPanel found = by_name(panel, name, near); found.by != FoundBy::none)
        return found;
  return {};
}

TargetInPanel by_likeness(const PanelFacts& panel, std::optional<Time> time,
                          const std::vector<Sighting>& known) {
  const Likest found = likest(panel, time, known);
  if (found.rivals) return {FoundBy::rivals, -1, -1, 0};
  if (found.object < 0) return {};
  return {FoundBy::likeness, found.object, plate_on(panel, found.object), found.p};
}

// Surely not the target: both its plate and its class are surely others than the recorded.
bool excluded(const Case& c, const PanelFacts& panel, int object) {
  const ObjectSeen& seen = panel.objects[static_cast<std::size_t>(object)];
  const int plate = plate_on(panel, object);
  if (plate < 0 || c.record.plate.empty() || !c.record.vehicle_class || !seen.vehicle_class)
    return false;
  const PlateSeen& on = panel.plates[static_cast<std::size_t>(plate)];
  const auto& looks = c.record.vehicle_class->looks;
  return on.readable >= kSureReading && plate_distance(on.text, c.record.plate) > kSamePlate &&
         seen.vehicle_class->p >= kSureClass && !looks.empty() &&
         std::find(looks.begin(), looks.end(), seen.vehicle_class->value) == looks.end();
}

// The only vehicle that may be the target. One that could be compared with the target of other
// panels was not like it, or it would have been found by likeness; nor is a two-wheeler a car.
TargetInPanel alone(const Case& c, const PanelFacts& panel, const std::vector<Sighting>& known) {
  std::vector<int> candidates;
  for (int i = 0; i < static_cast<int>(panel.objects.size()); ++i) {
    const ObjectSeen& object = panel.objects[static_cast<std::size_t>(i)];
    const bool other_kind = !known.empty() && object.kind != known.front().object->kind;
    if (is_vehicle(object) && !other_kind && !likeness(object, known) && !excluded(c, panel, i))
      candidates.push_back(i);
  }
  if (candidates.size() > 1) return {FoundBy::rivals, -1, -1, 0};
  const auto shown = [](float score) { return static_cast<float>(agreed(score, kShown)); };
  if (candidates.size() == 1)
    return {FoundBy::alone, candidates[0], plate_on(panel, candidates[0]),
            shown(panel.objects[static_cast<std::size_t>(candidates[0])].score)};
  const bool bare = panel.plates.size() == 1 &&
                    std::none_of(panel.objects.begin(), panel.objects.end(), is_vehicle);
  return bare ? TargetInPanel{FoundBy::alone, -1, 0, shown(panel.plates[0].score)}
              : TargetInPanel{};
}

// The vehicle that a part of the panel shows: the one whose plate lies there, else the smallest
// that holds most of the part.
int vehicle_at(const PanelFacts& panel, const Box& part) {
  constexpr float kMost = 0.7F;
  int best = -1;
  float nearest = 0;
  for (const PlateSeen& plate : panel.plates) {
    const float share = share_inside(plate.box, part);
    if (plate.object >= 0 && share > std::max(kMost, nearest)) {
      nearest = share;
      best = plate.object;
    }
  }
  if (best >= 0) return best;
  float smallest = 0;
  for (std::size_t i = 0; i < panel.objects.size(); ++i) {
    const ObjectSeen& object = panel.objects[i];
    if (!is_vehicle(object) || share_inside(part, object.box) < kMost) continue;
    if (best >= 0 && object.box.area() >= smallest) continue;
    smallest = object.box.area();
    best = static_cast<int>(i);
  }
  return best;
}

// A close-up is the device's own word for which vehicle it means. Where the plates of the panel
// name another one, neither is believed.
void find_by_closeup(const Facts& facts, Target& target) {
  for (const PanelFacts& closeup : facts.panels)
    for (std::size_t i = 0; closeup.enlarges && i < facts.panels.size(); ++i) {
      const PanelFacts& panel = facts.panels[i];
      if (!counts(panel) || panel.sha256 != closeup.enlarges->sha256 ||
          panel.crop != closeup.enlarges->crop)
        continue;
      const int object = vehicle_at(panel, closeup.enlarges->box);
      TargetInPanel& found = target.panels[i];
      if (object < 0) continue;
      if (found.by == FoundBy::plate && found.object == object)
        found.p = static_cast<float>(agreed(found.p, closeup.enlarges->p));
      else if (found.by == FoundBy::plate)
        found = {FoundBy::rivals, -1, -1, 0};
      else
        found = {FoundBy::closeup, object, plate_on(panel, object), closeup.enlarges->p};
    }
}

// Where the target is found already, in one of these ways.
template <class Ways>
std::vector<Sighting> sightings(const Case& c, const Target& target, const Facts& facts,
                                Ways ways) {
  std::vector<Sighting> known;
  for (std::size_t i = 0; i < target.panels.size(); ++i)
    if (const ObjectSeen* object = target.object_in(facts, static_cast<int>(i));
        object && ways(target.panels[i].by))
      known.push_back({&facts.panels[i], object, time_of_panel(c, facts, static_cast<int>(i))});
  return known;
}

// One that turns round shows its front at last, which is not like its rear but like its side, which
// a panel between shows: what was found by likeness is as sure a link as it is found.
void find_through_others(const Case& c, const Facts& facts, const std::vector<std::size_t>& open,
                         Target& target) {
  const auto links =
      sightings(c, target, facts, [](FoundBy by) { return named(by) || by == FoundBy::likeness; });
  float weakest = 1;
  for (const TargetInPanel& found : target.panels)
    if (found.by == FoundBy::likeness) weakest = std::min(weakest, found.p);
  if (weakest == 1 || weakest < kSureLink) return;
  for (const std::size_t i : open) {
    const auto time = time_of_panel(c, facts, static_cast<int>(i));
    TargetInPanel found = by_likeness(facts.panels[i], time, links);
    found.p *= weakest;
    if (found.by == FoundBy::likeness) target.panels[i] = found;
  }
}

// Panels in which nothing named the target. What looks unlike the target of the other panels is
// not it, even when it is alone.
void find_the_rest(const Case& c, const Facts& facts, Target& target) {
  const auto known = sightings(c, target, facts, named);
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < facts.panels.size(); ++i) {
    const PanelFacts& panel = facts.panels[i];
    TargetInPanel& found = target.panels[i];
    if (!counts(panel) || found.by == FoundBy::rivals) continue;
    if (named(found.by)) {
      // Plate and look together: a misread character weighs less on the same vehicle.
      if (const ObjectSeen* object = target.object_in(facts, static_cast<int>(i)))
        if (const auto like = likeness(*object, known); like && *like > 0.5F)
          found.p = static_cast<float>(agreed(found.p, *like));
      continue;
    }
    found = by_likeness(panel, time_of_panel(c, facts, static_cast<int>(i)), known);
    if (found.by != FoundBy::likeness) open.push_back(i);
  }
  find_through_others(c, facts, open, target);
  for (const std::size_t i : open) {
    const PanelFacts& panel = facts.panels[i];
    TargetInPanel& found = target.panels[i];
    if (found.by == FoundBy::none) found = alone(c, panel, known);
    if (found.by == FoundBy::none)
      found.other = in_its_place(panel, time_of_panel(c, facts, static_cast<int>(i)), known);
  }
}

// Ties go by what else is seen of the plate, so that the order of listing does not matter.
void find_best_view(const Facts& facts, Target& target) {
  const auto rank = [](const PlateSeen& plate) {
    return std::tuple(plate.readable, std::string_view(plate.text), plate.covered, plate.look.value,
                      plate.look.p, plate.score);
  };
  for (std::size_t i = 0; i < target.panels.size(); ++i) {
    const PlateSeen *plate = target.plate_in(facts, static_cast<int>(i)),
                    *best = target.plate(facts);
    if (!plate || (best && rank(*plate) <= rank(*best))) continue;
    target.best_panel = static_cast<int>(i);
    target.best_plate = target.panels[i].plate;
  }
}

}  // namespace

const PlateSeen* Target::plate(const Facts& facts) const {
  return best_panel < 0 ? nullptr : plate_in(facts, best_panel);
}

const PlateSeen* Target::plate_in(const Facts& facts, int panel) const {
  const auto i = static_cast<std::size_t>(panel);
  const int plate = panels[i].plate;
  return plate < 0 ? nullptr : &facts.panels[i].plates[static_cast<std::size_t>(plate)];
}

const ObjectSeen* Target::object_in(const Facts& facts, int panel) const {
  const auto i = static_cast<std::size_t>(panel);
  const int object = panels[i].object;
  return object < 0 ? nullptr : &facts.panels[i].objects[static_cast<std::size_t>(object)];
}

Target find_target(const Case& c, const Facts& facts) {
  const std::vector<std::string> names = names_of(c, facts);
  Target target;
  for (const PanelFacts& panel : facts.panels)
    target.panels.push_back(panel.role == Role::closeup ? in_closeup(panel)
                            : counts(panel)             ? by_plate(panel, names)
                                                        : TargetInPanel{});
  find_by_closeup(facts, target);
  find_the_rest(c, facts, target);
  find_best_view(facts, target);
  return target;
}

}  // namespace vioreview
