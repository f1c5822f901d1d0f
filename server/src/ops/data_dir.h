// The folder of the data, and who uses it.
#pragma once

#include <filesystem>

#include "todo/error.h"

namespace todo::server {

// Makes the folder if it is missing, for its owner alone.
Result<void> make_data_dir(const std::filesystem::path& folder);

// Makes what a file holds durable, or the names of the files in a folder.
Result<void> sync(const std::filesystem::path& path);

// Held while the data is used. Any number of servers share it; who replaces the data is alone.
class DataLock {
 public:
  enum class Use { shared, alone };
  static Result<DataLock> take(const std::filesystem::path& folder, Use use);
  ~DataLock();
  DataLock(DataLock&& other) noexcept;
  DataLock& operator=(DataLock&&) = delete;

 private:
  explicit DataLock(int file) : file_(file) {}
  int file_;
};

}  // namespace todo::server
