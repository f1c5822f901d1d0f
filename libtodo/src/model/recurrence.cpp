#include "todo/recurrence.h"

#include <algorithm>

#include "rule.h"
#include "rule_cursor.h"
#include "todo/task.h"

namespace todo {
namespace {

using Point = Timeline::Point;

std::vector<Point> points_of(const std::vector<When>& dates, Timeline line) {
  std::vector<Point> points;
  points.reserve(dates.size());
  for (const When& date : dates) points.push_back(line.at(local_time_of(date)));
  std::sort(points.begin(), points.end());
  points.erase(std::unique(points.begin(), points.end()), points.end());
  return points;
}

// The dates of all rules and RDATEs in order, each once, without EXDATEs.
class Union {
 public:
  Union(const Recurrence& recurrence, Timeline line)
      : rdates_(points_of(recurrence.rdates, line)), exdates_(points_of(recurrence.exdates, line)) {
    LocalTime anchor = local_time_of(*recurrence.anchor);
    for (const Rule& rule : recurrence.rules) rules_.emplace_back(rule, anchor, line);
  }

  void pass(Point after) {
    for (RuleCursor& rule : rules_) rule.pass(after);
    auto next = std::upper_bound(rdates_.begin(), rdates_.end(), after);
    rdates_.erase(rdates_.begin(), next);
  }

  // The next one, which is passed.
  std::optional<Point> take() {
    while (std::optional<Point> next = peek()) {
      pass(*next);
      if (!std::binary_search(exdates_.begin(), exdates_.end(), *next)) return next;
    }
    return {};
  }

 private:
  std::optional<Point> peek() {
    std::optional<Point> earliest;
    if (!rdates_.empty()) earliest = rdates_.front();
    for (RuleCursor& rule : rules_) {
      std::optional<Point> next = rule.peek();
      if (next && (!earliest || *next < *earliest)) earliest = next;
    }
    return earliest;
  }

  std::vector<RuleCursor> rules_;
  std::vector<Point> rdates_;
  std::vector<Point> exdates_;
};

}  // namespace

std::vector<LocalTime> occurrences(const Recurrence& recurrence, std::optional<LocalTime> after,
                                   std::size_t limit, const std::optional<Zone>& zone) {
  std::vector<LocalTime> found;
  if (!recurrence.anchor) return found;
  Timeline line(*recurrence.anchor, zone);
  Union dates(recurrence, line);
  if (after) dates.pass(line.at(*after));

  while (found.size() < limit) {
    std::optional<Point> next = dates.take();
    if (!next) break;
    LocalTime time = line.local(*next);
    // The second pass of an hour that comes twice is not after the first one on the clock.
    bool is_again = found.empty() && after && time <= *after;
    if (!is_again) found.push_back(time);
  }
  return found;
}

std::optional<LocalTime> next_after(const Recurrence& recurrence, std::optional<LocalTime> after,
                                    const std::optional<Zone>& zone) {
  std::vector<LocalTime> found = occurrences(recurrence, after, 1, zone);
  if (found.empty()) return {};
  return found.front();
}

void replace_counts(Recurrence& recurrence, const std::optional<Zone>& zone) {
  Timeline line(*recurrence.anchor, zone);
  bool is_zoned = std::holds_alternative<Zoned>(*recurrence.anchor);
  for (Rule& rule : recurrence.rules) {
    if (!rule.count) continue;
    RuleCursor cursor(rule, local_time_of(*recurrence.anchor), line);
    if (std::optional<Point> last = cursor.take_last())
      rule.until = is_zoned ? Until{Instant{*last}} : Until{line.local(*last)};
    rule.count.reset();
  }
}

namespace {

bool is_same_kind(const When& a, const When& b) {
  const auto* zoned = std::get_if<Zoned>(&a);
  return a.index() == b.index() && (!zoned || zoned->zone == std::get_if<Zoned>(&b)->zone);
}

std::optional<Error> flaw_of_date(const When& date) {
  if (date_of(date) >= first_date && date_of(date) <= last_date) return {};
  return Error{Errc::out_of_range, "years go from 0001 to 9999"};
}

std::optional<Error> flaw_of_rules(const Recurrence& recurrence) {
  if (recurrence.rules.size() > limits::rules)
    return Error{Errc::out_of_range, "at most " + std::to_string(limits::rules) + " rules"};
  bool is_all_day = recurrence.anchor && std::holds_alternative<AllDay>(*recurrence.anchor);
  for (std::size_t i = 0; i < recurrence.rules.size(); ++i) {
    const Rule& rule = recurrence.rules[i];
    if (auto flaw = flaw_of(rule)) return within(i, *flaw);
    if (is_all_day && is_sub_daily(rule)) {
      return within(i, {Errc::invalid,
                        "a date without a time of day cannot recur by the hour, minute or second"});
    }
  }
  return {};
}

std::optional<Error> flaw_of_dates(const std::vector<When>& dates,
                                   const std::optional<When>& anchor) {
  if (dates.size() > limits::dates)
    return Error{Errc::out_of_range, "at most " + std::to_string(limits::dates) + " dates"};
  for (std::size_t i = 0; i < dates.size(); ++i) {
    if (auto flaw = flaw_of_date(dates[i])) return within(i, *flaw);
    if (anchor && !is_same_kind(dates[i], *anchor)) {
      return within(i,
                    {Errc::invalid,
                     "has to be like the anchor: a date, a floating time or a time in its zone"});
    }
  }
  return {};
}

}  // namespace

std::optional<Error> flaw_of(const Recurrence& recurrence) {
  if (recurrence.rules.empty() && recurrence.rdates.empty())
    return within("rules", {Errc::missing, "a recurrence needs a rule or a date"});
  if (auto flaw = flaw_of_rules(recurrence)) return within("rules", *flaw);
  if (auto flaw = flaw_of_dates(recurrence.rdates, recurrence.anchor))
    return within("rdates", *flaw);
  if (auto flaw = flaw_of_dates(recurrence.exdates, recurrence.anchor))
    return within("exdates", *flaw);
  if (recurrence.anchor) {
    if (auto flaw = flaw_of_date(*recurrence.anchor)) return within("anchor", *flaw);
  }
  return {};
}

}  // namespace todo
