// SPDX-License-Identifier: Apache-2.0
#include "ingest/ingest.h"

#include "core/errors.h"
#include "ingest/assemble.h"
#include "ingest/readers.h"
#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

struct IndexReader {
  const char* extension;
  std::vector<Case> (*read)(const fs::path&);
};
constexpr IndexReader kIndexReaders[] = {{".JSONL", read_jsonl_index}, {".CSV", read_csv_index}};

}  // namespace

Batch ingest(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) throw IoError(path.string() + ": no such folder or file");
  if (fs::is_directory(path, error)) return {path, with_ids(read_folders(path))};
  const std::string extension = upper_case(path.extension().string());
  for (const IndexReader& reader : kIndexReaders)
    if (extension == reader.extension)
      return {path.parent_path().empty() ? "." : path.parent_path(), with_ids(reader.read(path))};
  throw UsageError(
      path.string() +
      ": is neither a folder nor an index; give a folder of cases, a .csv or a .jsonl");
}

}  // namespace vioreview
