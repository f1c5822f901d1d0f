// For which tasks the clock has something to do next, oldest first: reminders to fire, and what was
// removed long ago to be erased.
//
// Time is a parameter: nothing here reads a clock or starts a timer. The host sleeps until
// `next_due()` in whatever way it likes, then asks `Advance{due(now)}` of the workspace.
//
// Threads: const calls may run together; a non-const call must run alone.
#pragma once

#include <set>

#include "todo/settings.h"
#include "todo/task.h"

namespace todo {

// When `reminder` is due: snoozed, absolute, or relative to a date of `task`. A date counts from
// the owner's morning hour in the owner's zone, and so does a floating time in that zone. nullopt
// if it has fired, or if the date it is relative to is not set.
std::optional<Instant> due_at(const Reminder& reminder, const Task& task, const Settings& settings,
                              const Zones& zones);

class ReminderQueue {
 public:
  // Replaces what is queued for `task`. A closed task has no reminders. O(reminders + log n).
  // When the settings change, every task has to be updated.
  void update(const Task& task, const Settings& settings, const Zones& zones);
  void erase(const TaskId& task);

  // The oldest instant, nullopt when there is none. O(1).
  std::optional<Instant> next_due() const;

  // Tasks for which something is due at `now`, at most `limit`, by instant and then by id. They
  // stay until an update finds nothing due: a host that fails to advance asks again.
  std::vector<TaskId> due(Instant now, std::size_t limit) const;

 private:
  std::set<std::pair<Instant, TaskId>> queue_;
  std::map<TaskId, Instant> queued_at_;
};

}  // namespace todo
