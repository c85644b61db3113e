// SPDX-License-Identifier: Apache-2.0
// An index with one JSON record a line.
#include "ingest/assemble.h"
#include "ingest/lines.h"
#include "ingest/readers.h"

namespace vioreview {
namespace {

Result<ReadRecord> record_of(const LineReader::Line& line) {
  const std::string where = "line " + std::to_string(line.number);
  if (line.too_long) return Problem{"record_invalid", "", where + " is longer than 1 MiB"};
  Result<ReadRecord> record = read_record(line.text);
  if (!record) return Problem{"record_invalid", "", where + ": " + record.problem().detail};
  return record;
}

}  // namespace

std::vector<Case> read_jsonl_index(const std::filesystem::path& index) {
  const std::filesystem::path folder = index.has_parent_path() ? index.parent_path() : ".";
  const Root root(folder);
  std::vector<Case> cases;
  LineReader lines(index);
  for (LineReader::Line line; lines.next(line);) {
    if (!line.too_long && trimmed(line.text.utf8).empty()) continue;
    const std::string source =
        to_utf8(index.filename().string()) + ":" + std::to_string(line.number);
    Result<ReadRecord> record = record_of(line);
    if (record)
      cases.push_back(assemble(std::move(record).value(), folder, root, source));
    else
      cases.push_back(without_record(record.problem(), {}, root, source));
  }
  return cases;
}

}  // namespace vioreview
