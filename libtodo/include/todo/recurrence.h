// Recurrence: rules of RFC 5545 as text and as values, and the dates that they give.
//
// Days, weeks, months and years go by the wall clock of the task's zone, so that a weekly meeting
// keeps its hour when the offset changes; hours, minutes and seconds are elapsed time.
#pragma once

#include <cstdint>
#include <vector>

#include "todo/time.h"
#include "todo/zone.h"

namespace todo {

enum class Frequency : std::uint8_t { secondly, minutely, hourly, daily, weekly, monthly, yearly };

// "MO", or "-1FR": the last Friday of the month or year.
struct WeekdayNumber {
  Weekday day = Weekday::monday;
  std::int16_t number = 0;  // 0: every one; -53 to 53
  friend bool operator==(const WeekdayNumber&, const WeekdayNumber&) = default;
};

// As the value types of RFC 5545: a day, a wall-clock time, or an instant.
using Until = std::variant<Date, LocalTime, Instant>;

// An RRULE (RFC 5545, 3.3.10), described by its text. Lists are sorted and hold nothing twice.
struct Rule {
  Frequency frequency = Frequency::daily;
  std::uint32_t interval = 1;
  std::optional<std::uint32_t> count{};  // with the first occurrence; never together with `until`
  std::optional<Until> until{};          // the last that may be
  std::vector<std::uint8_t> by_month{};
  std::vector<std::int8_t> by_month_day{};  // -31 to 31; -1 is the last day
  std::vector<WeekdayNumber> by_day{};
  Weekday week_start = Weekday::monday;

  friend bool operator==(const Rule&, const Rule&) = default;
};

// "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", parts in the order of RFC 5545, defaults left out.
std::string to_text(const Rule& rule);

// Reads any order and letter case of parts, and the text that `to_text` writes. The message names
// the part at fault. Refuses as `unsupported` what RFC 5545 knows and this version does not.
template <>
Result<Rule> parse<Rule>(std::string_view text);

enum class Moment : std::uint8_t { start, due };

// Which date the next occurrence counts from.
enum class RepeatFrom : std::uint8_t { schedule, completion };

// What becomes of the occurrences that nobody completed in time. When a task is closed there comes
// keep: the next one, even if its date has passed
// next: the first one of the same grid after now; of a recurring date, after today
// collapse: one for all that were missed, at the latest date up to now; the next one if none was
enum class Missed : std::uint8_t { keep, next, collapse };

struct Recurrence {
  std::vector<Rule> rules{};
  std::vector<When> rdates{};
  std::vector<When> exdates{};
  std::optional<When> anchor{};  // DTSTART; given by the task's own date if it is left out
  Moment anchored_to = Moment::due;
  RepeatFrom repeat_from = RepeatFrom::schedule;
  Missed missed = Missed::keep;

  friend bool operator==(const Recurrence&, const Recurrence&) = default;
};

// Why `recurrence` cannot be, nullopt if it can. An anchor is needed only by what is asked below.
std::optional<Error> flaw_of(const Recurrence& recurrence);

// The first `limit` occurrences strictly after `after` (from the first one on if it is nullopt), as
// local times on the wall clock of `anchor`; none without an anchor. An anchor that does not match
// its rule is not among them and COUNT does not count it. What falls into a gap moves forward by
// it, and a rule below DAILY has an hour that comes twice twice; as `after` it is the second one,
// so that going from each to the next moves on.
//
// `zone`: of a zoned anchor; of others, where an UNTIL in UTC is read (nullopt: UTC). An UNTIL that
// is a date stands for its midnight, where other programs end as well.
//
// Cost: does not grow with the distance from the anchor, except with a COUNT, which counts from
// there (by the month, else by the occurrence; below DAILY by runs of days). A search that finds
// nothing ends when the calendar repeats itself, after 400 years times the interval, or with the
// year 9999.
std::vector<LocalTime> occurrences(const Recurrence& recurrence, std::optional<LocalTime> after,
                                   std::size_t limit, const std::optional<Zone>& zone);

// The first of them, nullopt if there is no more.
std::optional<LocalTime> next_after(const Recurrence& recurrence, std::optional<LocalTime> after,
                                    const std::optional<Zone>& zone);

template <>
inline constexpr std::string_view type_name<Rule> = "Rule";
template <>
inline constexpr std::string_view type_name<Moment> = "Moment";
template <>
inline constexpr std::array<std::string_view, 2> names<Moment> = {"start", "due"};
template <>
inline constexpr std::string_view type_name<RepeatFrom> = "RepeatFrom";
template <>
inline constexpr std::array<std::string_view, 2> names<RepeatFrom> = {"schedule", "completion"};
template <>
inline constexpr std::string_view type_name<Missed> = "Missed";
template <>
inline constexpr std::array<std::string_view, 3> names<Missed> = {"keep", "next", "collapse"};
template <>
inline constexpr std::string_view type_name<Recurrence> = "Recurrence";
template <>
inline constexpr std::tuple fields<Recurrence> = {
    Field{"rules", &Recurrence::rules, "RRULEs of RFC 5545; a date of any of them is one."},
    Field{"rdates", &Recurrence::rdates, "Further dates, of the same kind as the anchor."},
    Field{"exdates", &Recurrence::exdates, "Dates left out, of the same kind as the anchor."},
    Field{"anchor", &Recurrence::anchor,
          "The date that the rules count from; the task's own if it is left out."},
    Field{"anchored_to", &Recurrence::anchored_to, "Which date of the task the rules give."},
    Field{"repeat_from", &Recurrence::repeat_from,
          "Whether the next date counts from the schedule or from the day of completion."},
    Field{"missed", &Recurrence::missed, "What becomes of occurrences that were missed."}};

}  // namespace todo
