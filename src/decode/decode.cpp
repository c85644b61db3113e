// SPDX-License-Identifier: Apache-2.0
#include "decode/decode.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "decode/header.h"
#include "decode/jpeg.h"
#include "decode/pixels.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

// Mean of max - min over R, G, B below which a picture has no colour: JPEG noise of a grey picture
// stays under it.
constexpr float kColourless = 1.5F;

Result<Image> decode_by_opencv(Bytes bytes) {
  try {
    const cv::Mat encoded(1, static_cast<int>(bytes.size()), CV_8UC1,
                          const_cast<std::uint8_t*>(bytes.data()));
    const cv::Mat bgr = cv::imdecode(encoded, cv::IMREAD_COLOR | cv::IMREAD_IGNORE_ORIENTATION);
    if (bgr.empty() || bgr.type() != CV_8UC3)
      return Problem{"picture_undecodable", "",
                     "the picture is damaged or of an unknown kind; fetch the file again"};
    Image image(bgr.cols, bgr.rows);
    cv::Mat rgb(bgr.rows, bgr.cols, CV_8UC3, image.pixels.data());
    cv::cvtColor(bgr, rgb, cv::COLOR_BGR2RGB);
    return image;
  } catch (const cv::Exception& error) {
    return Problem{"picture_undecodable", "",
                   "the picture cannot be decoded (" + error.err + "); fetch the file again"};
  }
}

Result<Decoded> finished(Image image, std::vector<std::string> notes, bool grey) {
  Decoded decoded;
  decoded.image = std::move(image);
  decoded.notes = std::move(notes);
  measure(decoded);
  decoded.colour = !grey && decoded.chroma >= kColourless;
  return decoded;
}

Result<Decoded> decode_other(Bytes bytes, Format format, const DecodeLimits& limits) {
  const Result<Header> header = read_header(bytes, format);
  if (!header) return header.problem();
  if (const auto over = over_limit(header.value().width, header.value().height, limits))
    return *over;
  Result<Image> image = decode_by_opencv(bytes);
  if (!image) return image.problem();
  return finished(std::move(image).value(), {}, false);
}

}  // namespace

Result<std::vector<std::uint8_t>> read_picture(const fs::path& path, const DecodeLimits& limits) {
  const std::string name = path.filename().string();
  std::error_code error;
  if (path.empty() || !fs::exists(path, error))
    return Problem{"picture_missing", name, "the picture is not there"};
  if (!fs::is_regular_file(path, error)) return Problem{"picture_undecodable", name, "is no file"};
  const std::uintmax_t size = fs::file_size(path, error);
  if (!error && size > static_cast<std::uintmax_t>(limits.max_bytes))
    return Problem{"picture_too_large", name,
                   "the file has " + std::to_string(size) + " bytes, over the limit of " +
                       std::to_string(limits.max_bytes)};
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  if (!file)
    return Problem{"picture_undecodable", name,
                   std::string("cannot be opened: ") + std::strerror(errno)};
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(size));
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file.get()));
  if (bytes.size() != size)
    return Problem{"picture_undecodable", name, "cannot be read to its end"};
  if (bytes.empty()) return Problem{"picture_empty", name, "the file is empty; fetch it again"};
  return bytes;
}

Result<Decoded> decode(Bytes bytes, const DecodeLimits& limits) {
  const Result<Format> format = format_of(bytes);
  if (!format) return format.problem();
  if (static_cast<std::int64_t>(bytes.size()) > limits.max_bytes)
    return Problem{"picture_too_large", "",
                   "the file is over the limit of " + std::to_string(limits.max_bytes) + " bytes"};
  if (format.value() != Format::jpeg) return decode_other(bytes, format.value(), limits);
  Result<JpegPicture> jpeg = decode_jpeg(bytes, limits);
  if (!jpeg) return jpeg.problem();
  JpegPicture picture = std::move(jpeg).value();
  return finished(oriented(std::move(picture.image), exif_orientation(bytes)),
                  std::move(picture.notes), picture.grey);
}

}  // namespace vioreview
