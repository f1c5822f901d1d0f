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

// Of a series within one tree of subtasks.
struct Occurrences {
  const Task* first;
  const Task* newest;
  std::uint32_t count = 1;
};

bool comes_before(const Task& a, const Task& b) {
  const std::optional<When>& at_a = a.occurrence ? a.occurrence : recurring_date(a);
  const std::optional<When>& at_b = b.occurrence ? b.occurrence : recurring_date(b);
  return at_a && at_b && local_time_of(*at_a) < local_time_of(*at_b);
}

TaskId series_of(const Task& task) { return task.series.value_or(task.id); }

std::map<TaskId, Occurrences> occurrences_in(const Draft& draft, const std::vector<TaskId>& tree) {
  std::map<TaskId, Occurrences> of_series;
  for (const TaskId& id : tree) {
    const Task& task = *draft.find(id);
    auto [at, is_new] = of_series.try_emplace(series_of(task), Occurrences{&task, &task});
    if (is_new) continue;
    ++at->second.count;
    if (comes_before(task, *at->second.first)) at->second.first = &task;
    if (comes_before(*at->second.newest, task)) at->second.newest = &task;
  }
  return of_series;
}

// The next occurrence of a task, and where it comes from.
struct Succession {
  const Task& task;
  const Task& successor;
  const std::vector<TaskId>& tree;  // the subtasks of `task`, parents first
  const Zone& owner_zone;
};

// Where a series within the tree begins: by completion each occurrence moves the anchor.
Begun beginning_of(const Occurrences& occurrences) {
  const auto& [first, newest, count] = occurrences;
  if (!newest->recurrence) return {};
  bool by_completion = newest->recurrence->repeat_from == RepeatFrom::completion;
  const std::optional<When>& begin =
      by_completion ? recurring_date(*first) : newest->recurrence->anchor;
  const std::optional<When>& now = recurring_date(*newest);
  Begun begun;
  if (begin && now) begun.back = date_of(*now) - date_of(*begin);
  if (by_completion) begun.passed = count - 1;
  return begun;
}

// A subtask that recurs comes again once, as its series begins: its newest occurrence, with what is
// below that. What is there already, because somebody moved it, is left alone.
std::vector<Task> subtasks_again(const Deciding& deciding, const Succession& succession) {
  const auto& [task, successor, tree, owner_zone] = succession;
  const Draft& draft = deciding.draft;
  std::vector<Task> subtasks;
  std::set<TaskId> parents{task.id};
  const std::map<TaskId, Occurrences> of_series = occurrences_in(draft, tree);
  for (const TaskId& id : tree) {
    const Task& old = *draft.find(id);
    const Occurrences& occurrences = of_series.at(series_of(old));
    if (occurrences.newest != &old || !parents.contains(*old.parent)) continue;
    Task again = repeated_subtask(
        old, beginning_of(occurrences),
        {successor.id, distance(task, successor), deciding.context.now, owner_zone});
    if (is_taken(draft, again.id.bytes)) continue;
    parents.insert(id);
    again.parent = old.parent == task.id
                       ? successor.id
                       : named_id<TaskId>(successor.id.bytes, to_text(*old.parent));
    if (flaw_of(again, deciding.zones)) {  // its dates lie where they cannot be
      again.start.reset();
      again.due.reset();
      again.recurrence.reset();
      again.reminders = {};
    }
    subtasks.push_back(std::move(again));
  }
  return subtasks;
}

void create_successor(const Deciding& deciding, const Succession& succession) {
  std::vector<Task> subtasks = subtasks_again(deciding, succession);
  deciding.draft.create(succession.successor);
  for (Task& subtask : subtasks) deciding.draft.create(std::move(subtask));
}

// Takes up again a successor that somebody removed. Nothing to do if it is there.
Refusal take_up(const Deciding& deciding, const Task& there, const Task& successor) {
  if (there.series != successor.series)
    return Error{Errc::conflict, "another task has the id of its next occurrence", "/task"};
  if (!there.deleted_at) return std::nullopt;
  const Task removed = there;
  const Task* parent = removed.parent ? deciding.draft.find(*removed.parent) : nullptr;
  Task restored = removed;
  restored.deleted_at = std::nullopt;
  if (parent && parent->deleted_at) restored.parent = std::nullopt;
  restored.updated_at = deciding.context.now;
  deciding.draft.change(removed, std::move(restored));
  restore_below(deciding, removed.id, *removed.deleted_at);
  return std::nullopt;
}

// Makes the next occurrence of `task`, unless it has been made before.
Refusal come_again(const Deciding& deciding, const Task& task, const std::vector<TaskId>& tree) {
  const Settings& settings = deciding.draft.settings();
  std::optional<Zone> owner_zone = deciding.zones.find(settings.zone);
  if (!owner_zone) owner_zone = deciding.zones.find("UTC");
  std::optional<Task> successor =
      successor_of(task, deciding.context.now, *owner_zone, deciding.zones);
  bool is_over = !successor || flaw_of(*successor, deciding.zones);  // or at the calendar's end
  if (is_over) return std::nullopt;
  const Task* there = deciding.draft.find(successor->id);
  if (there) return take_up(deciding, *there, *successor);
  if (is_taken(deciding.draft, successor->id.bytes))
    return Error{Errc::conflict, "something else has the id of its next occurrence", "/task"};
  create_successor(deciding, {task, *successor, tree, *owner_zone});
  return std::nullopt;
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
  return how.comes_again ? come_again(deciding, task, tree) : std::nullopt;
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
