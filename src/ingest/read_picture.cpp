// SPDX-License-Identifier: Apache-2.0
#include "ingest/read_picture.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "format/value.h"
#include "ingest/archive.h"
#include "ingest/readers.h"
#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

using Bytes = std::vector<std::uint8_t>;

Problem too_large(std::int64_t size, std::int64_t most) {
  return {
      "picture_too_large", "",
      "the file has " + std::to_string(size) + " bytes, over the limit of " + std::to_string(most)};
}

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

// The open file and its size.
Result<std::pair<std::FILE*, std::int64_t>> open_file(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (path.empty() || status.type() == fs::file_type::not_found)
    return Problem{"picture_missing", "", "the picture is not there; fetch it again"};
  if (fs::status_known(status) && !fs::is_regular_file(status))
    return Problem{"picture_undecodable", "", "this is no regular file"};
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file)
    return Problem{"picture_undecodable", "",
                   std::string("cannot be opened (") + std::strerror(errno) + ")"};
  const std::uintmax_t size = fs::file_size(path, error);
  return std::pair(file, error ? 0 : static_cast<std::int64_t>(size));
}

// `length` bytes from `offset`; fewer where the file ends before. -1: all of it.
Result<Bytes> read_file(const fs::path& path, std::int64_t offset, std::int64_t length,
                        std::int64_t most) {
  const auto opened = open_file(path);
  if (!opened) return opened.problem();
  const File file(opened.value().first, &std::fclose);
  const std::int64_t size = opened.value().second;
  if (length < 0) length = size;
  if (length > most) return too_large(length, most);
  Bytes bytes(static_cast<std::size_t>(std::clamp<std::int64_t>(size - offset, 0, length)));
  if (std::fseek(file.get(), offset, SEEK_SET) != 0 ||
      std::fread(bytes.data(), 1, bytes.size(), file.get()) != bytes.size())
    return Problem{"picture_undecodable", "", "cannot be read to its end"};
  return bytes;
}

Result<Bytes> base64_field(const Bytes& record, const std::string& field) {
  const std::string_view bytes(reinterpret_cast<const char*>(record.data()), record.size());
  const Result<Value> parsed = parse_json(decoded(without_byte_order_mark(bytes)).utf8);
  const Value* text = parsed ? parsed.value().find(field) : nullptr;
  if (!text || !text->as_string())
    return Problem{"picture_undecodable", "", "the record does not hold it any more"};
  return base64_decoded(*text->as_string());
}

Result<Bytes> read_within(const PictureRef& picture, std::int64_t most) {
  const Within& within = *picture.within;
  if (within.size > most) return too_large(within.size, most);
  Result<Bytes> bytes = read_range(picture.path, within);
  if (!bytes || within.field.empty()) return bytes;
  return base64_field(bytes.value(), within.field);
}

class EntryBuffer : public std::streambuf {
 public:
  explicit EntryBuffer(const fs::path& archive) : stream_(archive) {}
  bool go_to(std::int64_t index) {
    while (entry_.index < index)
      if (!stream_.next(entry_)) return false;
    return true;
  }

 protected:
  int_type underflow() override {
    const std::size_t got = stream_.read(block_.data(), block_.size());
    if (got == 0) return traits_type::eof();
    setg(block_.data(), block_.data(), block_.data() + got);
    return traits_type::to_int_type(*gptr());
  }

 private:
  ArchiveStream stream_;
  ArchiveStream::Entry entry_{"", -1};
  std::array<char, 1 << 16> block_{};
};

}  // namespace

Result<Bytes> read_range(const fs::path& file, const Within& within) {
  thread_local ArchivePool archives;
  if (stamp_of_file(file) != within.stamp)
    return Problem{"picture_missing", "",
                   "the file that holds it changed during the run; review again"};
  const std::int64_t most = std::max<std::int64_t>(kLargestPicture, kLongestUpload);
  if (within.length > most) return too_large(within.length, most);
  Result<Bytes> bytes = within.entry < 0 ? read_file(file, within.offset, within.length, most)
                                         : archives.read(file, within.stamp, within.entry,
                                                         within.offset, within.length);
  if (bytes && static_cast<std::int64_t>(bytes.value().size()) < within.length)
    return Problem{"picture_truncated", "", "is cut off; fetch it again"};
  return bytes;
}

std::unique_ptr<std::streambuf> open_entry(const fs::path& archive, std::int64_t entry) {
  auto buffer = std::make_unique<EntryBuffer>(archive);
  if (!buffer->go_to(entry)) return nullptr;
  return buffer;
}

Result<Bytes> read_picture(const PictureRef& picture, std::int64_t most) {
  Result<Bytes> bytes =
      picture.within ? read_within(picture, most) : read_file(picture.path, 0, -1, most);
  if (bytes && !bytes.value().empty()) return bytes;
  Problem problem =
      bytes ? Problem{"picture_empty", "", "the file is empty; fetch it again"} : bytes.problem();
  problem.file = picture.file;
  return problem;
}

}  // namespace vioreview
