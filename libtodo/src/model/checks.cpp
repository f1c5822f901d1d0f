#include "checks.h"

#include <algorithm>

#include "todo/task.h"
#include "todo/text.h"

namespace todo {
namespace {

Error not_utf8() { return {Errc::malformed, "text has to be valid UTF-8"}; }

std::string in_all(std::size_t most, std::string_view unit) {
  return "at most " + std::to_string(most) + ' ' + std::string(unit);
}

// Unicode's White_Space, apart from control characters.
bool is_white_space(char32_t c) {
  constexpr std::array<char32_t, 6> single = {0x20, 0xa0, 0x1680, 0x202f, 0x205f, 0x3000};
  return (c >= 0x2000 && c <= 0x200a) || std::find(single.begin(), single.end(), c) != single.end();
}

bool has_control(std::string_view text) {
  while (!text.empty()) {
    if (is_control(take_character(text))) return true;
  }
  return false;
}

}  // namespace

bool is_blank(std::string_view line) {
  while (!line.empty()) {
    if (!is_white_space(take_character(line))) return false;
  }
  return true;
}

Flaw flaw_of_line(std::string_view text, std::size_t most, std::string_view what) {
  std::string subject(what);
  if (text.empty()) return Error{Errc::missing, subject + " is needed"};
  if (!is_utf8(text)) return not_utf8();
  if (count_characters(text) > most)
    return Error{Errc::out_of_range, subject + " has " + in_all(most, "characters")};
  if (has_control(text)) {
    return Error{Errc::invalid, subject + " is one line without control characters such as tabs"};
  }
  if (is_blank(text)) return Error{Errc::invalid, subject + " is more than white space"};
  return {};
}

Flaw flaw_of_text(std::string_view text, std::size_t most_bytes) {
  if (text.size() > most_bytes) return Error{Errc::out_of_range, in_all(most_bytes, "bytes")};
  if (!is_utf8(text)) return not_utf8();
  return {};
}

Flaw flaw_of_order(std::string_view order) {
  bool is_index = std::all_of(order.begin(), order.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
  if (order.size() > limits::order_bytes)
    return Error{Errc::out_of_range, in_all(limits::order_bytes, "characters")};
  if (!is_index || order.ends_with('0')) {
    return Error{Errc::invalid,
                 "a place in an order is made of digits and ASCII letters and does not end with 0"};
  }
  return {};
}

Flaw flaw_of_zone(std::string_view name, const Zones& zones) {
  if (zones.find(name)) return {};
  return Error{Errc::not_found, "there is no such time zone: names are like Europe/Paris"};
}

Flaw flaw_of_when(const When& when, const Zones& zones) {
  if (date_of(when) < first_date || date_of(when) > last_date)
    return Error{Errc::out_of_range, "years go from 0001 to 9999"};
  const auto* zoned = std::get_if<Zoned>(&when);
  return zoned ? flaw_of_zone(zoned->zone, zones) : Flaw{};
}

Flaw flaw_of_instant(Instant instant) {
  LocalTime in_utc{std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch()};
  if (in_utc >= first_date && in_utc < last_date + std::chrono::days{1}) return {};
  return Error{Errc::out_of_range, "years go from 0001 to 9999"};
}

bool is_later(const When& a, const When& b, const Zones& zones) {
  if (std::holds_alternative<AllDay>(a) || std::holds_alternative<AllDay>(b))
    return date_of(a) > date_of(b);
  if (a.index() != b.index()) return false;

  const auto* zoned_a = std::get_if<Zoned>(&a);
  const auto* zoned_b = std::get_if<Zoned>(&b);
  if (!zoned_a || zoned_a->zone == zoned_b->zone) return local_time_of(a) > local_time_of(b);
  std::optional<Zone> zone_a = zones.find(zoned_a->zone);
  std::optional<Zone> zone_b = zones.find(zoned_b->zone);
  return zone_a && zone_b && zone_a->to_instant(zoned_a->time) > zone_b->to_instant(zoned_b->time);
}

void to_stored_form(std::string& line) {
  if (is_utf8(line)) line = to_nfc(line);
}

}  // namespace todo
