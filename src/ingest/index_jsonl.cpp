// SPDX-License-Identifier: Apache-2.0
// An index with one JSON record a line.
#include "ingest/assemble.h"
#include "ingest/lines.h"
#include "ingest/readers.h"
#include "ingest/text.h"

namespace vioreview {

std::vector<Case> read_jsonl_index(const std::filesystem::path& index) {
  std::vector<Case> cases;
  const std::filesystem::path folder = index.parent_path().empty() ? "." : index.parent_path();
  LineReader lines(index);
  std::string line;
  while (lines.next(line)) {
    const std::string source = index.filename().string() + ":" + std::to_string(lines.number());
    const std::string text = trimmed(to_utf8(line));
    if (text.empty() && !lines.too_long()) continue;
    if (lines.too_long()) {
      cases.push_back(
          without_record({}, source,
                         {"record_invalid", "",
                          "line " + std::to_string(lines.number()) + " is longer than 1 MiB"}));
      continue;
    }
    const auto parsed = parse_json(text);
    if (parsed && parsed.value().as_object())
      cases.push_back(assemble(read_record(parsed.value()), folder, folder, source));
    else
      cases.push_back(
          without_record({}, source,
                         {"record_invalid", "",
                          "line " + std::to_string(lines.number()) + ": " +
                              (parsed ? std::string("no JSON object") : parsed.problem().detail)}));
  }
  return cases;
}

}  // namespace vioreview
