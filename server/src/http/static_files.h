// The files of the web app, read once at the start: what is served never leads out of the folder.
#pragma once

#include <filesystem>
#include <map>

#include "http/message.h"

namespace todo::server {

class StaticFiles {
 public:
  // All files below `root`, with their ".br" and ".gz" beside them as other encodings of them.
  // Throws std::filesystem::filesystem_error if they cannot be read.
  static StaticFiles read(const std::filesystem::path& root);

  bool empty() const { return files_.empty(); }

  // The file of that path; for a path that is none and whose last part has no dot, index.html: the
  // app has routes of its own. nullopt if there is no such file.
  std::optional<Response> find(const Request& request) const;

 private:
  struct File {
    std::string type{};
    std::string etag{};
    std::string plain{};
    std::string br{};  // empty: there is none
    std::string gzip{};
    bool immutable = false;  // in /assets/, where the bundler names a file by what it holds
  };
  const File* file_of(std::string_view path) const;

  std::map<std::string, File, std::less<>> files_{};  // by path: "/assets/app.js"
};

}  // namespace todo::server
