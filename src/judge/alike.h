// SPDX-License-Identifier: Apache-2.0
// Pictures that look like those of another case. A hint for people and nothing else: a fixed camera
// takes the same view again and again, so likeness proves no duplicate.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/case.h"
#include "core/facts.h"
#include "core/policy.h"

namespace vioreview {

// A picture of a case of this batch or of an earlier night.
struct KnownPicture {
  std::string case_id, plate, device;  // plate and device as recorded, "" when unknown
  std::optional<Time> time;            // of the case's first capture
  std::string file, sha256, perceptual_hash;
};

// The pictures of a case that can be compared: those that were decoded, close-ups left out.
std::vector<KnownPicture> known_pictures(const Case& c, const Facts& facts);

// Bits of 64 by which two perceptual hashes differ; nothing where one is missing.
std::optional<int> bits_apart(std::string_view a, std::string_view b);

class PictureIndex {
 public:
  PictureIndex() = default;
  explicit PictureIndex(std::vector<KnownPicture> pictures);

  // Notes for people, in an order that does not depend on the index's: the same file in another
  // case, whatever it is; a picture alike (policy: panels_distinct.alike_bits) in another case of
  // the same plate, or of the same device within a minute. One a case, three at most.
  std::vector<std::string> hints(const std::vector<KnownPicture>& own, const Policy& policy) const;

 private:
  struct Hint;
  void compare(const KnownPicture& own, std::size_t other, double alike_bits,
               std::map<std::string, Hint>& best) const;

  std::vector<KnownPicture> pictures_;
  std::multimap<std::string, std::size_t> by_file_, by_plate_;
  std::multimap<std::pair<std::string, Time>, std::size_t> by_device_;
};

}  // namespace vioreview
