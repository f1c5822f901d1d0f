#include "todo/json_writer.h"

namespace todo {
namespace {

// For each byte what it is escaped as: 0 not at all, 'u' by its number, else behind a backslash.
constexpr std::array<char, 256> escapes = [] {
  std::array<char, 256> table{};
  for (std::size_t c = 0; c < ' '; ++c) table[c] = 'u';
  table['\b'] = 'b';
  table['\f'] = 'f';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  table['"'] = '"';
  table['\\'] = '\\';
  return table;
}();

}  // namespace

void JsonWriter::write_text(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  out_ += '"';
  std::size_t written = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto byte = static_cast<unsigned char>(text[at]);
    char escape = escapes[byte];
    if (escape == 0) continue;
    ((out_ += text.substr(written, at - written)) += '\\') += escape;
    if (escape == 'u') (((out_ += "00") += hex[byte >> 4])) += hex[byte & 15];
    written = at + 1;
  }
  (out_ += text.substr(written)) += '"';
}

void JsonWriter::write_entry(std::string_view key, const std::string* value) {
  write_text(key);
  out_ += ':';
  if (value) write_text(*value);
  else out_ += "null";
  out_ += ',';
}

void JsonWriter::write_map(const TextMap& map) {
  out_ += '{';
  for (const auto& [key, value] : map) write_entry(key, &value);
  close('}');
}

void JsonWriter::write_pairs(const TextMap& map) {
  out_ += '[';
  for (const auto& [key, value] : map) {
    out_ += '[';
    write_text(key);
    out_ += ',';
    write_text(value);
    out_ += "],";
  }
  close(']');
}

// What is put and what is erased are both in the order of keys.
void JsonWriter::write_map_change(const TextMap& put, const std::vector<std::string>& erase) {
  out_ += '{';
  auto next = put.begin();
  for (const std::string& key : erase) {
    for (; next != put.end() && next->first < key; ++next) write_entry(next->first, &next->second);
    if (!put.contains(key)) write_entry(key, nullptr);
  }
  for (; next != put.end(); ++next) write_entry(next->first, &next->second);
  close('}');
}

}  // namespace todo
