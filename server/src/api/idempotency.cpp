#include "api/idempotency.h"

#include <algorithm>

#include "host/random.h"
#include "http/sha256.h"

namespace todo::server {

namespace {

// Names devices by Idempotency-Key; chosen once, and for ever.
constexpr IdBytes key_name_space = {0x5a, 0x0e, 0x2d, 0x8c, 0x91, 0x47, 0x4b, 0x6f,
                                    0xa3, 0x1d, 0x7c, 0x52, 0xe8, 0x0b, 0x64, 0xf9};
constexpr std::size_t most_characters = 255;
constexpr std::size_t digest_digits = 32;

bool is_key(std::string_view key) {
  auto is_visible = [](char c) { return c > ' ' && c < '\x7f'; };
  return !key.empty() && key.size() <= most_characters &&
         std::all_of(key.begin(), key.end(), is_visible);
}

}  // namespace

Result<Identity> identity_of(const Request& request) {
  auto key = request.header("idempotency-key");
  if (!key) return Identity{{random_device(), 1}, ""};
  if (!is_key(*key))
    return Error{Errc::invalid, "Idempotency-Key must be 1 to 255 visible ASCII characters", ""};
  std::string asked = std::string(name_of(request.method)) + " " + request.path + "?" +
                      request.query + "\n" + request.body;
  return Identity{{named_id<DeviceId>(key_name_space, *key), 1},
                  sha256_hex(asked).substr(0, digest_digits)};
}

}  // namespace todo::server
