// SPDX-License-Identifier: Apache-2.0
#include "ingest/ingest.h"

#include "core/errors.h"
#include "ingest/ids.h"
#include "ingest/readers.h"
#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

struct FileReader {
  const char* extension;
  std::vector<Case> (*read)(const fs::path&);
};
constexpr FileReader kFileReaders[] = {{".jsonl", read_jsonl_index}, {".csv", read_csv_index}};

}  // namespace

Batch ingest(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error))
    throw IoError(path.string() + ": no such folder or file; check the path");
  if (fs::is_directory(path, error)) return {path, with_ids(read_folders(path))};
  const std::string extension = lower_case(path.extension().string());
  if (fs::is_regular_file(path, error))
    for (const FileReader& reader : kFileReaders)
      if (extension == reader.extension)
        return {path.has_parent_path() ? path.parent_path() : ".", with_ids(reader.read(path))};
  throw UsageError(
      path.string() +
      ": is neither a folder nor an index; give a folder of cases, a .csv or a .jsonl");
}

}  // namespace vioreview
