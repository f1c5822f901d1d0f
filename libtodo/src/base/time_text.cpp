// Reading the text of dates, times and durations: what `to_text` writes, and nothing else.
#include <algorithm>
#include <limits>
#include <utility>

#include "todo/time.h"

namespace todo {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

bool is_digit_character(char c) { return c >= '0' && c <= '9'; }

// Takes fixed text off the left. The first thing that does not fit is kept as the error, and all
// that follows is without effect, so that a reader checks once, at its end.
class Scanner {
 public:
  // `expected` is what to say when the text has another shape.
  Scanner(std::string_view text, std::string_view expected) : rest_(text), expected_(expected) {}

  int digits(std::size_t width) {
    if (!has_digits(width)) return reject(), 0;
    int number = 0;
    for (char c : rest_.substr(0, width)) number = number * 10 + (c - '0');
    rest_.remove_prefix(width);
    return number;
  }

  // Two digits up to `last`; `unit` is their name, for the error.
  int digits_up_to(int last, std::string_view unit) {
    int number = digits(2);
    if (number > last) refuse(std::string(unit) + " go from 00 to " + std::to_string(last));
    return number;
  }

  bool next_is(char c) const { return !failed_ && !rest_.empty() && rest_.front() == c; }

  bool take(char c) {
    if (!next_is(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void require(char c) {
    if (!take(c)) reject();
  }

  // The rest, none of which is left.
  std::string_view take_rest() { return std::exchange(rest_, std::string_view{}); }

  bool failed() const { return failed_; }
  bool at_end() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  // The text has another shape. `hint` says what to do about it, if the mistake is a known one.
  void reject(std::string_view hint = {}) {
    fail({Errc::malformed, std::string(hint.empty() ? expected_ : hint)});
  }
  void refuse(std::string message) { fail({Errc::out_of_range, std::move(message)}); }

  template <class T>
  Result<T> finish(T value) {
    if (!rest_.empty()) reject();
    if (failed_) return std::move(error_);
    return value;
  }

 private:
  bool has_digits(std::size_t width) const {
    return !failed_ && rest_.size() >= width &&
           std::all_of(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(width),
                       is_digit_character);
  }

  void fail(Error error) {
    if (!failed_) error_ = std::move(error);
    failed_ = true;
  }

  std::string_view rest_;
  std::string_view expected_;
  Error error_{};
  bool failed_ = false;
};

constexpr std::array<std::string_view, 12> month_names = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

Date scan_date(Scanner& scanner) {
  int year = scanner.digits(4);
  scanner.require('-');
  int month = scanner.digits(2);
  scanner.require('-');
  int day = scanner.digits(2);
  if (scanner.failed()) return {};

  if (year == 0) return scanner.refuse("years go from 0001 to 9999"), Date{};
  if (month < 1 || month > 12) return scanner.refuse("months go from 01 to 12"), Date{};
  std::chrono::year_month_day date{std::chrono::year{year},
                                   std::chrono::month{static_cast<unsigned>(month)},
                                   std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) {
    std::string_view name = month_names[static_cast<std::size_t>(month - 1)];
    scanner.refuse("there is no day " + std::to_string(day) + " in " + std::string(name) + ' ' +
                   std::to_string(year));
    return {};
  }
  return Date{date};
}

// After a date: "T09:00:00".
seconds scan_time(Scanner& scanner) {
  scanner.require('T');
  seconds time = hours{scanner.digits_up_to(23, "hours")};
  scanner.require(':');
  time += minutes{scanner.digits_up_to(59, "minutes")};
  scanner.require(':');
  return time + seconds{scanner.digits_up_to(59, "seconds")};
}

LocalTime scan_local_time(Scanner& scanner) {
  Date date = scan_date(scanner);
  return date + scan_time(scanner);
}

bool next_is_offset(const Scanner& scanner) {
  return scanner.next_is('Z') || scanner.next_is('+') || scanner.next_is('-');
}

void reject_fraction(Scanner& scanner) {
  if (scanner.next_is('.') || scanner.next_is(',')) {
    scanner.reject("local times are in whole seconds");
  }
}

bool is_zone_name(std::string_view name) {
  constexpr std::string_view others = "/_+-.";
  return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit_character(c) ||
           others.find(c) != others.npos;
  });
}

// "[Europe/Paris]" to the end.
std::string scan_zone(Scanner& scanner) {
  scanner.require('[');
  std::string_view name = scanner.take_rest();
  if (!scanner.failed() && name.ends_with(']')) {
    name.remove_suffix(1);
    if (is_zone_name(name)) return std::string(name);
  }
  scanner.reject("expected the name of a zone in brackets, like [Europe/Paris]");
  return {};
}

// The fraction of a second of an instant, in the one form that is written.
milliseconds scan_fraction(Scanner& scanner) {
  constexpr std::string_view hint = "a fraction of a second has three digits, or is left out";
  if (!scanner.take('.')) return {};
  std::string_view rest = scanner.rest();
  auto end = std::find_if_not(rest.begin(), rest.end(), is_digit_character);
  if (end - rest.begin() != 3) return scanner.reject(hint), milliseconds{};
  milliseconds fraction{scanner.digits(3)};
  if (fraction == milliseconds{0}) scanner.reject("a fraction of .000 is left out");
  return fraction;
}

}  // namespace

template <>
Result<Date> parse<Date>(std::string_view text) {
  Scanner scanner(text, "expected a date like 2026-11-23");
  Date date = scan_date(scanner);
  return scanner.finish(date);
}

template <>
Result<LocalTime> parse<LocalTime>(std::string_view text) {
  Scanner scanner(text, "expected a local time like 2026-11-23T09:00:00");
  LocalTime time = scan_local_time(scanner);
  reject_fraction(scanner);
  if (next_is_offset(scanner)) scanner.reject("a local time has no offset, not even Z");
  return scanner.finish(time);
}

template <>
Result<Instant> parse<Instant>(std::string_view text) {
  Scanner scanner(text, "expected an instant in UTC like 2026-11-23T09:00:00Z");
  Instant instant{scan_local_time(scanner).time_since_epoch()};
  instant += scan_fraction(scanner);
  if (scanner.next_is('+') || scanner.next_is('-')) {
    scanner.reject("instants are in UTC: they end with Z, not with an offset");
  }
  scanner.require('Z');
  return scanner.finish(instant);
}

template <>
Result<When> parse<When>(std::string_view text) {
  Scanner scanner(text,
                  "expected a date like 2026-11-23, or a time like 2026-11-23T09:00:00 or "
                  "2026-11-23T09:00:00[Europe/Paris]");
  Date date = scan_date(scanner);
  if (scanner.at_end()) return scanner.finish(When{AllDay{date}});

  LocalTime time = date + scan_time(scanner);
  reject_fraction(scanner);
  if (next_is_offset(scanner)) {
    scanner.reject(
        "a time has no offset: say the zone in brackets, like 2026-11-23T09:00:00[Europe/Paris]");
  }
  if (scanner.at_end()) return scanner.finish(When{Floating{time}});
  return scanner.finish(When{Zoned{time, scan_zone(scanner)}});
}

template <>
Result<TimeOfDay> parse<TimeOfDay>(std::string_view text) {
  Scanner scanner(text, "expected a time of day like 09:00");
  minutes time = hours{scanner.digits_up_to(23, "hours")};
  scanner.require(':');
  time += minutes{scanner.digits_up_to(59, "minutes")};
  if (scanner.next_is(':')) scanner.reject("a time of day is in whole minutes, like 09:00");
  return scanner.finish(TimeOfDay{time});
}

namespace {

constexpr std::string_view expected_duration = "expected a duration like P1D, PT30M or -PT1H30M";

// Reads any ISO 8601 duration of weeks to seconds, so that one which is not in canonical form can
// be answered with the one that is.
class DurationScanner {
 public:
  explicit DurationScanner(std::string_view text) : scanner_(text, expected_duration) {}

  Result<Duration> scan() {
    std::int64_t sign = scanner_.take('-') ? -1 : 1;
    scanner_.require('P');
    if (scanner_.at_end()) scanner_.reject();
    while (!scanner_.failed() && !scanner_.at_end()) scan_part();

    std::int64_t day_count = sign * (days_ + seconds_ / seconds_per_day);
    using Limits = std::numeric_limits<std::int32_t>;
    if (day_count < Limits::min() || day_count > Limits::max()) too_long();
    return scanner_.finish(
        Duration{static_cast<std::int32_t>(day_count),
                 static_cast<std::int32_t>(sign * (seconds_ % seconds_per_day))});
  }

 private:
  static constexpr std::int64_t seconds_per_day = 86'400;
  static constexpr std::int64_t most_days = std::int64_t{1} << 32;  // keeps sums from overflowing

  void scan_part() {
    if (!in_time_ && scanner_.take('T')) {
      in_time_ = true;
      if (scanner_.at_end()) scanner_.reject();
      return;
    }
    std::int64_t count = scan_count();
    if (!in_time_ && scanner_.take('W')) days_ += count * 7;
    else if (!in_time_ && scanner_.take('D')) days_ += count;
    else if (in_time_ && scanner_.take('H')) seconds_ += count * 3600;
    else if (in_time_ && scanner_.take('M')) seconds_ += count * 60;
    else if (in_time_ && scanner_.take('S')) seconds_ += count;
    else reject_unit();
    if (days_ > most_days || seconds_ / seconds_per_day > most_days) too_long();
  }

  std::int64_t scan_count() {
    constexpr std::size_t most_digits = 12;  // in seconds still far below 2^63
    std::string_view rest = scanner_.rest();
    auto end = std::find_if_not(rest.begin(), rest.end(), is_digit_character);
    auto width = static_cast<std::size_t>(end - rest.begin());
    if (width == 0) return scanner_.reject(), 0;
    if (width > most_digits) return too_long(), 0;
    std::int64_t count = 0;
    for (std::size_t i = 0; i < width; ++i) count = count * 10 + scanner_.digits(1);
    return count;
  }

  void reject_unit() {
    bool years_or_months = !in_time_ && (scanner_.next_is('Y') || scanner_.next_is('M'));
    bool fraction = scanner_.next_is('.') || scanner_.next_is(',');
    if (years_or_months) scanner_.reject("a duration has no years or months, which vary in length");
    else if (fraction) scanner_.reject("durations are in whole seconds");
    else scanner_.reject();
  }

  void too_long() { scanner_.refuse("a duration has at most 2147483647 days"); }

  Scanner scanner_;
  std::int64_t days_ = 0;
  std::int64_t seconds_ = 0;
  bool in_time_ = false;
};

}  // namespace

template <>
Result<Duration> parse<Duration>(std::string_view text) {
  Result<Duration> duration = DurationScanner(text).scan();
  if (duration.has_error()) return duration;
  std::string canonical = to_text(*duration);
  if (canonical == text) return duration;
  return Error{Errc::malformed, "expected the shortest form of this duration: write " + canonical};
}

}  // namespace todo
