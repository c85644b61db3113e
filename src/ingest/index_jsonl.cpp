// SPDX-License-Identifier: Apache-2.0
// An index with one JSON record a line.
#include "core/errors.h"
#include "ingest/assemble.h"
#include "ingest/lines.h"
#include "ingest/readers.h"
#include "ingest/signs.h"

namespace vioreview {
namespace {

// Lines looked at to tell an index from other texts of JSON lines.
constexpr int kMostTried = 64;

Result<ReadRecord> record_of(const LineReader::Line& line) {
  const std::string where = "line " + std::to_string(line.number);
  if (line.too_long) return Problem{"record_invalid", "", where + " is longer than 16 MiB"};
  Result<ReadRecord> record = read_record(line.text);
  if (line.bytes > static_cast<std::int64_t>(kLongestRecord) && record &&
      !carries_pictures(record.value()))
    return Problem{"record_invalid", "", where + " is longer than 1 MiB and carries no pictures"};
  if (!record) return Problem{"record_invalid", "", where + ": " + record.problem().detail};
  return record;
}

// Each case takes memory: lines that never were records are one case with their neighbours.
constexpr const char* kNoObject = "holds no JSON object";

}  // namespace

bool is_jsonl_index(const std::filesystem::path& file, const Root& root, Among among) {
  LineReader lines(file, root, kLongestUpload);
  int tried = 0, read = 0;
  for (LineReader::Line line; tried < kMostTried && lines.next(line);) {
    if (line.too_long) return is_meant_as_index(file);
    if (trimmed(line.text.utf8).empty()) continue;
    const Result<Value> value = parse_json(line.text.utf8);
    if (value ? says_a_case(value.value(), among)
              : is_meant_as_index(file) || may_be_record(line.text.utf8))
      return true;
    ++tried;
    read += value.ok() && value.value().as_object();
  }
  if (tried > 0 && read == 0)
    throw UsageError(file.string() + ": holds no line of JSON; give one record a line");
  return false;
}

std::vector<Case> read_jsonl_index(const std::filesystem::path& index, const Root& root) {
  const FilePlace whole = root.place_of(index);
  std::vector<Case> cases;
  int first_plain = 0;  // of the lines without an object that ended at the last case
  LineReader lines(index, root, kLongestUpload);
  for (LineReader::Line line; lines.next(line);) {
    if (!line.too_long && trimmed(line.text.utf8).empty()) continue;
    const std::string source = root.name_of(index) + ":" + std::to_string(line.number);
    Result<ReadRecord> record = record_of(line);
    if (record) {
      FilePlace text = whole;
      text.within.offset += line.offset;
      text.within.length = line.bytes;
      cases.push_back(assemble(std::move(record).value(), index.parent_path(), root, source, text));
      first_plain = 0;
    } else if (record.problem().detail.find(kNoObject) != std::string::npos) {
      if (first_plain > 0) {
        cases.back().problems.front().detail = "lines " + std::to_string(first_plain) + " to " +
                                               std::to_string(line.number) + " hold no JSON object";
        continue;
      }
      first_plain = line.number;
      cases.push_back(without_record(record.problem(), {}, root, source));
    } else {
      first_plain = 0;
      cases.push_back(without_record(record.problem(), {}, root, source));
    }
  }
  return cases;
}

}  // namespace vioreview
