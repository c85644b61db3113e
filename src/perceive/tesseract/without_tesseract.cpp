// SPDX-License-Identifier: Apache-2.0
// Stands in for Tesseract in a build without it: burned-in text is then not looked for.
#include "perceive/tesseract/tesseract_reader.h"

namespace vioreview {

std::unique_ptr<TextReader> make_tesseract_reader() {
  return nullptr;
}

std::string tesseract_version() {
  return "";
}

}  // namespace vioreview
