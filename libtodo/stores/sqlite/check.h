// Whether a journal file is as it was written.
#pragma once

#include <SQLiteCpp/Database.h>

#include "todo/sqlite_store.h"

namespace todo::sqlite {

CheckReport check(SQLite::Database& file);

}  // namespace todo::sqlite
