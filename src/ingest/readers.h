// SPDX-License-Identifier: Apache-2.0
// The readers of batches. A new form of arrival is a file, and a line in ingest.cpp.
#pragma once
#include <filesystem>
#include <vector>

#include "core/case.h"

namespace vioreview {

// Folders with record.json at any depth; pictures without a record; never out of the root by a
// link.
std::vector<Case> read_folders(const std::filesystem::path& root);

// One record a line / a row; pictures relative to the index.
std::vector<Case> read_jsonl_index(const std::filesystem::path& index);
std::vector<Case> read_csv_index(const std::filesystem::path& index);

// Longest record that is read: of a record.json, a line, a row.
inline constexpr std::size_t kLongestRecord = 1U << 20;

}  // namespace vioreview
