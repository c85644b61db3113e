// SPDX-License-Identifier: Apache-2.0
#include "judge/alike.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <tuple>

#include "judge/checks/checks.h"

namespace vioreview {
namespace {

constexpr std::int64_t kBeside = 60'000;  // ms: two records of one passing lie this near
constexpr std::size_t kMostHints = 3;

}  // namespace

std::vector<KnownPicture> known_pictures(const Case& c, const Facts& facts) {
  std::vector<KnownPicture> known;
  const auto capture = capture_of(c);
  for (const PanelFacts& panel : facts.panels)
    if (!panel.sha256.empty() && !panel.failure &&
        (panel.role == Role::panel || panel.role == Role::composite))
      known.push_back({c.id, c.record.plate, c.record.device_id,
                       capture ? std::optional(capture->first) : std::nullopt, panel.file,
                       panel.sha256, panel.perceptual_hash});
  return known;
}

std::optional<int> bits_apart(std::string_view a, std::string_view b) {
  const auto read = [](std::string_view text, std::uint64_t& bits) {
    return !text.empty() &&
           std::from_chars(text.data(), text.data() + text.size(), bits, 16).ec == std::errc();
  };
  std::uint64_t x = 0, y = 0;
  return read(a, x) && read(b, y) ? std::optional(std::popcount(x ^ y)) : std::nullopt;
}

struct PictureIndex::Hint {
  int bits = 0;  // -1: the same file
  std::string own, other;
  auto operator<=>(const Hint&) const = default;
};

PictureIndex::PictureIndex(std::vector<KnownPicture> pictures) : pictures_(std::move(pictures)) {
  for (std::size_t i = 0; i < pictures_.size(); ++i) {
    const KnownPicture& picture = pictures_[i];
    by_file_.emplace(picture.sha256, i);
    if (!picture.plate.empty()) by_plate_.emplace(picture.plate, i);
    if (!picture.device.empty() && picture.time)
      by_device_.emplace(std::pair(picture.device, *picture.time), i);
  }
}

void PictureIndex::compare(const KnownPicture& own, std::size_t other, double alike_bits,
                           std::map<std::string, Hint>& best) const {
  const KnownPicture& picture = pictures_[other];
  if (picture.case_id == own.case_id) return;
  const auto bits = picture.sha256 == own.sha256
                        ? std::optional(-1)
                        : bits_apart(picture.perceptual_hash, own.perceptual_hash);
  if (!bits || *bits > alike_bits) return;
  const Hint hint{*bits, own.file, picture.file};
  const auto [found, first] = best.try_emplace(picture.case_id, hint);
  if (!first) found->second = std::min(found->second, hint);
}

std::vector<std::string> PictureIndex::hints(const std::vector<KnownPicture>& own,
                                             const Policy& policy) const {
  const double alike_bits = knob(policy, kPanelsDistinct, "alike_bits");
  std::map<std::string, Hint> best;  // by the other case
  const auto compare_all = [&](const KnownPicture& picture, auto from, const auto& to) {
    for (; from != to; ++from) compare(picture, from->second, alike_bits, best);
  };
  for (const KnownPicture& picture : own) {
    compare_all(picture, by_file_.lower_bound(picture.sha256),
                by_file_.upper_bound(picture.sha256));
    if (!picture.plate.empty())
      compare_all(picture, by_plate_.lower_bound(picture.plate),
                  by_plate_.upper_bound(picture.plate));
    if (!picture.device.empty() && picture.time)
      compare_all(picture,
                  by_device_.lower_bound({picture.device, Time{picture.time->ms - kBeside}}),
                  by_device_.upper_bound({picture.device, Time{picture.time->ms + kBeside}}));
  }
  std::vector<std::pair<Hint, std::string>> found;
  for (auto& [case_id, hint] : best) found.emplace_back(hint, case_id);
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::tie(a.first.bits, a.second) < std::tie(b.first.bits, b.second);
  });
  std::vector<std::string> notes;
  for (const auto& [hint, case_id] : found) {
    if (notes.size() == kMostHints) {
      notes.back() += ", and so in " + std::to_string(found.size() - kMostHints) + " more cases";
      break;
    }
    notes.push_back(
        hint.own + (hint.bits < 0 ? " is the same file as " : " looks like ") + hint.other +
        " of case " + case_id +
        (hint.bits < 0 ? "" : " (" + std::to_string(hint.bits) + " of 64 bits differ)"));
  }
  return notes;
}

}  // namespace vioreview
