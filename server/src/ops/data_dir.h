// The folder of the data, and who uses it.
#pragma once

#include <filesystem>

#include "todo/error.h"

namespace todo::server {

// Makes the folder if it is missing, for its owner alone.
Result<void> make_data_dir(const std::filesystem::path& folder);

// Makes the names of the files in it as durable as what they hold.
Result<void> sync_folder(const std::filesystem::path& folder);

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
