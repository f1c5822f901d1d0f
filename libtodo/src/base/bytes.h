// What TZif and the pack of zones are made of: big-endian numbers and text. The bytes must be
// there.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace todo {

using Bytes = std::span<const unsigned char>;

inline std::uint16_t read_u16(Bytes bytes, std::size_t at) {
  return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

inline std::uint32_t read_u32(Bytes bytes, std::size_t at) {
  return std::uint32_t{read_u16(bytes, at)} << 16 | read_u16(bytes, at + 2);
}

inline std::int64_t read_i64(Bytes bytes, std::size_t at) {
  return static_cast<std::int64_t>(std::uint64_t{read_u32(bytes, at)} << 32 |
                                   read_u32(bytes, at + 4));
}

inline std::string_view as_text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace todo
