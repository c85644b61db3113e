// SPDX-License-Identifier: Apache-2.0
// Single values of a record, as people and devices write them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/vocabulary.h"
#include "format/value.h"

namespace vioreview {

// Text of a string or a number (indexes give numbers as text, JSON may give codes as numbers),
// without blanks at its ends; nothing for other kinds.
std::optional<std::string> text_of(const Value& value);

// A finite number, or a text that is one as a whole.
std::optional<double> number_of_value(const Value& value);

// A value in a note: at most 60 bytes of it.
std::string shown(const Value& value);

// A plate in half width and capitals, without blanks, dots and dashes; "" for what devices write
// when they read no plate (domain reference 7.6).
std::string plate_of(std::string_view text);

// Whether a given id can be kept: 1 to 128 characters, no control or direction characters.
bool usable_id(std::string_view id);

// "1.jpg;2.jpg" or "1.jpg|2.jpg": the parts, without blanks at their ends and without empty ones.
std::vector<std::string> parts_of(std::string_view text);

// English names of the roles or their Chinese words.
std::optional<Role> parse_role(std::string_view text);

// How a device's composites are divided: rows x columns, "1+3", "3+1" or "single", in any case; a
// "c" behind it: the last tile is a close-up. Nothing for other texts.
std::optional<std::string> parse_layout(std::string_view text);
inline constexpr const char* kLayoutForms =
    "rows x columns (2x2), 1+3, 3+1 or single, and a c behind it (2x2c) when the last tile is a "
    "close-up";

}  // namespace vioreview
