// SPDX-License-Identifier: Apache-2.0
#include "ingest/ingest.h"

#include "core/errors.h"
#include "ingest/archive.h"
#include "ingest/archive_index.h"
#include "ingest/ids.h"
#include "ingest/named_pictures.h"
#include "ingest/readers.h"
#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

struct FileReader {
  const char* extension;
  std::vector<Case> (*read)(const fs::path&, const Root&);
};
constexpr FileReader kFileReaders[] = {{".jsonl", read_jsonl_index},
                                       {".csv", read_csv_index},
                                       {".json", read_record_file},
                                       {".xml", read_record_file}};

}  // namespace

Batch ingest(const fs::path& path, const std::string& name_template, int pictures) {
  std::error_code error;
  if (!fs::exists(path, error))
    throw IoError(path.string() + ": no such folder or file; check the path");
  NamedPictures named(name_template, pictures);
  if (fs::is_directory(path, error)) return {path, with_ids(read_folders(Root(path), path, named))};
  const fs::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const std::string extension = lower_case(path.extension().string());
  if (fs::is_regular_file(path, error)) {
    if (is_archive_name(path))
      return {folder, with_ids(read_archive(std::make_shared<const ArchiveIndex>(path), named))};
    if (named.given())
      throw UsageError(path.string() +
                       ": says itself what its cases are: leave --template out, it is for folders "
                       "and archives of pictures");
    for (const FileReader& reader : kFileReaders)
      if (extension == reader.extension)
        return {folder, with_ids(reader.read(folder / path.filename(), Root(folder)))};
  }
  if (is_packed_name(path))
    throw UsageError(path.string() +
                     ": archives of this kind are not read; unpack it, or repack it as .zip, .tar, "
                     ".tar.gz or .tar.zst");
  throw UsageError(path.string() +
                   ": is neither a folder, an index, a record nor an archive; give a folder of "
                   "cases, a .csv, .jsonl, .json, .xml, .zip, .tar, .tar.gz or .tar.zst");
}

}  // namespace vioreview
