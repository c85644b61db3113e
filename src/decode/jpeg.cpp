// SPDX-License-Identifier: Apache-2.0
#include "decode/jpeg.h"

#include <algorithm>
#include <memory>

#include <turbojpeg.h>

#include "decode/pixels.h"

namespace vioreview {
namespace {

using Handle = std::unique_ptr<void, int (*)(tjhandle)>;

// Bytes after the last end marker, or a note that there is none.
std::string note_on_end(Bytes bytes) {
  for (std::size_t i = bytes.size(); i-- > 1;)
    if (bytes[i - 1] == 0xFF && bytes[i] == 0xD9) {
      const std::size_t after = bytes.size() - i - 1;
      return after == 0 ? "" : std::to_string(after) + " bytes after the end marker, not read";
    }
  return "";
}

bool adobe_marker(Bytes bytes) {
  constexpr std::uint8_t kAdobe[] = {'A', 'd', 'o', 'b', 'e'};
  const auto head = bytes.first(std::min<std::size_t>(bytes.size(), 1 << 16));
  return std::search(head.begin(), head.end(), std::begin(kAdobe), std::end(kAdobe)) != head.end();
}

Result<JpegPicture> decode_cmyk(tjhandle handle, Bytes bytes, int width, int height) {
  std::vector<std::uint8_t> inks(static_cast<std::size_t>(width) *
                                 static_cast<std::size_t>(height) * 4);
  if (tjDecompress2(handle, bytes.data(), bytes.size(), inks.data(), width, 0, height, TJPF_CMYK,
                    0) != 0)
    return Problem{"picture_undecodable", "",
                   std::string("the CMYK JPEG is damaged (") + tjGetErrorStr2(handle) +
                       "); fetch the file again"};
  JpegPicture picture;
  picture.image = rgb_from_cmyk(inks, width, height, adobe_marker(bytes));
  return picture;
}

}  // namespace

Result<JpegPicture> decode_jpeg(Bytes bytes, const DecodeLimits& limits) {
  const Handle handle(tjInitDecompress(), &tjDestroy);
  int width = 0, height = 0, subsampling = 0, colorspace = 0;
  if (!handle || tjDecompressHeader3(handle.get(), bytes.data(), bytes.size(), &width, &height,
                                     &subsampling, &colorspace) != 0) {
    const std::string why = handle ? tjGetErrorStr2(handle.get()) : "no decoder";
    const bool cut =
        why.find("remature") != std::string::npos || why.find("no image") != std::string::npos;
    return Problem{cut ? "picture_truncated" : "picture_undecodable", "",
                   "the JPEG's header cannot be read (" + why + "); fetch the file again"};
  }
  if (const auto over = over_limit(width, height, limits)) return *over;
  if (colorspace == TJCS_CMYK || colorspace == TJCS_YCCK)
    return decode_cmyk(handle.get(), bytes, width, height);
  JpegPicture picture;
  picture.image = Image(width, height);
  picture.grey = colorspace == TJCS_GRAY;
  if (tjDecompress2(handle.get(), bytes.data(), bytes.size(), picture.image.pixels.data(), width, 0,
                    height, TJPF_RGB, 0) != 0)
    return examine_jpeg(bytes);
  if (std::string note = note_on_end(bytes); !note.empty())
    picture.notes.push_back(std::move(note));
  return picture;
}

}  // namespace vioreview
