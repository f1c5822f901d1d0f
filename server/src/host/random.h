// Random bits from the system, for ids.
#pragma once

#include "todo/id.h"

namespace todo::server {

RandomBits random_bits();

// A UUIDv4: the device of a request that nobody will repeat.
DeviceId random_device();

}  // namespace todo::server
