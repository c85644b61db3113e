// SPDX-License-Identifier: Apache-2.0
// The readers of batches. A new form of arrival is a file, and a line of the table in ingest.cpp.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/case.h"
#include "ingest/paths.h"
#include "ingest/signs.h"

namespace vioreview {

class NamedPictures;

// Longest record that is read: of a record.json, a line, a row. One that carries pictures as base64
// text may be longer.
inline constexpr std::size_t kLongestRecord = 1U << 20, kLongestUpload = 16U << 20;
// Folders below a batch are read to this depth.
inline constexpr int kDeepestFolder = 16;

// Folders with record.json, indexes and makers' records at any depth, folders of pictures without
// one, loose pictures. Of former outputs (manifest.jsonl and summary.json) the files that a run
// writes are passed over, and texts between the cases; where nothing else is there, that is a case
// with record_missing. Pictures without a record go to `named` in the folders that it is meant for,
// and their cases come from it. An index that lists such pictures is refused: the names count. An
// index accounts for the pictures that it lists alone. `indexes` gets the names of those that were
// read.
std::vector<Case> read_folders(const Root& root, const std::filesystem::path& folder,
                               NamedPictures& named, std::set<std::string>* indexes = nullptr);

// Of a .csv or .jsonl that lies among other files; see is_csv_index and is_jsonl_index. Nothing
// when it is no index; one that cannot be read is a case with record_missing where its name says
// that it is one, and else a text.
bool is_index_name(const std::filesystem::path& file);
std::optional<std::vector<Case>> index_among_others(const std::filesystem::path& file,
                                                    const Root& root, Among among);
// Puts the cases of indexes behind those of the tree's records. A row that a record in a folder
// says too becomes a note of that case.
void join_rows(std::vector<Case>& cases, std::vector<Case> rows, const Root& root);

// One JSON record a line; pictures relative to the index.
std::vector<Case> read_jsonl_index(const std::filesystem::path& index, const Root& root);
// Whether one of its first lines is a record, or is meant to be one and damaged. Throws as reading
// does, also when no line is JSON.
bool is_jsonl_index(const std::filesystem::path& file, const Root& root, Among among);

// RFC 4180 with ',', ';' or tab, a header of field names, one record a row; pictures relative to
// the index. Throws UsageError when no name of the header is known.
std::vector<Case> read_csv_index(const std::filesystem::path& index, const Root& root);
// Whether its header is that of records.
bool is_csv_index(const std::filesystem::path& file, const Root& root, Among among);

// A .json or .xml file with one record, or a .json with an array of records; pictures relative to
// it, or those whose names begin with its own where it is one.
std::vector<Case> read_record_file(const std::filesystem::path& file, const Root& root);
// The same for a file in a folder that may hold others: nothing when it is no such record. A
// damaged one counts when its text names what such records have.
std::vector<Case> records_beside_others(const std::filesystem::path& file, const Root& root,
                                        const Listing& listing, Among among);

// A .zip, .tar, .tar.gz or .tar.zst of case folders or of an index with its pictures. What it holds
// beside them, and what was refused or damaged, stands in a case of its own with record_missing.
// Throws UsageError when `named` has a --template and the archive an index.
std::vector<Case> read_archive(const std::shared_ptr<const ArchiveIndex>& archive,
                               NamedPictures& named, std::set<std::string>* indexes = nullptr);

}  // namespace vioreview
