#include "ops/data_dir.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace todo::server {

namespace fs = std::filesystem;

Result<void> make_data_dir(const fs::path& folder) {
  std::error_code error;
  if (fs::is_directory(folder, error)) return {};
  fs::create_directories(folder, error);
  if (!error) fs::permissions(folder, fs::perms::owner_all, error);
  if (error)
    return Error{Errc::unavailable,
                 "the folder " + folder.string() + " cannot be made: " + error.message(), ""};
  return {};
}

Result<void> sync(const fs::path& path) {
  int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  bool synced = file >= 0 && ::fsync(file) == 0;
  int reason = errno;
  if (file >= 0) ::close(file);
  if (synced) return {};
  return Error{Errc::unavailable,
               path.string() + " may not be as it is after a power cut: " + std::strerror(reason),
               ""};
}

Result<DataLock> DataLock::take(const fs::path& folder, Use use) {
  fs::path path = folder / "lock";
  int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0)
    return Error{Errc::unavailable, path.string() + " cannot be opened: " + std::strerror(errno),
                 ""};
  DataLock lock(file);
  if (::flock(file, (use == Use::alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0) return lock;
  return Error{Errc::conflict,
               use == Use::alone ? "a todo-server is using " + folder.string() + ": stop it first"
                                 : "the data in " + folder.string() + " is being replaced",
               ""};
}

DataLock::DataLock(DataLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

DataLock::~DataLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace todo::server
