#include "todo/time.h"

#include <type_traits>

namespace todo {

using std::chrono::days;
using std::chrono::seconds;

Date date_of(const When& when) { return std::chrono::floor<days>(local_time_of(when)); }

LocalTime local_time_of(const When& when) {
  if (const auto* all_day = std::get_if<AllDay>(&when)) return all_day->date;
  if (const auto* floating = std::get_if<Floating>(&when)) return floating->time;
  return std::get_if<Zoned>(&when)->time;
}

When with_local_time(const When& when, LocalTime time) {
  if (std::holds_alternative<AllDay>(when)) return AllDay{std::chrono::floor<days>(time)};
  if (std::holds_alternative<Floating>(when)) return Floating{time};
  return Zoned{time, std::get_if<Zoned>(&when)->zone};
}

Weekday weekday_of(Date date) {
  return static_cast<Weekday>(std::chrono::weekday{date}.iso_encoding() - 1);
}

namespace {

void append_number(std::string& text, std::int64_t number, std::size_t width) {
  std::string digits = std::to_string(number);
  if (digits.size() < width) text.append(width - digits.size(), '0');
  text += digits;
}

// "2H" of a duration; nothing for none.
void append_part(std::string& text, std::int64_t count, char unit) {
  if (count != 0) (text += std::to_string(count)) += unit;
}

}  // namespace

std::string to_text(Date date) {
  std::chrono::year_month_day ymd{date};
  std::string text;
  text.reserve(40);  // of the longest text that begins with a date
  append_number(text, static_cast<int>(ymd.year()), 4);
  append_number(text += '-', static_cast<unsigned>(ymd.month()), 2);
  append_number(text += '-', static_cast<unsigned>(ymd.day()), 2);
  return text;
}

std::string to_text(LocalTime time) {
  Date date = std::chrono::floor<days>(time);
  std::int64_t second = (time - date).count();
  std::string text = to_text(date);
  append_number(text += 'T', second / 3600, 2);
  append_number(text += ':', second / 60 % 60, 2);
  append_number(text += ':', second % 60, 2);
  return text;
}

std::string to_text(Instant instant) {
  auto whole = std::chrono::floor<seconds>(instant);
  std::string text = to_text(LocalTime{whole.time_since_epoch()});
  if (instant != whole) append_number(text += '.', (instant - whole).count(), 3);
  return text += 'Z';
}

std::string to_text(const When& when) {
  if (const auto* all_day = std::get_if<AllDay>(&when)) return to_text(all_day->date);
  std::string text = to_text(local_time_of(when));
  if (const auto* zoned = std::get_if<Zoned>(&when)) ((text += '[') += zoned->zone) += ']';
  return text;
}

std::string to_text(const Duration& duration) {
  if (duration == Duration{}) return "PT0S";
  bool negative = duration.days < 0 || duration.seconds < 0;
  std::int64_t sign = negative ? -1 : 1;
  std::int64_t second = sign * duration.seconds;
  std::string text = negative ? "-P" : "P";
  append_part(text, sign * duration.days, 'D');
  if (second != 0) text += 'T';
  append_part(text, second / 3600, 'H');
  append_part(text, second / 60 % 60, 'M');
  append_part(text, second % 60, 'S');
  return text;
}

std::string to_text(const TimeOfDay& time) {
  std::string text;
  append_number(text, time.since_midnight.count() / 60, 2);
  append_number(text += ':', time.since_midnight.count() % 60, 2);
  return text;
}

}  // namespace todo
