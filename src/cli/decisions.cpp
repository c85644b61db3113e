// SPDX-License-Identifier: Apache-2.0
#include "cli/decisions.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <set>

#include "cli/configuration.h"
#include "core/errors.h"
#include "ingest/csv.h"
#include "ingest/text.h"

namespace vioreview {
namespace {

struct Column {
  const char* name;
  std::ptrdiff_t place = -1;
};

// The table row by row; every complaint names file and line.
class Reader {
 public:
  Reader(const std::filesystem::path& file, const std::string& bytes)
      : file_(file.string()), text_(to_utf8(without_byte_order_mark(bytes))) {}

  // The cells of the next row that is not blank; false at the end.
  bool next(std::vector<std::string>& cells) {
    while (from_ < text_.size()) {
      line_ = next_line_;
      CsvRow row(separator_);
      while (!row.add(take_line()))
        if (from_ >= text_.size()) fail("a quote is opened and never closed");
      cells.clear();
      for (const std::string& cell : row.cells()) cells.push_back(trimmed(cell));
      if (std::any_of(cells.begin(), cells.end(), [](const auto& cell) { return !cell.empty(); }))
        return true;
    }
    return false;
  }

  void read_header() {
    separator_ = separator_of(text_.substr(0, text_.find('\n')));
    std::vector<std::string> names;
    next(names);
    for (Column* column : {&id_, &decision_, &blind_, &chance_}) {
      const auto found = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
        return lower_case(name) == column->name;
      });
      if (found != names.end()) column->place = found - names.begin();
    }
    for (const Column* column : {&id_, &decision_})
      if (column->place < 0) fail("the column " + std::string(column->name) + " is missing");
    if (blind_.place < 0 && chance_.place < 0)
      fail(
          "the columns blind and selection_probability are missing: one of them must say which "
          "decisions count");
  }

  DecisionRow row_of(const std::vector<std::string>& cells) const {
    DecisionRow row;
    row.line = line_;
    row.case_id = cell(cells, id_);
    // What csv_row put before a text that a spreadsheet would run.
    if (row.case_id.size() > 1 && row.case_id[0] == '\'' &&
        std::string_view("=+-@").find(row.case_id[1]) != std::string_view::npos)
      row.case_id.erase(0, 1);
    if (row.case_id.empty()) fail("case_id is empty");
    row.decision = decision_in(cell(cells, decision_));
    row.blind = blind_in(cell(cells, blind_));
    if (const std::string chance = cell(cells, chance_); !chance.empty()) {
      row.selection_probability = share_of(chance);
      if (!row.selection_probability)
        fail("selection_probability is \"" + chance +
             "\"; it must lie above 0 and at most at 1 (or 100%)");
    }
    return row;
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw ConfigError(file_ + ":" + std::to_string(line_) + ": " + what);
  }

 private:
  std::string_view take_line() {
    const std::size_t end = std::min(text_.find('\n', from_), text_.size());
    std::string_view line = std::string_view(text_).substr(from_, end - from_);
    from_ = end + 1;
    ++next_line_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  static std::string cell(const std::vector<std::string>& cells, const Column& column) {
    const bool there =
        column.place >= 0 && column.place < static_cast<std::ptrdiff_t>(cells.size());
    return there ? cells[static_cast<std::size_t>(column.place)] : "";
  }

  std::optional<Decision> decision_in(const std::string& word) const {
    if (word.empty()) return std::nullopt;
    for (const Decision decision : {Decision::accept, Decision::reject, Decision::manual})
      if (lower_case(word) == name_of(decision) || word == zh_of(decision)) return decision;
    fail("decision is \"" + word + "\"; it must be accept, reject or manual");
  }

  bool blind_in(const std::string& word) const {
    static const std::set<std::string> yes = {"true", "yes", "1", "是"},
                                       no = {"", "false", "no", "0", "否"};
    if (yes.contains(lower_case(word))) return true;
    if (no.contains(lower_case(word))) return false;
    fail("blind is \"" + word + "\"; it must be true or false");
  }

  std::string file_, text_;
  std::size_t from_ = 0;
  int line_ = 1, next_line_ = 1;
  char separator_ = ',';
  Column id_{"case_id"}, decision_{"decision"}, blind_{"blind"}, chance_{"selection_probability"};
};

}  // namespace

std::optional<double> share_of(const std::string& text) {
  std::string number = trimmed(text);
  const bool percent = number.ends_with('%');
  if (percent) number = trimmed(number.substr(0, number.size() - 1));
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc() || end != number.data() + number.size()) return std::nullopt;
  if (percent) value /= 100;
  return value > 0 && value <= 1 ? std::optional(value) : std::nullopt;
}

std::vector<DecisionRow> read_decisions(const std::filesystem::path& file) {
  Reader reader(file, read_text_file(file.string()));
  reader.read_header();
  std::vector<DecisionRow> rows;
  std::set<std::string> ids;
  for (std::vector<std::string> cells; reader.next(cells);) {
    rows.push_back(reader.row_of(cells));
    if (!ids.insert(rows.back().case_id).second)
      reader.fail("case " + rows.back().case_id + " stands here twice");
  }
  return rows;
}

}  // namespace vioreview
