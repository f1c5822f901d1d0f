#include "todo/id.h"

#include <algorithm>
#include <boost/uuid/name_generator_sha1.hpp>

namespace todo {
namespace {

// Hyphens stand before these bytes.
constexpr bool begins_group(std::size_t byte) {
  return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

// The value of a lower-case hexadecimal digit, 16 if it is none.
constexpr unsigned nibble(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  return 16;
}

}  // namespace

IdBytes time_ordered_uuid(Instant now, const RandomBits& random) {
  IdBytes bytes;
  auto ms = static_cast<std::uint64_t>(now.time_since_epoch().count());
  for (std::size_t i = 6; i-- > 0; ms >>= 8) bytes[i] = static_cast<std::uint8_t>(ms & 0xff);
  std::copy(random.begin(), random.end(), bytes.begin() + 6);
  bytes[6] = static_cast<std::uint8_t>(0x70 | (bytes[6] & 0x0f));  // version 7
  bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3f));  // variant of RFC 9562
  return bytes;
}

IdBytes named_uuid(const IdBytes& name_space, std::string_view name) {
  boost::uuids::uuid space;
  std::copy(name_space.begin(), name_space.end(), space.begin());
  boost::uuids::uuid made = boost::uuids::name_generator_sha1(space)(name.data(), name.size());
  IdBytes bytes;
  std::copy(made.begin(), made.end(), bytes.begin());
  return bytes;
}

std::string uuid_text(const IdBytes& bytes) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (begins_group(i)) text += '-';
    (text += hex[bytes[i] >> 4]) += hex[bytes[i] & 15];
  }
  return text;
}

Result<IdBytes> parse_uuid(std::string_view text) {
  const Error refusal{Errc::malformed,
                      "expected a UUID in lower case like 0198c5a2-7b1e-7c3d-9a4f-5e6d7c8b9a0f"};
  if (text.size() != 36) return refusal;
  IdBytes bytes;
  std::size_t at = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i, at += 2) {
    if (begins_group(i) && text[at++] != '-') return refusal;
    unsigned high = nibble(text[at]);
    unsigned low = nibble(text[at + 1]);
    if (high > 15 || low > 15) return refusal;
    bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return bytes;
}

}  // namespace todo
