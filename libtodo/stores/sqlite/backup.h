// A copy of a journal file that is in use.
#pragma once

#include <SQLiteCpp/Database.h>

#include <filesystem>

#include "todo/error.h"

namespace todo::sqlite {

Result<void> backup(SQLite::Database& file, const std::filesystem::path& path);

}  // namespace todo::sqlite
