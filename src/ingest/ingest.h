// SPDX-License-Identifier: Apache-2.0
// A folder of case folders, an index file, or an archive of either, to cases. Every case gets an id
// and is kept, however broken.
#pragma once
#include <filesystem>
#include <string>

#include "core/case.h"

namespace vioreview {

// `path`: a folder whose sub-folders hold record.json and pictures (a folder with pictures and no
// record is a case with record_missing); a folder that is itself a case; or an index .csv / .jsonl
// with plain or 六合一 field names, UTF-8 or GBK, whose picture paths are relative to the index; or
// a .zip, .tar, .tar.gz or .tar.zst of any of these.
// `name_template`: how the pictures of a folder or archive are named, a pattern or a file
// (ingest/inbox.h); empty for the inbox.toml in the folder, if there is one. `pictures`: how many
// each case of the pattern has; 0: not known.
// Cases come ordered by id. Throws IoError when the path cannot be read and UsageError when it is
// nothing that can be ingested, ConfigError for mistakes in templates.
Batch ingest(const std::filesystem::path& path, const std::string& name_template = "",
             int pictures = 0);

}  // namespace vioreview
