// SPDX-License-Identifier: Apache-2.0
// One row of a table (RFC 4180), which a quoted cell may carry over several lines.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace vioreview {

class CsvRow {
 public:
  explicit CsvRow(char separator) : separator_(separator) {}
  // Takes the next line of the row; true when the row ends with it, false when a quote is open.
  bool add(std::string_view line);
  const std::vector<std::string>& cells() const { return cells_; }
  // Text follows a closing quote: fair in a row of one line; over more, the quote was not meant.
  bool doubtful() const { return doubtful_; }

 private:
  char separator_;
  bool quoted_ = false, closed_ = false, doubtful_ = false;
  std::vector<std::string> cells_;
};

// The one of ',', ';' and tab that the header holds most of.
char separator_of(std::string_view header);

}  // namespace vioreview
