#include "http/guard.h"

#include <algorithm>

#include "http/problem.h"

namespace todo::server {

namespace {

std::string lower(std::string_view text) {
  std::string low(text);
  for (char& c : low) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return low;
}

// "[::1]:8636" -> "[::1]"
std::string_view without_port(std::string_view host) {
  std::size_t bracket = host.rfind(']');
  std::size_t colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
  return host.substr(0, colon);
}

bool is_ours(std::string_view host, const GuardOptions& options) {
  std::string name = lower(without_port(host));
  if (name == "localhost" || name == "127.0.0.1" || name == "[::1]") return true;
  const auto& names = options.host_names;
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& known) { return lower(known) == name; });
}

// The origin of the page must be the host that it asks, port included.
bool is_same_origin(std::string_view origin, std::string_view host) {
  std::string of_page = lower(origin);
  std::string here = lower(host);
  return of_page == "http://" + here || of_page == "https://" + here;
}

// The next part of a list, without white space around it; taken off `list`.
std::string_view take_part(std::string_view& list, char separator) {
  std::string_view part = list.substr(0, list.find(separator));
  list.remove_prefix(std::min(part.size() + 1, list.size()));
  while (!part.empty() && (part.front() == ' ' || part.front() == '\t')) part.remove_prefix(1);
  while (!part.empty() && (part.back() == ' ' || part.back() == '\t')) part.remove_suffix(1);
  return part;
}

}  // namespace

bool is_write(Method method) {
  return method != Method::get && method != Method::head && method != Method::options;
}

std::optional<Response> refused_by_guard(const Request& request, const GuardOptions& options) {
  std::string_view host = request.header("host").value_or("");
  if (!is_ours(host, options))
    return problem(403, "forbidden_host", "This server does not go by the name in Host");
  if (!is_write(request.method)) return std::nullopt;

  std::string_view site = request.header("sec-fetch-site").value_or("none");
  if (site != "none" && site != "same-origin")
    return problem(403, "forbidden_origin", "A page of another site may not write here");
  auto origin = request.header("origin");
  if (origin && !is_same_origin(*origin, host))
    return problem(403, "forbidden_origin", "A page of another origin may not write here");
  return std::nullopt;
}

std::optional<Response> refused_type(const Request& request, std::string_view accepted) {
  std::string_view given = request.header("content-type").value_or("");
  std::string type = lower(take_part(given, ';'));
  std::string_view rest = accepted;
  while (!rest.empty()) {
    if (take_part(rest, ',') == type) return std::nullopt;
  }
  return problem(415, "unsupported_type",
                 "Content-Type must be " + std::string(accepted) + " here");
}

std::optional<Response> refused_accept(const Request& request) {
  auto header = request.header("accept");
  if (!header || header->empty()) return std::nullopt;
  std::string_view rest = *header;
  while (!rest.empty()) {
    std::string_view range = take_part(rest, ',');
    std::string type = lower(take_part(range, ';'));
    for (std::string_view known : {"*/*", "application/*", "application/json",
                                   "application/problem+json", "application/jsonl", "text/*"}) {
      if (type == known) return std::nullopt;
    }
  }
  return problem(406, "not_acceptable", "This server answers in application/json");
}

}  // namespace todo::server
