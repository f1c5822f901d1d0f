#include "query/page_cursor.h"

#include <algorithm>

#include "todo/text.h"

namespace todo::query {
namespace {

// RFC 4648, section 5, without padding.
constexpr std::string_view letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string to_base64url(std::string_view bytes) {
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) text += letters[bits >> (count - 6) & 63];
  }
  if (count > 0) text += letters[bits << (6 - count) & 63];
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    std::size_t value = letters.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 255);
  }
  if (to_base64url(bytes) != text) return std::nullopt;  // left-over letters or bits
  return bytes;
}

void append(std::string& bytes, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 255);
}

// Takes what `append` and the writer below put; false if there is not as much.
bool take(std::string_view& bytes, std::uint64_t& number) {
  if (bytes.size() < 8) return false;
  number = 0;
  for (char c : bytes.substr(0, 8)) number = number << 8 | static_cast<unsigned char>(c);
  bytes.remove_prefix(8);
  return true;
}

bool take(std::string_view& bytes, std::string_view& text) {
  std::uint64_t size = 0;
  if (!take(bytes, size) || size > bytes.size()) return false;
  text = bytes.substr(0, static_cast<std::size_t>(size));
  bytes.remove_prefix(text.size());
  return is_utf8(text);
}

bool take(std::string_view& bytes, Place& place, SortField field) {
  if (place.text(field)) {
    std::string_view text;
    if (!take(bytes, text)) return false;
    set_text(place, field, text);
    return true;
  }
  std::uint64_t number = 0;
  if (!take(bytes, number)) return false;
  set_number(place, field, number);
  return true;
}

bool take(std::string_view& bytes, TaskId& id) {
  if (bytes.size() != id.bytes.size()) return false;
  std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
  return true;
}

}  // namespace

// FNV-1a.
std::uint64_t fingerprint_of(std::initializer_list<std::string_view> texts) {
  std::uint64_t hash = 0xcbf29ce484222325;
  auto mix = [&](unsigned char byte) { hash = (hash ^ byte) * 0x100000001b3; };
  for (std::string_view text : texts) {
    for (char c : text) mix(static_cast<unsigned char>(c));
    mix(0);
  }
  return hash;
}

std::string cursor_text(const Place& place, const Sort& sort, std::uint64_t fingerprint) {
  std::string bytes;
  append(bytes, fingerprint);
  for (const SortKey& key : sort) {
    const SortText* text = place.text(key.field);
    append(bytes, text ? text->bytes.size() : place.number(key.field));
    if (text) bytes += text->bytes;
  }
  bytes.append(place.id.bytes.begin(), place.id.bytes.end());
  return to_base64url(bytes);
}

Result<Place> read_cursor(std::string_view text, const Sort& sort, std::uint64_t fingerprint) {
  Error foreign{Errc::invalid, "the cursor is not of this search; ask for the first page again",
                "/cursor"};
  std::optional<std::string> bytes = from_base64url(text);
  if (!bytes) return foreign;
  std::string_view rest = *bytes;
  std::uint64_t search = 0;
  if (!take(rest, search) || search != fingerprint) return foreign;
  Place place;
  for (const SortKey& key : sort) {
    if (!take(rest, place, key.field)) return foreign;
  }
  if (!take(rest, place.id)) return foreign;
  return place;
}

}  // namespace todo::query
