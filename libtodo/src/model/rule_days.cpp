#include "rule_days.h"

#include <algorithm>
#include <bit>

namespace todo {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year_month;
using std::chrono::year_month_day;
using std::chrono::years;

constexpr unsigned days_of(year_month month) {
  return static_cast<unsigned>((month / std::chrono::last).day());
}
constexpr std::uint32_t bits_up_to(unsigned count) {
  return static_cast<std::uint32_t>((std::uint64_t{1} << count) - 1);
}

}  // namespace

RuleDays::RuleDays(const Rule& rule, Date anchor)
    : month_days_(rule.by_month_day), weekdays_(rule.by_day) {
  year_month_day date{anchor};
  bool is_open = month_days_.empty() && weekdays_.empty();
  if (is_open && rule.frequency == Frequency::weekly) weekdays_ = {{weekday_of(anchor), 0}};
  if (is_open && rule.frequency >= Frequency::monthly)
    month_days_ = {static_cast<std::int8_t>(static_cast<unsigned>(date.day()))};
  counts_in_year_ = rule.frequency == Frequency::yearly && rule.by_month.empty();

  bool in_month_of_anchor = is_open && counts_in_year_;
  if (in_month_of_anchor || !rule.by_month.empty()) months_ = 0;
  if (in_month_of_anchor)
    months_ = static_cast<std::uint16_t>(1U << (static_cast<unsigned>(date.month()) - 1));
  for (unsigned month : rule.by_month)
    months_ = static_cast<std::uint16_t>(months_ | 1U << (month - 1));
}

std::optional<Date> RuleDays::next(Date from) {
  constexpr int cycle = 400 * 12;
  if (from > last_date) return {};
  enter(from);
  std::uint32_t left = month_.days & ~bits_up_to(days_into_month(from));
  for (int tries = 0; left == 0; ++tries) {
    if (tries > cycle || month_.name >= year_month_day{last_date}.year() / 12) return {};
    enter(month_.name + months{1});
    left = month_.days;
  }
  return month_.first + days{std::countr_zero(left)};
}

Date RuleDays::end_of_run(Date day) {
  enter(day);
  return day + days{std::countr_one(month_.days >> days_into_month(day))};
}

std::uint64_t RuleDays::pass(Date& day, Date until, std::uint64_t limit) {
  std::uint64_t passed = 0;
  while (day < until) {
    enter(day);
    Date end = std::min(until, month_.first + days{month_.length});
    std::uint32_t range = bits_up_to(days_into_month(end)) & ~bits_up_to(days_into_month(day));
    auto found = static_cast<std::uint64_t>(std::popcount(month_.days & range));
    if (found > limit - passed) break;
    passed += found;
    day = end;
  }
  return passed;
}

unsigned RuleDays::days_into_month(Date day) const {
  return static_cast<unsigned>((day - month_.first).count());
}

void RuleDays::enter(Date day) {
  if (day >= month_.first && day < month_.first + days{month_.length}) return;
  year_month_day date{day};
  enter(date.year() / date.month());
}

void RuleDays::enter(year_month name) {
  month_ = {name, Date{name / 1}, days_of(name), 0};
  if (!has_month(name.month())) return;
  month_.days = bits_up_to(month_.length);
  if (!month_days_.empty()) month_.days &= month_day_bits();
  if (!weekdays_.empty()) month_.days &= weekday_bits();
}

bool RuleDays::has_month(std::chrono::month month) const {
  return months_ & (1U << (static_cast<unsigned>(month) - 1));
}

std::uint32_t RuleDays::month_day_bits() const {
  auto length = static_cast<int>(month_.length);
  std::uint32_t bits = 0;
  for (int number : month_days_) {
    int day = number > 0 ? number : length + 1 + number;
    if (day >= 1 && day <= length) bits |= 1U << (day - 1);
  }
  return bits;
}

std::uint32_t RuleDays::weekday_bits() const {
  constexpr std::uint32_t every_week = 0x10204081;
  Date first = month_.first;
  Date last = first + days{month_.length - 1};
  if (counts_in_year_) {
    first = Date{month_.name.year() / 1 / 1};
    last = Date{month_.name.year() / 12 / 31};
  }
  unsigned first_weekday = static_cast<unsigned>(weekday_of(month_.first));
  std::uint32_t bits = 0;
  for (const WeekdayNumber& weekday : weekdays_) {
    unsigned shift = (static_cast<unsigned>(weekday.day) + 7 - first_weekday) % 7;
    if (weekday.number == 0) bits |= every_week << shift;
    else bits |= nth_weekday_bits(weekday, first, last);
  }
  return bits;
}

// The bit of the nth such weekday from `first` or, if negative, from `last` on; none if it lies in
// another month.
std::uint32_t RuleDays::nth_weekday_bits(const WeekdayNumber& weekday, Date first,
                                         Date last) const {
  int day = static_cast<int>(weekday.day);
  Date date;
  if (weekday.number > 0) {
    int to_first = (day + 7 - static_cast<int>(weekday_of(first))) % 7;
    date = first + days{to_first + 7 * (weekday.number - 1)};
  } else {
    int to_last = (static_cast<int>(weekday_of(last)) + 7 - day) % 7;
    date = last - days{to_last - 7 * (weekday.number + 1)};
  }
  std::int64_t index = (date - month_.first).count();
  bool is_inside = date >= first && date <= last && index >= 0 && index < month_.length;
  return is_inside ? 1U << index : 0;
}

}  // namespace todo
