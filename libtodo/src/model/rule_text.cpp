// The text of rules, and what a rule may be.
#include <algorithm>
#include <limits>

#include "rule.h"

namespace todo {
namespace {

constexpr std::array<std::string_view, 7> frequency_names = {
    "SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
constexpr std::array<std::string_view, 7> weekday_names = {"MO", "TU", "WE", "TH",
                                                           "FR", "SA", "SU"};

// Of RFC 5545 and RFC 7529, beyond what a Rule holds.
constexpr std::array<std::string_view, 8> unsupported_parts = {
    "BYSECOND", "BYMINUTE", "BYHOUR", "BYYEARDAY", "BYWEEKNO", "BYSETPOS", "SKIP", "RSCALE"};

// The numbers that a part takes: from `low` to `high` without 0; a negative one counts from the
// end.
struct Bounds {
  std::string_view part;
  std::int64_t low;
  std::int64_t high;
};
constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();
constexpr Bounds interval_bounds{"INTERVAL", 1, most};
constexpr Bounds count_bounds{"COUNT", 1, most};
constexpr Bounds month_bounds{"BYMONTH", 1, 12};
constexpr Bounds month_day_bounds{"BYMONTHDAY", -31, 31};
constexpr Bounds weekday_number_bounds{"BYDAY", -53, 53};

std::optional<Error> flaw_of_number(const Bounds& bounds, std::int64_t number) {
  if (number != 0 && number >= bounds.low && number <= bounds.high) return {};
  std::string message(bounds.part);
  message += bounds.part == "BYDAY" ? " takes numbers from " : " goes from ";
  message += "1 to " + std::to_string(bounds.high);
  if (bounds.low < 0) message += " or from -1 to " + std::to_string(bounds.low);
  return Error{Errc::out_of_range, message + ", not " + std::to_string(number)};
}

// Sorted, each item once; `less` is strict.
template <class T, class Less>
bool is_in_order(const std::vector<T>& items, Less less) {
  return std::adjacent_find(items.begin(), items.end(),
                            [&](const T& a, const T& b) { return !less(a, b); }) == items.end();
}
template <class T, class Less>
void put_in_order(std::vector<T>& items, Less less) {
  std::sort(items.begin(), items.end(), less);
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

bool weekday_less(const WeekdayNumber& a, const WeekdayNumber& b) {
  return a.day != b.day ? a.day < b.day : a.number < b.number;
}

template <class T>
std::optional<Error> flaw_of_list(const Bounds& bounds, const std::vector<T>& numbers) {
  for (T number : numbers) {
    if (auto flaw = flaw_of_number(bounds, number)) return flaw;
  }
  if (is_in_order(numbers, std::less<>{})) return {};
  return Error{Errc::invalid, std::string(bounds.part) + " is sorted and holds nothing twice"};
}

std::optional<Error> flaw_of_weekdays(const Rule& rule) {
  bool may_count = rule.frequency >= Frequency::monthly;
  for (const WeekdayNumber& weekday : rule.by_day) {
    if (weekday.number == 0) continue;
    if (auto flaw = flaw_of_number(weekday_number_bounds, weekday.number)) return flaw;
    if (!may_count) {
      return Error{Errc::invalid,
                   "BYDAY has numbers, like 1MO, only with FREQ=MONTHLY or FREQ=YEARLY"};
    }
  }
  if (is_in_order(rule.by_day, weekday_less)) return {};
  return Error{Errc::invalid, "BYDAY is sorted and holds nothing twice"};
}

std::optional<Error> flaw_of_until(const Until& until) {
  constexpr LocalTime first{first_date};
  constexpr LocalTime last = last_date + std::chrono::days{1} - std::chrono::seconds{1};
  LocalTime time;
  if (const auto* date = std::get_if<Date>(&until)) time = *date;
  if (const auto* local = std::get_if<LocalTime>(&until)) time = *local;
  if (const auto* instant = std::get_if<Instant>(&until)) {
    auto whole = std::chrono::floor<std::chrono::seconds>(*instant);
    if (whole != *instant) return Error{Errc::invalid, "UNTIL is in whole seconds"};
    time = LocalTime{whole.time_since_epoch()};
  }
  if (time >= first && time <= last) return {};
  return Error{Errc::out_of_range, "UNTIL goes from the year 0001 to 9999"};
}

}  // namespace

void normalize(Rule& rule) {
  put_in_order(rule.by_month, std::less<>{});
  put_in_order(rule.by_month_day, std::less<>{});
  put_in_order(rule.by_day, weekday_less);
}

std::optional<Error> flaw_of(const Rule& rule) {
  if (rule.until) {
    if (auto flaw = flaw_of_until(*rule.until)) return flaw;
  }
  if (rule.count) {
    if (auto flaw = flaw_of_number(count_bounds, *rule.count)) return flaw;
    if (rule.until) return Error{Errc::invalid, "a rule ends by COUNT or by UNTIL, not by both"};
  }
  if (auto flaw = flaw_of_number(interval_bounds, rule.interval)) return flaw;
  if (auto flaw = flaw_of_weekdays(rule)) return flaw;
  if (auto flaw = flaw_of_list(month_day_bounds, rule.by_month_day)) return flaw;
  return flaw_of_list(month_bounds, rule.by_month);
}

namespace {

// Dates and times of RFC 5545 have no hyphens and colons.
std::string basic_form(std::string text) {
  text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '-' || c == ':'; }),
             text.end());
  return text;
}

std::string item_text(std::int64_t number) { return std::to_string(number); }
std::string item_text(const WeekdayNumber& weekday) {
  std::string text = weekday.number == 0 ? "" : std::to_string(weekday.number);
  return text += weekday_names[static_cast<std::size_t>(weekday.day)];
}

template <class T>
void append_list(std::string& text, std::string_view name, const std::vector<T>& items) {
  if (items.empty()) return;
  text += name;
  for (const T& item : items) (text += item_text(item)) += ',';
  text.pop_back();
}

}  // namespace

std::string to_text(const Rule& rule) {
  std::string text = "FREQ=";
  text += frequency_names[static_cast<std::size_t>(rule.frequency)];
  if (rule.until) {
    text += ";UNTIL=";
    text += basic_form(std::visit([](const auto& until) { return to_text(until); }, *rule.until));
  }
  if (rule.count) text += ";COUNT=" + std::to_string(*rule.count);
  if (rule.interval != 1) text += ";INTERVAL=" + std::to_string(rule.interval);
  append_list(text, ";BYDAY=", rule.by_day);
  append_list(text, ";BYMONTHDAY=", rule.by_month_day);
  append_list(text, ";BYMONTH=", rule.by_month);
  if (rule.week_start != Weekday::monday) {
    text += ";WKST=";
    text += weekday_names[static_cast<std::size_t>(rule.week_start)];
  }
  return text;
}

namespace {

Error malformed(std::string message) { return {Errc::malformed, std::move(message)}; }

// What stands before the next `mark`, which is taken off `rest` as well.
std::string_view take_until(char mark, std::string_view& rest) {
  std::size_t end = rest.find(mark);
  std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
  return taken;
}

// Takes digits, with a sign before them if there is one; nullopt if `text` begins otherwise or
// the number is far beyond every limit.
std::optional<std::int64_t> take_number(std::string_view& text) {
  constexpr std::size_t most_digits = 15;
  bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::int64_t number = 0;
  std::size_t width = 0;
  for (; width < text.size() && text[width] >= '0' && text[width] <= '9'; ++width) {
    if (width == most_digits) return {};
    number = number * 10 + (text[width] - '0');
  }
  if (width == 0) return {};
  text.remove_prefix(width);
  return negative ? -number : number;
}

Result<std::int64_t> read_number(const Bounds& bounds, std::string_view text) {
  auto number = take_number(text);
  if (!number || !text.empty()) {
    return malformed(std::string(bounds.part) + " takes numbers from " +
                     std::to_string(bounds.low) + " to " + std::to_string(bounds.high));
  }
  if (auto flaw = flaw_of_number(bounds, *number)) return *flaw;
  return *number;
}

template <class T>
std::optional<Error> read_list(const Bounds& bounds, std::string_view text, std::vector<T>& into) {
  do {
    Result<std::int64_t> number = read_number(bounds, take_until(',', text));
    if (number.has_error()) return number.error();
    into.push_back(static_cast<T>(*number));
  } while (!text.empty());
  return {};
}

// The readers of the values of parts. What they leave unchecked, `flaw_of` finds.

std::optional<Error> read_frequency(std::string_view text, Rule& rule) {
  auto at = std::find(frequency_names.begin(), frequency_names.end(), text);
  if (at == frequency_names.end()) {
    return malformed(
        "FREQ is one of SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY and YEARLY");
  }
  rule.frequency = static_cast<Frequency>(at - frequency_names.begin());
  return {};
}

// "2026-12-31T09:00:00Z" from the basic format; the rest of the digits are left to `parse`.
std::string extended_form(std::string_view text) {
  std::string date = std::string(text.substr(0, 4)) + '-' + std::string(text.substr(4, 2)) + '-' +
                     std::string(text.substr(6, 2));
  if (text.size() == 8) return date;
  return date + std::string(text.substr(8, 3)) + ':' + std::string(text.substr(11, 2)) + ':' +
         std::string(text.substr(13));
}

Error malformed_until() {
  return malformed(
      "UNTIL is a date like 20261231 or a time like 20261231T090000 or 20261231T090000Z");
}

template <class T>
std::optional<Error> read_until_as(std::string_view text, Rule& rule) {
  Result<T> time = parse<T>(extended_form(text));
  if (time.has_error()) {
    if (time.error().code != Errc::out_of_range) return malformed_until();
    return Error{Errc::out_of_range, "UNTIL is no date: " + time.error().message};
  }
  rule.until = *time;
  return {};
}

std::optional<Error> read_until(std::string_view text, Rule& rule) {
  if (text.size() == 8) return read_until_as<Date>(text, rule);
  if (text.size() == 15) return read_until_as<LocalTime>(text, rule);
  if (text.size() == 16) return read_until_as<Instant>(text, rule);
  return malformed_until();
}

std::optional<Error> read_count(std::string_view text, Rule& rule) {
  Result<std::int64_t> number = read_number(count_bounds, text);
  if (number.has_error()) return number.error();
  rule.count = static_cast<std::uint32_t>(*number);
  return {};
}

std::optional<Error> read_interval(std::string_view text, Rule& rule) {
  Result<std::int64_t> number = read_number(interval_bounds, text);
  if (number.has_error()) return number.error();
  rule.interval = static_cast<std::uint32_t>(*number);
  return {};
}

std::optional<Weekday> weekday_named(std::string_view name) {
  auto at = std::find(weekday_names.begin(), weekday_names.end(), name);
  if (at == weekday_names.end()) return {};
  return static_cast<Weekday>(at - weekday_names.begin());
}

std::optional<Error> read_weekdays(std::string_view text, Rule& rule) {
  do {
    std::string_view item = take_until(',', text);
    std::int64_t number = 0;
    if (item.size() > 2) {
      std::string_view digits = item.substr(0, item.size() - 2);
      Result<std::int64_t> given = read_number(weekday_number_bounds, digits);
      if (given.has_error()) return given.error();
      number = *given;
      item.remove_prefix(digits.size());
    }
    auto weekday = weekday_named(item);
    if (!weekday) return malformed("BYDAY takes MO, TU, WE, TH, FR, SA and SU, like MO,FR or -1FR");
    rule.by_day.push_back({*weekday, static_cast<std::int16_t>(number)});
  } while (!text.empty());
  return {};
}

std::optional<Error> read_month_days(std::string_view text, Rule& rule) {
  return read_list(month_day_bounds, text, rule.by_month_day);
}

std::optional<Error> read_months(std::string_view text, Rule& rule) {
  bool has_leap_month = text.ends_with('L') || text.find("L,") != text.npos;
  if (has_leap_month && text.front() >= '0' && text.front() <= '9') {
    return Error{Errc::unsupported, "BYMONTH with leap months belongs to other calendars"};
  }
  return read_list(month_bounds, text, rule.by_month);
}

std::optional<Error> read_week_start(std::string_view text, Rule& rule) {
  auto weekday = weekday_named(text);
  if (!weekday) return malformed("WKST is one of MO, TU, WE, TH, FR, SA and SU");
  rule.week_start = *weekday;
  return {};
}

struct Part {
  std::string_view name;
  std::optional<Error> (*read)(std::string_view, Rule&);
};
constexpr std::array<Part, 8> parts = {{{"FREQ", read_frequency},
                                        {"UNTIL", read_until},
                                        {"COUNT", read_count},
                                        {"INTERVAL", read_interval},
                                        {"BYDAY", read_weekdays},
                                        {"BYMONTHDAY", read_month_days},
                                        {"BYMONTH", read_months},
                                        {"WKST", read_week_start}}};

// Whether `name` looks like that of a part, so that a message may repeat it.
bool is_part_name(std::string_view name) {
  return !name.empty() && name.size() <= 24 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

Error unknown_part(std::string_view name) {
  if (std::find(unsupported_parts.begin(), unsupported_parts.end(), name) !=
      unsupported_parts.end()) {
    return {Errc::unsupported, std::string(name) + " is not supported by this version"};
  }
  if (name.starts_with("RRULE:")) return malformed("a rule begins with FREQ=, without RRULE:");
  constexpr std::string_view known =
      "FREQ, UNTIL, COUNT, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH and WKST";
  if (!is_part_name(name)) return malformed("a rule is made of " + std::string(known));
  return malformed(std::string(name) + " is no part of a rule: those are " + std::string(known));
}

// Reads one part like "FREQ=DAILY"; `seen` has a bit for each of `parts`.
std::optional<Error> read_part(std::string_view text, Rule& rule, unsigned& seen) {
  std::size_t equals = text.find('=');
  std::string_view name = text.substr(0, equals);
  auto part = std::find_if(parts.begin(), parts.end(),
                           [&](const Part& known) { return known.name == name; });
  if (part == parts.end()) return unknown_part(name);
  if (equals == text.npos) return malformed(std::string(name) + " needs = and a value");
  unsigned bit = 1U << (part - parts.begin());
  if (seen & bit) return malformed(std::string(name) + " stands there twice");
  seen |= bit;

  std::string_view value = text.substr(equals + 1);
  if (value.empty() || value.ends_with(',')) {
    return malformed(std::string(name) + " lacks a value");
  }
  return part->read(value, rule);
}

std::string to_upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

}  // namespace

template <>
Result<Rule> parse<Rule>(std::string_view text) {
  std::string upper = to_upper(text);
  std::string_view rest = upper;
  Rule rule;
  unsigned seen = 0;  // FREQ is the first bit
  if (rest.empty()) return malformed("a rule is text like FREQ=WEEKLY;BYDAY=MO");
  if (rest.ends_with(';')) return malformed("a rule has no semicolon at its end");
  while (!rest.empty()) {
    if (auto error = read_part(take_until(';', rest), rule, seen)) return *error;
  }
  if (!(seen & 1)) return Error{Errc::missing, "a rule needs FREQ, like FREQ=WEEKLY"};

  normalize(rule);
  if (auto flaw = flaw_of(rule)) return *flaw;
  return rule;
}

}  // namespace todo
