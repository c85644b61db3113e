// SPDX-License-Identifier: Apache-2.0
// A second look at a JPEG with libjpeg, which tells warnings apart.
#include <cstdio>
#include <jpeglib.h>
// after jpeglib.h
#include <csetjmp>
#include <jerror.h>
#include <stdexcept>

#include "decode/jpeg.h"

namespace vioreview {
namespace {

// What happened while decoding.
struct Watch {
  jpeg_error_mgr errors{};
  jpeg_source_mgr source{};
  std::jmp_buf escape{};
  bool ran_dry = false;     // more input was wanted than there is
  bool hit_marker = false;  // picture data ended within a row
  bool damaged = false;     // a code or marker that cannot be
  char message[JMSG_LENGTH_MAX] = "";
};

Watch& watch_of(j_common_ptr info) {
  return *static_cast<Watch*>(info->client_data);
}

void on_error(j_common_ptr info) {
  Watch& watch = watch_of(info);
  info->err->format_message(info, watch.message);
  std::longjmp(watch.escape, 1);
}

void on_message(j_common_ptr info, int level) {
  if (level >= 0) return;  // a trace
  Watch& watch = watch_of(info);
  info->err->format_message(info, watch.message);
  ++info->err->num_warnings;
  switch (info->err->msg_code) {
    case JWRN_HIT_MARKER:
      watch.hit_marker = true;
      break;
    case JWRN_ADOBE_XFORM:
    case JWRN_JFIF_MAJOR:
    case JWRN_TOO_MUCH_DATA:
      break;  // say nothing of the pixels
    default:
      watch.damaged = true;
  }
}

void init_source(j_decompress_ptr) {}

boolean fill_input(j_decompress_ptr info) {
  static const JOCTET end_marker[] = {0xFF, JPEG_EOI};
  watch_of(reinterpret_cast<j_common_ptr>(info)).ran_dry = true;
  info->src->next_input_byte = end_marker;
  info->src->bytes_in_buffer = 2;
  return TRUE;
}

void skip_input(j_decompress_ptr info, long count) {
  while (count > static_cast<long>(info->src->bytes_in_buffer)) {
    count -= static_cast<long>(info->src->bytes_in_buffer);
    fill_input(info);
    if (watch_of(reinterpret_cast<j_common_ptr>(info)).ran_dry) return;
  }
  info->src->next_input_byte += count;
  info->src->bytes_in_buffer -= static_cast<std::size_t>(count);
}

void term_source(j_decompress_ptr) {}

void connect(jpeg_decompress_struct& info, Watch& watch, Bytes bytes) {
  info.err = jpeg_std_error(&watch.errors);
  info.client_data = &watch;
  watch.errors.error_exit = on_error;
  watch.errors.emit_message = on_message;
  jpeg_create_decompress(&info);
  watch.source.init_source = init_source;
  watch.source.fill_input_buffer = fill_input;
  watch.source.skip_input_data = skip_input;
  watch.source.resync_to_restart = jpeg_resync_to_restart;
  watch.source.term_source = term_source;
  watch.source.next_input_byte = bytes.data();
  watch.source.bytes_in_buffer = bytes.size();
  info.src = &watch.source;
}

// A progressive picture is whole when every coefficient has its last bit.
bool all_scans_there(const jpeg_decompress_struct& info) {
  if (!info.progressive_mode || !info.coef_bits) return true;
  for (int c = 0; c < info.num_components; ++c)
    for (int k = 0; k < DCTSIZE2; ++k)
      if (info.coef_bits[c][k] != 0) return false;
  return true;
}

// Decodes into `picture`, whose image is made here. False after a fatal error. No object with a
// destructor lives in this frame across the jump.
bool decode_rows(jpeg_decompress_struct& info, Watch& watch, JpegPicture& picture,
                 bool& scans_there) {
  if (setjmp(watch.escape) != 0) return false;
  jpeg_read_header(&info, TRUE);
  info.out_color_space = JCS_RGB;
  picture.grey = info.jpeg_color_space == JCS_GRAYSCALE;
  jpeg_start_decompress(&info);
  picture.image = Image(static_cast<int>(info.output_width), static_cast<int>(info.output_height));
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = picture.image.row(static_cast<int>(info.output_scanline));
    jpeg_read_scanlines(&info, &row, 1);
  }
  scans_there = all_scans_there(info);
  return true;
}

}  // namespace

Result<JpegPicture> examine_jpeg(Bytes bytes) {
  jpeg_decompress_struct info{};
  Watch watch;
  JpegPicture picture;
  bool scans_there = true;
  connect(info, watch, bytes);
  const bool whole = decode_rows(info, watch, picture, scans_there);
  jpeg_destroy_decompress(&info);
  const std::string said = watch.message[0] ? std::string(" (") + watch.message + ")" : "";
  if (watch.ran_dry && (!whole || watch.hit_marker || !scans_there))
    return Problem{"picture_truncated", "",
                   "the JPEG ends before its last row" + said + "; fetch the file again"};
  if (!whole || watch.damaged || watch.hit_marker)
    return Problem{"picture_undecodable", "",
                   "the JPEG is damaged" + said + "; fetch the file again"};
  picture.notes.emplace_back(watch.ran_dry ? "no end marker, all rows decoded"
                                           : "the decoder warned, all rows decoded" + said);
  return picture;
}

}  // namespace vioreview
