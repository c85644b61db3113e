// SPDX-License-Identifier: Apache-2.0
// Records that are files of their own name, beside their pictures: what devices and platforms drop.
#include <algorithm>

#include "core/errors.h"
#include "ingest/assemble.h"
#include "ingest/makers.h"
#include "ingest/readers.h"
#include "ingest/signs.h"
#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

// A device that names pictures after its record: NAME.xml with NAME.jpg or NAME_1.jpg.
std::vector<ReadRecord::Picture> pictures_of_name(const fs::path& file, const Listing& listing) {
  std::vector<ReadRecord::Picture> pictures;
  const std::string stem = file.stem().string();
  for (const fs::path& path : listing.pictures) {
    const std::string name = path.stem().string();
    if (name.starts_with(stem) &&
        (name.size() == stem.size() || name[stem.size()] == '_' || name[stem.size()] == '-'))
      pictures.push_back({path.filename().string(), {}, {}});
  }
  return pictures;
}

Case case_of(const fs::path& file, const Root& root, const Listing& listing,
             const Result<ReadRecord>& read) {
  const std::string source = root.name_of(file);
  if (!read)
    return without_record(
        {"record_invalid", to_utf8(file.filename().string()), read.problem().detail}, {}, root,
        source);
  ReadRecord record = read.value();
  const auto is_there = [&](const ReadRecord::Picture& picture) {
    return !picture.field.empty() || find_picture(picture.file, file.parent_path(), root).ok();
  };
  const bool any =
      record.pictures && std::any_of(record.pictures->begin(), record.pictures->end(), is_there);
  auto named = any ? std::vector<ReadRecord::Picture>() : pictures_of_name(file, listing);
  if (!named.empty()) {
    record.pictures = std::move(named);
    record.notes.emplace_back("the pictures that bear the record's name were taken");
  }
  return assemble(std::move(record), file.parent_path(), root, source, root.place_of(file));
}

// A JSON record says so itself; what cannot be read, by the names in it.
bool is_record_text(std::string_view bytes) {
  const Text text = decoded(without_byte_order_mark(bytes));
  const Result<Value> value = parse_json(text.utf8);
  return value ? says_a_case(value.value()) : may_be_record(text.utf8);
}

}  // namespace

Result<ReadRecord> read_record_bytes(std::string_view bytes) {
  Result<ReadRecord> record = read_record(decoded(without_byte_order_mark(bytes)));
  if (record && bytes.size() > kLongestRecord && !carries_pictures(record.value()))
    return Problem{"record_invalid", "", "is larger than 1 MiB and carries no pictures"};
  return record;
}

std::optional<Case> record_beside_others(const fs::path& file, const Root& root,
                                         const Listing& listing) {
  const std::string extension = lower_case(file.extension().string());
  if (extension != ".json" && extension != ".xml") return std::nullopt;
  const Result<std::string> bytes = root.read(file, kLongestUpload);
  if (!bytes || !is_record_text(bytes.value())) return std::nullopt;
  return case_of(file, root, listing, read_record_bytes(bytes.value()));
}

std::vector<Case> read_record_file(const fs::path& file, const Root& root) {
  const Result<std::string> bytes = root.read(file, kLongestUpload);
  const Result<ReadRecord> record =
      bytes ? read_record_bytes(bytes.value()) : Result<ReadRecord>(bytes.problem());
  return {case_of(file, root, root.list(file.parent_path()), record)};
}

}  // namespace vioreview
