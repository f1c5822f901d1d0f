#include "model/checks.h"
#include "rules.h"
#include "todo/reminder_queue.h"

namespace todo {
namespace {

Error refused(Errc code, std::string message, std::string field) {
  return {code, std::move(message), std::move(field)};
}

// A recurrence counts from the task's own date unless it says from where.
void anchor(Task& task) {
  if (!task.recurrence || task.recurrence->anchor) return;
  task.recurrence->anchor = recurring_date(task);
}

void complete_new(Task& task, Instant now) {
  if (!task.created_at) task.created_at = now;
  if (!task.updated_at) task.updated_at = now;
  if (task.status != Status::open && !task.completed_at) task.completed_at = now;
  anchor(task);
}
template <class T>
void complete_new(T&, Instant) {}

// Members that other commands change, or none.
constexpr std::array sealed_members = {index_of(&Task::id),           index_of(&Task::status),
                                       index_of(&Task::series),       index_of(&Task::occurrence),
                                       index_of(&Task::created_at),   index_of(&Task::updated_at),
                                       index_of(&Task::completed_at), index_of(&Task::deleted_at)};

Refusal sealed_change(const Patch<Task>& patch) {
  Refusal refusal;
  patch.for_each([&](std::size_t index, const auto& field, const auto&) {
    auto sealed = std::find(sealed_members.begin(), sealed_members.end(), index);
    if (refusal || sealed == sealed_members.end()) return;
    refusal = refused(Errc::invalid, "this member is changed by other commands, not by edit",
                      "/" + std::string(field.name));
  });
  return refusal;
}

template <class T>
Refusal sealed_change(const Patch<T>& patch) {
  if (!patch.sets(index_of(&T::id))) return std::nullopt;
  return refused(Errc::invalid, "an id does not change", "/id");
}

// What a reminder has done is not edited: it stays, or starts anew with another trigger.
void keep_progress(const Task& before, Task& now) {
  for (Reminder reminder : Reminders(now.reminders)) {
    const Reminder* old = before.reminders.find(reminder.id);
    const Reminder progress = old && old->trigger == reminder.trigger ? *old : Reminder{};
    reminder.state = progress.state;
    reminder.snoozed_until = progress.snoozed_until;
    reminder.fired_at = progress.fired_at;
    now.reminders.put(reminder);
  }
}

// Reminders relative to a date that moved are set again if they lie ahead.
void rearm(const Deciding& deciding, const Task& before, Task& now) {
  for (Reminder reminder : Reminders(now.reminders)) {
    const auto* relative = std::get_if<RelativeTrigger>(&reminder.trigger);
    bool waits = reminder.state == ReminderState::scheduled && !reminder.snoozed_until;
    if (!relative || waits) continue;
    bool moved = relative->to == Moment::start ? before.start != now.start : before.due != now.due;
    reminder.state = ReminderState::scheduled;
    reminder.snoozed_until = reminder.fired_at = std::nullopt;
    auto due = due_at(reminder, now, deciding.draft.settings(), deciding.zones);
    if (moved && due && *due > deciding.context.now) now.reminders.put(reminder);
  }
}

void follow_edit(const Deciding& deciding, const Task& before, Task& now) {
  if (now.reminders != before.reminders) keep_progress(before, now);
  if (now == before) return;
  anchor(now);
  // A series that counts from elsewhere goes on from there, not from the date of the old rule.
  std::optional<When> old_anchor = before.recurrence ? before.recurrence->anchor : std::nullopt;
  if (now.recurrence && now.occurrence && old_anchor != now.recurrence->anchor)
    now.occurrence = now.recurrence->anchor;
  rearm(deciding, before, now);
  now.updated_at = deciding.context.now;
}
template <class T>
void follow_edit(const Deciding&, const T&, T&) {}

Error not_there(std::string_view entity) {
  return refused(Errc::not_found, "there is no such " + std::string(entity),
                 "/" + std::string(entity));
}

Refusal flaw_of_size(const Draft& draft) {
  if (draft.event_count() > limits::events)
    return refused(Errc::out_of_range, "one request changes things at most 250000 times", "");
  if (draft.looked_at() > limits::steps)
    return refused(Errc::out_of_range, "this is too much work for one request: ask in parts", "");
  return std::nullopt;
}

// One overload for each command; nullopt when it holds.
struct Decide : Deciding {
  template <class T>
  Refusal operator()(const Create<T>& create) const {
    T value = create.value;
    normalize(value);
    complete_new(value, context.now);
    if (Refusal flaw = check(*this, nullptr, value)) return within(entity_name<T>, *flaw);
    if (is_taken(draft, value.id.bytes))
      return within(entity_name<T>, refused(Errc::conflict, "the id is taken", "/id"));
    draft.create(std::move(value));
    return std::nullopt;
  }

  template <class T>
  Refusal operator()(const Edit<T>& edit) const {
    const T* there = draft.find(edit.id);
    if (!there) return not_there(entity_name<T>);
    if constexpr (std::is_same_v<T, Task>) {
      if (auto live = live_task(draft, edit.id); live.has_error()) return live.error();
    }
    if (Refusal flaw = sealed_change(edit.patch)) return within("patch", *flaw);
    T changed = *there;
    edit.patch.apply_to(changed);
    normalize(changed);
    follow_edit(*this, *there, changed);
    if (Refusal flaw = check(*this, there, changed)) return within("patch", *flaw);
    draft.change(T(*there), std::move(changed));
    return std::nullopt;
  }

  Refusal operator()(const EditSettings& edit) const {
    Settings changed = draft.settings();
    edit.patch.apply_to(changed);
    normalize(changed);
    if (Refusal flaw = flaw_of(changed, zones)) return within("patch", *flaw);
    draft.change(changed);
    return std::nullopt;
  }

  Refusal operator()(const Remove<Task>& remove) const {
    if (!draft.find(remove.id)) return not_there("task");
    if (draft.find(remove.id)->deleted_at) return std::nullopt;
    std::vector<TaskId> tree = subtree_of(draft, remove.id);
    tree.insert(tree.begin(), remove.id);
    for (const TaskId& id : tree) set_deleted(*this, id, context.now);
    return std::nullopt;
  }

  Refusal operator()(const Remove<Project>& remove) const {
    const Project* project = draft.find(remove.id);
    if (!project) return not_there("project");
    for (const TaskId& id : draft.tasks_of(remove.id)) {
      const Task& task = *draft.find(id);
      Task moved = task;
      moved.project = std::nullopt;
      moved.updated_at = context.now;
      draft.change(Task(task), std::move(moved));
    }
    draft.remove(Project(*project));
    return std::nullopt;
  }

  Refusal operator()(const Remove<Filter>& remove) const {
    const Filter* filter = draft.find(remove.id);
    if (!filter) return not_there("filter");
    draft.remove(Filter(*filter));
    return std::nullopt;
  }

  Refusal operator()(const Complete& command) const {
    return complete(*this, command.task, command.cascade);
  }
  Refusal operator()(const Cancel& command) const {
    return cancel(*this, command.task, command.cascade);
  }
  Refusal operator()(const Skip& command) const { return skip(*this, command.task); }
  Refusal operator()(const Undo& command) const { return undo(*this, command); }

  Refusal operator()(const Reopen& reopen) const {
    Result<const Task*> task = live_task(draft, reopen.task);
    if (task.has_error()) return task.error();
    if ((*task)->status == Status::open) return std::nullopt;
    Task open = **task;
    open.status = Status::open;
    open.completed_at = std::nullopt;
    open.updated_at = context.now;
    draft.change(Task(**task), std::move(open));
    return std::nullopt;
  }

  Refusal operator()(const Restore& restore) const {
    const Task* task = draft.find(restore.task);
    if (!task) return not_there("task");
    if (!task->deleted_at) return std::nullopt;
    const Task* parent = task->parent ? draft.find(*task->parent) : nullptr;
    if (parent && parent->deleted_at)
      return refused(Errc::conflict, "its parent was removed: restore that", "/task");
    const Instant removed_at = *task->deleted_at;
    set_deleted(*this, restore.task, std::nullopt);
    restore_below(*this, restore.task, removed_at);
    return std::nullopt;
  }

  Refusal operator()(const Snooze& snooze) const {
    if (snooze.until <= context.now)
      return refused(Errc::out_of_range, "a reminder is snoozed until a time ahead", "/until");
    if (auto flaw = flaw_of_instant(snooze.until)) return within("until", *std::move(flaw));
    return change_reminder(snooze.task, snooze.reminder, [&](Reminder& reminder) {
      reminder.state = ReminderState::scheduled;
      reminder.snoozed_until = snooze.until;
    });
  }

  Refusal operator()(const Acknowledge& acknowledge) const {
    return change_reminder(acknowledge.task, acknowledge.reminder, [](Reminder& reminder) {
      reminder.state = ReminderState::acknowledged;
      reminder.snoozed_until = std::nullopt;
    });
  }

  Refusal operator()(const Advance& advance) const {
    for (const TaskId& id : advance.tasks) {
      const Task* task = draft.find(id);
      if (!task) continue;
      if (!task->deleted_at) fire_reminders(*task);
      else if (*task->deleted_at + limits::restorable <= context.now) erase_tree(id);
    }
    return std::nullopt;
  }

  Refusal operator()(const Batch& batch) const {
    if (batch.commands.size() > limits::batch)
      return refused(Errc::out_of_range, "a batch holds at most 100000 commands", "/commands");
    for (std::size_t i = 0; i < batch.commands.size(); ++i) {
      const Command& command = batch.commands[i];
      Refusal refusal = std::holds_alternative<Batch>(command)
                            ? refused(Errc::invalid, "a batch holds no batch", "")
                            : std::visit(*this, command);
      if (!refusal) refusal = flaw_of_size(draft);
      if (refusal) return within("commands", within(i, *refusal));
    }
    return std::nullopt;
  }

 private:
  // Nothing may wait for what is gone: another task could come to have its id.
  void erase_tree(const TaskId& root) const {
    std::vector<TaskId> tree{root};
    for (std::size_t at = 0; at < tree.size(); ++at) {
      for (const TaskId& child : draft.children_of(tree[at])) {
        if (draft.find(child)->deleted_at) tree.push_back(child);
      }
    }
    const std::set<TaskId> gone(tree.begin(), tree.end());
    for (const TaskId& id : tree) {
      for (const TaskId& waiting : draft.waiting_for(id)) {
        if (!gone.contains(waiting)) free_from(gone, waiting);
      }
    }
    for (std::size_t at = tree.size(); at-- > 0;) draft.remove(Task(*draft.find(tree[at])));
  }

  void free_from(const std::set<TaskId>& gone, const TaskId& id) const {
    const Task task = *draft.find(id);
    Task freed = task;
    for (const TaskId& blocker : task.blocked_by) {
      if (gone.contains(blocker)) freed.blocked_by.erase(blocker);
    }
    freed.updated_at = context.now;
    draft.change(task, std::move(freed));
  }

  void fire_reminders(const Task& task) const {
    if (task.status != Status::open) return;
    Task fired = task;
    for (Reminder reminder : task.reminders) {
      std::optional<Instant> due = due_at(reminder, task, draft.settings(), zones);
      if (!due || *due > context.now) continue;
      reminder.state = ReminderState::fired;
      reminder.snoozed_until = std::nullopt;
      reminder.fired_at = context.now;
      fired.reminders.put(reminder);
    }
    if (fired == task) return;
    fired.updated_at = context.now;
    draft.change(Task(task), std::move(fired));
  }

  template <class Change>
  Refusal change_reminder(const TaskId& id, const ReminderId& reminder, Change&& change) const {
    Result<const Task*> task = live_task(draft, id);
    if (task.has_error()) return task.error();
    const Reminder* there = (*task)->reminders.find(reminder);
    if (!there) return refused(Errc::not_found, "the task has no such reminder", "/reminder");
    Reminder changed_reminder = *there;
    change(changed_reminder);
    if (changed_reminder == *there) return std::nullopt;
    Task changed = **task;
    changed.reminders.put(changed_reminder);
    changed.updated_at = context.now;
    draft.change(Task(**task), std::move(changed));
    return std::nullopt;
  }
};

}  // namespace

Result<Events> decide(const Workspace& workspace, const Command& command, const Context& context,
                      const Zones& zones) {
  Draft draft(workspace);
  Refusal refusal = std::visit(Decide{{draft, context, zones}}, command);
  bool is_asked = !std::holds_alternative<Advance>(command);  // what is due has to be done
  if (!refusal && is_asked) refusal = flaw_of_size(draft);
  if (refusal) return *std::move(refusal);
  return draft.take_events();
}

}  // namespace todo
