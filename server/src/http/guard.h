// Keeps web pages of elsewhere away from a server that trusts whoever reaches it.
#pragma once

#include "http/message.h"

namespace todo::server {

struct GuardOptions {
  std::vector<std::string> host_names{};  // that this server goes by, beside loopback's
};

// Refuses with 403
// - a Host that is not this server: a name of elsewhere that was made to point here (DNS
// rebinding),
// - a write that comes from a page of another origin.
std::optional<Response> refused_by_guard(const Request& request, const GuardOptions& options);

bool is_write(Method method);

// 415 if the body is not of one of these types. POST and PATCH must name theirs even without a
// body: a form on a page of elsewhere cannot, without asking first.
std::optional<Response> refused_type(const Request& request, std::string_view accepted);

// 406 if none of what this server speaks is accepted.
std::optional<Response> refused_accept(const Request& request);

}  // namespace todo::server
