#include "rules.h"

namespace todo {
namespace {

// What tells two states of a task apart for a person: not when it changed or was removed, nor what
// its reminders have done.
Task as_asked(Task task) {
  task.updated_at = std::nullopt;
  if (task.deleted_at) task.deleted_at = Instant{};
  for (Reminder reminder : Reminders(task.reminders)) {
    reminder.state = ReminderState::scheduled;
    reminder.snoozed_until = reminder.fired_at = std::nullopt;
    task.reminders.put(reminder);
  }
  return task;
}
template <class T>
const T& as_asked(const T& value) {
  return value;
}

// The first member in which `now` is no longer `then`; empty if it is in all.
template <class T>
std::string changed_since(const T& then, const T& now) {
  std::string first;
  Patch<T>::difference(as_asked(then), as_asked(now)).for_each([&](auto, const auto& field, auto&) {
    if (first.empty()) first = field.name;
  });
  return first;
}

Error conflict(std::string message, std::string field) {
  return {Errc::conflict, std::move(message), std::move(field)};
}

// A task that is removed again can be restored for as long as any other.
void stamp(const Task& there, Task& task, Instant now) {
  task.updated_at = now;
  if (task.deleted_at && !there.deleted_at) task.deleted_at = now;
}
template <class T>
void stamp(const T&, T&, Instant) {}

// Whether something refers to what is about to vanish as if it had never been.
bool is_in_use(Draft& draft, const Task& task) {
  return !draft.children_of(task.id).empty() || !draft.waiting_for(task.id).empty();
}
bool is_in_use(Draft& draft, const Project& project) { return !draft.tasks_of(project.id).empty(); }
bool is_in_use(Draft&, const Filter&) { return false; }

struct TakeBack {
  const Deciding& deciding;

  template <class T>
  Refusal operator()(const Created<T>& created) const {
    const T* there = deciding.draft.find(created.value.id);
    if (!there) return conflict("it is no longer there", std::string("/").append(entity_name<T>));
    std::string field = changed_since(created.value, *there);
    if (!field.empty())
      return conflict("it has changed since", "/" + std::string(entity_name<T>) + "/" + field);
    if (is_in_use(deciding.draft, *there))
      return conflict("it is in use since", std::string("/").append(entity_name<T>));
    deciding.draft.remove(T(*there));
    return std::nullopt;
  }

  template <class T>
  Refusal operator()(const Changed<T>& changed) const {
    const T* there = deciding.draft.find(changed.id);
    if (!there) return conflict("it is no longer there", std::string("/").append(entity_name<T>));
    T then = *there;
    changed.after.apply_to(then);
    std::string field = changed_since(then, *there);
    if (!field.empty()) return conflict("it has changed since", "/after/" + field);

    if (changed.before.sets(index_of(&T::id)))
      return Error{Errc::invalid, "an id does not change", "/before/id"};
    T restored = *there;
    changed.before.apply_to(restored);
    normalize(restored);
    stamp(*there, restored, deciding.context.now);
    if (Refusal flaw = check(deciding, there, restored)) return within("before", *flaw);
    deciding.draft.change(T(*there), std::move(restored));
    return std::nullopt;
  }

  template <class T>
  Refusal operator()(const Removed<T>& removed) const {
    std::string_view entity = entity_name<T>;
    if (deciding.draft.find(removed.value.id))
      return conflict("it is there again", std::string("/").append(entity));
    if (Refusal flaw = check(deciding, nullptr, removed.value)) return within(entity, *flaw);
    deciding.draft.create(removed.value);
    return std::nullopt;
  }

  Refusal operator()(const SettingsChanged& changed) const {
    const Settings& now = deciding.draft.settings();
    if (std::optional<std::size_t> index = changed.after.first_difference(now)) {
      std::string field;
      for_each_field<Settings>([&](std::size_t i, const auto& f) {
        if (i == *index) field = f.name;
      });
      return conflict("it has changed since", "/after/" + field);
    }
    Settings restored = now;
    changed.before.apply_to(restored);
    if (Refusal flaw = flaw_of(restored, deciding.zones)) return within("before", *flaw);
    deciding.draft.change(restored);
    return std::nullopt;
  }
};

// A task that is there again needs its parent, and one that is removed again takes its subtasks
// along.
Refusal check_family_of(const Draft& draft, const Event& event) {
  const auto* changed = std::get_if<TaskChanged>(&event);
  const Task* task = changed ? draft.find(changed->id) : nullptr;
  if (!task) return std::nullopt;
  if (task->deleted_at && !subtree_of(draft, task->id).empty())
    return conflict("it has a subtask since", "/task");
  const Task* parent = task->parent ? draft.find(*task->parent) : nullptr;
  if (!parent || !parent->deleted_at || task->deleted_at) return std::nullopt;
  return conflict("its parent was removed: restore that", "/task");
}

bool is_lasting(const DeviceId& device) { return device.version() == 7; }

}  // namespace

Refusal undo(const Deciding& deciding, const Undo& undo) {
  const DeviceId& asker = deciding.context.mutation.device;
  if (is_lasting(asker) && is_lasting(undo.of.device) && asker != undo.of.device)
    return Error{Errc::invalid, "a device undoes only what it asked itself", "/of/device"};
  if (undo.command == name_of(Advance{}))
    return Error{Errc::invalid, "what the clock did cannot be undone", "/of"};

  const TakeBack take_back{deciding};
  for (std::size_t i = undo.events.size(); i-- > 0;) {
    Refusal refusal = std::visit(take_back, undo.events[i]);
    if (refusal) return within("events", within(i, *refusal));
  }
  for (std::size_t i = 0; i < undo.events.size(); ++i) {
    if (Refusal refusal = check_family_of(deciding.draft, undo.events[i]))
      return within("events", within(i, *refusal));
  }
  return std::nullopt;
}

}  // namespace todo
