// SPDX-License-Identifier: Apache-2.0
// What outlives a run: remembered facts and the ledger of cases, in one SQLite file. One process at
// a time (it is locked).
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"

namespace vioreview {

// How a picture file is known again without opening it. The inode tells a file that replaced
// another of the same size within the clock's grain (pictures often carry whole seconds).
struct FileStamp {
  std::string path;  // absolute
  std::int64_t size = 0, mtime_ns = 0, inode = 0;
};

// A case as the ledger knows it. Empty `code`: it names no event.
struct LedgerEntry {
  std::string case_id, content;
  std::string plate, code, place;
  Time time;
  std::string verdict;
  bool operator==(const LedgerEntry&) const = default;
};

class State {
 public:
  // Opens or makes `folder`/state.db. Throws BusyError when another run holds it, IoError when it
  // cannot be used, with what to do; so does every member.
  static std::unique_ptr<State> open(const std::filesystem::path& folder);
  virtual ~State() = default;

  // What a file seen before is known as (the hash of its bytes), if it has not changed since.
  virtual void remember_file(const FileStamp& stamp, const std::string& identity) = 0;
  virtual std::optional<std::string> identity_of(const FileStamp& stamp) = 0;

  // Facts of one panel as JSON, under a key that names all they depend on.
  virtual void remember_facts(const std::string& key, const std::string& json) = 0;
  virtual bool has_facts(const std::string& key) = 0;
  virtual std::optional<std::string> facts(const std::string& key) = 0;

  // Replaces what was known of this case: the same id at the same time. So late pictures and a
  // corrected plate replace, while an id that is used again on another night keeps both events.
  virtual void record(const LedgerEntry& entry) = 0;
  // All entries that name an event, by case_id and time.
  virtual std::vector<LedgerEntry> events() = 0;

  // Writes are collected until commit(); from then on they survive the end of the process, however
  // it ends, and from flush() on also a loss of power.
  virtual void commit() = 0;
  virtual void flush() = 0;
};

}  // namespace vioreview
