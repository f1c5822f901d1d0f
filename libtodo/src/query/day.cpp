#include "query/day.h"

#include <algorithm>

#include "query/nearest.h"

namespace todo::query {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year_month_day;
using std::chrono::years;

constexpr std::array<std::string_view, 13> day_names = {
    "today",  "tomorrow", "yesterday", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday",    "eow",    "eom",     "eoy"};
constexpr std::array<Day, 13> named_days = {
    DaysFromToday{0},   DaysFromToday{1},  DaysFromToday{-1}, Weekday::monday,   Weekday::tuesday,
    Weekday::wednesday, Weekday::thursday, Weekday::friday,   Weekday::saturday, Weekday::sunday,
    PeriodEnd::week,    PeriodEnd::month,  PeriodEnd::year};

constexpr std::string_view unit_letters = "dwmy";  // by DayUnit
constexpr std::size_t most_digits = 4;             // keeps every day that is meant within int32

bool is_digit_of_ascii(char c) { return c >= '0' && c <= '9'; }

Error no_day(std::string_view text) {
  std::string_view meant = nearest(text, day_names);
  std::string message = in_ticks(text) + " is not a day";
  if (!meant.empty()) message += "; did you mean " + in_ticks(meant) + "?";
  else message += ": write 2026-11-23, today, friday, +7d or eom";
  return {Errc::malformed, std::move(message), {}};
}

// "+7d"; `text` begins with its sign.
Result<Day> read_distance(std::string_view text) {
  std::string_view rest = text.substr(1);
  std::int32_t count = 0;
  std::size_t digits = 0;
  for (; digits < rest.size() && is_digit_of_ascii(rest[digits]); ++digits) {
    if (digits < most_digits) count = count * 10 + (rest[digits] - '0');
  }
  if (digits == 0) return no_day(text);
  if (digits > most_digits)
    return Error{Errc::out_of_range, "a distance in days has at most 4 digits", {}};
  std::string unit = lower_case(rest.substr(digits));
  if (unit == "h" || unit == "min")
    return Error{Errc::unsupported, "days are compared here, not hours or minutes", {}};
  std::size_t index = unit.size() == 1 ? unit_letters.find(unit[0]) : std::string_view::npos;
  if (index == std::string_view::npos) return no_day(text);
  return Day{DaysFromToday{text[0] == '-' ? -count : count, static_cast<DayUnit>(index)}};
}

Result<Day> read_date(std::string_view text) {
  if (text.size() > 10 && (text[10] == 'T' || text[10] == 't'))
    return Error{Errc::unsupported, "days are compared here: leave the time of day out", {}};
  Result<Date> date = parse<Date>(text);
  if (date.has_error()) return date.error();
  return Day{*date};
}

Date add_months(Date date, months count) {
  year_month_day ymd{date};
  ymd += count;
  if (!ymd.ok()) ymd = ymd.year() / ymd.month() / std::chrono::last;
  return Date{ymd};
}

Date day_from(const DaysFromToday& distance, Date today) {
  switch (distance.unit) {
    case DayUnit::day:
      return today + days{distance.count};
    case DayUnit::week:
      return today + days{7 * distance.count};
    case DayUnit::month:
      return add_months(today, months{distance.count});
    case DayUnit::year:
      return add_months(today, months{12 * distance.count});
  }
  return today;
}

// Days from `from` to the next `to`, 0 to 6.
int days_until(Weekday from, Weekday to) {
  return (static_cast<int>(to) - static_cast<int>(from) + 7) % 7;
}

Date end_of(PeriodEnd period, Date today, Weekday week_start) {
  if (period == PeriodEnd::week) {
    int gone = days_until(week_start, weekday_of(today));
    return today + days{6 - gone};
  }
  year_month_day ymd{today};
  if (period == PeriodEnd::year) return Date{ymd.year() / std::chrono::December / 31};
  return Date{ymd.year() / ymd.month() / std::chrono::last};
}

}  // namespace

Result<Day> read_day(std::string_view text) {
  std::string lower = lower_case(text);
  auto named = std::find(day_names.begin(), day_names.end(), lower);
  if (named != day_names.end())
    return named_days[static_cast<std::size_t>(named - day_names.begin())];
  if (text.empty()) return no_day(text);
  if (text[0] == '+' || text[0] == '-') return read_distance(text);
  return is_digit_of_ascii(text[0]) ? read_date(text) : no_day(text);
}

std::string day_text(const Day& day) {
  auto named = std::find(named_days.begin(), named_days.end(), day);
  if (named != named_days.end())
    return std::string(day_names[static_cast<std::size_t>(named - named_days.begin())]);
  if (const Date* date = std::get_if<Date>(&day)) return to_text(*date);
  const auto& distance = *std::get_if<DaysFromToday>(&day);
  std::string text = (distance.count < 0 ? "" : "+") + std::to_string(distance.count);
  return text += unit_letters[static_cast<std::size_t>(distance.unit)];
}

Date day_on(const Day& day, Date today, Weekday week_start) {
  if (const Date* date = std::get_if<Date>(&day)) return *date;
  if (const auto* distance = std::get_if<DaysFromToday>(&day)) return day_from(*distance, today);
  if (const Weekday* weekday = std::get_if<Weekday>(&day)) {
    int ahead = days_until(weekday_of(today), *weekday);
    return today + days{ahead == 0 ? 7 : ahead};
  }
  return end_of(*std::get_if<PeriodEnd>(&day), today, week_start);
}

}  // namespace todo::query
