// SPDX-License-Identifier: Apache-2.0
// The text recogniser that Tesseract runs. No Tesseract type shows.
#pragma once
#include <memory>
#include <string>

#include "perceive/text_reader.h"

namespace vioreview {

// Engines for chi_sim and eng, each loaded when it is first asked for. Its read throws SetupError
// when language data are missing. nullptr in a build without Tesseract.
std::unique_ptr<TextReader> make_tesseract_reader();

// Which Tesseract reads, "" in a build without it: part of the key of remembered facts.
std::string tesseract_version();

}  // namespace vioreview
