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

// How a picture file is known again without opening it.
struct FileStamp {
  std::string path;  // absolute
  std::int64_t size = 0, mtime_ns = 0;
};

// A case as the ledger knows it. Empty `code`: it names no event.
struct LedgerEntry {
  std::string case_id, content;
  std::string plate, code, place;
  Time time;
  std::string verdict;
};

class State {
 public:
  // Opens or makes `folder`/state.db. Throws BusyError when another run holds it, IoError when it
  // cannot be used, with what to do.
  static std::unique_ptr<State> open(const std::filesystem::path& folder);
  virtual ~State() = default;

  // Writes are collected; they are durable once flush() returns, and flushed by themselves every
  // few hundred writes.
  virtual void remember_file(const FileStamp& stamp, const std::string& sha256) = 0;
  virtual std::optional<std::string> sha256_of(const FileStamp& stamp) = 0;

  // Facts of one panel as JSON, under a key that names all they depend on.
  virtual void remember_facts(const std::string& key, const std::string& json) = 0;
  virtual std::optional<std::string> facts(const std::string& key) = 0;

  // Replaces what was known of this case id.
  virtual void record(const LedgerEntry& entry) = 0;
  // All entries that name an event.
  virtual std::vector<LedgerEntry> events() = 0;

  virtual void flush() = 0;
};

}  // namespace vioreview
