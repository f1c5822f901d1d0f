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

std::chrono::days distance(const Task& from, const Task& to) {
  const std::optional<When>& old = recurring_date(from);
  const std::optional<When>& now = recurring_date(to);
  return old && now ? date_of(*now) - date_of(*old) : std::chrono::days{0};
}

// The next occurrence of a task, and where it comes from.
struct Repetition {
  const Task& task;
  const Task& successor;
  const std::vector<TaskId>& tree;  // the subtasks of `task`, parents first
  const Zone& owner_zone;
};

void create_successor(const Deciding& deciding, const Repetition& repetition) {
  const auto& [task, successor, tree, owner_zone] = repetition;
  Draft& draft = deciding.draft;
  draft.create(successor);
  for (const TaskId& id : tree) {
    const Task& old = *draft.find(id);
    Task again = repeated_subtask(old, successor.id, distance(task, successor),
                                  deciding.context.now, owner_zone);
    again.parent = old.parent == task.id
                       ? successor.id
                       : named_id<TaskId>(successor.id.bytes, to_text(*old.parent));
    if (flaw_of(again, deciding.zones)) {  // its dates lie where they cannot be
      again.start.reset();
      again.due.reset();
      again.reminders = {};
    }
    draft.create(std::move(again));
  }
}

// Makes the next occurrence of `task`, or takes it up again if somebody removed it.
void come_again(const Deciding& deciding, const Task& task, const std::vector<TaskId>& tree) {
  const Settings& settings = deciding.draft.settings();
  std::optional<Zone> owner_zone = deciding.zones.find(settings.zone);
  if (!owner_zone) owner_zone = deciding.zones.find("UTC");
  std::optional<Task> successor =
      successor_of(task, deciding.context.now, *owner_zone, deciding.zones);
  if (!successor || flaw_of(*successor, deciding.zones)) return;  // at the end of the calendar

  const Task* there = deciding.draft.find(successor->id);
  if (!there) return create_successor(deciding, {task, *successor, tree, *owner_zone});
  Task restored = *there;
  if (!restored.deleted_at) return;
  restored.deleted_at = std::nullopt;
  const Task* parent = restored.parent ? deciding.draft.find(*restored.parent) : nullptr;
  if (parent && parent->deleted_at) restored.parent = std::nullopt;
  restored.updated_at = deciding.context.now;
  deciding.draft.change(Task(*there), std::move(restored));
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
