// SPDX-License-Identifier: Apache-2.0
#include "store/state.h"

#include <sys/stat.h>

#include <sqlite3.h>

#include "core/errors.h"
#include "store/lock.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

constexpr int kSchema = 2;

// WAL with synchronous=NORMAL: a commit survives any end of the process without waiting for the
// disk (so a commit a case costs nothing beside a look at a picture), and a loss of power costs the
// commits since the last checkpoint, which flush() makes. Such facts are seen again.
constexpr const char* kSetUp = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;";

// What makes each schema out of the one before it.
constexpr const char* kSteps[kSchema] = {
    "CREATE TABLE IF NOT EXISTS files(path TEXT PRIMARY KEY, size INTEGER NOT NULL,"
    " mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL, identity TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS facts(key TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS ledger(case_id TEXT NOT NULL, time_ms INTEGER NOT NULL,"
    " content TEXT NOT NULL, plate TEXT NOT NULL, code TEXT NOT NULL, place TEXT NOT NULL,"
    " verdict TEXT NOT NULL, PRIMARY KEY(case_id, time_ms)) WITHOUT ROWID;",

    "ALTER TABLE ledger ADD COLUMN device TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE ledger ADD COLUMN trusted INTEGER NOT NULL DEFAULT 1;"
    "ALTER TABLE ledger ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;"
    "ALTER TABLE ledger ADD COLUMN pictures TEXT NOT NULL DEFAULT '';"
    "CREATE INDEX ledger_by_time ON ledger(time_ms);"
    "CREATE TABLE revisions(case_id TEXT NOT NULL, time_ms INTEGER NOT NULL,"
    " revision INTEGER NOT NULL, content TEXT NOT NULL, verdict TEXT NOT NULL,"
    " PRIMARY KEY(case_id, time_ms, revision)) WITHOUT ROWID;"};

const char* remedy_of(int code) {
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "; move it away and review again: its pictures are then looked at anew, but cases of "
             "earlier nights are no longer known";
    case SQLITE_FULL:
      return "; make room on the disk, the same command resumes";
    case SQLITE_BUSY:
      return "; another program has it open, close that";
    default:
      return "; check the disk and the rights of the folder";
  }
}

// Owns the connection; declared before the statements, so that it is closed after them.
class Connection {
 public:
  explicit Connection(const fs::path& path) : path_(path.string()) {
    const mode_t before = umask(0027);  // the file and its journal hold plates: 0640
    const int code =
        sqlite3_open_v2(path_.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    umask(before);
    try {
      if (code != SQLITE_OK) fail();
      set_up();
    } catch (...) {
      sqlite3_close(db_);
      throw;
    }
  }
  ~Connection() { sqlite3_close(db_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  sqlite3* get() const { return db_; }
  void run(const std::string& sql) const {
    if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
  }
  void checkpoint() const {
    const int code =
        sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    // Somebody reads it with another program: all is kept in the journal for the next one.
    if (code != SQLITE_OK && code != SQLITE_BUSY) fail();
  }
  [[noreturn]] void fail() const {
    throw IoError(path_ + ": " + sqlite3_errmsg(db_) + remedy_of(sqlite3_errcode(db_)));
  }

 private:
  void set_up() const {
    sqlite3_busy_timeout(db_, 10000);
    const int version = schema();
    if (version > kSchema)
      throw IoError(path_ + ": written by a newer vioreview (schema " + std::to_string(version) +
                    ", this one knows " + std::to_string(kSchema) +
                    "); use that, or name another --state");
    run(kSetUp);
    for (int next = version; next < kSchema; ++next)
      run(std::string("BEGIN;") + kSteps[next] + "PRAGMA user_version=" + std::to_string(next + 1) +
          ";COMMIT");
  }
  int schema() const {
    int version = 0;
    const auto take = [](void* to, int, char** values, char**) {
      *static_cast<int*>(to) = std::stoi(values[0]);
      return 0;
    };
    if (sqlite3_exec(db_, "PRAGMA user_version", take, &version, nullptr) != SQLITE_OK) fail();
    return version;
  }

  std::string path_;
  sqlite3* db_ = nullptr;
};

// A prepared statement; bind in order, then step.
class Statement {
 public:
  Statement(const Connection& db, const char* sql) : db_(db) {
    if (sqlite3_prepare_v2(db.get(), sql, -1, &statement_, nullptr) != SQLITE_OK) db_.fail();
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
      db_.fail();
    return *this;
  }
  Statement& bind(std::int64_t number) {
    if (sqlite3_bind_int64(statement_, next_++, number) != SQLITE_OK) db_.fail();
    return *this;
  }
  // True while there is a row. The statement is at rest again after the last one.
  bool step() {
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) db_.fail();
    if (code == SQLITE_DONE) sqlite3_reset(statement_);
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
  const Connection& db_;
  sqlite3_stmt* statement_ = nullptr;
  int next_ = 1;
};

class SqliteState : public State {
 public:
  explicit SqliteState(const fs::path& folder)
      : lock_(folder, ".state.lock"), db_(folder / "state.db") {}
  ~SqliteState() override {
    try {
      SqliteState::commit();
    } catch (const IoError&) {  // the caller that cared has called flush()
    }
  }

  void remember_file(const FileStamp& stamp, const std::string& identity) override {
    write(put_file_.reset()
              .bind(stamp.path)
              .bind(stamp.size)
              .bind(stamp.mtime_ns)
              .bind(stamp.inode)
              .bind(identity));
  }
  std::optional<std::string> identity_of(const FileStamp& stamp) override {
    return first_text(
        get_file_.reset().bind(stamp.path).bind(stamp.size).bind(stamp.mtime_ns).bind(stamp.inode));
  }
  void remember_facts(const std::string& key, const std::string& json) override {
    write(put_facts_.reset().bind(key).bind(json));
  }
  bool has_facts(const std::string& key) override {
    return first_text(has_facts_.reset().bind(key)).has_value();
  }
  std::optional<std::string> facts(const std::string& key) override {
    return first_text(get_facts_.reset().bind(key));
  }
  void record(const LedgerEntry& e) override {
    write(put_case_.reset()
              .bind(e.case_id)
              .bind(e.time.ms)
              .bind(e.content)
              .bind(e.plate)
              .bind(e.code)
              .bind(e.place)
              .bind(e.verdict)
              .bind(e.device)
              .bind(e.trusted ? 1 : 0)
              .bind(e.revision)
              .bind(e.pictures));
    write(put_revision_.reset()
              .bind(e.case_id)
              .bind(e.time.ms)
              .bind(e.revision)
              .bind(e.content)
              .bind(e.verdict));
  }
  std::optional<LedgerEntry> entry(const std::string& case_id, Time time) override {
    const auto found = rows_of(get_case_.reset().bind(case_id).bind(time.ms));
    return found.empty() ? std::nullopt : std::optional(found.front());
  }
  std::vector<LedgerEntry> entries(Time from, Time to) override {
    return rows_of(get_cases_.reset().bind(from.ms).bind(to.ms));
  }
  std::vector<LedgerRevision> revisions(const std::string& case_id, Time time) override {
    std::vector<LedgerRevision> all;
    Statement& statement = get_revisions_.reset().bind(case_id).bind(time.ms);
    while (statement.step())
      all.push_back({static_cast<int>(statement.number(0)), statement.text(1), statement.text(2)});
    return all;
  }
  std::vector<TrustedSpan> trusted_spans() override {
    std::vector<TrustedSpan> spans;
    Statement& statement = get_spans_.reset();
    while (statement.step())
      spans.push_back({statement.text(0), Time{statement.number(1)}, Time{statement.number(2)}});
    return spans;
  }
  void commit() override {
    if (open_) db_.run("COMMIT");
    open_ = false;
  }
  void flush() override {
    commit();
    db_.checkpoint();
  }

 private:
  // A statement left on its row would hold its snapshot and keep checkpoints from finishing.
  static std::optional<std::string> first_text(Statement& statement) {
    std::optional<std::string> found;
    if (statement.step()) found = statement.text(0);
    statement.reset();
    return found;
  }
  static std::vector<LedgerEntry> rows_of(Statement& row) {
    std::vector<LedgerEntry> entries;
    while (row.step())
      entries.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4),
                         Time{row.number(5)}, row.text(6), row.text(7), row.number(8) != 0,
                         static_cast<int>(row.number(9)), row.text(10)});
    return entries;
  }
  void write(Statement& statement) {
    if (!open_) db_.run("BEGIN");
    open_ = true;
    statement.step();
  }

  Lock lock_;
  Connection db_;
  bool open_ = false;  // a transaction
  Statement put_file_{db_, "INSERT OR REPLACE INTO files VALUES(?,?,?,?,?)"};
  Statement get_file_{
      db_, "SELECT identity FROM files WHERE path=? AND size=? AND mtime_ns=? AND inode=?"};
  Statement put_facts_{db_, "INSERT OR REPLACE INTO facts VALUES(?,?)"};
  Statement has_facts_{db_, "SELECT 1 FROM facts WHERE key=?"};
  Statement get_facts_{db_, "SELECT json FROM facts WHERE key=?"};
  Statement put_case_{db_,
                      "INSERT OR REPLACE INTO ledger(case_id,time_ms,content,plate,code,place,"
                      "verdict,device,trusted,revision,pictures) VALUES(?,?,?,?,?,?,?,?,?,?,?)"};
  Statement get_case_{db_,
                      "SELECT case_id,content,plate,code,place,time_ms,verdict,device,trusted,"
                      "revision,pictures FROM ledger WHERE case_id=? AND time_ms=?"};
  Statement get_cases_{db_,
                       "SELECT case_id,content,plate,code,place,time_ms,verdict,device,trusted,"
                       "revision,pictures FROM ledger WHERE time_ms BETWEEN ? AND ? ORDER BY "
                       "case_id,time_ms"};
  Statement put_revision_{db_, "INSERT OR REPLACE INTO revisions VALUES(?,?,?,?,?)"};
  Statement get_revisions_{db_,
                           "SELECT revision,content,verdict FROM revisions WHERE case_id=? AND "
                           "time_ms=? ORDER BY revision"};
  Statement get_spans_{db_,
                       "SELECT device,MIN(time_ms),MAX(time_ms) FROM ledger WHERE trusted=1 AND "
                       "device<>'' AND time_ms<>0 GROUP BY device ORDER BY device"};
};

}  // namespace

std::unique_ptr<State> State::open(const fs::path& folder) {
  return std::make_unique<SqliteState>(folder);
}

}  // namespace vioreview
