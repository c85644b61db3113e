// SPDX-License-Identifier: Apache-2.0
#include "decode/decode.h"

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "decode/header.h"
#include "decode/jpeg.h"
#include "decode/measure.h"
#include "decode/orientation.h"

namespace vioreview {
namespace {

// Eight bits a channel, alpha dropped, not turned (TIFF excepted: its decoder turns).
Result<Image> decode_by_opencv(Bytes bytes) {
  try {
    const cv::Mat encoded(1, static_cast<int>(bytes.size()), CV_8UC1,
                          const_cast<std::uint8_t*>(bytes.data()));
    const cv::Mat bgr = cv::imdecode(encoded, cv::IMREAD_COLOR | cv::IMREAD_IGNORE_ORIENTATION);
    if (bgr.empty() || bgr.type() != CV_8UC3)
      return damaged_picture("the picture is damaged or of a variant that is not read");
    Image image(bgr.cols, bgr.rows);
    cv::Mat rgb(bgr.rows, bgr.cols, CV_8UC3, image.pixels.data());
    cv::cvtColor(bgr, rgb, cv::COLOR_BGR2RGB);
    return image;
  } catch (const cv::Exception& error) {
    return damaged_picture("the picture cannot be decoded (" + error.err + ")");
  }
}

Result<Decoded> decode_other(Bytes bytes, Format format, const DecodeLimits& limits) {
  const Result<Size> size = read_size(bytes, format);
  if (!size) return size.problem();
  if (auto over = over_limit(size.value(), limits)) return *over;
  const Result<std::vector<std::string>> notes = check_whole(bytes, format);
  if (!notes) return notes.problem();
  Result<Image> image = decode_by_opencv(bytes);
  if (!image) return image.problem();
  Decoded decoded;
  decoded.image = oriented(std::move(image).value(), orientation_of(bytes, format));
  decoded.notes = notes.value();
  decoded.written = written_at(bytes, format);
  measure(decoded);
  return decoded;
}

Result<Decoded> decode_by_turbojpeg(Bytes bytes, const DecodeLimits& limits) {
  Result<JpegPicture> picture = decode_jpeg(bytes, limits);
  if (!picture) return picture.problem();
  JpegPicture jpeg = std::move(picture).value();
  Decoded decoded;
  decoded.image = oriented(std::move(jpeg.image), orientation_of(bytes, Format::jpeg));
  decoded.notes = std::move(jpeg.notes);
  decoded.written = written_at(bytes, Format::jpeg);
  measure(decoded);
  decoded.colour = decoded.colour && !jpeg.grey;
  return decoded;
}

Problem over_bytes(std::uintmax_t size, const DecodeLimits& limits) {
  return {"picture_too_large", "",
          "the file has " + std::to_string(size) + " bytes, over the limit of " +
              std::to_string(limits.max_bytes)};
}

}  // namespace

Result<Decoded> decode(Bytes bytes, const DecodeLimits& limits) {
  const Result<Format> format = format_of(bytes);
  if (!format) return format.problem();
  if (static_cast<std::int64_t>(bytes.size()) > limits.max_bytes)
    return over_bytes(bytes.size(), limits);
  return format.value() == Format::jpeg ? decode_by_turbojpeg(bytes, limits)
                                        : decode_other(bytes, format.value(), limits);
}

}  // namespace vioreview
