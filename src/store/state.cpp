// SPDX-License-Identifier: Apache-2.0
#include "store/state.h"

#include <array>
#include <sys/stat.h>

#include <sqlite3.h>

#include "core/errors.h"
#include "store/lock.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

constexpr int kSchema = 1;
constexpr int kWritesPerFlush = 200;

// WAL keeps whole batches through a kill; NORMAL may lose the last batches on power loss, which are
// then seen again.
constexpr const char* kSetUp =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    "CREATE TABLE IF NOT EXISTS files(path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns "
    "INTEGER NOT NULL,"
    " sha256 TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS facts(key TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS ledger(case_id TEXT PRIMARY KEY, content TEXT NOT NULL, plate TEXT "
    "NOT NULL,"
    " code TEXT NOT NULL, place TEXT NOT NULL, time_ms INTEGER NOT NULL, verdict TEXT NOT NULL) "
    "WITHOUT ROWID;";

// A prepared statement; bind in order, then step.
class Statement {
 public:
  Statement(sqlite3* db, const char* sql) : db_(db) {
    if (sqlite3_prepare_v2(db, sql, -1, &statement_, nullptr) != SQLITE_OK) fail();
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& reset() {
    sqlite3_reset(statement_);
    next_ = 1;
    return *this;
  }
  Statement& bind(const std::string& text) {
    if (sqlite3_bind_text(statement_, next_++, text.data(), static_cast<int>(text.size()),
                          SQLITE_TRANSIENT) != SQLITE_OK)
      fail();
    return *this;
  }
  Statement& bind(std::int64_t number) {
    if (sqlite3_bind_int64(statement_, next_++, number) != SQLITE_OK) fail();
    return *this;
  }
  // True while there is a row.
  bool step() {
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) fail();
    return code == SQLITE_ROW;
  }
  std::string text(int column) {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return bytes ? std::string(bytes,
                               static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
                 : std::string();
  }
  std::int64_t number(int column) { return sqlite3_column_int64(statement_, column); }

 private:
  [[noreturn]] void fail() const {
    throw IoError(std::string("the state cannot be used: ") + sqlite3_errmsg(db_));
  }
  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
  int next_ = 1;
};

// Owns the connection; declared before the statements, so that it is closed after them.
class Connection {
 public:
  explicit Connection(const fs::path& path) : path_(path.string()) {
    const mode_t before = umask(0027);  // the file and its journal hold plates: 0640
    const int code =
        sqlite3_open_v2(path_.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    if (code == SQLITE_OK) set_up();
    umask(before);
    if (code != SQLITE_OK) fail(sqlite3_errmsg(db_));
  }
  ~Connection() { sqlite3_close(db_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  sqlite3* get() const { return db_; }
  void run(const char* sql) const {
    if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(sqlite3_errmsg(db_));
  }

 private:
  void set_up() const {
    sqlite3_busy_timeout(db_, 10000);
    const int version = schema();
    if (version > kSchema)
      fail("it was written by a newer vioreview (schema " + std::to_string(version) +
           "); use that, or name another --state");
    run(kSetUp);
    run(("PRAGMA user_version=" + std::to_string(kSchema)).c_str());
  }
  int schema() const {
    int version = 0;
    const auto take = [](void* to, int, char** values, char**) {
      *static_cast<int*>(to) = std::stoi(values[0]);
      return 0;
    };
    if (sqlite3_exec(db_, "PRAGMA user_version", take, &version, nullptr) != SQLITE_OK)
      fail(std::string(sqlite3_errmsg(db_)) +
           "; move it away and review again, its pictures will be looked at anew");
    return version;
  }
  [[noreturn]] void fail(const std::string& why) const { throw IoError(path_ + ": " + why); }

  std::string path_;
  sqlite3* db_ = nullptr;
};

class SqliteState : public State {
 public:
  explicit SqliteState(const fs::path& folder) : lock_(folder), db_(folder / "state.db") {}
  ~SqliteState() override {
    try {
      flush();
    } catch (const IoError&) {  // the caller that cared has called flush()
    }
  }

  void remember_file(const FileStamp& stamp, const std::string& sha256) override {
    wrote(put_file_.reset().bind(stamp.path).bind(stamp.size).bind(stamp.mtime_ns).bind(sha256));
  }
  std::optional<std::string> sha256_of(const FileStamp& stamp) override {
    return first_text(get_file_.reset().bind(stamp.path).bind(stamp.size).bind(stamp.mtime_ns));
  }
  void remember_facts(const std::string& key, const std::string& json) override {
    wrote(put_facts_.reset().bind(key).bind(json));
  }
  std::optional<std::string> facts(const std::string& key) override {
    return first_text(get_facts_.reset().bind(key));
  }
  void record(const LedgerEntry& e) override {
    wrote(put_case_.reset()
              .bind(e.case_id)
              .bind(e.content)
              .bind(e.plate)
              .bind(e.code)
              .bind(e.place)
              .bind(e.time.ms)
              .bind(e.verdict));
  }
  std::vector<LedgerEntry> events() override {
    std::vector<LedgerEntry> entries;
    events_.reset();
    while (events_.step())
      entries.push_back({events_.text(0), events_.text(1), events_.text(2), events_.text(3),
                         events_.text(4), Time{events_.number(5)}, events_.text(6)});
    return entries;
  }
  void flush() override {
    if (pending_ > 0) db_.run("COMMIT");
    pending_ = 0;
  }

 private:
  static std::optional<std::string> first_text(Statement& statement) {
    return statement.step() ? std::optional(statement.text(0)) : std::nullopt;
  }
  void wrote(Statement& statement) {
    if (pending_ == 0) db_.run("BEGIN");
    statement.step();
    if (++pending_ >= kWritesPerFlush) flush();
  }

  Lock lock_;
  Connection db_;
  int pending_ = 0;
  Statement put_file_{db_.get(), "INSERT OR REPLACE INTO files VALUES(?,?,?,?)"};
  Statement get_file_{db_.get(), "SELECT sha256 FROM files WHERE path=? AND size=? AND mtime_ns=?"};
  Statement put_facts_{db_.get(), "INSERT OR REPLACE INTO facts VALUES(?,?)"};
  Statement get_facts_{db_.get(), "SELECT json FROM facts WHERE key=?"};
  Statement put_case_{db_.get(), "INSERT OR REPLACE INTO ledger VALUES(?,?,?,?,?,?,?)"};
  Statement events_{db_.get(),
                    "SELECT case_id,content,plate,code,place,time_ms,verdict FROM ledger WHERE "
                    "code<>'' ORDER BY case_id"};
};

}  // namespace

std::unique_ptr<State> State::open(const fs::path& folder) {
  return std::make_unique<SqliteState>(folder);
}

}  // namespace vioreview
