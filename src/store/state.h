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
  Time time;            // of its first capture; 0 when unknown
  std::string verdict;  // or "waiting": manual, for pictures are to come
  std::string device;
  bool trusted = true;   // false: its clock was suspect
  int revision = 1;      // raised by whoever records other content
  std::string pictures;  // JSON, for whoever records it
  bool operator==(const LedgerEntry&) const = default;
};

// Of the trusted captures of one device.
struct TrustedSpan {
  std::string device;
  Time first, last;
  bool operator==(const TrustedSpan&) const = default;
};

// What was said of a case at one time.
struct LedgerRevision {
  int revision = 1;
  std::string content, verdict;
  bool operator==(const LedgerRevision&) const = default;
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
  // Its revision is kept beside the earlier ones.
  virtual void record(const LedgerEntry& entry) = 0;
  virtual std::optional<LedgerEntry> entry(const std::string& case_id, Time time) = 0;
  // All entries of a time, by case_id and time.
  virtual std::vector<LedgerEntry> entries(Time from, Time to) = 0;
  // All that was said of a case, by revision.
  virtual std::vector<LedgerRevision> revisions(const std::string& case_id, Time time) = 0;
  // By device; entries without a time or a device are left out.
  virtual std::vector<TrustedSpan> trusted_spans() = 0;

  // Writes are collected until commit(); from then on they survive the end of the process, however
  // it ends, and from flush() on also a loss of power.
  virtual void commit() = 0;
  virtual void flush() = 0;
};

}  // namespace vioreview
