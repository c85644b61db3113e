// SPDX-License-Identifier: Apache-2.0
// Reads the text burned into a picture: lines, fields, and how sure each is.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/facts.h"
#include "core/image.h"
#include "perceive/text_reader.h"

namespace vioreview {

class OverlayReader {
 public:
  explicit OverlayReader(std::unique_ptr<TextReader> reader);
  ~OverlayReader();

  // The fields in the regions (cut at the frame), region by region, from top to bottom. A region is
  // a whole panel, or a band of a composite outside its panels. A field that is there but cannot be
  // read has an empty text. Lines without any known field are left out: scenery, mostly.
  std::vector<OverlaySeen> read(const Image& picture, const std::vector<Box>& regions);

 private:
  class Lines;
  std::unique_ptr<Lines> lines_;
};

// The reader that Tesseract is behind; nullptr in a build without it.
std::unique_ptr<OverlayReader> make_overlay_reader();

// What reads and by which rules; "" in a build without Tesseract: part of the key of remembered
// facts.
std::string overlay_reader_version();

}  // namespace vioreview
