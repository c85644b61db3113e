// SPDX-License-Identifier: Apache-2.0
// A tree of case folders.
#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/errors.h"
#include "ingest/assemble.h"
#include "ingest/readers.h"
#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

constexpr int kDeepest = 8;

std::string relative_name(const fs::path& path, const fs::path& root) {
  const std::string name = to_utf8(path.lexically_relative(root).string());
  return name.empty() ? "." : name;
}

Result<Value> read_record_file(const fs::path& file) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file, error);
  if (error) return Problem{"record_invalid", "record.json", "cannot be read: " + error.message()};
  if (size > kLongestRecord) return Problem{"record_invalid", "record.json", "larger than 1 MiB"};
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (bytes.empty()) return Problem{"record_invalid", "record.json", "is empty or cannot be read"};
  auto parsed = parse_json(to_utf8(bytes));
  if (!parsed) return Problem{"record_invalid", "record.json", parsed.problem().detail};
  if (!parsed.value().as_object())
    return Problem{"record_invalid", "record.json", "holds no JSON object"};
  return parsed;
}

class TreeReader {
 public:
  explicit TreeReader(const fs::path& root) : root_(root) {}
  std::vector<Case> read() {
    visit(root_, 0);
    return std::move(cases_);
  }

 private:
  void visit(const fs::path& folder, int depth) {
    std::vector<fs::path> pictures, folders;
    bool record = false;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
      const fs::path& path = entry->path();
      if (path.filename().string().starts_with('.')) continue;
      if (entry->is_directory(error) && !entry->is_symlink(error))
        folders.push_back(path);
      else if (path.filename() == "record.json")
        record = true;
      else if (is_picture_name(path))
        pictures.push_back(path);
    }
    if (error) throw IoError(folder.string() + ": cannot be read: " + error.message());
    std::sort(pictures.begin(), pictures.end());
    std::sort(folders.begin(), folders.end());
    if (record)
      add_case(folder, pictures);
    else if (!pictures.empty())
      add_loose(folder, pictures);
    if (record) return;  // sub-folders of a case belong to it
    if (depth < kDeepest)
      for (const fs::path& inner : folders) visit(inner, depth + 1);
  }

  void add_case(const fs::path& folder, const std::vector<fs::path>& pictures) {
    const std::string source = relative_name(folder, root_);
    Result<Value> record = read_record_file(folder / "record.json");
    if (record)
      cases_.push_back(assemble(read_record(record.value()), folder, root_, source));
    else
      cases_.push_back(without_record(pictures, source, record.problem()));
  }

  // In the root each picture may be of another event; in a folder of its own they belong together.
  void add_loose(const fs::path& folder, const std::vector<fs::path>& pictures) {
    const Problem problem{"record_missing", "", "no record.json beside the pictures"};
    const std::string source = relative_name(folder, root_);
    if (folder != root_) {
      cases_.push_back(without_record(pictures, source, problem));
      return;
    }
    for (const fs::path& picture : pictures)
      cases_.push_back(without_record({picture}, relative_name(picture, root_), problem));
  }

  fs::path root_;
  std::vector<Case> cases_;
};

}  // namespace

std::vector<Case> read_folders(const fs::path& root) {
  return TreeReader(root).read();
}

}  // namespace vioreview
