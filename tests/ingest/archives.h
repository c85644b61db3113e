// SPDX-License-Identifier: Apache-2.0
// Archives made by a test, well formed or not.
#pragma once
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <archive.h>
#include <archive_entry.h>

namespace vioreview {

// An entry to write: a file, or a link to `link`.
struct Packed {
  std::string name, bytes;
  std::string link = {};
  bool hard = false;
};

// Writes the entries, in their order, as the ending of `path` says (.zip, .tar, .tar.gz, .tar.zst).
// `options`: of libarchive, such as "zip:encryption=traditional".
inline std::filesystem::path pack(const std::filesystem::path& path,
                                  const std::vector<Packed>& entries,
                                  const std::string& options = "",
                                  const std::string& password = "") {
  archive* out = archive_write_new();
  const std::string name = path.string();
  const auto check = [&](int code) {
    if (code == ARCHIVE_OK || code == ARCHIVE_WARN) return;
    throw std::runtime_error(name + ": " + archive_error_string(out));
  };
  if (name.ends_with(".zip"))
    check(archive_write_set_format_zip(out));
  else
    check(archive_write_set_format_gnutar(out));
  if (name.ends_with("gz")) check(archive_write_add_filter_gzip(out));
  if (name.ends_with("zst")) check(archive_write_add_filter_zstd(out));
  if (!options.empty()) check(archive_write_set_options(out, options.c_str()));
  if (!password.empty()) check(archive_write_set_passphrase(out, password.c_str()));
  archive_write_set_bytes_in_last_block(out, 1);
  check(archive_write_open_filename(out, path.c_str()));
  for (const Packed& packed : entries) {
    archive_entry* entry = archive_entry_new();
    archive_entry_copy_pathname(entry, packed.name.c_str());
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_filetype(entry, packed.link.empty() || packed.hard ? AE_IFREG : AE_IFLNK);
    if (packed.hard)
      archive_entry_copy_hardlink(entry, packed.link.c_str());
    else if (!packed.link.empty())
      archive_entry_copy_symlink(entry, packed.link.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(packed.bytes.size()));
    check(archive_write_header(out, entry));
    if (!packed.bytes.empty() &&
        archive_write_data(out, packed.bytes.data(), packed.bytes.size()) < 0)
      throw std::runtime_error(name + ": " + archive_error_string(out));
    archive_entry_free(entry);
  }
  check(archive_write_close(out));
  archive_write_free(out);
  return path;
}

}  // namespace vioreview
