// SPDX-License-Identifier: Apache-2.0
// A record and the files beside it to a Case.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/case.h"
#include "ingest/paths.h"
#include "ingest/record.h"

namespace vioreview {

// Looks up the pictures that the record lists, relative to `folder`. One that leaves the root or is
// not there is picture_missing; the case goes on. `text`: where the record itself lies, for
// pictures that it carries.
Case assemble(ReadRecord record, const std::filesystem::path& folder, const Root& root,
              std::string source, const FilePlace& text = {});

// The path below the root of the file in which the picture lies.
std::filesystem::path lies_at(const PictureRef& picture, const Root& root);

// A record that is a file; record_invalid also for one over 1 MiB that carries no pictures.
Result<ReadRecord> read_record_bytes(std::string_view bytes);

// Whether the record carries a picture in itself, as base64 text.
bool carries_pictures(const ReadRecord& record);

// The same for a case with a folder of its own: a record that lists no pictures means all in the
// folder, and what it does not list is named in a note.
Case assemble_folder(ReadRecord record, const std::filesystem::path& folder, const Listing& listing,
                     const Root& root, std::string source, const FilePlace& text = {});

// A case without a record that can be read, because of `problem`.
Case without_record(Problem problem, const std::vector<std::filesystem::path>& pictures,
                    const Root& root, std::string source);

}  // namespace vioreview
