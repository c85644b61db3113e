// SPDX-License-Identifier: Apache-2.0
// CSV for people and spreadsheets: UTF-8 with BOM, CRLF, quoted as RFC 4180 says.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/case.h"
#include "core/facts.h"
#include "core/verdict.h"

namespace vioreview {

// A record of the file with its CRLF. A field that a spreadsheet would run as a formula (its first
// character that is no blank is = + - @ or a full-width form of one, or it starts with a tab or a
// line break) gets a leading apostrophe, which spreadsheets show as text; bytes that are no UTF-8
// become U+FFFD.
std::string csv_row(const std::vector<std::string>& fields);

// The first bytes of accept.csv, reject.csv and manual.csv: BOM and column names.
std::string case_table_head();

// The row of a case; `name_zh`: the violation's Chinese name, "" when unknown.
std::string case_row(const Case& c, const Facts& facts, const Verdict& verdict,
                     std::string_view name_zh);

}  // namespace vioreview
