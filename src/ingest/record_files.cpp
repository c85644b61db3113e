// SPDX-License-Identifier: Apache-2.0
// Records that are files of their own name, beside their pictures: what devices and platforms drop.
#include <algorithm>

#include "core/errors.h"
#include "ingest/assemble.h"
#include "ingest/json_array.h"
#include "ingest/makers.h"
#include "ingest/readers.h"
#include "ingest/signs.h"
#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

// A case takes memory whatever it holds; a file that is read whole has room for fewer true records.
constexpr std::size_t kMostElements = 50'000;

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

Result<ReadRecord> read_record_text(const Text& text, std::size_t bytes) {
  Result<ReadRecord> record = read_record(text);
  if (record && bytes > kLongestRecord && !carries_pictures(record.value()))
    return Problem{"record_invalid", "", "is larger than 1 MiB and carries no pictures"};
  return record;
}

// A case for each element, which is found again by its place in the file.
std::vector<Case> cases_of_array(const fs::path& file, const Root& root, std::string_view bytes,
                                 const Value::Array& array, Encoding encoding) {
  const std::vector<std::string_view> elements =
      array_elements(without_byte_order_mark(bytes), encoding);
  const auto invalid = [&](std::string why, std::string source) {
    return without_record({"record_invalid", to_utf8(file.filename().string()), std::move(why)}, {},
                          root, std::move(source));
  };
  if (elements.size() != array.size())
    return {
        invalid("a damaged character hides where its records end: repair the text, or give one "
                "record a file",
                root.name_of(file))};
  if (elements.size() > kMostElements)
    return {invalid("holds more than " + std::to_string(kMostElements) + " elements: divide it",
                    root.name_of(file))};
  const FilePlace whole = root.place_of(file);
  std::vector<Case> cases;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const std::string_view element = elements[i];
    const std::string number = std::to_string(i + 1);
    const std::string source = root.name_of(file) + ":" + number;
    std::size_t last = i;
    while (!array[i].as_object() && last + 1 < array.size() && !array[last + 1].as_object()) ++last;
    if (last > i) {
      cases.push_back(
          invalid("elements " + number + " to " + std::to_string(last + 1) + " hold no JSON object",
                  source));
      i = last;
      continue;
    }
    Result<ReadRecord> record = read_record_text(decoded(element, encoding), element.size());
    if (!record) {
      cases.push_back(invalid("element " + number + ": " + record.problem().detail, source));
      continue;
    }
    FilePlace text = whole;
    text.within.offset += element.data() - bytes.data();
    text.within.length = static_cast<std::int64_t>(element.size());
    cases.push_back(assemble(std::move(record).value(), file.parent_path(), root, source, text));
  }
  return cases;
}

std::vector<Case> cases_of(const fs::path& file, const Root& root, const Listing& listing,
                           const std::string& bytes) {
  EncodingGuess guess;
  guess.add(bytes);
  const Result<Value> value = parse_json(decoded(without_byte_order_mark(bytes)).utf8);
  const Value::Array* array = value ? value.value().as_array() : nullptr;
  if (array && std::any_of(array->begin(), array->end(),
                           [](const Value& element) { return element.as_object() != nullptr; }))
    return cases_of_array(file, root, bytes, *array, guess.encoding());
  return {case_of(file, root, listing, read_record_bytes(bytes))};
}

// A JSON record says so itself; what cannot be read, by the names in it.
bool is_record_text(std::string_view bytes, Among among) {
  const Text text = decoded(without_byte_order_mark(bytes));
  const Result<Value> value = parse_json(text.utf8);
  if (!value) return may_be_record(text.utf8);
  const Value::Array* array = value.value().as_array();
  const auto counts = [&](const Value& fields) { return says_a_case(fields, among); };
  return array ? std::any_of(array->begin(), array->end(), counts) : counts(value.value());
}

}  // namespace

Result<ReadRecord> read_record_bytes(std::string_view bytes) {
  return read_record_text(decoded(without_byte_order_mark(bytes)), bytes.size());
}

std::vector<Case> records_beside_others(const fs::path& file, const Root& root,
                                        const Listing& listing, Among among) {
  const std::string extension = lower_case(file.extension().string());
  if (extension != ".json" && extension != ".xml") return {};
  const Result<std::string> bytes = root.read(file, kLongestUpload);
  if (!bytes || !is_record_text(bytes.value(), among)) return {};
  return cases_of(file, root, listing, bytes.value());
}

std::vector<Case> read_record_file(const fs::path& file, const Root& root) {
  const Result<std::string> bytes = root.read(file, kLongestUpload);
  const Listing listing = root.list(file.parent_path());
  if (!bytes) return {case_of(file, root, listing, Result<ReadRecord>(bytes.problem()))};
  return cases_of(file, root, listing, bytes.value());
}

}  // namespace vioreview
