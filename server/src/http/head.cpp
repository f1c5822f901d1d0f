#include "http/head.h"

#include <algorithm>

namespace todo::server {

namespace {

bool is_token(std::string_view text) {
  auto is_token_char = [](char c) {
    bool letter_or_digit =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter_or_digit || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

std::optional<Fault> fault_of_target(std::string_view target) {
  auto is_visible = [](char c) { return c > ' ' && c < '\x7f'; };
  if (!std::all_of(target.begin(), target.end(), is_visible))
    return Fault{400, "The target holds a byte that has to be percent-encoded"};
  if (target.find('#') != std::string_view::npos)
    return Fault{400, "The target must not hold a fragment"};
  if (target != "*" && !target.starts_with('/'))
    return Fault{400, "The target must begin with \"/\""};
  if (!percent_decoded(target)) return Fault{400, "The target holds a broken percent-encoding"};
  return std::nullopt;
}

std::optional<Fault> fault_of_version(std::string_view version) {
  if (version == "HTTP/1.1" || version == "HTTP/1.0") return std::nullopt;
  if (version.starts_with("HTTP/")) return Fault{505, "This server speaks HTTP/1.1"};
  return Fault{400, "The request line is not \"METHOD target HTTP/1.1\""};
}

std::optional<Fault> fault_of_request_line(std::string_view line, const HttpLimits& limits) {
  std::size_t first = line.find(' ');
  std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || !is_token(line.substr(0, first)))
    return Fault{400, "The request line is not \"METHOD target HTTP/1.1\""};
  std::string_view target = line.substr(first + 1, last - first - 1);
  if (auto fault = fault_of_version(line.substr(last + 1))) return fault;
  if (target.size() > limits.target_bytes) return Fault{414, "The target is too long"};
  return fault_of_target(target);
}

bool is_host(std::string_view host) {
  auto is_host_char = [](char c) {
    bool letter_or_digit =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter_or_digit || std::string_view("-._~:[]").find(c) != std::string_view::npos;
  };
  return !host.empty() && std::all_of(host.begin(), host.end(), is_host_char);
}

std::string lower(std::string_view text) {
  std::string low(text);
  for (char& c : low) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return low;
}

}  // namespace

std::optional<Fault> fault_of_head(std::string_view head, const HttpLimits& limits) {
  std::size_t end = head.find("\r\n");
  if (auto fault = fault_of_request_line(head.substr(0, end), limits)) return fault;

  for (std::size_t i = 0; i < head.size(); ++i) {
    char c = head[i];
    bool line_end = c == '\r' && i + 1 < head.size() && head[i + 1] == '\n';
    if (line_end && i + 2 < head.size() && (head[i + 2] == ' ' || head[i + 2] == '\t'))
      return Fault{400, "A header must not go on in the next line"};
    if (line_end) ++i;
    else if (static_cast<unsigned char>(c) < ' ' && c != '\t')
      return Fault{400, "The head holds a control character"};
  }
  return std::nullopt;
}

std::optional<Fault> fault_of_fields(const Request& request, const HttpLimits& limits) {
  if (request.headers.size() > limits.fields) return Fault{431, "There are too many headers"};
  if (request.count("host") != 1 || !is_host(*request.header("host")))
    return Fault{400, "There must be exactly one Host header, with a host"};

  std::size_t encodings = request.count("transfer-encoding");
  if (encodings > 0) {
    if (request.http_1_0) return Fault{400, "HTTP/1.0 has no Transfer-Encoding"};
    if (request.count("content-length") > 0)
      return Fault{400, "Content-Length and Transfer-Encoding exclude each other"};
    if (encodings > 1 || lower(*request.header("transfer-encoding")) != "chunked")
      return Fault{501, "The only Transfer-Encoding understood is \"chunked\""};
  }
  if (request.count("content-length") > 1) return Fault{400, "There is a second Content-Length"};
  if (auto expected = request.header("expect"); expected && lower(*expected) != "100-continue")
    return Fault{417, "The only expectation understood is \"100-continue\""};
  return std::nullopt;
}

}  // namespace todo::server
