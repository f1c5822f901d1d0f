// Which route a path means.
#pragma once

#include "api/routes.h"

namespace todo::server {

struct Match {
  const Route* route = nullptr;      // nullptr: no route takes this method here
  std::vector<std::string> parts{};  // what stands for the {names}
  std::string allowed{};             // methods that this path has; empty: it is no path of ours
};

class Router {
 public:
  explicit Router(const Routes& routes);  // which outlive it
  Match match(const Request& request) const;

 private:
  struct Entry {
    const Route* route;
    std::vector<std::string_view> segments;
  };
  std::vector<Entry> entries_;
};

}  // namespace todo::server
