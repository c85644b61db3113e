// SPDX-License-Identifier: Apache-2.0
#include "decode/tiff.h"

#include <optional>

#include "decode/header.h"

namespace vioreview {
namespace {

constexpr std::uint32_t kWidth = 256, kHeight = 257, kStripOffsets = 273, kOrientation = 274,
                        kStripBytes = 279, kTileOffsets = 324, kTileBytes = 325,
                        kExifDirectory = 0x8769, kDateTimeOriginal = 0x9003;

// An entry of the directory, 12 bytes: tag, type, count, and the values or where they lie.
class Directory {
 public:
  explicit Directory(Bytes tiff) : Directory(tiff, 0) {}
  // The directory at `start`; 0: the first one.
  Directory(Bytes tiff, std::size_t start) : tiff_(tiff), big_(holds_at(tiff, 0, "MM")) {
    start_ = start > 0 ? start : number(4, 4);
    entries_ = number(start_, 2);
  }

  bool whole() const { return start_ >= 8 && start_ + 2 + entries_ * 12 <= tiff_.size(); }

  // Where the entry of `tag` begins. Needs whole().
  std::optional<std::size_t> find(std::uint32_t tag) const {
    for (std::size_t i = 0; i < entries_; ++i)
      if (number(start_ + 2 + i * 12, 2) == tag) return start_ + 2 + i * 12;
    return std::nullopt;
  }

  std::uint32_t count(std::size_t entry) const { return number(entry + 4, 4); }

  // Value i of an entry of SHORT (3) or LONG (4) numbers; up to four bytes stand in the entry
  // itself. Empty beyond the entry's count or the file's end.
  std::optional<std::uint32_t> value(std::size_t entry, std::uint32_t i) const {
    const std::size_t size = number(entry + 2, 2) == 3 ? 2 : 4;
    const std::size_t all = static_cast<std::size_t>(count(entry)) * size;
    const std::size_t at = (all <= 4 ? entry + 8 : number(entry + 8, 4)) + i * size;
    if (i >= count(entry) || at + size > tiff_.size()) return std::nullopt;
    return number(at, size);
  }

  std::uint32_t first_value(std::uint32_t tag) const {
    const auto entry = find(tag);
    return entry ? value(*entry, 0).value_or(0) : 0;
  }

  // An entry of ASCII text (2) that does not fit into four bytes, without what follows its end.
  std::string text(std::uint32_t tag) const {
    const auto entry = find(tag);
    if (!entry || number(*entry + 2, 2) != 2 || count(*entry) <= 4) return "";
    const std::size_t at = number(*entry + 8, 4), size = count(*entry);
    if (at > tiff_.size() || size > tiff_.size() - at) return "";
    const std::string all(tiff_.begin() + static_cast<std::ptrdiff_t>(at),
                          tiff_.begin() + static_cast<std::ptrdiff_t>(at + size));
    return all.substr(0, all.find('\0'));
  }

 private:
  std::uint32_t number(std::size_t at, std::size_t size) const {
    return big_ ? big_endian(tiff_, at, size) : little_endian(tiff_, at, size);
  }

  Bytes tiff_;
  bool big_;
  std::size_t start_ = 0, entries_ = 0;
};

}  // namespace

Result<Size> tiff_size(Bytes tiff) {
  const Directory directory(tiff);
  if (!directory.whole()) return truncated_picture("the TIFF is cut off");
  return Size{directory.first_value(kWidth), directory.first_value(kHeight)};
}

Result<std::vector<std::string>> tiff_whole(Bytes tiff) {
  const Directory directory(tiff);
  if (!directory.whole()) return truncated_picture("the TIFF is cut off");
  const bool tiled = directory.find(kTileOffsets).has_value();
  const auto offsets = directory.find(tiled ? kTileOffsets : kStripOffsets);
  const auto sizes = directory.find(tiled ? kTileBytes : kStripBytes);
  if (!offsets || !sizes) return damaged_picture("the TIFF does not say where its pixels lie");
  for (std::uint32_t i = 0; i < directory.count(*offsets); ++i) {
    const auto at = directory.value(*offsets, i), size = directory.value(*sizes, i);
    if (!at || !size || static_cast<std::size_t>(*at) + *size > tiff.size())
      return truncated_picture("the TIFF is cut off");
  }
  return std::vector<std::string>{};
}

int tiff_orientation(Bytes tiff) {
  const Directory directory(tiff);
  if (tiff.size() < 8 || !directory.whole()) return 1;
  const std::uint32_t orientation = directory.first_value(kOrientation);
  return orientation >= 1 && orientation <= 8 ? static_cast<int>(orientation) : 1;
}

std::string tiff_written(Bytes tiff) {
  const Directory directory(tiff);
  if (tiff.size() < 8 || !directory.whole()) return "";
  const std::size_t start = directory.first_value(kExifDirectory);
  if (start == 0) return "";
  const Directory exif(tiff, start);
  return exif.whole() ? exif.text(kDateTimeOriginal) : "";
}

}  // namespace vioreview
