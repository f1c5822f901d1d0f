#include "errors.h"

#include <sqlite3.h>

namespace todo::sqlite {
namespace {

Errc code_of(int sqlite_code) {
  switch (sqlite_code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CONSTRAINT:  // by no statement of ours, unless the tables are not what we made
    case SQLITE_MISMATCH:
    case SQLITE_ERROR:
      return Errc::corrupt;
    case SQLITE_TOOBIG:
      return Errc::out_of_range;
    default:
      return Errc::unavailable;
  }
}

}  // namespace

Error error_of(const SQLite::Exception& exception) {
  int code = exception.getErrorCode();
  std::string message = "the journal file ";
  if ((code & 0xff) == SQLITE_BUSY) message += "is being written by another process";
  else if ((code & 0xff) == SQLITE_NOTADB) message += "is not a database";
  else message += std::string("cannot be used: ") + exception.what();
  return {code_of(code), std::move(message)};
}

}  // namespace todo::sqlite
