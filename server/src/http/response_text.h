// A response as the bytes that are sent.
#pragma once

#include <ctime>

#include "http/message.h"

namespace todo::server {

struct Sending {
  bool body = true;  // false: the answer to HEAD
  bool keep_alive = true;
  std::string_view request_id;
  std::time_t now;
};

// Adds what every answer has: Date, Content-Length, and the headers that keep browsers careful.
void append_response(std::string& out, const Response& response, const Sending& sending);

}  // namespace todo::server
