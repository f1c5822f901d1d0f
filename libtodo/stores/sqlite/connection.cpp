#include "connection.h"

#include <sqlite3.h>

#include "file.h"
#include "schema.h"

namespace todo::sqlite {
namespace {

// What closing the last connection does to the write-ahead log is a change to the file.
void empty_log_on_close(SQLite::Database& file, bool wanted) {
  file.check(
      sqlite3_db_config(file.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !wanted, nullptr));
}

Result<void> configure(SQLite::Database& file, Durability durability) {
  if (file.execAndGet("PRAGMA journal_mode = WAL").getString() != "wal") {
    return Error{Errc::unavailable, "the file system of the journal file cannot share memory"};
  }
  file.exec(durability == Durability::full ? "PRAGMA synchronous = FULL"
                                           : "PRAGMA synchronous = NORMAL");
  file.exec("PRAGMA foreign_keys = ON");
  return {};
}

}  // namespace

Result<std::unique_ptr<SQLite::Database>> connect(const std::filesystem::path& path,
                                                  const SqliteOptions& options) {
  // An absolute path is neither ":memory:" nor "file:...?mode=..." to SQLite.
  const std::filesystem::path absolute = std::filesystem::absolute(path);
  Result<void> provided = provide_file(absolute, options.create);
  if (provided.has_error()) return provided.error();

  auto file =
      std::make_unique<SQLite::Database>(absolute, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX,
                                         static_cast<int>(options.busy_timeout.count()));
  if (sqlite3_db_readonly(file->getHandle(), "main") != 0) {
    return Error{Errc::unavailable, absolute.string() + " may not be written"};
  }
  empty_log_on_close(*file, false);
  Result<void> ready = migrate(*file, migrations());
  if (ready.has_value()) ready = configure(*file, options.durability);
  if (ready.has_error()) return ready.error();
  empty_log_on_close(*file, true);
  return file;
}

}  // namespace todo::sqlite
