// SPDX-License-Identifier: Apache-2.0
// A record and the files beside it to a Case; ids and repeated cases of a batch.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/case.h"
#include "ingest/record.h"

namespace vioreview {

// Looks up the pictures below `folder`, which must lie in `root`. A listed picture that leaves the
// root (absolute, "..", a link) or is not there is picture_missing; the case goes on.
Case assemble(ReadRecord record, const std::filesystem::path& folder,
              const std::filesystem::path& root, std::string source);

// A case without a record: its pictures in name order, with the problem `reason`.
Case without_record(const std::vector<std::filesystem::path>& pictures, std::string source,
                    Problem problem);

// Makes missing ids, joins repeats with the same content, renames and marks repeats with other
// content, and sorts by id.
std::vector<Case> with_ids(std::vector<Case> cases);

bool is_picture_name(const std::filesystem::path& path);

// Close-up by its name (closeup, 特写), else panel.
Role role_of_name(const std::string& name);

}  // namespace vioreview
