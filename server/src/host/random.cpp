#include "host/random.h"

#include <sys/random.h>

#include <cstring>
#include <stdexcept>

namespace todo::server {

namespace {

// Asks the system for a page at a time: a call for each id would cost more than the id.
void take_random(std::uint8_t* out, std::size_t size) {
  thread_local std::array<std::uint8_t, 256> page{};
  thread_local std::size_t used = page.size();
  if (used + size > page.size()) {
    if (getrandom(page.data(), page.size(), 0) != static_cast<ssize_t>(page.size()))
      throw std::runtime_error("the system gives no random bits");
    used = 0;
  }
  std::memcpy(out, page.data() + used, size);
  used += size;
}

}  // namespace

RandomBits random_bits() {
  RandomBits bits;
  take_random(bits.data(), bits.size());
  return bits;
}

DeviceId random_device() {
  DeviceId id;
  take_random(id.bytes.data(), id.bytes.size());
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x40);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
  return id;
}

}  // namespace todo::server
