// Refusals as RFC 9457 problem details.
#pragma once

#include "http/message.h"
#include "todo/error.h"

namespace todo::server {

// The status for a refusal by the core.
int status_of(Errc code);

// {"type":"about:blank","title":"Not Found","status":404,"code":"not_found","detail":"...",
// "field":"/task"}
Response problem(int status, std::string_view code, std::string_view detail,
                 std::string_view field = "");
Response problem(const Error& error);

std::string json_text(std::string_view text);  // in quotes, escaped

}  // namespace todo::server
