// Instants, dates, local times and durations; and `When`: which of the three a person meant.
//
// A date is never a midnight and a local time is never an instant: only a zone can make it one.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "todo/error.h"

namespace todo {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Date = std::chrono::local_days;
using LocalTime = std::chrono::local_seconds;

// Years 0001 to 9999 are read and written; arithmetic that leaves them is refused by who does it.
inline constexpr Date first_date{std::chrono::local_days{std::chrono::year{1} / 1 / 1}};
inline constexpr Date last_date{std::chrono::local_days{std::chrono::year{9999} / 12 / 31}};

// What a time of those years is elsewhere may lie a few hours outside them: the nearest that can be
// written.
constexpr Instant within_calendar(Instant at) {
  constexpr Instant first{first_date.time_since_epoch()};
  constexpr Instant end{(last_date + std::chrono::days{1}).time_since_epoch()};
  return std::clamp(at, first, end - std::chrono::milliseconds{1});
}

struct AllDay {
  Date date{};
  friend bool operator==(const AllDay&, const AllDay&) = default;
};
struct Floating {  // wherever its reader is
  LocalTime time{};
  friend bool operator==(const Floating&, const Floating&) = default;
};
struct Zoned {  // by the wall clock of `zone`; a time that comes twice is the first of the two
  LocalTime time{};
  std::string zone{};  // an IANA name
  friend bool operator==(const Zoned&, const Zoned&) = default;
};
using When = std::variant<AllDay, Floating, Zoned>;

// The day on the wall clock of `when`, and its time of day (midnight for a date).
Date date_of(const When& when);
LocalTime local_time_of(const When& when);

// The same kind of moment at another local time; a date drops the time of day.
When with_local_time(const When& when, LocalTime time);

// RFC 5545, 3.3.6: `days` count on the calendar (a wall clock keeps its time), `seconds` elapse.
// Both have the same sign, and |seconds| is below a day.
struct Duration {
  std::int32_t days = 0;
  std::int32_t seconds = 0;
  friend bool operator==(const Duration&, const Duration&) = default;
};

struct TimeOfDay {  // whole minutes
  std::chrono::minutes since_midnight{};
  friend bool operator==(const TimeOfDay&, const TimeOfDay&) = default;
};

enum class Weekday : std::uint8_t {
  monday,
  tuesday,
  wednesday,
  thursday,
  friday,
  saturday,
  sunday
};
Weekday weekday_of(Date date);

std::string to_text(Date date);         // "2026-11-23"
std::string to_text(LocalTime time);    // "2026-11-23T09:00:00"
std::string to_text(Instant instant);   // "2026-11-23T09:00:00.250Z", without a ".000"
std::string to_text(const When& when);  // one of the first two, or "2026-...:00[Europe/Paris]"
std::string to_text(const Duration& duration);  // ISO 8601: "-P1DT2H30M", "PT0S"
std::string to_text(const TimeOfDay& time);     // "09:00"

// Reading says nothing of whether a zone is known: whoever has the rules checks that.
template <>
Result<Date> parse<Date>(std::string_view text);
template <>
Result<LocalTime> parse<LocalTime>(std::string_view text);
template <>
Result<Instant> parse<Instant>(std::string_view text);
template <>
Result<When> parse<When>(std::string_view text);
template <>
Result<Duration> parse<Duration>(std::string_view text);
template <>
Result<TimeOfDay> parse<TimeOfDay>(std::string_view text);

template <>
inline constexpr std::string_view type_name<Instant> = "Instant";
template <>
inline constexpr std::string_view type_name<When> = "When";
template <>
inline constexpr std::string_view type_name<Duration> = "Duration";
template <>
inline constexpr std::string_view type_name<TimeOfDay> = "TimeOfDay";
template <>
inline constexpr std::string_view type_name<Weekday> = "Weekday";
template <>
inline constexpr std::array<std::string_view, 7> names<Weekday> = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

}  // namespace todo
