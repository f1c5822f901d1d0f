#include <algorithm>
#include <cstring>

#include "base/unicode_tables.h"
#include "todo/text.h"

namespace todo {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

bool is_continuation(std::uint8_t byte) { return (byte & 0xc0) == 0x80; }

// Bytes of the character that `lead` begins, 0 if it begins none.
std::size_t length_by(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;  // a continuation, or a longer form of ASCII
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

// Whether no shorter form, surrogate or number above U+10FFFF begins like this.
bool may_follow(std::uint8_t lead, std::uint8_t second) {
  if (lead == 0xe0) return second >= 0xa0;
  if (lead == 0xed) return second < 0xa0;
  if (lead == 0xf0) return second >= 0x90;
  if (lead == 0xf4) return second < 0x90;
  return true;
}

// Bytes of the valid character at the front of `text`, 0 if there is none.
std::size_t valid_length(std::string_view text) {
  std::uint8_t lead = byte_at(text, 0);
  std::size_t length = length_by(lead);
  if (length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(byte_at(text, i))) return 0;
  }
  return length < 2 || may_follow(lead, byte_at(text, 1)) ? length : 0;
}

// Bytes at the front of `text` that are ASCII, eight at a time: up to seven may be left out.
std::size_t ascii_length(std::string_view text) {
  std::size_t length = 0;
  for (std::uint64_t bytes = 0; text.size() - length >= sizeof bytes; length += sizeof bytes) {
    std::memcpy(&bytes, text.data() + length, sizeof bytes);
    if ((bytes & 0x8080808080808080) != 0) break;
  }
  return length;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (;;) {
    text.remove_prefix(ascii_length(text));
    if (text.empty()) return true;
    std::size_t length = valid_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return !is_continuation(static_cast<std::uint8_t>(c));
  }));
}

char32_t take_character(std::string_view& text) {
  std::uint8_t lead = byte_at(text, 0);
  std::size_t length = std::min(std::max(length_by(lead), std::size_t{1}), text.size());
  char32_t c = length == 1 ? lead : lead & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) c = c << 6 | (byte_at(text, i) & 0x3fu);
  text.remove_prefix(length);
  return c;
}

void append_character(std::string& text, char32_t c) {
  auto append = [&](char32_t byte) { text += static_cast<char>(static_cast<std::uint8_t>(byte)); };
  auto append_continuation = [&](int shift) { append(0x80 | (c >> shift & 0x3f)); };
  if (c < 0x80) {
    append(c);
  } else if (c < 0x800) {
    append(0xc0 | c >> 6);
    append_continuation(0);
  } else if (c < 0x10000) {
    append(0xe0 | c >> 12);
    append_continuation(6);
    append_continuation(0);
  } else {
    append(0xf0 | c >> 18);
    append_continuation(12);
    append_continuation(6);
    append_continuation(0);
  }
}

bool is_letter(char32_t c) { return (properties_of(c).flags & CharacterProperties::letter) != 0; }

bool is_digit(char32_t c) { return (properties_of(c).flags & CharacterProperties::digit) != 0; }

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

}  // namespace todo
