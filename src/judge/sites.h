// SPDX-License-Identifier: Apache-2.0
// Which site profile a case is judged by: that of its device whose view its panels still show.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/case.h"
#include "core/facts.h"
#include "core/site.h"
#include "judge/view_fit.h"

namespace vioreview {

class SiteIndex {
 public:
  SiteIndex() = default;
  // Throws ConfigError when two profiles are of one view of one device.
  explicit SiteIndex(std::vector<Site> sites);

  // By view's name.
  std::vector<const Site*> of(std::string_view device_id) const;
  const std::vector<Site>& all() const { return sites_; }
  // Hash over all profiles, "" when there are none.
  std::string sha256() const;

 private:
  std::vector<Site> sites_;  // by device, then view
};

struct SiteInUse {
  const Site* site = nullptr;  // nullptr: none fits
  Road road;                   // its geometry in pixels of the panels
  std::string note;            // for people: which was used, or why none was; "" without a profile
};

// How a profile fits a case's panels: `fits` when one surely shows its view and none is surely
// shifted, `moved` when one is surely shifted. A profile without geometry has no view: it fits.
ViewFit fit_of(const Site& site, const Case& c, const Facts& facts);

// `sites` must outlive the result. A confirmed profile that fits comes before a learned one.
SiteInUse site_for(const Case& c, const Facts& facts, const SiteIndex& sites);

}  // namespace vioreview
