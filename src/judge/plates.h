// SPDX-License-Identifier: Apache-2.0
// Plate strings: characters, grammar (GA 36 as in domain reference 7.6), and how far two strings
// lie apart.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/vocabulary.h"

namespace vioreview {

// The characters of a UTF-8 string; an invalid byte is a character of its own.
std::vector<std::string> characters_of(std::string_view text);

// The form of a plate string, or nothing when no known form fits.
enum class PlateForm {
  ordinary,
  small_new_energy,
  large_new_energy,
  police,
  coach,
  trailer,
  hk_macau,
  embassy,
  consulate
};
std::optional<PlateForm> plate_form(std::string_view plate);

// Colours a form may have.
std::vector<PlateColor> colors_of(PlateForm form);

// Characters that cameras and people take for one another (0/O/D/Q, 8/B, 2/Z, 5/S, 苏/鄂, 琼/京,
// ...).
bool look_alike(std::string_view a, std::string_view b);

// Edit distance in characters, where a replaced look-alike counts half.
double plate_distance(std::string_view a, std::string_view b);
// Plain edit distance in characters.
int edit_distance(std::string_view a, std::string_view b);

}  // namespace vioreview
