#include "http/problem.h"

namespace todo::server {

int status_of(Errc code) {
  switch (code) {
    case Errc::malformed:
    case Errc::unknown_member:
    case Errc::unknown_name:
    case Errc::wrong_type:
    case Errc::missing:
      return 400;
    case Errc::out_of_range:
    case Errc::invalid:
    case Errc::unsupported:
      return 422;
    case Errc::not_found:
      return 404;
    case Errc::conflict:
      return 409;
    case Errc::unavailable:
      return 503;
    case Errc::corrupt:
      return 500;
  }
  return 500;
}

Response problem(int status, std::string_view code, std::string_view detail,
                 std::string_view field) {
  std::string body = R"({"type":"about:blank","title":)" + json_text(reason_of(status)) +
                     R"(,"status":)" + std::to_string(status) + R"(,"code":)" + json_text(code) +
                     R"(,"detail":)" + json_text(detail);
  if (!field.empty()) body.append(R"(,"field":)").append(json_text(field));
  return content(status, "application/problem+json", body.append("}"));
}

Response problem(const Error& error) {
  return problem(status_of(error.code), name_of(error.code), error.message, error.field);
}

std::string json_text(std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out.append({'\\', c});
    else if (static_cast<unsigned char>(c) < ' ')
      out.append("\\u00").append({hex[c >> 4], hex[c & 15]});
    else out += c;
  }
  return out.append("\"");
}

}  // namespace todo::server
