// SPDX-License-Identifier: Apache-2.0
// A second look at a JPEG with libjpeg, which tells warnings apart and asks when it lacks input.
#include <cstdio>
#include <jpeglib.h>
// after jpeglib.h
#include <csetjmp>
#include <jerror.h>

#include "decode/jpeg.h"

namespace vioreview {
namespace {

// What happened while decoding.
struct Watch {
  jpeg_error_mgr errors{};
  jpeg_source_mgr source{};
  std::jmp_buf escape{};
  bool ran_dry = false;     // more input was wanted than there is
  bool bits_short = false;  // a row was finished with bits that were not there
  bool damaged = false;     // a code or marker that cannot be, or bytes that belong to nothing
  char message[JMSG_LENGTH_MAX] = "";
};

Watch& watch_of(void* client_data) {
  return *static_cast<Watch*>(client_data);
}

void on_error(j_common_ptr info) {
  Watch& watch = watch_of(info->client_data);
  info->err->format_message(info, watch.message);
  std::longjmp(watch.escape, 1);
}

void on_message(j_common_ptr info, int level) {
  if (level >= 0) return;  // a trace
  Watch& watch = watch_of(info->client_data);
  if (watch.message[0] == 0) info->err->format_message(info, watch.message);
  switch (info->err->msg_code) {
    case JWRN_HIT_MARKER:  // also when the marker is the one that fill_input gave
      watch.bits_short = true;
      break;
    case JWRN_ADOBE_XFORM:
    case JWRN_JFIF_MAJOR:
      break;  // say nothing of the pixels
    default:
      watch.damaged = true;
  }
}

// Instead of input that is not there: an end marker, so that decoding goes on to its end.
boolean fill_input(j_decompress_ptr info) {
  static const JOCTET end_marker[] = {0xFF, JPEG_EOI};
  watch_of(info->client_data).ran_dry = true;
  info->src->next_input_byte = end_marker;
  info->src->bytes_in_buffer = sizeof end_marker;
  return TRUE;
}

void skip_input(j_decompress_ptr info, long count) {
  if (count <= 0) return;
  if (static_cast<std::size_t>(count) > info->src->bytes_in_buffer) {
    fill_input(info);
    return;
  }
  info->src->next_input_byte += count;
  info->src->bytes_in_buffer -= static_cast<std::size_t>(count);
}

void connect(jpeg_decompress_struct& info, Watch& watch, Bytes bytes) {
  info.err = jpeg_std_error(&watch.errors);
  info.client_data = &watch;
  watch.errors.error_exit = on_error;
  watch.errors.emit_message = on_message;
  jpeg_create_decompress(&info);
  watch.source.init_source = [](j_decompress_ptr) {};
  watch.source.fill_input_buffer = fill_input;
  watch.source.skip_input_data = skip_input;
  watch.source.resync_to_restart = jpeg_resync_to_restart;
  watch.source.term_source = [](j_decompress_ptr) {};
  watch.source.next_input_byte = bytes.data();
  watch.source.bytes_in_buffer = bytes.size();
  info.src = &watch.source;
}

// False after an error that ends decoding. No object with a destructor lives in this frame, which
// on_error jumps out of.
bool decode_rows(jpeg_decompress_struct& info, Watch& watch, Canvas& canvas) {
  if (setjmp(watch.escape) != 0) return false;
  jpeg_read_header(&info, TRUE);
  info.out_color_space = canvas.channels == 4 ? JCS_CMYK : JCS_RGB;
  jpeg_start_decompress(&info);
  if (info.output_width != static_cast<JDIMENSION>(canvas.width) ||
      info.output_height != static_cast<JDIMENSION>(canvas.height) ||
      info.output_components != canvas.channels)
    return false;
  const std::size_t pitch =
      static_cast<std::size_t>(canvas.width) * static_cast<std::size_t>(canvas.channels);
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = canvas.pixels.data() + info.output_scanline * pitch;
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);  // reads on to the end marker: bytes before it warn
  return true;
}

}  // namespace

Result<std::string> examine_jpeg(Bytes bytes, bool scans_there, Canvas& canvas) {
  jpeg_decompress_struct info{};
  Watch watch;
  connect(info, watch, bytes);
  const bool finished = decode_rows(info, watch, canvas);
  jpeg_destroy_decompress(&info);
  const std::string said = watch.message[0] ? std::string(" (") + watch.message + ")" : "";
  if (watch.ran_dry && (!finished || watch.bits_short || !scans_there))
    return truncated_picture("the JPEG ends before its last row" + said);
  if (!finished || watch.bits_short || watch.damaged)
    return damaged_picture("the JPEG is damaged" + said);
  return watch.ran_dry ? "no end marker, all rows decoded"
                       : "the decoder warned, all rows decoded" + said;
}

}  // namespace vioreview
