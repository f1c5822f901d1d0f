// What the head of a request must be beyond what the parser asks: RFC 9112, read strictly, so that
// no proxy in front can see another request in the same bytes.
#pragma once

#include "http/message.h"

namespace todo::server {

struct HttpLimits {
  std::size_t head_bytes = 16 * 1024;
  std::size_t target_bytes = 8 * 1024;
  std::size_t fields = 100;
  std::size_t body_bytes = 16 * 1024 * 1024;
};

// Why a request gets no further, with the status that says so.
struct Fault {
  int status = 400;
  std::string detail{};
};

// Of the raw bytes up to the empty line: the request line, folded lines, stray control characters.
std::optional<Fault> fault_of_head(std::string_view head, const HttpLimits& limits);

// Of the fields together: Host, how long the body is, what is expected.
std::optional<Fault> fault_of_fields(const Request& request, const HttpLimits& limits);

}  // namespace todo::server
