// SPDX-License-Identifier: Apache-2.0
// Archives (.zip, .tar, .tar.gz, .tar.zst) through libarchive, one entry after another, without
// unpacking to disk and in bounded memory.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/result.h"

namespace vioreview {

// What an archive may hold. Pictures hardly pack, texts pack 5 to 30 times: beyond these limits an
// archive was made to harm.
struct ArchiveLimits {
  std::int64_t most_entries = 200'000;
  std::int64_t most_ratio = 100;         // unpacked bytes to the bytes of the archive
  std::int64_t ratio_from = 64LL << 20;  // unpacked bytes from which the ratio counts
};

// By its ending: an archive that is read.
bool is_archive_name(const std::filesystem::path& path);
// The same of any archive or packed file, also of those that are not read.
bool is_packed_name(const std::filesystem::path& path);

class ArchiveStream {
 public:
  enum class Kind { file, folder, link, other };
  struct Entry {
    std::string name;  // any bytes, as it stands in the archive
    std::int64_t index = 0;
    Kind kind = Kind::file;
    std::int64_t size = -1;       // unpacked, as the archive says; -1: it does not
    std::int64_t stored_at = -1;  // where its bytes stand in the file unpacked; -1: they do not
    bool encrypted = false;
  };

  // Throws IoError when the file cannot be opened, UsageError when it is no archive.
  explicit ArchiveStream(const std::filesystem::path& file, const ArchiveLimits& limits = {});
  ~ArchiveStream();
  ArchiveStream(const ArchiveStream&) = delete;
  ArchiveStream& operator=(const ArchiveStream&) = delete;

  // The next entry; false at the end, and where the archive is damaged or over a limit: error()
  // then says why.
  bool next(Entry& entry);
  // The next bytes of the entry, at most `room`; 0 at its end and after an error.
  std::size_t read(char* to, std::size_t room);
  // "" while all is well. Damage within an entry ends the entry alone when the archive goes on.
  const std::string& error() const;

 private:
  struct Reader;
  std::unique_ptr<Reader> reader_;
};

// A range of bytes of an entry, through a few archives that stay open where they were read to, so
// that entries asked for in their order cost one pass.
class ArchivePool {
 public:
  // At most `length` bytes from `offset` of the unpacked entry: fewer where the entry ends. `stamp`
  // tells versions of the file apart. Problems: picture_undecodable, picture_truncated.
  Result<std::vector<std::uint8_t>> read(const std::filesystem::path& file,
                                         const std::string& stamp, std::int64_t entry,
                                         std::int64_t offset, std::int64_t length);
  ArchivePool();
  ~ArchivePool();

 private:
  struct Cursor;
  Cursor& cursor_before(const std::filesystem::path& file, const std::string& stamp,
                        std::int64_t entry, std::int64_t offset);
  std::vector<std::unique_ptr<Cursor>> cursors_;  // the last used one is the last
};

// Size and time of change: tells whether a file is still the one that was read.
std::string stamp_of_file(const std::filesystem::path& file);

}  // namespace vioreview
