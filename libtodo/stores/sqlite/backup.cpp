#include "backup.h"

#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>

#include "errors.h"
#include "file.h"
#include "hash.h"

namespace todo::sqlite {
namespace {

namespace fs = std::filesystem;

// In one step, which is one snapshot of the write-ahead log: appends go on beside it, and none of
// them can make the copy begin again.
Result<void> copy(SQLite::Database& file, const fs::path& path) {
  SQLite::Database target(path, SQLite::OPEN_READWRITE);
  SQLite::Backup backup(target, file);
  if (backup.executeStep() == SQLITE_DONE) return {};
  return Error{Errc::unavailable, "the journal file is being written by another process"};
}

}  // namespace

Result<void> backup(SQLite::Database& file, const fs::path& path) {
  const fs::path absolute = fs::absolute(path);
  if (fs::exists(fs::symlink_status(absolute))) {
    return Error{Errc::conflict, absolute.string() + " exists already"};
  }
  fs::path unfinished = absolute;
  unfinished += "." + random_uuid() + ".partial";
  Result<void> done = provide_file(unfinished, true);
  if (done.has_value()) done = guarded([&] { return copy(file, unfinished); });
  if (done.has_value()) done = publish_file(unfinished, absolute);
  std::error_code ignored;
  if (done.has_error()) fs::remove(unfinished, ignored);
  return done;
}

}  // namespace todo::sqlite
