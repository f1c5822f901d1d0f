// The days that a rule allows: its BYMONTH, BYMONTHDAY and BYDAY, and what its anchor stands in
// for.
#pragma once

#include "todo/recurrence.h"

namespace todo {

// RFC 5545 has parts expand or limit by FREQ, but both come to the same: the days of a period that
// pass every part. Where a rule leaves the day open, the anchor's own is the part that is missing.
class RuleDays {
 public:
  RuleDays(const Rule& rule, Date anchor);

  // The first day from `from` on, nullopt if there is none up to `last_date`. Months that hold
  // none cost some 20 ns each; after 400 years of them, which is when the calendar repeats, the
  // answer is known.
  std::optional<Date> next(Date from);

  // The end of the allowed days that follow one another from `day` on, which is one; at most that
  // of the month.
  Date end_of_run(Date day);

  // Moves `day` on over whole months of allowed days, not beyond `until` nor over more than `limit`
  // of them; how many those were.
  std::uint64_t pass(Date& day, Date until, std::uint64_t limit);

  // Whether every day is one.
  bool all() const { return months_ == every_month && month_days_.empty() && weekdays_.empty(); }

 private:
  // A month of the calendar, and which of its days are allowed: bit 0 is the first.
  struct Month {
    std::chrono::year_month name{};
    Date first{};
    unsigned length = 0;
    std::uint32_t days = 0;
  };
  static constexpr std::uint16_t every_month = 0x0fff;

  void enter(Date day);
  void enter(std::chrono::year_month name);
  unsigned days_into_month(Date day) const;
  bool has_month(std::chrono::month month) const;
  std::uint32_t month_day_bits() const;
  std::uint32_t weekday_bits() const;
  std::uint32_t nth_weekday_bits(const WeekdayNumber& weekday, Date first, Date last) const;

  std::uint16_t months_ = every_month;  // bit 0 is January
  std::vector<std::int8_t> month_days_;
  std::vector<WeekdayNumber> weekdays_;
  bool counts_in_year_ = false;  // numbers of BYDAY: the nth of the year, not of the month
  Month month_{};                // the one looked at last
};

}  // namespace todo
