// Lists of entity tags (RFC 9110, 8.8.3): If-Match and If-None-Match.
#pragma once

#include <optional>

#include "http/message.h"

namespace todo::server {

// Strong: a tag that says it is weak names nothing; for If-Match. Weak: "W/" makes no difference;
// for If-None-Match.
enum class Comparison : std::uint8_t { strong, weak };

// Whether the header, over all its lines, names `etag` (in quotes, and strong) or is "*". nullopt
// if it is not a list of entity tags.
std::optional<bool> names_tag(const Request& request, std::string_view header,
                              std::string_view etag, Comparison comparison);

}  // namespace todo::server
