// SPDX-License-Identifier: Apache-2.0
#include "ingest/archive.h"

#include <algorithm>
#include <clocale>
#include <span>
#include <sys/stat.h>

#include <archive.h>
#include <archive_entry.h>

#include "core/errors.h"
#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kBlock = 64U << 10;
constexpr std::size_t kMostOpen = 4;
constexpr std::string_view kEndings[] = {".zip", ".tar", ".tar.gz", ".tgz", ".tar.zst", ".tzst"};
constexpr std::string_view kPacked[] = {".zip", ".tar", ".gz",  ".tgz", ".zst", ".tzst", ".7z",
                                        ".rar", ".xz",  ".txz", ".bz2", ".tbz", ".tbz2", ".lzma"};

// libarchive loses names that the locale cannot hold; under UTF-8 other names stay bytes.
class Utf8Locale {
 public:
  Utf8Locale() : before_(uselocale(utf8())) {}
  ~Utf8Locale() { uselocale(before_); }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  static locale_t utf8() {
    static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
  }
  locale_t before_;
};

ArchiveStream::Kind kind_of(archive_entry* entry) {
  using Kind = ArchiveStream::Kind;
  if (archive_entry_symlink(entry) || archive_entry_hardlink(entry)) return Kind::link;
  const auto type = archive_entry_filetype(entry);
  return type == AE_IFREG   ? Kind::file
         : type == AE_IFDIR ? Kind::folder
         : type == AE_IFLNK ? Kind::link
                            : Kind::other;
}

bool ends_in(const fs::path& path, std::span<const std::string_view> endings) {
  const std::string name = lower_case(path.filename().string());
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

struct Free {
  void operator()(archive* handle) const { archive_read_free(handle); }
};

}  // namespace

bool is_archive_name(const fs::path& path) {
  return ends_in(path, kEndings);
}

bool is_packed_name(const fs::path& path) {
  return ends_in(path, kPacked);
}

struct ArchiveStream::Reader {
  std::unique_ptr<archive, Free> handle{archive_read_new()};
  archive_entry* entry = nullptr;
  ArchiveLimits limits;
  std::int64_t file_size = 0, unpacked = 0, entries = 0;
  bool over = false, cut_off = false;
  std::string error;

  void fail(std::string why) {
    error = std::move(why);
    over = true;
  }
  std::string message() const {
    const char* text = archive_error_string(handle.get());
    return text ? to_utf8(text) : "damaged";
  }
  bool filtered() const { return archive_filter_code(handle.get(), 0) != ARCHIVE_FILTER_NONE; }
  bool can_seek() const { return !filtered() && archive_entry_size_is_set(entry) != 0; }
  // The file holds the entry's bytes in one piece as they are.
  bool stored() const {
    const int format = archive_format(handle.get()) & ARCHIVE_FORMAT_BASE_MASK;
    return format == ARCHIVE_FORMAT_TAR && can_seek() && archive_entry_sparse_count(entry) == 0 &&
           kind_of(entry) == Kind::file;
  }
  void count(std::int64_t bytes) {
    unpacked += bytes;
    if (unpacked > limits.ratio_from && unpacked / limits.most_ratio > file_size)
      fail("it unpacks to more than " + std::to_string(limits.most_ratio) + " times its size");
  }
  // What is left of an entry that has to be unpacked to get past it, counted.
  void pass_over() {
    const void* block = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    while (!over && archive_read_data_block(handle.get(), &block, &size, &offset) == ARCHIVE_OK)
      count(static_cast<std::int64_t>(size));
  }
  Entry described() const {
    Entry described;
    const char* name = archive_entry_pathname(entry);
    if (!name) name = archive_entry_pathname_utf8(entry);
    described.name = name ? name : "";
    described.index = entries - 1;
    described.kind = kind_of(entry);
    if (archive_entry_size_is_set(entry)) described.size = archive_entry_size(entry);
    described.encrypted = archive_entry_is_encrypted(entry) != 0;
    if (stored()) described.stored_at = archive_filter_bytes(handle.get(), 0);
    return described;
  }
};

ArchiveStream::ArchiveStream(const fs::path& file, const ArchiveLimits& limits)
    : reader_(std::make_unique<Reader>()) {
  const Utf8Locale names;
  archive* handle = reader_->handle.get();
  reader_->limits = limits;
  std::error_code error;
  reader_->file_size = static_cast<std::int64_t>(fs::file_size(file, error));
  archive_read_support_format_zip(handle);
  archive_read_support_format_tar(handle);
  archive_read_support_filter_gzip(handle);
  archive_read_support_filter_zstd(handle);
  if (error || archive_read_open_filename(handle, file.c_str(), kBlock) != ARCHIVE_OK)
    reader_->fail(error ? error.message() : reader_->message());
}

ArchiveStream::~ArchiveStream() = default;

bool ArchiveStream::next(Entry& entry) {
  const Utf8Locale names;
  Reader& r = *reader_;
  archive* handle = r.handle.get();
  if (r.entry && !r.over && !r.can_seek()) r.pass_over();
  if (r.over) return false;
  r.error.clear();
  const int code = archive_read_next_header(handle, &r.entry);
  if (code == ARCHIVE_EOF) {
    if (r.cut_off) r.fail("it is cut off");
    return false;
  }
  if (code != ARCHIVE_OK && code != ARCHIVE_WARN) {
    r.fail(r.message());
    return false;
  }
  if (++r.entries > r.limits.most_entries)
    r.fail("it has more than " + std::to_string(r.limits.most_entries) + " entries");
  if (archive_filter_count(handle) > 2) r.fail("it is packed more than once");
  if (r.over) return false;
  entry = r.described();
  r.cut_off |= entry.stored_at >= 0 && entry.size > r.file_size - entry.stored_at;
  return true;
}

std::size_t ArchiveStream::read(char* to, std::size_t room) {
  const Utf8Locale names;
  Reader& r = *reader_;
  if (r.over || !r.entry || !r.error.empty()) return 0;
  const la_ssize_t got = archive_read_data(r.handle.get(), to, room);
  if (got < 0) {
    r.error = r.message();
    return 0;
  }
  r.count(got);
  return static_cast<std::size_t>(got);
}

const std::string& ArchiveStream::error() const {
  return reader_->error;
}

// An open archive, the entry it stands at (-1: before the first) and how much of that was read.
struct ArchivePool::Cursor {
  Cursor(const fs::path& path, std::string version)
      : file(path), stamp(std::move(version)), stream(path) {}
  fs::path file;
  std::string stamp;
  ArchiveStream stream;
  ArchiveStream::Entry entry{"", -1};
  std::int64_t at = 0;
};

ArchivePool::ArchivePool() = default;
ArchivePool::~ArchivePool() = default;

ArchivePool::Cursor& ArchivePool::cursor_before(const fs::path& file, const std::string& stamp,
                                                std::int64_t entry, std::int64_t offset) {
  std::erase_if(cursors_, [&](const auto& cursor) {
    return !cursor->stream.error().empty() || (cursor->file == file && cursor->stamp != stamp);
  });
  auto best = cursors_.end();
  for (auto i = cursors_.begin(); i != cursors_.end(); ++i) {
    const std::pair place((*i)->entry.index, (*i)->at);
    if ((*i)->file != file || place > std::pair(entry, offset)) continue;
    if (best == cursors_.end() || place > std::pair((*best)->entry.index, (*best)->at)) best = i;
  }
  if (best != cursors_.end()) {
    std::rotate(best, best + 1, cursors_.end());
    return *cursors_.back();
  }
  if (cursors_.size() >= kMostOpen) cursors_.erase(cursors_.begin());
  cursors_.push_back(std::make_unique<Cursor>(file, stamp));
  return *cursors_.back();
}

Result<std::vector<std::uint8_t>> ArchivePool::read(const fs::path& file, const std::string& stamp,
                                                    std::int64_t entry, std::int64_t offset,
                                                    std::int64_t length) {
  Cursor& cursor = cursor_before(file, stamp, entry, offset);
  while (cursor.entry.index < entry) {
    if (!cursor.stream.next(cursor.entry))
      return Problem{"picture_undecodable", "",
                     "the archive cannot be read to this picture: " +
                         (cursor.stream.error().empty() ? "it ends" : cursor.stream.error())};
    cursor.at = 0;
  }
  std::vector<std::uint8_t> bytes;
  bytes.reserve(static_cast<std::size_t>(length));
  std::vector<char> block(kBlock);
  while (cursor.at < offset + length) {
    const bool before = cursor.at < offset;
    const std::int64_t wanted = before ? offset - cursor.at : offset + length - cursor.at;
    const std::size_t got = cursor.stream.read(
        block.data(), static_cast<std::size_t>(std::min<std::int64_t>(wanted, kBlock)));
    if (got == 0) break;
    if (!before)
      bytes.insert(bytes.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(got));
    cursor.at += static_cast<std::int64_t>(got);
  }
  char beyond = 0;  // only behind its last byte is an entry known to be sound
  if (cursor.at == cursor.entry.size && cursor.stream.read(&beyond, 1) > 0)
    return Problem{"picture_undecodable", "", "is larger than the archive says"};
  if (!cursor.stream.error().empty())
    return Problem{cursor.at > 0 ? "picture_truncated" : "picture_undecodable", "",
                   "is damaged in the archive: " + cursor.stream.error()};
  return bytes;
}

std::string stamp_of_file(const fs::path& file) {
  struct stat about {};
  if (stat(file.c_str(), &about) != 0) return "";
  return std::to_string(about.st_size) + " " +
         std::to_string(about.st_mtim.tv_sec * 1'000'000'000LL + about.st_mtim.tv_nsec);
}

}  // namespace vioreview
