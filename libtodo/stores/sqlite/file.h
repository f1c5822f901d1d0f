// The file itself: what stands in its way, said before SQLite says "unable to open".
#pragma once

#include <filesystem>

#include "todo/error.h"

namespace todo::sqlite {

// Makes sure that there is a regular file at `path`; a new one is empty, for its owner only.
Result<void> provide_file(const std::filesystem::path& path, bool create);

// Makes an empty file for its owner only. Refuses with `conflict` if there is one.
Result<void> create_file(const std::filesystem::path& path);

// Gives the finished file `from` the name `to` in the same folder, for good.
Result<void> publish_file(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace todo::sqlite
