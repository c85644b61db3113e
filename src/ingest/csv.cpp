// SPDX-License-Identifier: Apache-2.0
#include "ingest/csv.h"

#include <algorithm>

namespace vioreview {

bool CsvRow::add(std::string_view line) {
  if (quoted_)
    cells_.back() += '\n';
  else
    cells_.emplace_back();
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted_) {
      const bool doubled = c == '"' && i + 1 < line.size() && line[i + 1] == '"';
      closed_ = c == '"' && !doubled;
      quoted_ = !closed_;
      if (quoted_) cells_.back() += c;
      if (doubled) ++i;
    } else if (c == '"' && cells_.back().empty() && !closed_) {
      quoted_ = true;
    } else if (c == separator_) {
      cells_.emplace_back();
      closed_ = false;
    } else {
      cells_.back() += c;
      doubtful_ |= closed_;
    }
  }
  return !quoted_;
}

char separator_of(std::string_view header) {
  char best = ',';
  for (const char candidate : {';', '\t'})
    if (std::count(header.begin(), header.end(), candidate) >
        std::count(header.begin(), header.end(), best))
      best = candidate;
  return best;
}

}  // namespace vioreview
