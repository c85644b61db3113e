// SPDX-License-Identifier: Apache-2.0
#include "decode/jpeg_layout.h"

#include <array>
#include <cstring>
#include <optional>

namespace vioreview {
namespace {

enum Marker : std::uint8_t {
  kSof0 = 0xC0,
  kSof1 = 0xC1,
  kSof2 = 0xC2,
  kDht = 0xC4,
  kJpg = 0xC8,
  kDac = 0xCC,
  kSof15 = 0xCF,
  kRst0 = 0xD0,
  kRst7 = 0xD7,
  kSoi = 0xD8,
  kEoi = 0xD9,
  kSos = 0xDA,
  kApp14 = 0xEE,
  kTem = 0x01
};

// A progressive picture has some ten scans; thousands would keep a decoder busy for hours.
constexpr int kMostScans = 100;

bool is_frame(std::uint8_t marker) {
  return marker >= kSof0 && marker <= kSof15 && marker != kDht && marker != kJpg && marker != kDac;
}
bool stands_alone(std::uint8_t marker) {  // no length follows
  return (marker >= kRst0 && marker <= kRst7) || marker == kSoi || marker == kTem;
}

// The lowest bit that has come of each coefficient; -1: none yet. Sequential pictures send all
// bits of all coefficients of a component at once.
class Coverage {
 public:
  void open(Bytes frame, bool progressive) {
    progressive_ = progressive;
    for (std::size_t c = 0; c < frame[5]; ++c) components_.push_back({frame[6 + c * 3], {}});
    for (Component& component : components_) component.lowest.fill(-1);
  }
  void add_scan(Bytes scan) {
    const std::size_t count = byte_at(scan, 0);
    if (scan.size() < 4 + count * 2) return;
    const std::uint8_t* band = scan.data() + 1 + count * 2;  // first, last coefficient, bits
    const std::size_t first = progressive_ ? band[0] : 0, last = progressive_ ? band[1] : 63;
    for (std::size_t i = 0; i < count; ++i)
      for (Component& component : components_)
        if (component.id == scan[1 + i * 2])
          for (std::size_t k = first; k <= last && k < 64; ++k)
            component.lowest[k] = static_cast<std::int8_t>(progressive_ ? band[2] & 0x0F : 0);
  }
  bool complete() const {
    for (const Component& component : components_)
      for (const std::int8_t bit : component.lowest)
        if (bit != 0) return false;
    return true;
  }

 private:
  struct Component {
    std::uint8_t id;
    std::array<std::int8_t, 64> lowest;
  };
  bool progressive_ = false;
  std::vector<Component> components_;
};

// Walks from marker to marker as libjpeg does: bytes between them are skipped.
class Walk {
 public:
  explicit Walk(Bytes bytes) : bytes_(bytes) {}

  Result<JpegLayout> read() {
    while (const auto marker = next_marker()) {
      if (stands_alone(*marker)) continue;
      if (*marker == kEoi) {
        layout_.behind_end = bytes_.size() - at_;
        break;
      }
      const auto segment = next_segment();
      if (!segment) break;
      if (auto problem = take(*marker, *segment)) return *problem;
    }
    if (scans_ == 0) return truncated_picture("the JPEG ends before its first row");
    layout_.scans_there = coverage_.complete();
    return layout_;
  }

 private:
  std::optional<std::uint8_t> next_marker() {
    while (at_ + 1 < bytes_.size()) {
      const void* found = std::memchr(bytes_.data() + at_, 0xFF, bytes_.size() - at_ - 1);
      if (!found) break;
      at_ = static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - bytes_.data()) + 1;
      if (bytes_[at_] == 0xFF) continue;  // a fill byte
      if (const std::uint8_t marker = bytes_[at_++]; marker != 0) return marker;
    }
    at_ = bytes_.size();
    return std::nullopt;
  }
  std::optional<Bytes> next_segment() {
    const std::size_t length = big_endian(bytes_, at_, 2);
    if (length < 2 || length > bytes_.size() - at_) return std::nullopt;
    const Bytes segment = bytes_.subspan(at_ + 2, length - 2);
    at_ += length;
    return segment;
  }

  std::optional<Problem> take(std::uint8_t marker, Bytes segment) {
    if (is_frame(marker) && layout_.components == 0) return take_frame(marker, segment);
    if (marker == kApp14 && holds_at(segment, 0, "Adobe")) layout_.adobe = true;
    if (marker != kSos) return std::nullopt;
    if (layout_.components == 0) return damaged_picture("the JPEG has no frame header");
    if (++scans_ > kMostScans) return damaged_picture("the JPEG has too many scans");
    coverage_.add_scan(segment);
    return std::nullopt;
  }

  std::optional<Problem> take_frame(std::uint8_t marker, Bytes frame) {
    if (marker > kSof2)
      return Problem{"picture_undecodable", "",
                     "the JPEG is lossless, hierarchical or arithmetic coded; store it as baseline "
                     "JPEG"};
    const std::size_t count = byte_at(frame, 5);
    if (frame.size() < 6 + count * 3) return damaged_picture("the JPEG's frame header is damaged");
    if (frame[0] != 8)
      return Problem{"picture_undecodable", "",
                     "the JPEG has " + std::to_string(frame[0]) + " bits a sample, not 8"};
    if (count != 1 && count != 3 && count != 4)
      return damaged_picture("the JPEG has " + std::to_string(count) + " components");
    layout_.size = {big_endian(frame, 3, 2), big_endian(frame, 1, 2)};
    layout_.components = static_cast<int>(count);
    coverage_.open(frame, marker == kSof2);
    return std::nullopt;
  }

  Bytes bytes_;
  std::size_t at_ = 2;  // behind the start marker
  int scans_ = 0;
  Coverage coverage_;
  JpegLayout layout_;
};

}  // namespace

Result<JpegLayout> read_jpeg_layout(Bytes bytes) {
  return Walk(bytes).read();
}

}  // namespace vioreview
