// SPDX-License-Identifier: Apache-2.0
#include "decode/layout_repeats.h"

#include <algorithm>

#include "decode/layout_likeness.h"

namespace vioreview {
namespace {

struct Candidate {
  Unlike unlike;
  std::size_t tile = 0;
};

class Repeats {
 public:
  Repeats(const Image& picture, const std::vector<Trimmed>& tiles, std::size_t large,
          const std::vector<std::size_t>& small)
      : picture_(picture), tiles_(tiles), large_(tiles[large]), small_(small) {}

  Repeat find() const {
    for (const bool beside_text : {false, true}) {
      const std::vector<Candidate> found =
          candidates(beside_text ? most_different_beside_text : most_different);
      if (found.empty() || found[0].unlike.most >= kTwoPictures) continue;
      const float next = found.size() > 1 ? found[1].unlike.most : kTwoPictures;
      const auto& [least, tile] = found[0];
      if (least.most > (least.explained ? kOnePicture : kOnePicture / 2)) return {{}, false};
      // What the letters hide may differ: a signal, a vehicle far away.
      if (2 * least.most <= next) return {tile, !beside_text};
      // Where nothing moves all are alike; devices repeat the first panel, and put it first.
      return {first_like(found), false};
    }
    return {};
  }

 private:
  // The most alike first.
  std::vector<Candidate> candidates(Unlike (*how)(const Image&, const Tile&, const Tile&)) const {
    std::vector<Candidate> found;
    for (const std::size_t i : small_) {
      Candidate candidate{how(picture_, large_.tile, tiles_[i].tile), i};
      const auto [whole, part] = without_bands_of_both(large_, tiles_[i]);
      const Unlike unlike = how(picture_, whole, part);
      if (unlike.most < candidate.unlike.most) candidate.unlike = unlike;
      found.push_back(candidate);
    }
    std::stable_sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
      return a.unlike.most < b.unlike.most;
    });
    return found;
  }

  static std::optional<std::size_t> first_like(const std::vector<Candidate>& found) {
    std::size_t first = found[0].tile;
    for (const Candidate& candidate : found)
      if (candidate.unlike.most <= kOnePicture) first = std::min(first, candidate.tile);
    return first;
  }

  const Image& picture_;
  const std::vector<Trimmed>& tiles_;
  const Trimmed& large_;
  const std::vector<std::size_t>& small_;
};

}  // namespace

Repeat find_repeat(const Image& picture, const std::vector<Trimmed>& tiles, std::size_t large,
                   const std::vector<std::size_t>& small) {
  return Repeats(picture, tiles, large, small).find();
}

}  // namespace vioreview
