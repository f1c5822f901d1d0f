// What may be asked. A command holds all that its decision needs besides the workspace, ids of new
// things included, so that it can be decided again, elsewhere and later.
#pragma once

#include "todo/event.h"

namespace todo {

// Names one request for ever: the nth of a device. Numbers start at 1 and leave none out.
//
// The UUID version of a device says how long it lasts. 7: a device that counts its requests, for
// ever remembered. 5: the name of a single request (an Idempotency-Key), remembered for 30 days. 4:
// a single request without a name, which nobody can repeat.
struct Mutation {
  DeviceId device{};
  std::uint64_t number = 0;
  friend bool operator==(const Mutation&, const Mutation&) = default;
};

inline bool is_never_repeated(const DeviceId& device) { return device.version() == 4; }
inline bool is_of_one_request(const DeviceId& device) {
  return device.version() == 4 || device.version() == 5;
}

namespace limits {
inline constexpr std::chrono::days idempotency{30};  // by the clock of the journal
inline constexpr std::size_t batch = 100'000;        // commands: a whole import is one
inline constexpr std::size_t events = 250'000;       // of one request
inline constexpr std::size_t steps = 5'000'000;      // tasks and links that one request looks at
}  // namespace limits

// `value` says what is given; what is left out gets its default, and the time of creation `now`.
template <class T>
struct Create {
  T value{};
  friend bool operator==(const Create&, const Create&) = default;
};
// Members that other commands change (status, ...) cannot be patched.
template <class T>
struct Edit {
  IdOf<T> id{};
  Patch<T> patch{};
  friend bool operator==(const Edit&, const Edit&) = default;
};
// Of a task: with its subtasks, to be restored for 30 days. Tasks of a project go to the inbox.
template <class T>
struct Remove {
  IdOf<T> id{};
  friend bool operator==(const Remove&, const Remove&) = default;
};
struct EditSettings {
  Patch<Settings> patch{};
  friend bool operator==(const EditSettings&, const EditSettings&) = default;
};

// Closes a task that is open; nothing happens to one that is closed. Refused while subtasks are
// open unless `cascade` closes them too. If the task recurs, its successor is made.
struct Complete {
  TaskId task{};
  bool cascade = false;
  friend bool operator==(const Complete&, const Complete&) = default;
};
struct Cancel {  // will not be done: closes it likewise, but without a successor, so a series ends
  TaskId task{};
  bool cascade = false;
  friend bool operator==(const Cancel&, const Cancel&) = default;
};
struct Reopen {  // its successor stays, if there is one: undoing the completion takes it back
  TaskId task{};
  friend bool operator==(const Reopen&, const Reopen&) = default;
};
struct Skip {  // an open occurrence with its subtasks: cancelled, and its successor is made
  TaskId task{};
  friend bool operator==(const Skip&, const Skip&) = default;
};
struct Restore {  // what was removed, with the subtasks removed along with it
  TaskId task{};
  friend bool operator==(const Restore&, const Restore&) = default;
};
struct Snooze {
  TaskId task{};
  ReminderId reminder{};
  Instant until{};
  friend bool operator==(const Snooze&, const Snooze&) = default;
};
struct Acknowledge {
  TaskId task{};
  ReminderId reminder{};
  friend bool operator==(const Acknowledge&, const Acknowledge&) = default;
};
// Fires the reminders of `tasks` that are due by now and erases those removed over 30 days ago.
// Only the owner of the journal asks it, with the tasks that its ReminderQueue gives.
struct Advance {
  std::vector<TaskId> tasks{};
  friend bool operator==(const Advance&, const Advance&) = default;
};
struct Undo {             // refused if what they did has changed since; undoing an undo is redo
  Mutation of{};          // a lasting device can undo only what it asked itself
  Events events{};        // of the entry to undo
  std::string command{};  // of that entry: what the clock did cannot be undone
  friend bool operator==(const Undo&, const Undo&) = default;
};
struct Batch;  // whole or not at all; a later command sees what the earlier ones did
using Command =
    std::variant<Create<Task>, Edit<Task>, Remove<Task>, Complete, Cancel, Reopen, Skip, Restore,
                 Snooze, Acknowledge, Create<Project>, Edit<Project>, Remove<Project>,
                 Create<Filter>, Edit<Filter>, Remove<Filter>, EditSettings, Advance, Undo, Batch>;
struct Batch {
  std::vector<Command> commands{};
  friend bool operator==(const Batch& a, const Batch& b);
};
inline bool operator==(const Batch& a, const Batch& b) { return a.commands == b.commands; }

using CreateTask = Create<Task>;
using EditTask = Edit<Task>;
using RemoveTask = Remove<Task>;

template <>
inline constexpr std::string_view type_name<Mutation> = "Mutation";
template <>
inline constexpr std::tuple fields<Mutation> = {
    Field{"device", &Mutation::device, "Who counts."},
    Field{"number", &Mutation::number, "From 1, leaving none out."}};
template <class T>
inline constexpr std::tuple fields<Create<T>> = {
    Field{entity_name<T>, &Create<T>::value, "What to create; its id is chosen by the asker."}};
template <class T>
inline constexpr std::tuple fields<Edit<T>> = {
    Field{entity_name<T>, &Edit<T>::id, "Which one to edit."},
    Field{"patch", &Edit<T>::patch, "New values of some members; null clears one."}};
template <class T>
inline constexpr std::tuple fields<Remove<T>> = {
    Field{entity_name<T>, &Remove<T>::id, "Which one to remove."}};
template <>
inline constexpr std::tuple fields<EditSettings> = {
    Field{"patch", &EditSettings::patch, "New values of some settings."}};
template <>
inline constexpr std::tuple fields<Complete> = {
    Field{"task", &Complete::task, "Which one is done."},
    Field{"cascade", &Complete::cascade, "Whether open subtasks are done as well."}};
template <>
inline constexpr std::tuple fields<Cancel> = {
    Field{"task", &Cancel::task, "Which one will not be done."},
    Field{"cascade", &Cancel::cascade, "Whether open subtasks are cancelled as well."}};
template <>
inline constexpr std::tuple fields<Reopen> = {
    Field{"task", &Reopen::task, "Which one is open again."}};
template <>
inline constexpr std::tuple fields<Skip> = {Field{"task", &Skip::task, "Which one to skip."}};
template <>
inline constexpr std::tuple fields<Restore> = {
    Field{"task", &Restore::task, "Which one to take back."}};
template <>
inline constexpr std::tuple fields<Snooze> = {
    Field{"task", &Snooze::task, "Whose reminder."},
    Field{"reminder", &Snooze::reminder, "Which one."},
    Field{"until", &Snooze::until, "When it is due again."}};
template <>
inline constexpr std::tuple fields<Acknowledge> = {
    Field{"task", &Acknowledge::task, "Whose reminder."},
    Field{"reminder", &Acknowledge::reminder, "Which one was seen."}};
template <>
inline constexpr std::tuple fields<Advance> = {
    Field{"tasks", &Advance::tasks, "Tasks for which something is due."}};
template <>
inline constexpr std::tuple fields<Undo> = {
    Field{"of", &Undo::of, "The request whose entry is to be undone."},
    Field{"events", &Undo::events, "The events of that entry."},
    Field{"command", &Undo::command, "The name of the command of that entry."}};
template <>
inline constexpr std::tuple fields<Batch> = {
    Field{"commands", &Batch::commands, "Done in this order, all or none."}};
template <>
inline constexpr std::string_view type_name<Command> = "Command";
template <>
inline constexpr std::array<std::string_view, 20> names<Command> = {
    "create",         "edit",          "remove",         "complete",      "cancel",
    "reopen",         "skip",          "restore",        "snooze",        "acknowledge",
    "create_project", "edit_project",  "remove_project", "create_filter", "edit_filter",
    "remove_filter",  "edit_settings", "advance",        "undo",          "batch"};
inline std::string_view name_of(const Command& command) { return names<Command>[command.index()]; }

}  // namespace todo
