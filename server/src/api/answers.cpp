#include "api/answers.h"

#include <charconv>

#include "http/entity_tag.h"

namespace todo::server {

namespace {

std::string_view trimmed(std::string_view text) {
  static constexpr std::string_view space = " \t\r\n";
  std::size_t first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

}  // namespace

std::string etag_of(Seq version) { return "\"" + std::to_string(version) + "\""; }

std::optional<Response> refused_version(Call& call, const Version& version) {
  bool is_there = version.seq > 0;  // else whoever is asked says what is missing
  if (call.request.count("if-match") == 0 || !is_there) return std::nullopt;
  std::string etag = etag_of(version.seq);
  std::optional<bool> named = names_tag(call.request, "if-match", etag, Comparison::strong);
  if (!named)
    return problem(400, "malformed", "If-Match must be * or a list of ETags, such as " + etag);
  if (!*named)
    return problem(412, "conflict", "It has changed: its version is " + std::to_string(version.seq))
        .with("etag", etag);
  call.expects = version;
  return std::nullopt;
}

Response versioned(const Call& call, Seq version, std::string body) {
  std::string etag = etag_of(version);
  bool same = names_tag(call.request, "if-none-match", etag, Comparison::weak).value_or(false);
  Response response = same ? Response{.status = 304} : json(200, std::move(body));
  return response.with("etag", etag).with("cache-control", "private, no-cache");
}

Result<std::uint64_t> number_parameter(const Call& call, std::string_view name,
                                       std::uint64_t otherwise, const Range& range) {
  auto text = call.request.parameter(name);
  if (!text) return otherwise;
  std::uint64_t number = 0;
  auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  bool whole = error == std::errc() && end == text->data() + text->size();
  if (whole && number >= range.least && number <= range.most) return number;
  return Error{Errc::out_of_range,
               "must be an integer from " + std::to_string(range.least) + " to " +
                   std::to_string(range.most),
               "/" + std::string(name)};
}

Result<bool> flag_parameter(const Call& call, std::string_view name) {
  std::string text = call.request.parameter(name).value_or("false");
  if (text == "true" || text == "false") return text == "true";
  return Error{Errc::wrong_type, "must be true or false", "/" + std::string(name)};
}

std::string object_with(std::string_view members, std::string_view body) {
  std::string_view text = trimmed(body);
  if (text.empty()) return std::string("{").append(members).append("}");
  if (text.size() < 2 || text.front() != '{' || text.back() != '}') return std::string(body);
  bool empty = trimmed(text.substr(1, text.size() - 2)).empty();
  std::string object(body.substr(0, body.rfind('}')));
  return object.append(empty || members.empty() ? "" : ",").append(members).append("}");
}

std::string percent_encoded(std::string_view text) {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string encoded;
  for (char c : text) {
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 c == '-' || c == '_' || c == '.' || c == '~';
    auto byte = static_cast<unsigned char>(c);
    if (plain) encoded += c;
    else encoded.append({'%', hex[byte >> 4], hex[byte & 15]});
  }
  return encoded;
}

}  // namespace todo::server
