// SPDX-License-Identifier: Apache-2.0
// An index as a table: a header with field names, one record a row.
#include <algorithm>

#include "core/errors.h"
#include "ingest/assemble.h"
#include "ingest/csv.h"
#include "ingest/fields.h"
#include "ingest/lines.h"
#include "ingest/readers.h"
#include "ingest/signs.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

// A quoted cell that goes on for longer is a quote that somebody forgot to close.
constexpr int kMostLinesOfRow = 64;

// The names of the first line, and what stands between them; none where the file ends before.
std::vector<std::string> header_of(LineReader& lines, char& separator) {
  LineReader::Line line;
  if (!lines.next(line)) return {};
  const bool says_separator =
      lower_case(line.text.utf8).starts_with("sep=") && line.text.utf8.size() == 5;
  separator = says_separator ? line.text.utf8.back() : separator_of(line.text.utf8);
  if (says_separator && !lines.next(line)) return {};
  CsvRow row(separator);
  row.add(line.text.utf8);
  std::vector<std::string> names = row.cells();
  for (std::string& name : names) name = trimmed(name);
  return names;
}

class CsvReader {
 public:
  CsvReader(const fs::path& index, const Root& root)
      : index_(index), root_(root), lines_(index, root, kLongestRecord) {}

  std::vector<Case> read() {
    header_ = header_of(lines_, separator_);
    if (header_.empty()) return {};
    check_header();
    LineReader::Line line;
    while (lines_.next(line))
      if (line.too_long || !trimmed(line.text.utf8).empty()) take_row(line);
    return std::move(cases_);
  }

 private:
  void check_header() const {
    if (std::all_of(header_.begin(), header_.end(),
                    [](const std::string& name) { return field_named(name) == Field::unknown; }))
      throw UsageError(index_.string() +
                       ": no name in its first line is known; give a header such as "
                       "case_id,violation,plate,time,pictures or xh,wfxw,hphm,wfsj,xp1");
  }

  void take_row(LineReader::Line& line) {
    const int number = line.number;
    const std::string where = "line " + std::to_string(number);
    if (line.too_long) return refuse(number, where + " is longer than 1 MiB");
    lines_.mark();
    CsvRow row(separator_);
    bool damaged = line.text.damaged;
    bool whole = row.add(line.text.utf8);
    for (std::size_t size = line.text.utf8.size(); !whole;) {
      const bool goes_on = line.number - number < kMostLinesOfRow && lines_.next(line);
      size += line.text.utf8.size();
      damaged |= line.text.damaged;
      if (!goes_on || line.too_long || size > kLongestRecord) break;
      whole = row.add(line.text.utf8);
    }
    if (!whole || (line.number > number && row.doubtful())) {
      lines_.go_back();  // the lines that the open quote took are rows of their own
      return refuse(number, where + " has a quote that is not closed");
    }
    lines_.forget();
    const std::vector<std::string>& cells = row.cells();
    for (std::size_t i = header_.size(); i < cells.size(); ++i)
      if (!trimmed(cells[i]).empty())
        return refuse(number, where + " has " + std::to_string(cells.size()) +
                                  " cells, the header has " + std::to_string(header_.size()));
    ReadRecord record = read_record(fields_of(cells));
    if (damaged) record.notes.emplace_back(kDamagedNote);
    cases_.push_back(assemble(std::move(record), index_.parent_path(), root_, source_of(number)));
  }

  void refuse(int number, std::string why) {
    cases_.push_back(
        without_record({"record_invalid", "", std::move(why)}, {}, root_, source_of(number)));
  }
  std::string source_of(int number) const {
    return root_.name_of(index_) + ":" + std::to_string(number);
  }

  // Empty cells are no values.
  Value fields_of(const std::vector<std::string>& cells) const {
    Value fields{Value::Object{}};
    for (std::size_t i = 0; i < std::min(cells.size(), header_.size()); ++i)
      if (std::string text = trimmed(cells[i]); !text.empty() && !header_[i].empty())
        fields.set(header_[i], std::move(text));
    return fields;
  }

  const fs::path& index_;
  const Root& root_;
  LineReader lines_;
  char separator_ = ',';
  std::vector<std::string> header_;
  std::vector<Case> cases_;
};

}  // namespace

bool is_csv_index(const fs::path& file, const Root& root, Among among) {
  LineReader lines(file, root, kLongestRecord);
  char separator = ',';
  Value fields{Value::Object{}};
  for (const std::string& name : header_of(lines, separator)) fields.set(name, name);
  return says_a_case(fields, among);
}

std::vector<Case> read_csv_index(const fs::path& index, const Root& root) {
  return CsvReader(index, root).read();
}

}  // namespace vioreview
