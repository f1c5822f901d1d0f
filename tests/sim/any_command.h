// Things that a person may ask: mostly sensible, sometimes not. All that is random comes from a
// seed.
#pragma once

#include "todo/journal.h"

namespace todo::sim {

inline constexpr Instant first_instant{std::chrono::milliseconds{1'790'000'000'000}};  // 2026-09-21

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15 + 1) {}

  std::uint64_t bits() {  // splitmix64
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t limit) { return bits() % limit; }
  bool chance(std::size_t percent) { return below(100) < percent; }

  template <class I>
  I id(Instant now) {
    RandomBits random;
    for (std::uint8_t& byte : random) byte = static_cast<std::uint8_t>(bits());
    return new_id<I>(now, random);
  }

  // Some key of the map, or one that is not there if it is empty.
  template <class I, class T>
  I key(const std::map<I, T>& map, Instant now) {
    if (map.empty()) return id<I>(now);
    return std::next(map.begin(), static_cast<std::ptrdiff_t>(below(map.size())))->first;
  }

  template <class T, std::size_t n>
  T pick(const std::array<T, n>& from) {
    return from[below(n)];
  }

 private:
  std::uint64_t state_;
};

inline When any_when(Random& random) {
  LocalTime time{first_instant.time_since_epoch() / std::chrono::seconds{1} *
                 std::chrono::seconds{1}};
  time += std::chrono::days{random.below(60)};
  switch (random.below(3)) {
    case 0:
      return AllDay{std::chrono::floor<std::chrono::days>(time)};
    case 1:
      return Floating{time};
    default:
      return Zoned{time, random.chance(50) ? "Europe/Paris" : "America/New_York"};
  }
}

inline Recurrence any_recurrence(Random& random) {
  constexpr std::array<std::string_view, 6> rules = {
      "FREQ=DAILY",         "FREQ=WEEKLY;BYDAY=MO,FR", "FREQ=MONTHLY;BYMONTHDAY=-1",
      "FREQ=DAILY;COUNT=3", "FREQ=WEEKLY;INTERVAL=2",  "FREQ=YEARLY;UNTIL=20281231"};
  Recurrence recurrence{.rules = {*parse<Rule>(random.pick(rules))}};
  recurrence.repeat_from = random.chance(30) ? RepeatFrom::completion : RepeatFrom::schedule;
  recurrence.missed = static_cast<Missed>(random.below(3));
  return recurrence;
}

inline Reminder any_reminder(Random& random, Instant now) {
  Reminder reminder{.id = random.id<ReminderId>(now)};
  if (random.chance(50)) reminder.trigger = AbsoluteTrigger{now + std::chrono::minutes{90}};
  else reminder.trigger = RelativeTrigger{Moment::due, {0, -3600}};
  return reminder;
}

inline Task any_task(Random& random, const Workspace& seen, Instant now) {
  constexpr std::array<std::string_view, 5> tags = {"home", "Home", "errand", "deep-work", "été"};
  Task task{.id = random.id<TaskId>(now), .title = "water " + std::to_string(random.below(99))};
  task.priority = static_cast<Priority>(random.below(5));
  while (random.chance(40)) task.tags.put(std::string(random.pick(tags)));
  if (random.chance(80)) task.due = any_when(random);
  if (task.due && random.chance(50)) task.recurrence = any_recurrence(random);
  if (task.due && random.chance(40)) task.reminders.put(any_reminder(random, now));
  if (random.chance(20)) task.parent = random.key(seen.tasks, now);
  if (random.chance(20)) task.project = random.key(seen.projects, now);
  if (random.chance(20)) task.blocked_by.put(random.key(seen.tasks, now));
  if (random.chance(10)) task.attributes["x-" + std::to_string(random.below(3))] = "1";
  return task;
}

inline Patch<Task> any_patch(Random& random, const Workspace& seen, Instant now) {
  Task other = any_task(random, seen, now);
  Patch<Task> patch;
  if (random.chance(40)) patch.set(&Task::title, other.title);
  if (random.chance(20)) patch.set(&Task::notes, "line\nline " + std::to_string(random.below(9)));
  if (random.chance(20)) patch.set(&Task::priority, other.priority);
  if (random.chance(20)) patch.set(&Task::tags, other.tags);
  if (random.chance(20)) patch.set(&Task::due, other.due);
  if (random.chance(10)) patch.set(&Task::parent, other.parent);
  if (random.chance(10)) patch.set(&Task::blocked_by, other.blocked_by);
  if (random.chance(10)) patch.set(&Task::recurrence, other.recurrence);
  if (random.chance(10)) patch.set(&Task::reminders, other.reminders);
  if (random.chance(10)) patch.set(&Task::attributes, other.attributes);
  return patch;
}

inline Command any_reminder_command(Random& random, const Workspace& seen, Instant now) {
  TaskId id = random.key(seen.tasks, now);
  auto task = seen.tasks.find(id);
  bool has_one = task != seen.tasks.end() && !task->second.reminders.empty();
  ReminderId reminder = has_one ? task->second.reminders.begin()->id : random.id<ReminderId>(now);
  if (random.chance(50)) return Acknowledge{id, reminder};
  return Snooze{id, reminder, now + std::chrono::minutes{10}};
}

inline Command any_other_command(Random& random, const Workspace& seen, Instant now) {
  std::string name = "name " + std::to_string(random.below(20));
  ProjectId project = random.key(seen.projects, now);
  FilterId filter = random.key(seen.filters, now);
  switch (random.below(8)) {
    case 0:
    case 1:
      return Create<Project>{{random.id<ProjectId>(now), name, ""}};
    case 2:
      return Edit<Project>{project, Patch<Project>().set(&Project::name, name)};
    case 3:
      return Remove<Project>{project};
    case 4:
      return Create<Filter>{{random.id<FilterId>(now), name, "#home", "due", ""}};
    case 5:
      return Edit<Filter>{filter, Patch<Filter>().set(&Filter::query, "is:open " + name)};
    case 6:
      return Remove<Filter>{filter};
    default:
      return EditSettings{Patch<Settings>().set(
          &Settings::zone, std::string(random.chance(50) ? "Europe/Berlin" : "UTC"))};
  }
}

// Something that a person may ask who sees `seen`.
inline Command any_command(Random& random, const Workspace& seen, Instant now) {
  TaskId task = random.key(seen.tasks, now);
  switch (random.below(20)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return Create<Task>{any_task(random, seen, now)};
    case 4:
    case 5:
    case 6:
      return Edit<Task>{task, any_patch(random, seen, now)};
    case 7:
    case 8:
    case 9:
      return Complete{task, random.chance(70)};
    case 10:
      return Cancel{task, random.chance(70)};
    case 11:
      return Reopen{task};
    case 12:
      return Skip{task};
    case 13:
      return Remove<Task>{task};
    case 14:
      return Restore{task};
    case 15:
      return any_reminder_command(random, seen, now);
    case 16:
    case 17:
      return any_other_command(random, seen, now);
    default:
      return Batch{{any_command(random, seen, now), any_command(random, seen, now)}};
  }
}

// The same, or to take back one of the entries of `heard`.
inline Command any_command(Random& random, const Workspace& seen, Instant now,
                           std::span<const Entry> heard) {
  if (heard.empty() || random.chance(85)) return any_command(random, seen, now);
  const Entry& entry = heard[random.below(heard.size())];
  return Undo{entry.context.mutation, entry.events, entry.command};
}

// What the clock asks: to look at every task.
inline Command advance_all(const Workspace& seen) {
  Advance advance;
  for (const auto& [id, task] : seen.tasks) advance.tasks.push_back(id);
  return advance;
}

}  // namespace todo::sim
