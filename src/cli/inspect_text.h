// SPDX-License-Identifier: Apache-2.0
// What `inspect` prints of a panel: a JSON object with every fact, or a table for people.
#pragma once
#include <string>

#include "core/facts.h"
#include "core/verdict.h"
#include "format/value.h"

namespace vioreview {

// {"file", "role", "width", "height", "failure"?, "notes", "boxes": [{kind, class, colour, score,
// box, ...}],
//  "plates": [{text, confidence, readable, kind, colour, corners, box, characters: [{text, p,
//  others}], ...}]}
Value inspected(const PanelFacts& facts);

// A few lines: size, boxes, plates.
std::string panel_table(const PanelFacts& facts, bool chinese);

// One line a check, and the verdict.
std::string verdict_table(const Verdict& verdict, bool chinese);

// `text` padded with blanks to `columns` terminal columns; Chinese characters take two.
std::string padded(const std::string& text, int columns);

}  // namespace vioreview
