#include "rule_cursor.h"

#include <algorithm>
#include <numeric>

#include "rule.h"

namespace todo {
namespace {

using Point = Timeline::Point;
using std::chrono::days;
using std::chrono::months;
using std::chrono::seconds;
using std::chrono::year_month_day;

// The calendar repeats after 400 years, which are a whole number of weeks.
constexpr std::int64_t days_in_cycle = 146'097;
constexpr std::int64_t seconds_in_cycle = days_in_cycle * 86'400;

std::int64_t periods_in_cycle(Frequency frequency) {
  if (frequency == Frequency::daily) return days_in_cycle;
  if (frequency == Frequency::weekly) return days_in_cycle / 7;
  return frequency == Frequency::monthly ? 400 * 12 : 400;
}

// The largest part of `number` that `step` divides, plus `step` if that is less than `number`.
constexpr std::int64_t round_up(std::int64_t number, std::int64_t step) {
  return (number + step - 1) / step * step;
}

std::int64_t month_number(Date day) {
  year_month_day date{day};
  return static_cast<int>(date.year()) * std::int64_t{12} + static_cast<unsigned>(date.month()) - 1;
}

}  // namespace

DayCursor::DayCursor(const Rule& rule, LocalTime anchor, Timeline line)
    : frequency_(rule.frequency),
      interval_(rule.interval),
      first_day_(std::chrono::floor<days>(anchor)),
      first_week_(first_day_),
      time_of_day_(anchor - first_day_),
      most_periods_(periods_in_cycle(frequency_) /
                    std::gcd(periods_in_cycle(frequency_), interval_)),
      days_(rule, first_day_),
      line_(line),
      day_(first_day_) {
  int into_week = static_cast<int>(weekday_of(first_day_)) - static_cast<int>(rule.week_start);
  first_week_ -= days{(into_week + 7) % 7};
}

std::optional<Point> DayCursor::peek() {
  if (!settle()) return {};
  return line_.at(day_ + time_of_day_);
}

void DayCursor::seek(Point after) {
  day_ = std::max(day_, surely_passed(after));
  while (settle() && line_.at(day_ + time_of_day_) <= after) day_ += days{1};
}

std::uint64_t DayCursor::pass(Point after, std::uint64_t limit) {
  Date sure = surely_passed(after);
  std::uint64_t passed = interval_ == 1 ? days_.pass(day_, sure, limit) : 0;
  for (; passed < limit && settle(); ++passed) {
    if (day_ >= sure && line_.at(day_ + time_of_day_) > after) break;
    day_ += days{1};
  }
  return passed;
}

// The day before which all are passed: a gap moves a time by a day at most.
Date DayCursor::surely_passed(Point after) {
  Date day = std::chrono::floor<days>(line_.local(after)) - days{1};
  return std::min(day, last_date + days{1});
}

// Moves on to an allowed day of a period that counts; false if there is none.
bool DayCursor::settle() {
  for (std::int64_t tries = 0; tries <= most_periods_ + 1; ++tries) {
    std::optional<Date> allowed = days_.next(day_);
    if (!allowed) break;
    std::int64_t period = period_of(*allowed);
    std::int64_t counted = round_up(period, interval_);
    day_ = counted == period ? *allowed : start_of(counted);
    if (counted == period) return true;
  }
  day_ = last_date + days{1};
  return false;
}

// Periods are numbered from that of the anchor, which is 0.
std::int64_t DayCursor::period_of(Date day) const {
  if (frequency_ == Frequency::daily) return (day - first_day_).count();
  if (frequency_ == Frequency::weekly) return (day - first_week_).count() / 7;
  std::int64_t month = month_number(day);
  std::int64_t first_month = month_number(first_day_);
  return frequency_ == Frequency::monthly ? month - first_month : month / 12 - first_month / 12;
}

// Its first day, or the day after the last one if that is further away.
Date DayCursor::start_of(std::int64_t period) const {
  constexpr Date beyond = last_date + days{1};
  if (frequency_ <= Frequency::weekly) {
    std::int64_t length = frequency_ == Frequency::weekly ? 7 : 1;
    Date first = frequency_ == Frequency::weekly ? first_week_ : first_day_;
    bool is_beyond = period > (last_date - first).count() / length;
    return is_beyond ? beyond : first + days{period * length};
  }
  std::int64_t month = month_number(first_day_);
  month = frequency_ == Frequency::monthly ? month + period : (month / 12 + period) * 12;
  if (month > month_number(last_date)) return beyond;
  return Date{std::chrono::year{static_cast<int>(month / 12)} /
              std::chrono::month{static_cast<unsigned>(month % 12 + 1)} / 1};
}

namespace {

std::int64_t seconds_of(Frequency frequency) {
  if (frequency == Frequency::hourly) return 3600;
  return frequency == Frequency::minutely ? 60 : 1;
}

}  // namespace

StepCursor::StepCursor(const Rule& rule, LocalTime anchor, Timeline line)
    : first_(line.at(anchor)),
      last_(line.at(last_date + days{1} - seconds{1})),
      step_(seconds_of(rule.frequency) * rule.interval),
      days_(rule, std::chrono::floor<days>(anchor)),
      line_(line),
      at_(first_),
      allowed_until_(days_.all() ? last_ + seconds{1} : first_) {}

std::optional<Point> StepCursor::peek() {
  if (!settle()) return {};
  return at_;
}

void StepCursor::seek(Point after) {
  if (after >= at_) move_to(after + seconds{1});
}

std::uint64_t StepCursor::pass(Point after, std::uint64_t limit) {
  std::uint64_t passed = 0;
  while (passed < limit && settle() && at_ <= after) {
    Point end = std::min(allowed_until_, after + seconds{1});
    auto steps = static_cast<std::uint64_t>(((end - at_).count() + step_ - 1) / step_);
    steps = std::min(steps, limit - passed);
    at_ += seconds{static_cast<std::int64_t>(steps) * step_};
    passed += steps;
  }
  return passed;
}

// Moves on to a step on an allowed day; false if there is none. Steps of a day and more may miss
// the allowed days for ever: then they repeat themselves within the cycle, and within two if the
// first one has older rules of the zone.
bool StepCursor::settle() {
  std::int64_t most_tries = 2 * seconds_in_cycle / std::gcd(seconds_in_cycle, step_);
  for (std::int64_t tries = 0; tries <= most_tries && at_ <= last_; ++tries) {
    if (at_ < allowed_until_) return true;
    Date day = day_of(at_);
    std::optional<Date> allowed = days_.next(day);
    if (!allowed) break;
    if (*allowed == day) allowed_until_ = line_.at(LocalTime{days_.end_of_run(day)});
    else move_to(line_.at(LocalTime{*allowed}));
  }
  at_ = last_ + seconds{1};
  return false;
}

// To the first step at or after `at`.
void StepCursor::move_to(Point at) {
  at_ = first_ + seconds{round_up((at - first_).count(), step_)};
}

Date StepCursor::day_of(Point at) {
  Date day = std::chrono::floor<days>(line_.local(at));
  Date next = day + days{1};
  return line_.at(LocalTime{next}) <= at ? next : day;
}

namespace {

std::variant<DayCursor, StepCursor> cursor_of(const Rule& rule, LocalTime anchor, Timeline line) {
  if (is_sub_daily(rule)) return StepCursor(rule, anchor, line);
  return DayCursor(rule, anchor, line);
}

}  // namespace

RuleCursor::RuleCursor(const Rule& rule, LocalTime anchor, Timeline line)
    : cursor_(cursor_of(rule, anchor, line)) {
  if (rule.count) left_ = *rule.count;
  if (rule.until) until_ = line.at(*rule.until);
}

std::optional<Point> RuleCursor::peek() {
  if (left_ == 0) return {};
  std::optional<Point> next = std::visit([](auto& cursor) { return cursor.peek(); }, cursor_);
  if (next && until_ && *next > *until_) return {};
  return next;
}

std::optional<Point> RuleCursor::take_last() {
  Point end{(last_date + days{2}).time_since_epoch()};
  std::uint64_t before_last = *left_ - 1;
  *left_ -= std::visit([&](auto& cursor) { return cursor.pass(end, before_last); }, cursor_);
  return *left_ == 1 ? peek() : std::nullopt;
}

void RuleCursor::pass(Point after) {
  std::visit(
      [&](auto& cursor) {
        if (left_) *left_ -= cursor.pass(after, *left_);
        else cursor.seek(after);
      },
      cursor_);
}

}  // namespace todo
