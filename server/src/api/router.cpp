#include "api/router.h"

namespace todo::server {

namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    segments.push_back(path.substr(0, path.find('/')));
    path.remove_prefix(segments.back().size());
  }
  return segments;
}

bool fits(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& path) {
  if (pattern.size() != path.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    bool named = pattern[i].starts_with('{');
    if (named ? path[i].empty() : pattern[i] != path[i]) return false;
  }
  return true;
}

}  // namespace

Router::Router(const Routes& routes) {
  for (const Route& route : routes) entries_.push_back({&route, segments_of(route.pattern)});
}

Match Router::match(const Request& request) const {
  std::vector<std::string_view> path = segments_of(request.path);
  Method method = request.method == Method::head ? Method::get : request.method;
  Match match;
  for (const Entry& entry : entries_) {
    if (!fits(entry.segments, path)) continue;
    std::string_view name = name_of(entry.route->method);
    match.allowed.append(match.allowed.empty() ? "" : ", ").append(name);
    if (entry.route->method == Method::get) match.allowed += ", HEAD";
    if (entry.route->method != method) continue;
    match.route = entry.route;
    for (std::size_t i = 0; i < path.size(); ++i) {
      if (entry.segments[i].starts_with('{'))
        match.parts.push_back(percent_decoded(path[i]).value_or(""));
    }
    return match;
  }
  if (!match.allowed.empty()) match.allowed += ", OPTIONS";
  return match;
}

}  // namespace todo::server
