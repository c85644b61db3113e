// SPDX-License-Identifier: Apache-2.0
// An index as CSV (RFC 4180; ',' ';' or tab), a header with field names, one record a row.
#include <algorithm>
#include <optional>

#include "ingest/assemble.h"
#include "ingest/lines.h"
#include "ingest/readers.h"
#include "ingest/text.h"

namespace vioreview {
namespace {

using Cells = std::vector<std::string>;

// The cells of one row, or nothing when a quote is still open.
std::optional<Cells> cells_of(std::string_view row, char separator) {
  Cells cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const char c = row[i];
    if (quoted) {
      if (c != '"')
        cells.back() += c;
      else if (i + 1 < row.size() && row[i + 1] == '"')
        cells.back() += row[++i];
      else
        quoted = false;
    } else if (c == '"' && cells.back().empty()) {
      quoted = true;
    } else if (c == separator) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  if (quoted) return std::nullopt;
  return cells;
}

char separator_of(std::string_view header) {
  char best = ',';
  for (const char candidate : {',', ';', '\t'})
    if (std::count(header.begin(), header.end(), candidate) >
        std::count(header.begin(), header.end(), best))
      best = candidate;
  return best;
}

class CsvReader {
 public:
  explicit CsvReader(const std::filesystem::path& index)
      : index_(index),
        folder_(index.parent_path().empty() ? "." : index.parent_path()),
        lines_(index) {}

  std::vector<Case> read() {
    std::string line;
    if (!lines_.next(line)) return {};
    line = to_utf8(line);
    separator_ = separator_of(line);
    header_ = cells_of(line, separator_).value_or(Cells{});
    for (std::string& name : header_) name = trimmed(name);
    while (lines_.next(line)) take_row(line);
    return std::move(cases_);
  }

 private:
  void take_row(std::string& line) {
    const int number = lines_.number();
    std::optional<Cells> cells = cells_of(line, separator_);
    while (!cells && !lines_.too_long() && lines_.continue_line(line += '\n'))
      cells = cells_of(line, separator_);
    if (trimmed(line).empty() && !lines_.too_long()) return;
    const std::string source = index_.filename().string() + ":" + std::to_string(number);
    const std::string where = "line " + std::to_string(number);
    if (lines_.too_long()) return refuse(source, where + " is longer than 1 MiB");
    if (!cells) return refuse(source, where + " has an open quote");
    if (cells->size() > header_.size())
      return refuse(source, where + " has more cells than the header");
    cases_.push_back(assemble(read_record(fields_of(*cells)), folder_, folder_, source));
  }

  void refuse(const std::string& source, const std::string& why) {
    cases_.push_back(without_record({}, source, {"record_invalid", "", why}));
  }

  Value fields_of(const Cells& cells) const {
    Value fields{Value::Object{}};
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string text = trimmed(to_utf8(cells[i]));
      if (!text.empty() && !header_[i].empty()) fields.set(header_[i], text);
    }
    return fields;
  }

  std::filesystem::path index_, folder_;
  LineReader lines_;
  char separator_ = ',';
  Cells header_;
  std::vector<Case> cases_;
};

}  // namespace

std::vector<Case> read_csv_index(const std::filesystem::path& index) {
  return CsvReader(index).read();
}

}  // namespace vioreview
