#include "http/sha256.h"

#include <openssl/sha.h>

#include <array>

namespace todo::server {

std::string sha256_hex(std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  std::string hex;
  for (unsigned char byte : digest) hex.append({digits[byte >> 4], digits[byte & 15]});
  return hex;
}

}  // namespace todo::server
