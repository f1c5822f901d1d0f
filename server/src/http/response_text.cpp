#include "http/response_text.h"

#include <algorithm>

namespace todo::server {

namespace {

void append_header(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

// RFC 9110, 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string date_text(std::time_t now) {
  static constexpr std::string_view days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm utc{};
  gmtime_r(&now, &utc);
  auto two = [](int n) { return std::string{char('0' + n / 10), char('0' + n % 10)}; };
  std::string text(days[utc.tm_wday]);
  text.append(", ").append(two(utc.tm_mday)).append(" ").append(months[utc.tm_mon]).append(" ");
  text.append(std::to_string(utc.tm_year + 1900)).append(" ").append(two(utc.tm_hour)).append(":");
  return text.append(two(utc.tm_min)).append(":").append(two(utc.tm_sec)).append(" GMT");
}

const std::string& date_header(std::time_t now) {
  thread_local std::time_t written = 0;
  thread_local std::string header;
  if (now != written) {
    written = now;
    header = "date: " + date_text(now) + "\r\n";
  }
  return header;
}

bool has(const Response& response, std::string_view name) {
  auto same = [&](const auto& header) { return header.first == name; };
  return std::any_of(response.headers.begin(), response.headers.end(), same);
}

}  // namespace

void append_response(std::string& out, const Response& response, const Sending& sending) {
  out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  out.append(reason_of(response.status)).append("\r\n");
  out.append(date_header(sending.now));
  for (const auto& [name, value] : response.headers) append_header(out, name, value);
  if (!has(response, "cache-control")) append_header(out, "cache-control", "no-store");
  if (!has(response, "content-security-policy"))
    append_header(out, "content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  append_header(out, "x-content-type-options", "nosniff");
  append_header(out, "cross-origin-resource-policy", "same-origin");
  append_header(out, "referrer-policy", "no-referrer");
  append_header(out, "x-request-id", sending.request_id);
  if (!sending.keep_alive) append_header(out, "connection", "close");

  bool may_have_body = response.status != 204 && response.status != 304;
  if (may_have_body) append_header(out, "content-length", std::to_string(response.body.size()));
  out.append("\r\n");
  if (may_have_body && sending.body) out.append(response.body);
}

}  // namespace todo::server
