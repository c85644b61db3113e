// SPDX-License-Identifier: Apache-2.0
// A report on names as text for people and as JSON Lines.
#pragma once
#include <string>

#include "ingest/name_report.h"

namespace vioreview {

// Counts, what lacks or collides, proposals, and examples of each kind of file; with `all`, every
// file. Control characters of names are shown as U+FFFD.
std::string report_text(const NameReport& report, bool all);

// One object a file, then one with the counts and proposals ("summary": true).
std::string report_json(const NameReport& report);

}  // namespace vioreview
