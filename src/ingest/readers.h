// SPDX-License-Identifier: Apache-2.0
// The readers of batches. A new form of arrival is a file, and a line of the table in ingest.cpp.
#pragma once
#include <filesystem>
#include <vector>

#include "core/case.h"

namespace vioreview {

// Longest record that is read: of a record.json, a line, a row.
inline constexpr std::size_t kLongestRecord = 1U << 20;

// Folders with record.json at any depth, folders of pictures without one, loose pictures; nothing
// is dropped in silence but folders of nothing but texts. Former outputs (manifest.jsonl and
// summary.json) are passed over.
std::vector<Case> read_folders(const std::filesystem::path& root);

// One JSON record a line; pictures relative to the index.
std::vector<Case> read_jsonl_index(const std::filesystem::path& index);

// RFC 4180 with ',', ';' or tab, a header of field names, one record a row; pictures relative to
// the index. Throws UsageError when no name of the header is known.
std::vector<Case> read_csv_index(const std::filesystem::path& index);

}  // namespace vioreview
