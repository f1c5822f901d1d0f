// Goes along the occurrences of one rule.
#pragma once

#include "rule_days.h"
#include "timeline.h"

namespace todo {

// Of DAILY and longer: the allowed days of each INTERVALth period, at the anchor's time of day.
class DayCursor {
 public:
  DayCursor(const Rule& rule, LocalTime anchor, Timeline line);

  // The next one, nullopt if there is no more. Stays there until `pass`.
  std::optional<Timeline::Point> peek();

  // Jumps to the first one after `after`. Does not go back.
  void seek(Timeline::Point after);

  // Goes to the first one after `after`, over at most `limit` of them; how many those were.
  std::uint64_t pass(Timeline::Point after, std::uint64_t limit);

 private:
  bool settle();
  Date surely_passed(Timeline::Point after);
  std::int64_t period_of(Date day) const;
  Date start_of(std::int64_t period) const;

  Frequency frequency_;
  std::int64_t interval_;
  Date first_day_;   // the anchor's
  Date first_week_;  // the day on which the anchor's week begins
  std::chrono::seconds time_of_day_;
  std::int64_t most_periods_;  // that can be empty one after the other, unless all are
  RuleDays days_;
  Timeline line_;
  Date day_;  // everything before it is passed
};

// Of HOURLY and shorter: each INTERVALth hour, minute or second of elapsed time that begins on an
// allowed day. A day ends where the next one first begins, also if the clock goes back over it.
class StepCursor {
 public:
  StepCursor(const Rule& rule, LocalTime anchor, Timeline line);

  std::optional<Timeline::Point> peek();
  void seek(Timeline::Point after);
  std::uint64_t pass(Timeline::Point after, std::uint64_t limit);

 private:
  bool settle();
  void move_to(Timeline::Point at);
  Date day_of(Timeline::Point at);

  Timeline::Point first_;
  Timeline::Point last_;  // of the year 9999
  std::int64_t step_;     // seconds
  RuleDays days_;
  Timeline line_;
  Timeline::Point at_;             // everything before it is passed
  Timeline::Point allowed_until_;  // from `at_` on every step is one, as far as is known
};

// Either of them, up to COUNT or UNTIL. A COUNT is counted from the anchor on; all else is
// independent of the distance.
class RuleCursor {
 public:
  // `rule` must be without a flaw.
  RuleCursor(const Rule& rule, LocalTime anchor, Timeline line);

  std::optional<Timeline::Point> peek();

  // Goes to the first one after `after`.
  void pass(Timeline::Point after);

  // Of a rule with a COUNT: goes to the last one; nullopt if the year 9999 comes before it.
  std::optional<Timeline::Point> take_last();

 private:
  std::variant<DayCursor, StepCursor> cursor_;
  std::optional<std::uint64_t> left_;
  std::optional<Timeline::Point> until_;
};

}  // namespace todo
