#include "file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace todo::sqlite {
namespace {

namespace fs = std::filesystem;

Error file_error(Errc code, const fs::path& path, const std::string& trouble) {
  return {code, path.string() + " " + trouble};
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

Result<void> require_folder(const fs::path& folder) {
  std::error_code trouble;
  fs::file_status status = fs::status(folder, trouble);
  if (status.type() == fs::file_type::not_found) {
    return file_error(Errc::not_found, folder, "does not exist");
  }
  if (status.type() == fs::file_type::none) {
    return file_error(Errc::unavailable, folder, "cannot be reached: " + trouble.message());
  }
  if (!fs::is_directory(status)) return file_error(Errc::invalid, folder, "is not a folder");
  return {};
}

}  // namespace

Result<void> provide_file(const fs::path& path, bool create) {
  if (!path.has_filename()) return file_error(Errc::invalid, path, "is not the name of a file");
  Result<void> folder = require_folder(folder_of(path));
  if (folder.has_error()) return folder;

  std::error_code trouble;
  fs::file_status status = fs::status(path, trouble);
  switch (status.type()) {
    case fs::file_type::regular:
      return {};
    case fs::file_type::not_found:
      break;
    case fs::file_type::none:
      return file_error(Errc::unavailable, path, "cannot be reached: " + trouble.message());
    case fs::file_type::directory:
      return file_error(Errc::invalid, path, "is a folder");
    default:
      return file_error(Errc::invalid, path, "is not a regular file");
  }
  if (!create) return file_error(Errc::not_found, path, "does not exist");
  Result<void> created = create_file(path);
  bool raced = created.has_error() && created.error().code == Errc::conflict;
  return raced ? Result<void>{} : created;
}

// An existing file is never opened here: closing it again would drop the locks that SQLite holds
// on it elsewhere in this process.
Result<void> create_file(const fs::path& path) {
  int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) {
    Errc code = errno == EEXIST ? Errc::conflict : Errc::unavailable;
    return file_error(code, path, "cannot be created: " + std::generic_category().message(errno));
  }
  ::close(file);
  return {};
}

Result<void> publish_file(const fs::path& from, const fs::path& to) {
  std::error_code trouble;
  fs::rename(from, to, trouble);
  if (trouble) {
    return file_error(Errc::unavailable, to, "cannot be written: " + trouble.message());
  }
  int folder = ::open(folder_of(to).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  bool synced = folder >= 0 && ::fsync(folder) == 0;
  int reason = errno;
  if (folder >= 0) ::close(folder);
  if (synced) return {};
  return file_error(Errc::unavailable, to,
                    "may not be on disk: " + std::generic_category().message(reason));
}

}  // namespace todo::sqlite
