// The name of a request that its sender may repeat: the header Idempotency-Key.
#pragma once

#include "http/message.h"
#include "todo/command.h"

namespace todo::server {

struct Identity {
  Mutation mutation{};
  std::string digest{};  // of what was asked; empty: nobody will repeat it
};

// A device of one request for the key of this request, or for nobody's if it has none. Refuses a
// key that is not 1 to 255 visible ASCII characters.
Result<Identity> identity_of(const Request& request);

}  // namespace todo::server
