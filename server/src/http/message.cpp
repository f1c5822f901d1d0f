#include "http/message.h"

#include <algorithm>
#include <array>

namespace todo::server {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string_view name_of(Method method) {
  static constexpr std::array<std::string_view, 8> names = {
      "GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS", "other", "unknown"};
  return names[static_cast<std::size_t>(method)];
}

std::optional<std::string_view> Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::size_t Request::count(std::string_view name) const {
  auto same = [&](const auto& header) { return header.first == name; };
  return static_cast<std::size_t>(std::count_if(headers.begin(), headers.end(), same));
}

namespace {

// The next "name=value" of a query, taken off it.
std::string_view take_pair(std::string_view& query) {
  std::string_view pair = query.substr(0, query.find('&'));
  query.remove_prefix(std::min(pair.size() + 1, query.size()));
  return pair;
}
std::string_view name_in(std::string_view pair) { return pair.substr(0, pair.find('=')); }

}  // namespace

std::optional<std::string> Request::parameter(std::string_view name) const {
  std::string_view rest = query;
  while (!rest.empty()) {
    std::string_view pair = take_pair(rest);
    if (name_in(pair) != name) continue;
    return percent_decoded(name.size() < pair.size() ? pair.substr(name.size() + 1) : "", true);
  }
  return std::nullopt;
}

std::vector<std::string_view> Request::parameters() const {
  std::vector<std::string_view> names;
  std::string_view rest = query;
  while (!rest.empty()) names.push_back(name_in(take_pair(rest)));
  return names;
}

Response content(int status, std::string_view type, std::string body) {
  Response response{.status = status, .headers = {}, .body = std::move(body)};
  response.with("content-type", std::string(type));
  return response;
}

Response json(int status, std::string body) {
  return content(status, "application/json", std::move(body));
}

std::string_view reason_of(int status) {
  static constexpr std::array<std::pair<int, std::string_view>, 25> reasons = {{
      {100, "Continue"},
      {200, "OK"},
      {201, "Created"},
      {204, "No Content"},
      {304, "Not Modified"},
      {400, "Bad Request"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {417, "Expectation Failed"},
      {422, "Unprocessable Content"},
      {428, "Precondition Required"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {503, "Service Unavailable"},
      {505, "HTTP Version Not Supported"},
  }};
  for (const auto& [code, reason] : reasons) {
    if (code == status) return reason;
  }
  return "Status";
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      decoded += ' ';
    } else if (text[i] != '%') {
      decoded += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      int high = hex_value(text[i + 1]);
      int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0 || high + low == 0) return std::nullopt;
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return decoded;
}

}  // namespace todo::server
