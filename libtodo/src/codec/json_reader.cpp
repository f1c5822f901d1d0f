#include "todo/json_reader.h"

#include <charconv>

namespace todo {
namespace {

constexpr std::string_view tag = "type";

constexpr std::string_view kind_name(JsonKind kind) {
  constexpr std::array<std::string_view, 6> names = {"null",     "a boolean", "a number",
                                                     "a string", "a list",    "an object"};
  return names[static_cast<std::size_t>(kind)];
}

std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 40;
  if (text.size() > longest) return "this";
  return "'" + std::string(text) + "'";
}

std::string list_of(std::span<const std::string_view> names) {
  std::string list;
  for (std::string_view name : names) (list += list.empty() ? "" : ", ") += name;
  return list;
}

}  // namespace

bool JsonReader::expect(const JsonNode& from, JsonKind kind) {
  if (from.kind == kind) return true;
  return fail(Errc::wrong_type, "expected " + std::string(kind_name(kind)) + ", not " +
                                    std::string(kind_name(from.kind)));
}

bool JsonReader::read_string(const JsonNode& from, std::string& value) {
  if (!expect(from, JsonKind::text)) return false;
  value = from.text;
  return true;
}

bool JsonReader::read_bool(const JsonNode& from, bool& value) {
  if (!expect(from, JsonKind::boolean)) return false;
  value = from.text == "true";
  return true;
}

bool JsonReader::read_within(const JsonNode& from, std::int64_t least, std::int64_t most,
                             std::int64_t& value) {
  if (!expect(from, JsonKind::number)) return false;
  if (from.text.find_first_of(".eE") != from.text.npos || from.text == "-0")
    return fail(Errc::wrong_type, "expected an integer without fraction, exponent or -0");
  const char* end = from.text.data() + from.text.size();
  std::from_chars_result read = std::from_chars(from.text.data(), end, value);
  if (read.ec == std::errc() && value >= least && value <= most) return true;
  return fail(Errc::out_of_range,
              "expected an integer from " + std::to_string(least) + " to " + std::to_string(most));
}

std::size_t JsonReader::index_of_name(const JsonNode& from,
                                      std::span<const std::string_view> names) {
  if (!expect(from, JsonKind::text)) return names.size();
  auto found = std::find(names.begin(), names.end(), from.text);
  if (found == names.end())
    fail(Errc::unknown_name, quoted(from.text) + " is none of " + list_of(names));
  return static_cast<std::size_t>(found - names.begin());
}

bool JsonReader::read_tag(const JsonNode& from, std::span<const std::string_view> names,
                          std::size_t& index) {
  if (!expect(from, JsonKind::object)) return false;
  const JsonNode* value = nullptr;
  for (const JsonNode* name = from.first(); name != from.end(); name = name->first()->end()) {
    if (name->text != tag) continue;
    if (value) return at(tag, fail_twice());
    value = name->first();
  }
  if (!value) return at(tag, fail_missing());
  index = index_of_name(*value, names);
  return at(tag, index < names.size());
}

bool JsonReader::locate(const JsonNode& from, bool tagged, Members& members) {
  if (!expect(from, JsonKind::object)) return false;
  const auto begin = members.names.begin();
  const auto end = members.names.end();
  auto next = begin;  // what is in the order of the table is found at once
  for (const JsonNode* name = from.first(); name != from.end(); name = name->first()->end()) {
    if (tagged && name->text == tag) continue;
    auto found = std::find(next, end, name->text);
    if (found == end) found = std::find(begin, end, name->text);
    if (found == end) {
      if (!members.unknown) members.unknown = name;
      continue;
    }
    auto index = static_cast<std::size_t>(found - begin);
    if (members.values[index]) members.twice = std::min(members.twice, index);
    members.values[index] = name->first();
    next = found + 1;
  }
  return true;
}

bool JsonReader::expect_no_unknown(const Members& members) {
  if (!members.unknown) return true;
  fail(Errc::unknown_member, "there is no such member");
  return at(members.unknown->text, false);
}

bool JsonReader::expect_version(std::uint32_t version) {
  if (version == entry_version) return true;
  return fail(Errc::unsupported, "this is format version " + std::to_string(version) +
                                     ", and this program knows only " +
                                     std::to_string(entry_version));
}

bool JsonReader::expect_room(std::size_t size) {
  constexpr std::size_t most = 1000;
  return size < most ||
         fail(Errc::out_of_range, "a set has at most " + std::to_string(most) + " items");
}

bool JsonReader::read_map(const JsonNode& from, TextMap& put, KeyedSet<std::string>* erase) {
  if (!expect(from, JsonKind::object)) return false;
  for (const JsonNode* name = from.first(); name != from.end(); name = name->first()->end()) {
    if (!at(name->text, read_entry(std::string(name->text), *name->first(), put, erase)))
      return false;
  }
  return true;
}

bool JsonReader::read_entry(std::string key, const JsonNode& value, TextMap& put,
                            KeyedSet<std::string>* erase) {
  if (put.contains(key) || (erase && erase->contains(key))) return fail_twice();
  if (!expect_room(put.size() + (erase ? erase->size() : 0))) return false;
  if (!erase || value.kind != JsonKind::null) return read_string(value, put[std::move(key)]);
  erase->put(std::move(key));
  return true;
}

bool JsonReader::read_pairs(const JsonNode& from, TextMap& map) {
  return read_items(from, [&](const JsonNode& pair) {
    std::vector<std::string> key_and_value;
    if (!read(pair, key_and_value)) return false;
    if (key_and_value.size() != 2) return fail(Errc::invalid, "expected a pair of key and value");
    if (!expect_room(map.size())) return false;
    bool is_new = map.emplace(std::move(key_and_value[0]), std::move(key_and_value[1])).second;
    return is_new || fail(Errc::invalid, "this is in the list twice");
  });
}

}  // namespace todo
