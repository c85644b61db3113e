// SPDX-License-Identifier: Apache-2.0
#include "judge/sites.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/errors.h"
#include "core/sha256.h"
#include "judge/evidence.h"

namespace vioreview {
namespace {

constexpr float kSameShape = 0.02F;  // by which the panels' sides may differ in their ratio

const PanelFacts& panel_of(const Facts& facts, int i) {
  return facts.panels[static_cast<std::size_t>(i)];
}

// Width and height by which the profile's pixels become the panels'; nothing when the panels have
// different sizes, or another shape than the profile's picture.
std::optional<Point> scale_of(const Site& site, const Case& c, const Facts& facts) {
  std::optional<Point> scale;
  for (const int i : evidence_panels(c, facts)) {
    const PanelFacts& panel = panel_of(facts, i);
    if (panel.width <= 0 || panel.height <= 0) continue;
    const Point own{static_cast<float>(panel.width) / static_cast<float>(site.width),
                    static_cast<float>(panel.height) / static_cast<float>(site.height)};
    if (std::abs(own.x - own.y) > kSameShape * own.x) return std::nullopt;
    if (scale && (scale->x != own.x || scale->y != own.y)) return std::nullopt;
    scale = own;
  }
  return scale;
}

std::string named(const Site& site) {
  return "the site profile of " + site.device_id + ", view " + site.view;
}

std::string pixels(const Site& site, double cells, const char* plus, const char* minus) {
  const double px = std::round(std::abs(cells) * site.width / std::max(site.print.columns, 1));
  return shown(px) + " px " + (cells < 0 ? minus : plus);
}

std::string why_not(const Site& site, const ViewFit& fit) {
  if (fit.fit == Fit::moved)
    return named(site) + " is not used: the camera was turned since (things lie " +
           pixels(site, fit.right, "right", "left") + " and " +
           pixels(site, fit.down, "lower", "higher") + ")";
  return named(site) + " is not used: whether the panels show its view cannot be told";
}

}  // namespace

SiteIndex::SiteIndex(std::vector<Site> sites) : sites_(std::move(sites)) {
  const auto key = [](const Site& site) { return std::tie(site.device_id, site.view); };
  std::ranges::sort(sites_, {}, key);
  for (std::size_t i = 1; i < sites_.size(); ++i)
    if (key(sites_[i - 1]) == key(sites_[i]))
      throw ConfigError(sites_[i].file + ": device " + sites_[i].device_id + ", view " +
                        sites_[i].view + " stands in " + sites_[i - 1].file +
                        " too; remove one or name another view");
}

std::vector<const Site*> SiteIndex::of(std::string_view device_id) const {
  std::vector<const Site*> found;
  if (device_id.empty()) return found;
  for (const Site& site : sites_)
    if (site.device_id == device_id) found.push_back(&site);
  return found;
}

std::string SiteIndex::sha256() const {
  if (sites_.empty()) return "";
  std::string hashes;
  for (const Site& site : sites_) hashes += site.sha256 + "\n";
  return vioreview::sha256(hashes);
}

ViewFit fit_of(const Site& site, const Case& c, const Facts& facts) {
  if (site.road == Road{}) return {Fit::fits, 0, 0};
  ViewFit best;
  if (!scale_of(site, c, facts)) return best;
  for (const int i : evidence_panels(c, facts)) {
    const PanelFacts& panel = panel_of(facts, i);
    const ViewFit fit = fit_in(panel, site.print);
    if (fit.fit == Fit::moved) return fit;
    if (fit.fit == Fit::fits) best = fit;
  }
  return best;
}

SiteInUse site_for(const Case& c, const Facts& facts, const SiteIndex& sites) {
  SiteInUse in_use;
  for (const Site* site : sites.of(c.record.device_id)) {
    const ViewFit fit = fit_of(*site, c, facts);
    if (fit.fit != Fit::fits) {
      if (!in_use.site) in_use.note = why_not(*site, fit);
      continue;
    }
    if (in_use.site && (in_use.site->confirmed() || !site->confirmed())) continue;
    const Point scale = scale_of(*site, c, facts).value_or(Point{1, 1});
    in_use = {site, scaled(site->road, scale.x, scale.y),
              site->confirmed()
                  ? "judged by " + named(*site) + ", confirmed by " + site->confirmed_by
                  : named(*site) + " fits but nobody confirmed it: it decides nothing"};
  }
  return in_use;
}

}  // namespace vioreview
