// SPDX-License-Identifier: Apache-2.0
// A night of speed cases whose verdicts follow from how they are made. Its pictures are no images:
// each holds, as JSON, the facts that the test worker sees in it.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/facts.h"

namespace vioreview {

enum class Kind {
  fits,       // 78 km/h where 60 is allowed, everything fits: accept
  slow,       // 58 km/h where 60 is allowed: reject, speed_below_limit
  repeats,    // the event of the case before it, 5 s later: reject, duplicate_case
  misread,    // the pictures show another plate, one character off: manual, plate_misread
  broken,     // a picture cannot be decoded: manual, picture_undecodable
  gone,       // a picture that the record names is not there: manual, picture_missing
  empty_file  // a picture without a byte: manual, picture_empty
};
constexpr int kKinds = 7;
constexpr int kPictures = 2;  // of each case

// What is seen in a picture of a white car with this plate.
PanelFacts seen_car(const std::string& plate);

// The id of the case with this number; ids order as numbers do.
std::string id_of(int number);

// Writes the case as a folder below `batch`. Case `number` of every kind has its own plate and
// time, but for `repeats`.
void write_case(const std::filesystem::path& batch, int number, Kind kind);

// Cases 0 to count - 1 of all kinds in turn.
void write_night(const std::filesystem::path& batch, int count);

}  // namespace vioreview
