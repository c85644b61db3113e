// SPDX-License-Identifier: Apache-2.0
#include "decode/jpeg.h"

#include <memory>

#include <turbojpeg.h>

namespace vioreview {
namespace {

// An Adobe marker says that inks are stored as 255 - ink, which every known writer of CMYK does.
Image rgb_from_cmyk(const Canvas& canvas, bool inverted) {
  Image image(canvas.width, canvas.height);
  const std::uint8_t flip = inverted ? 0 : 255;
  const std::uint8_t* inks = canvas.pixels.data();
  for (std::size_t i = 0; i < image.pixels.size(); i += 3, inks += 4) {
    const int light = inks[3] ^ flip;
    for (std::size_t c = 0; c < 3; ++c)
      image.pixels[i + c] = static_cast<std::uint8_t>(((inks[c] ^ flip) * light + 127) / 255);
  }
  return image;
}

// Whether TurboJPEG decoded everything without a complaint: it reports warnings as errors too.
bool decode_smoothly(Bytes bytes, Canvas& canvas) {
  const std::unique_ptr<void, int (*)(tjhandle)> handle(tjInitDecompress(), &tjDestroy);
  return handle && tjDecompress2(handle.get(), bytes.data(), bytes.size(), canvas.pixels.data(),
                                 canvas.width, canvas.width * canvas.channels, canvas.height,
                                 canvas.channels == 4 ? TJPF_CMYK : TJPF_RGB, 0) == 0;
}

Image image_of(Canvas canvas, bool adobe) {
  if (canvas.channels == 4) return rgb_from_cmyk(canvas, adobe);
  Image image;
  image.width = canvas.width;
  image.height = canvas.height;
  image.pixels = std::move(canvas.pixels);
  return image;
}

}  // namespace

Result<JpegPicture> decode_jpeg(Bytes bytes, const DecodeLimits& limits) {
  const Result<JpegLayout> read = read_jpeg_layout(bytes);
  if (!read) return read.problem();
  const JpegLayout& layout = read.value();
  if (auto over = over_limit(layout.size, limits)) return *over;
  Canvas canvas{static_cast<int>(layout.size.width),
                static_cast<int>(layout.size.height),
                layout.components == 4 ? 4 : 3,
                {}};
  canvas.pixels.resize(static_cast<std::size_t>(layout.size.width) *
                       static_cast<std::size_t>(layout.size.height) *
                       static_cast<std::size_t>(canvas.channels));
  JpegPicture picture;
  picture.grey = layout.components == 1;
  if (!decode_smoothly(bytes, canvas)) {
    const Result<std::string> note = examine_jpeg(bytes, layout.scans_there, canvas);
    if (!note) return note.problem();
    picture.notes.push_back(note.value());
  }
  if (!layout.scans_there) return truncated_picture("the JPEG lacks scans");
  if (layout.behind_end > 0) picture.notes.push_back(note_on_bytes_behind(layout.behind_end));
  picture.image = image_of(std::move(canvas), layout.adobe);
  return picture;
}

}  // namespace vioreview
