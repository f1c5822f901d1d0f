// The footer of a TZif file (RFC 9636, 3.3): how a zone goes on after its last transition.
#include <algorithm>

#include "todo/zone.h"

namespace todo {
namespace {

constexpr std::int32_t hour = 3600;
constexpr std::int64_t day = 24 * hour;

bool is_between(int value, int first, int last) { return first <= value && value <= last; }

bool is_letter_character(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit_character(char c) { return c >= '0' && c <= '9'; }

}  // namespace

// Takes a POSIX TZ string from the left: "CET-1CEST,M3.5.0,M10.5.0/3". Each part says whether it
// was there, as it should be.
class FooterReader {
 public:
  explicit FooterReader(std::string_view text) : rest_(text) {}

  bool read(Zone::Footer& footer) {
    std::int32_t west = 0;
    if (!read_name() || !read_offset(west)) return false;
    footer.standard_offset = -west;
    if (rest_.empty()) return true;

    footer.has_summer = true;
    footer.summer_offset = footer.standard_offset + hour;
    if (!read_name()) return false;
    if (!next_is(',')) {
      if (!read_offset(west)) return false;
      footer.summer_offset = -west;
    }
    return take(',') && read_day(footer.summer_begin) && take(',') && read_day(footer.summer_end) &&
           rest_.empty();
  }

 private:
  bool next_is(char c) const { return !rest_.empty() && rest_.front() == c; }

  bool take(char c) {
    if (!next_is(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // "CET" or "<+01>": at least three characters.
  bool read_name() {
    bool quoted = take('<');
    auto end = std::find_if_not(rest_.begin(), rest_.end(), [&](char c) {
      return is_letter_character(c) || (quoted && (is_digit_character(c) || c == '+' || c == '-'));
    });
    auto length = static_cast<std::size_t>(end - rest_.begin());
    rest_.remove_prefix(length);
    return length >= 3 && (!quoted || take('>'));
  }

  // A number of at most three digits.
  bool read_number(int& number, int first, int last) {
    number = 0;
    std::size_t width = 0;
    for (; width < 3 && !rest_.empty() && is_digit_character(rest_.front()); ++width) {
      number = number * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return width > 0 && is_between(number, first, last);
  }

  // "[+-]h[:mm[:ss]]", in seconds.
  bool read_time(std::int32_t& time, int most_hours) {
    int sign = take('-') ? -1 : 1;
    if (sign == 1) take('+');
    int hours = 0;
    int minutes = 0;
    int seconds = 0;
    if (!read_number(hours, 0, most_hours)) return false;
    if (take(':') && !read_number(minutes, 0, 59)) return false;
    if (take(':') && !read_number(seconds, 0, 59)) return false;
    time = sign * (hours * hour + minutes * 60 + seconds);
    return true;
  }

  bool read_offset(std::int32_t& west) { return read_time(west, 24); }

  // "M3.5.0", "J60" or "59", each with the time of day after "/", else 02:00.
  bool read_day(Zone::YearDay& when) {
    if (!read_date(when)) return false;
    when.time = 2 * hour;
    return !take('/') || read_time(when.time, 167);
  }

  bool read_date(Zone::YearDay& when) {
    using Kind = Zone::YearDay::Kind;
    int number = 0;
    if (take('M')) {
      when.kind = Kind::of_month;
      if (!read_number(number, 1, 12) || !take('.')) return false;
      when.month = static_cast<std::uint8_t>(number);
      if (!read_number(number, 1, 5) || !take('.')) return false;
      when.week = static_cast<std::uint8_t>(number);
      if (!read_number(number, 0, 6)) return false;
      when.weekday = static_cast<std::uint8_t>(number);
      return true;
    }
    bool from_one = take('J');
    when.kind = from_one ? Kind::from_one_without_leap_day : Kind::from_zero;
    if (!read_number(number, from_one ? 1 : 0, 365)) return false;
    when.day = static_cast<std::uint16_t>(number);
    return true;
  }

  std::string_view rest_;
};

std::optional<Zone::Footer> Zone::read_footer(std::string_view text) {
  Footer footer;
  if (!FooterReader(text).read(footer)) return std::nullopt;
  return footer;
}

// As if the place were on UTC.
std::int64_t Zone::YearDay::in_year(std::chrono::year year) const {
  using namespace std::chrono;
  if (kind == Kind::of_month) {
    std::chrono::month in{month};
    std::chrono::weekday on{weekday};
    sys_days date = week == 5 ? sys_days{year / in / on[last]} : sys_days{year / in / on[week]};
    return date.time_since_epoch().count() * std::int64_t{86'400} + time;
  }
  std::int64_t from_zero = day;
  if (kind == Kind::from_one_without_leap_day) {
    constexpr int first_of_march = 60;
    from_zero = day - (year.is_leap() && day >= first_of_march ? 0 : 1);
  }
  std::int64_t first = sys_days{year / January / 1}.time_since_epoch().count();
  return (first + from_zero) * 86'400 + time;
}

// The instants of the two changes that the year names, in order, and the offsets they bring.
std::array<std::pair<std::int64_t, std::int32_t>, 2> Zone::Footer::changes_of(
    std::chrono::year year) const {
  std::pair begin{summer_begin.in_year(year) - standard_offset, summer_offset};
  std::pair end{summer_end.in_year(year) - summer_offset, standard_offset};
  if (begin.first <= end.first) return {begin, end};
  return {end, begin};
}

// Whether a change that one year names may fall into another: it is up to a week off its day.
bool Zone::Footer::may_stray() const {
  auto is_inside = [](const YearDay& when) {
    return when.kind == YearDay::Kind::of_month && is_between(when.month, 2, 11);
  };
  return !is_inside(summer_begin) || !is_inside(summer_end);
}

// The calendar repeats after 400 years, so the question is asked of one of the years from 1970 on.
// The answer never reaches over the end of its year: what joins it has the same offset.
Zone::Stretch Zone::Footer::stretch_at(std::int64_t time) const {
  using namespace std::chrono;
  constexpr std::int64_t cycle = 146'097 * day;
  std::int64_t cycles = time / cycle - (time % cycle < 0 ? 1 : 0);
  std::int64_t shift = cycles * cycle;
  if (!has_summer) return {shift - cycle, shift + cycle, standard_offset};

  std::int64_t asked = time - shift;
  auto year_start = [&](year y) {
    return sys_seconds{sys_days{y / January / 1}}.time_since_epoch().count() - standard_offset;
  };
  year asked_year =
      year_month_day{floor<days>(sys_seconds{seconds{asked + standard_offset}})}.year();
  Stretch stretch{year_start(asked_year), year_start(asked_year + years{1}), 0};

  years reach{may_stray() ? 1 : 0};
  bool is_first = true;
  for (year y = asked_year - reach; y <= asked_year + reach; ++y) {
    for (auto [at, offset] : changes_of(y)) {
      std::int32_t offset_before = standard_offset + summer_offset - offset;
      if (is_first) stretch.offset = offset_before;
      is_first = false;
      if (at <= asked) stretch.begin = std::max(stretch.begin, at), stretch.offset = offset;
      else stretch.end = std::min(stretch.end, at);
    }
  }
  stretch.begin += shift;
  stretch.end += shift;
  return stretch;
}

}  // namespace todo
