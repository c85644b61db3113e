// SPDX-License-Identifier: Apache-2.0
// From the characters of a line to fields, and from a field's characters to what it can only have
// meant. Pure: no pixels, no recogniser.
#pragma once
#include <string>
#include <vector>

#include "core/facts.h"
#include "perceive/text_reader.h"

namespace vioreview {

// A field's characters as they stand in the line, its label left out.
struct FieldText {
  OverlayField field = OverlayField::other;
  std::vector<Glyph> value;
  bool operator==(const FieldText&) const = default;
};

// Splits a line at its labels (时间, 地点, 设备编号 ...; one character of a label may be misread).
// What stands before the first label, or all of a line without one, is split by what it looks like:
// a time, a direction, a lane, a place; the rest is `other`. 违法行为 (the offence in words) is
// `other`.
std::vector<FieldText> split_fields(const std::vector<Glyph>& line);

// What the characters mean by the field's grammar, normalised as OverlaySeen::text says: look-alike
// letters in a number become digits, a time has its parts in their ranges, a direction is one of
// the eight, a plate has a province. "" where they fit no reading. A time without fraction stays
// without.
std::string repaired(OverlayField field, const std::vector<Glyph>& value);

// Whether the field is made of digits only, so that a recogniser of digits may read it again; what
// else stands in it (年, km/h) is `separators`: indices into `value`.
bool of_digits(OverlayField field);
std::vector<std::size_t> separators(OverlayField field, const std::vector<Glyph>& value);

}  // namespace vioreview
