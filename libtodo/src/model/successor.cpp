// The next task of a series.
#include <algorithm>

#include "checks.h"
#include "rule.h"
#include "todo/task.h"

namespace todo {
namespace {

using std::chrono::days;

// What the next date depends on.
struct Closing {
  Recurrence recurrence;     // with its anchor
  LocalTime occurrence;      // the date by the rule of what was closed
  bool is_counted;           // whether a COUNT counts it
  LocalTime now;             // on the clock of the recurrence
  std::optional<Zone> zone;  // of the recurrence, else the owner's
};

std::optional<LocalTime> next_from(const Closing& closing, LocalTime after) {
  return next_after(closing.recurrence, after, closing.zone);
}

// The latest date up to now, of which `first` is the first one. Halves the time in between.
LocalTime latest_missed(Closing closing, LocalTime first) {
  replace_counts(closing.recurrence, closing.zone);
  LocalTime low = first;
  LocalTime high = closing.now;
  while (low < high) {
    LocalTime middle = low + (high - low) / 2;
    std::optional<LocalTime> next = next_from(closing, middle);
    if (next && *next <= high) low = *next;
    else high = middle;
  }
  return low;
}

std::optional<LocalTime> next_by_schedule(const Closing& closing) {
  if (closing.recurrence.missed == Missed::next)
    return next_from(closing, std::max(closing.occurrence, closing.now));
  std::optional<LocalTime> next = next_from(closing, closing.occurrence);
  bool is_missed = next && *next <= closing.now;
  if (closing.recurrence.missed == Missed::keep || !is_missed) return next;
  return latest_missed(closing, *next);
}

// One less to come for each COUNT; a rule without any more goes.
void count_down(std::vector<Rule>& rules) {
  for (Rule& rule : rules) {
    if (rule.count) --*rule.count;
  }
  std::erase_if(rules, [](const Rule& rule) { return rule.count == 0U; });
}

// Counts from the day of completion at the time of day of the anchor, or from the completion itself
// if it recurs within the day. The series then goes on from the date that this gives; the anchor
// keeps its time of day even if a gap moved this one.
std::optional<LocalTime> next_by_completion(Closing& closing) {
  Recurrence& recurrence = closing.recurrence;
  LocalTime anchor = local_time_of(*recurrence.anchor);
  bool within_day = std::any_of(recurrence.rules.begin(), recurrence.rules.end(), is_sub_daily);
  auto at_time_of_anchor = [&](LocalTime time) {
    LocalTime day = std::chrono::floor<days>(time);
    return within_day ? time : day + (anchor - std::chrono::floor<days>(anchor));
  };

  if (closing.is_counted) count_down(recurrence.rules);
  LocalTime from = at_time_of_anchor(closing.now);
  Closing search = closing;
  search.recurrence.anchor = with_local_time(*recurrence.anchor, from);
  for (Rule& rule : search.recurrence.rules) rule.count.reset();
  std::optional<LocalTime> next = next_from(search, from);
  if (next) recurrence.anchor = with_local_time(*recurrence.anchor, at_time_of_anchor(*next));
  return next;
}

std::optional<Closing> closing_of(const Task& task, Instant now, const Zone& owner_zone,
                                  const Zones& zones) {
  if (!task.recurrence) return {};
  Recurrence recurrence = *task.recurrence;
  if (!recurrence.anchor) recurrence.anchor = recurring_date(task);
  if (!recurrence.anchor) return {};

  std::optional<Zone> zone = owner_zone;
  if (const auto* zoned = std::get_if<Zoned>(&*recurrence.anchor)) zone = zones.find(zoned->zone);
  if (!zone) return {};
  LocalTime anchor = local_time_of(*recurrence.anchor);
  LocalTime occurrence = task.occurrence ? local_time_of(*task.occurrence) : anchor;
  bool is_counted = task.occurrence || next_after(recurrence, {}, zone) == anchor;
  return Closing{std::move(recurrence), occurrence, is_counted, zone->to_local(now), zone};
}

bool is_in_range(LocalTime time) { return time >= first_date && time < last_date + days{1}; }

// By `distance` on the calendar, at the same time of day; nullopt beyond the year 9999.
std::optional<When> moved(const When& when, days distance) {
  LocalTime time = local_time_of(when) + distance;
  if (!is_in_range(time)) return {};
  return with_local_time(when, time);
}
std::optional<Instant> moved(Instant at, days distance, const Zone& zone) {
  auto whole = std::chrono::floor<std::chrono::seconds>(at);
  LocalTime time = zone.to_local(whole) + distance;
  if (!is_in_range(time)) return {};
  Instant to = zone.to_instant(time) + (at - whole);
  if (flaw_of_instant(to)) return {};
  return to;
}

// `next` with the dates of `task`, of which the recurring one is now `date`; false if a date would
// be beyond the year 9999.
bool set_dates(Task& next, const Task& task, const When& date, const Zones& zones) {
  bool is_start = task.recurrence->anchored_to == Moment::start;
  const std::optional<When>& old = recurring_date(task);
  const std::optional<When>& other = is_start ? task.due : task.start;
  (is_start ? next.start : next.due) = date;
  if (!other || !old) return true;

  std::optional<When>& next_other = is_start ? next.due : next.start;
  next_other = moved(*other, date_of(date) - date_of(*old));
  if (!next_other) return false;
  // One occurrence was put to another time of day, which left room that the next one has not.
  if (next.start && next.due && is_later(*next.start, *next.due, zones)) next_other = date;
  return true;
}

// False if one would be beyond the year 9999.
bool set_reminders(Task& next, const Task& task, days distance, const Zone& zone) {
  for (const Reminder& old : task.reminders) {
    Reminder reminder;
    reminder.id = named_id<ReminderId>(next.id.bytes, to_text(old.id));
    reminder.trigger = old.trigger;
    if (auto* absolute = std::get_if<AbsoluteTrigger>(&reminder.trigger)) {
      std::optional<Instant> at = moved(absolute->at, distance, zone);
      if (!at) return false;
      absolute->at = *at;
    }
    next.reminders.put(std::move(reminder));
  }
  return true;
}

// All but what belongs to the one occurrence: a new member of a task comes again by itself.
Task copy_of(const Task& task, const TaskId& id, Instant now) {
  Task next = task;
  next.id = id;
  next.status = Status::open;
  next.blocked_by = {};
  next.start = next.due = std::nullopt;
  next.reminders = {};
  next.recurrence = std::nullopt;
  next.series = std::nullopt;
  next.occurrence = std::nullopt;
  next.created_at = next.updated_at = now;
  next.completed_at = next.deleted_at = std::nullopt;
  return next;
}

}  // namespace

std::optional<Task> successor_of(const Task& task, Instant now, const Zone& owner_zone,
                                 const Zones& zones) {
  std::optional<Closing> closing = closing_of(task, now, owner_zone, zones);
  if (!closing) return {};
  bool by_completion = closing->recurrence.repeat_from == RepeatFrom::completion;
  std::optional<LocalTime> time =
      by_completion ? next_by_completion(*closing) : next_by_schedule(*closing);
  if (!time) return {};

  TaskId series = task.series.value_or(task.id);
  Task next = copy_of(task, named_id<TaskId>(series.bytes, to_text(task.id)), now);
  next.series = series;
  When date = with_local_time(*closing->recurrence.anchor, *time);
  next.recurrence = std::move(closing->recurrence);
  next.occurrence = date;
  const std::optional<When>& old = recurring_date(task);
  days distance =
      date_of(date) - (old ? date_of(*old) : std::chrono::floor<days>(closing->occurrence));
  if (!set_dates(next, task, date, zones)) return {};
  if (!set_reminders(next, task, distance, *closing->zone)) return {};
  return next;
}

namespace {

Until moved(const Until& until, days distance) {
  if (const auto* day = std::get_if<Date>(&until)) return Until{*day + distance};
  if (const auto* time = std::get_if<LocalTime>(&until)) return Until{*time + distance};
  return Until{std::get<Instant>(until) + distance};
}

// False if a date would be beyond the year 9999.
bool move(std::vector<When>& dates, days distance) {
  for (When& date : dates) {
    std::optional<When> next = moved(date, distance);
    if (!next) return false;
    date = *std::move(next);
  }
  return true;
}

// As of its beginning, `distance` later; nullopt beyond the year 9999.
std::optional<Recurrence> begun_again(Recurrence recurrence, const Begun& begun, days distance) {
  for (Rule& rule : recurrence.rules) {
    if (rule.count) *rule.count += begun.passed;
    if (rule.until) rule.until = moved(*rule.until, distance);
  }
  if (!move(recurrence.rdates, distance) || !move(recurrence.exdates, distance)) return {};
  return recurrence;
}

}  // namespace

Task repeated_subtask(const Task& subtask, const Begun& begun, const Repetition& repetition) {
  const auto& [successor, distance, now, owner_zone] = repetition;
  const days by = distance - begun.back;
  Task next = copy_of(subtask, named_id<TaskId>(successor.bytes, to_text(subtask.id)), now);
  if (subtask.start) next.start = moved(*subtask.start, by);
  if (subtask.due) next.due = moved(*subtask.due, by);
  bool keeps_dates = next.start.has_value() == subtask.start.has_value() &&
                     next.due.has_value() == subtask.due.has_value();
  if (!keeps_dates || !set_reminders(next, subtask, by, owner_zone)) {
    next.start = next.due = std::nullopt;
    next.reminders = {};
    return next;
  }
  if (subtask.recurrence) next.recurrence = begun_again(*subtask.recurrence, begun, distance);
  if (next.recurrence) next.recurrence->anchor = recurring_date(next);
  return next;
}

}  // namespace todo
