#include "rules.h"

namespace todo {
namespace {

Task closed(const Task& task, Status status, Instant now) {
  Task changed = task;
  changed.status = status;
  changed.completed_at = now;
  changed.updated_at = now;
  return changed;
}

When moved(const When& when, std::chrono::days days) {
  return with_local_time(when, local_time_of(when) + days);
}

// A subtask as it comes again below the successor of what it belonged to.
Task reopened_copy(const Task& old, const TaskId& successor, std::chrono::days days, Instant now) {
  Task copy = old;
  copy.id = named_id<TaskId>(successor.bytes, to_text(old.id));
  copy.status = Status::open;
  if (copy.start) copy.start = moved(*copy.start, days);
  if (copy.due) copy.due = moved(*copy.due, days);
  copy.reminders = {};
  for (Reminder reminder : old.reminders) {
    reminder.id = named_id<ReminderId>(copy.id.bytes, to_text(reminder.id));
    reminder.state = ReminderState::scheduled;
    reminder.snoozed_until = reminder.fired_at = std::nullopt;
    if (auto* absolute = std::get_if<AbsoluteTrigger>(&reminder.trigger)) absolute->at += days;
    copy.reminders.put(reminder);
  }
  copy.blocked_by = {};
  copy.recurrence = std::nullopt;  // it comes again with its parent
  copy.series = std::nullopt;
  copy.occurrence = std::nullopt;
  copy.created_at = copy.updated_at = now;
  copy.completed_at = std::nullopt;
  return copy;
}

std::chrono::days distance(const Task& from, const Task& to) {
  const std::optional<When>& old = recurring_date(from);
  const std::optional<When>& now = recurring_date(to);
  return old && now ? date_of(*now) - date_of(*old) : std::chrono::days{0};
}

// `tree`: the subtasks of `task`, parents first.
void create_successor(const Deciding& deciding, const Task& task, const Task& successor,
                      const std::vector<TaskId>& tree) {
  Draft& draft = deciding.draft;
  draft.create(successor);
  for (const TaskId& id : tree) {
    Task copy = reopened_copy(*draft.find(id), successor.id, distance(task, successor),
                              deciding.context.now);
    copy.parent = draft.find(id)->parent == task.id
                      ? successor.id
                      : named_id<TaskId>(successor.id.bytes, to_text(*draft.find(id)->parent));
    draft.create(std::move(copy));
  }
}

// Makes the next occurrence of `task`, or takes it up again if somebody removed it.
void come_again(const Deciding& deciding, const Task& task, const std::vector<TaskId>& tree) {
  const Settings& settings = deciding.draft.settings();
  std::optional<Zone> owner_zone = deciding.zones.find(settings.zone);
  if (!owner_zone) owner_zone = deciding.zones.find("UTC");
  std::optional<Task> successor =
      successor_of(task, deciding.context.now, *owner_zone, deciding.zones);
  if (!successor) return;

  const Task* there = deciding.draft.find(successor->id);
  if (!there) return create_successor(deciding, task, *successor, tree);
  Task restored = *there;
  if (!restored.deleted_at) return;
  restored.deleted_at = std::nullopt;
  restored.updated_at = deciding.context.now;
  deciding.draft.change(*there, std::move(restored));
}

struct Closing {
  Status status;
  bool cascade;
  bool comes_again;
};

Refusal close(const Deciding& deciding, const TaskId& id, const Closing& how) {
  Result<const Task*> found = live_task(deciding.draft, id);
  if (found.has_error()) return found.error();
  const Task task = **found;
  if (task.status != Status::open) return std::nullopt;

  std::vector<TaskId> tree = subtree_of(deciding.draft, id);
  Instant now = deciding.context.now;
  for (const TaskId& below : tree) {
    const Task& subtask = *deciding.draft.find(below);
    if (subtask.status != Status::open) continue;
    if (!how.cascade)
      return Error{Errc::conflict, "a subtask is open: close it first, or use cascade", "/task"};
    deciding.draft.change(subtask, closed(subtask, how.status, now));
  }
  deciding.draft.change(task, closed(task, how.status, now));
  if (how.comes_again) come_again(deciding, task, tree);
  return std::nullopt;
}

}  // namespace

Refusal complete(const Deciding& deciding, const TaskId& task, bool cascade) {
  return close(deciding, task, {Status::done, cascade, true});
}

Refusal cancel(const Deciding& deciding, const TaskId& task, bool cascade) {
  return close(deciding, task, {Status::cancelled, cascade, false});
}

Refusal skip(const Deciding& deciding, const TaskId& id) {
  Result<const Task*> task = live_task(deciding.draft, id);
  if (task.has_error()) return task.error();
  if (!(*task)->recurrence)
    return Error{Errc::invalid, "only a recurring task can be skipped", "/task"};
  return close(deciding, id, {Status::cancelled, true, true});
}

}  // namespace todo
