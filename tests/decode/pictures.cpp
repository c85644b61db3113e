// SPDX-License-Identifier: Apache-2.0
#include "decode/pictures.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <jpeglib.h>
#include <random>
#include <stdexcept>
#include <zlib.h>

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace vioreview::pictures {
namespace {

cv::Mat bgr_of(const Image& image) {
  Image copy = image;
  cv::Mat bgr;
  cv::cvtColor(cv::Mat(copy.height, copy.width, CV_8UC3, copy.pixels.data()), bgr,
               cv::COLOR_RGB2BGR);
  return bgr;
}

File write_jpeg(const std::uint8_t* pixels, int width, int height, const JpegOptions& options) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* out = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &out, &size);
  const bool inks = options.colours == Colours::cmyk || options.colours == Colours::ycck;
  info.image_width = static_cast<JDIMENSION>(width);
  info.image_height = static_cast<JDIMENSION>(height);
  info.input_components = inks ? 4 : 3;
  info.in_color_space = inks ? JCS_CMYK : JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_colorspace(&info, options.colours == Colours::grey   ? JCS_GRAYSCALE
                             : options.colours == Colours::cmyk ? JCS_CMYK
                             : options.colours == Colours::ycck ? JCS_YCCK
                                                                : JCS_YCbCr);
  jpeg_set_quality(&info, options.quality, TRUE);
  for (int c = 0; c < info.num_components && options.colours == Colours::rgb; ++c) {
    info.comp_info[c].h_samp_factor = options.sampling[static_cast<std::size_t>(c) * 2];
    info.comp_info[c].v_samp_factor = options.sampling[static_cast<std::size_t>(c) * 2 + 1];
  }
  info.write_Adobe_marker = inks && options.adobe_marker ? TRUE : FALSE;
  info.restart_in_rows = options.restart_rows;
  if (options.progressive) jpeg_simple_progression(&info);
  jpeg_start_compress(&info, TRUE);
  if (!options.app1.empty())
    jpeg_write_marker(&info, JPEG_APP0 + 1, options.app1.data(),
                      static_cast<unsigned>(options.app1.size()));
  while (info.next_scanline < info.image_height) {
    JSAMPROW row = const_cast<JSAMPROW>(pixels) +
                   static_cast<std::ptrdiff_t>(info.next_scanline) * width * info.input_components;
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  File file(out, out + size);
  std::free(out);
  return file;
}

}  // namespace

Image scene(int width, int height, unsigned seed) {
  std::mt19937 random(seed);
  const auto uniform = [&](float low, float high) {
    return low + (high - low) * static_cast<float>(random() % 10000) / 10000.0F;
  };
  Image image(width, height);
  cv::Mat view(height, width, CV_8UC3, image.pixels.data());
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      view.at<cv::Vec3b>(y, x) = {static_cast<std::uint8_t>(60 + 120 * x / width),
                                  static_cast<std::uint8_t>(180 - 100 * y / height),
                                  static_cast<std::uint8_t>(90 + 60 * (x + y) / (width + height))};
  for (int i = 0; i < 12; ++i)
    cv::rectangle(view,
                  cv::Rect(static_cast<int>(uniform(0, 0.9F) * static_cast<float>(width)),
                           static_cast<int>(uniform(0, 0.9F) * static_cast<float>(height)),
                           1 + width / 6, 1 + height / 7),
                  cv::Scalar(uniform(0, 255), uniform(0, 255), uniform(0, 255)), cv::FILLED);
  for (std::uint8_t& p : image.pixels)
    p = static_cast<std::uint8_t>(std::clamp(p + static_cast<int>(random() % 13) - 6, 0, 255));
  return image;
}

File jpeg(const Image& image, const JpegOptions& options) {
  return write_jpeg(image.pixels.data(), image.width, image.height, options);
}

File jpeg_of_inks(const std::vector<std::uint8_t>& inks, int width, int height,
                  const JpegOptions& options) {
  return write_jpeg(inks.data(), width, height, options);
}

File encoded(const Image& image, const std::string& extension, int channels, int bits) {
  cv::Mat pixels = bgr_of(image);
  if (channels == 1) cv::cvtColor(cv::Mat(pixels), pixels, cv::COLOR_BGR2GRAY);
  if (channels == 4) {
    cv::cvtColor(cv::Mat(pixels), pixels, cv::COLOR_BGR2BGRA);
    for (int y = 0; y < pixels.rows; ++y)
      for (int x = 0; x < pixels.cols; ++x)
        pixels.at<cv::Vec4b>(y, x)[3] = static_cast<std::uint8_t>(x * 255 / pixels.cols);
  }
  if (bits == 16) pixels.convertTo(pixels, CV_16U, 257);
  std::vector<int> parameters;
  if (extension == ".webp") parameters = {cv::IMWRITE_WEBP_QUALITY, 101};
  File file;
  if (!cv::imencode(extension, pixels, file, parameters))
    throw std::runtime_error("cannot encode " + extension);
  return file;
}

File plain_tiff(const Image& image, int orientation) {
  constexpr int kShort = 3, kLong = 4, kEntries = 9;
  constexpr int kBits = 8 + 2 + kEntries * 12 + 4, kPixels = kBits + 6;  // where they lie
  const auto entry = [](int tag, int type, int count, std::int64_t value) {
    return cat({little_endian_bytes(tag, 2), little_endian_bytes(type, 2),
                little_endian_bytes(count), little_endian_bytes(value)});
  };
  return cat({text({"II*\0", 4}), little_endian_bytes(8), little_endian_bytes(kEntries, 2),
              entry(256, kLong, 1, image.width), entry(257, kLong, 1, image.height),
              entry(258, kShort, 3, kBits), entry(262, kShort, 1, 2),  // RGB
              entry(273, kLong, 1, kPixels), entry(274, kShort, 1, orientation),
              entry(277, kShort, 1, 3), entry(278, kLong, 1, image.height),
              entry(279, kLong, 1, static_cast<std::int64_t>(image.pixels.size())),
              little_endian_bytes(0), little_endian_bytes(8, 2), little_endian_bytes(8, 2),
              little_endian_bytes(8, 2), image.pixels});
}

File png_chunk(std::string_view type, const File& data) {
  const auto big = [](std::size_t n) {
    return File{static_cast<std::uint8_t>(n >> 24), static_cast<std::uint8_t>(n >> 16),
                static_cast<std::uint8_t>(n >> 8), static_cast<std::uint8_t>(n)};
  };
  const File body = cat({text(type), data});
  return cat({big(data.size()), body, big(crc32(0, body.data(), static_cast<uInt>(body.size())))});
}

File with_png_chunk(File png, std::string_view type, const File& data) {
  constexpr std::ptrdiff_t kBehindHeader = 8 + 25;
  const File chunk = png_chunk(type, data);
  png.insert(png.begin() + kBehindHeader, chunk.begin(), chunk.end());
  return png;
}

File exif(int orientation, bool big_endian) {
  const auto value = static_cast<std::uint8_t>(orientation);
  if (big_endian)
    return {'M', 'M', 0, 42, 0, 0, 0,     8, 0, 1, 0x01, 0x12, 0,
            3,   0,   0, 0,  1, 0, value, 0, 0, 0, 0,    0,    0};
  return {'I', 'I', 42, 0, 8, 0,     0, 0, 1, 0, 0x12, 0x01, 3,
          0,   1,   0,  0, 0, value, 0, 0, 0, 0, 0,    0,    0};
}

File little_endian_bytes(std::int64_t number, int bytes) {
  File file;
  for (int i = 0; i < bytes; ++i) file.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
  return file;
}

File cat(std::initializer_list<File> parts) {
  File whole;
  for (const File& part : parts) whole.insert(whole.end(), part.begin(), part.end());
  return whole;
}

File text(std::string_view words) {
  return {words.begin(), words.end()};
}

File first(const File& file, std::size_t count) {
  return {file.begin(), file.begin() + static_cast<std::ptrdiff_t>(std::min(count, file.size()))};
}

std::size_t find(const File& file, const File& pattern, std::size_t from) {
  const auto at = std::search(file.begin() + static_cast<std::ptrdiff_t>(from), file.end(),
                              pattern.begin(), pattern.end());
  return static_cast<std::size_t>(at - file.begin());
}

double difference(const Image& a, const Image& b) {
  if (a.width != b.width || a.height != b.height || a.empty()) return 255;
  double sum = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) sum += std::abs(a.pixels[i] - b.pixels[i]);
  return sum / static_cast<double>(a.pixels.size());
}

std::string outcome(const Result<Decoded>& result) {
  return result.ok() ? "ok" : result.problem().reason;
}

}  // namespace vioreview::pictures
