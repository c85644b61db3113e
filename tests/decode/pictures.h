// SPDX-License-Identifier: Apache-2.0
// Picture files made for the tests of decode.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/image.h"
#include "decode/decode.h"

namespace vioreview::pictures {

using File = std::vector<std::uint8_t>;

// A coloured scene with edges, slopes and some noise; the same for the same seed.
Image scene(int width, int height, unsigned seed = 1);

enum class Colours { rgb, grey, cmyk, ycck };
struct JpegOptions {
  int quality = 92;
  Colours colours = Colours::rgb;
  bool progressive = false, adobe_marker = true;
  int restart_rows = 0;
  std::vector<int> sampling = {2, 2, 1, 1, 1, 1};  // horizontal, vertical of each component
  File app1;                                       // body of an APP1 segment
};
// By libjpeg.
File jpeg(const Image& image, const JpegOptions& options = {});
// Four bytes a pixel, stored as they are (cmyk) or turned into ycck.
File jpeg_of_inks(const std::vector<std::uint8_t>& inks, int width, int height,
                  const JpegOptions& options);

// By OpenCV, into the format of the extension. `channels` 1, 3 or 4 (alpha runs from 0 to 255);
// `bits` 8 or 16 (v becomes 257 v). WebP is lossless.
File encoded(const Image& image, const std::string& extension, int channels = 3, int bits = 8);

// An uncompressed TIFF of one strip, pixels last.
File plain_tiff(const Image& image, int orientation = 1);

// A PNG chunk with its length and sum.
File png_chunk(std::string_view type, const File& data);
// The PNG with another chunk behind its header.
File with_png_chunk(File png, std::string_view type, const File& data);

// A TIFF structure with the orientation as its one entry.
File exif(int orientation, bool big_endian);

File little_endian_bytes(std::int64_t number, int bytes = 4);
File cat(std::initializer_list<File> parts);
File text(std::string_view words);  // the bytes of the words
File first(const File& file, std::size_t count);
// Where `pattern` begins, at or after `from`; file.size() when nowhere.
std::size_t find(const File& file, const File& pattern, std::size_t from = 0);

// Mean absolute difference over all channels; 255 when the sizes differ.
double difference(const Image& a, const Image& b);

// "ok", or the reason.
std::string outcome(const Result<Decoded>& result);

}  // namespace vioreview::pictures
