// SPDX-License-Identifier: Apache-2.0
#include "run/divide.h"

#include <algorithm>

namespace vioreview {
namespace {

constexpr int kFewComposites = 3;

bool unsure(const PanelFacts& picture) {
  return picture.failure && picture.failure->reason == "layout_unsure";
}

PanelFacts without_sight(PanelFacts picture) {
  picture.objects.clear();
  picture.plates.clear();
  picture.marks.reset();
  picture.overlay.reset();
  return picture;
}

// The picture's own time is that of its first panel.
void add_parts(const PictureRef& picture, const std::vector<PanelFacts>& parts, Divided& divided) {
  bool timed = false;
  for (const PanelFacts& part : parts) {
    PictureRef panel = picture;
    panel.role = part.role;
    if (timed || part.role != Role::panel)
      panel.time.reset();
    else
      timed = true;
    divided.c.pictures.push_back(std::move(panel));
    divided.facts.panels.push_back(part);
  }
}

}  // namespace

Divided divided(const Case& c, const Facts& facts) {
  Divided result{c, {}};
  result.c.pictures.clear();
  for (std::size_t i = 0; i < facts.panels.size(); ++i) {
    const PanelFacts& seen = facts.panels[i];
    const bool listed = i < c.pictures.size();
    if (listed && !seen.parts.empty()) {
      add_parts(c.pictures[i], seen.parts, result);
      continue;
    }
    if (listed) result.c.pictures.push_back(c.pictures[i]);
    result.facts.panels.push_back(unsure(seen) ? without_sight(seen) : seen);
  }
  for (std::size_t i = facts.panels.size(); i < c.pictures.size(); ++i)
    result.c.pictures.push_back(c.pictures[i]);
  return result;
}

bool DeviceLayouts::add(const Case& c, const Facts& facts) {
  for (const PanelFacts& picture : facts.panels)
    if (picture.layout && !picture.parts.empty() && !c.record.device_id.empty())
      ++counts_[c.record.device_id][picture.layout->value];
  return std::any_of(facts.panels.begin(), facts.panels.end(), unsure);
}

std::string DeviceLayouts::hint(const std::string& device) const {
  const auto found = counts_.find(device);
  if (found == counts_.end() || found->second.size() != 1) return "";
  const auto& [layout, count] = *found->second.begin();
  if (count < kFewComposites) return "";
  return std::to_string(count) + " other composites of the device are " + layout +
         ": if this one is too, state that as layout in the record or in inbox.toml";
}

}  // namespace vioreview
