// A task: a value, described once by its table of fields.
#pragma once

#include "todo/id.h"
#include "todo/patch.h"
#include "todo/recurrence.h"

namespace todo {

enum class Status : std::uint8_t { open, done, cancelled };
enum class Priority : std::uint8_t { none, low, medium, high, urgent };

struct RelativeTrigger {
  Moment to = Moment::due;
  Duration offset{};  // negative: before
  friend bool operator==(const RelativeTrigger&, const RelativeTrigger&) = default;
};
struct AbsoluteTrigger {
  Instant at{};
  friend bool operator==(const AbsoluteTrigger&, const AbsoluteTrigger&) = default;
};
using Trigger = std::variant<RelativeTrigger, AbsoluteTrigger>;

enum class ReminderState : std::uint8_t { scheduled, fired, acknowledged };

struct Reminder {
  ReminderId id{};
  Trigger trigger{};
  ReminderState state = ReminderState::scheduled;
  std::optional<Instant> snoozed_until{};  // then it is due at that time, whatever its trigger says
  std::optional<Instant> fired_at{};
  friend bool operator==(const Reminder&, const Reminder&) = default;
};
struct ReminderKey {
  using Key = ReminderId;
  static const Key& of(const Reminder& reminder) { return reminder.id; }
  static const Key& normal(const Key& key) { return key; }
};

struct TagKey {  // "Home" and "home" are one tag
  using Key = std::string;
  static std::string of(const std::string& tag);
  static std::string normal(const std::string& tag) { return of(tag); }
};

using Tags = KeyedSet<std::string, TagKey>;
using Links = KeyedSet<TaskId>;
using Reminders = KeyedSet<Reminder, ReminderKey>;
using Attributes = std::map<std::string, std::string>;

struct Task {
  TaskId id{};
  std::string title{};
  std::string notes{};
  Status status = Status::open;
  Priority priority = Priority::none;
  Tags tags{};
  std::optional<ProjectId> project{};
  std::optional<TaskId> parent{};
  Links blocked_by{};
  std::optional<When> start{};
  std::optional<When> due{};
  Reminders reminders{};
  std::optional<Recurrence> recurrence{};
  std::optional<TaskId> series{};
  std::optional<When> occurrence{};
  std::optional<Duration> estimate{};
  std::string order{};
  Attributes attributes{};
  std::optional<Instant> created_at{};
  std::optional<Instant> updated_at{};
  std::optional<Instant> completed_at{};
  std::optional<Instant> deleted_at{};

  friend bool operator==(const Task&, const Task&) = default;
};

// Refused beyond these, never truncated. Lengths of text are in characters unless they say bytes.
namespace limits {
inline constexpr std::size_t title = 1000;
inline constexpr std::size_t notes_bytes = 64 * 1024;
inline constexpr std::size_t text_bytes = 64 * 1024;  // of a member without a limit of its own
inline constexpr std::size_t tag = 64;
inline constexpr std::size_t tags = 100;
inline constexpr std::size_t links = 100;
inline constexpr std::size_t reminders = 20;
inline constexpr std::size_t rules = 8;
inline constexpr std::size_t dates = 1000;  // of RDATE, of EXDATE
inline constexpr std::size_t order_bytes = 200;
inline constexpr std::size_t attributes = 200;
inline constexpr std::size_t attribute_name_bytes = 200;
inline constexpr std::size_t attribute_bytes = 16 * 1024;
inline constexpr std::size_t depth = 16;            // of subtasks
inline constexpr std::chrono::days restorable{30};  // how long what was removed can be restored
}  // namespace limits

// Puts text into the form that is stored: NFC for title and tags, LF in notes.
void normalize(Task& task);

// Why `task` cannot be, nullopt if it can: limits, and members that need one another. The first in
// the order of the table. What needs the rest of the workspace is decided there.
std::optional<Error> flaw_of(const Task& task, const Zones& zones);

// The date of `task` that its recurrence gives: its start or its due date; nullopt if it does not
// recur.
const std::optional<When>& recurring_date(const Task& task);

// The open task that comes once `task` is closed at `now`; nullopt if it does not recur or has come
// to its end. Whoever makes it, wherever, makes the same: its ids are named by the series and by
// what comes before. `owner_zone` is the clock of dates and floating times.
//
// `occurrence` and the recurring date are the next date of the rules, which an edit of the date of
// `task` never changes. The other one of start and due moves by as many days as the recurring date
// and keeps its time of day (the two become one if they would swap their order). Absolute reminders
// move likewise, on the wall clock; all reminders are scheduled again, under new ids. What belongs
// to one occurrence alone (blocked_by, what was snoozed) stays with it.
//
// By schedule, `Missed` says which date is next. By completion, it is the first one after the day
// of `now` by the rules as counted from that day at the anchor's time of day (from `now` itself if
// they recur within the day); it becomes the anchor, and each COUNT goes down by one.
std::optional<Task> successor_of(const Task& task, Instant now, const Zone& owner_zone,
                                 const Zones& zones);

// How far the series of a subtask has come: the days from its beginning to the subtask, and how
// many occurrences lie before it that its COUNTs no longer count.
struct Begun {
  std::chrono::days back{};
  std::uint32_t passed = 0;
};

// The next occurrence of the task above, and how far that lies ahead.
struct Repetition {
  TaskId successor{};
  std::chrono::days distance{};
  Instant now{};
  const Zone& owner_zone;
};

// `subtask` as it comes again below the successor: reopened, with its dates, reminders and
// recurrence moved by the distance (those beyond the year 9999 go). If it recurs, it begins a
// series of its own, where the old one began. The id is UUIDv5(successor, subtask); its parent is
// the caller's to set.
Task repeated_subtask(const Task& subtask, const Begun& begun, const Repetition& repetition);

template <>
inline constexpr std::string_view type_name<Status> = "Status";
template <>
inline constexpr std::array<std::string_view, 3> names<Status> = {"open", "done", "cancelled"};
template <>
inline constexpr std::string_view type_name<Priority> = "Priority";
template <>
inline constexpr std::array<std::string_view, 5> names<Priority> = {"none", "low", "medium", "high",
                                                                    "urgent"};
template <>
inline constexpr std::string_view type_name<ReminderState> = "ReminderState";
template <>
inline constexpr std::array<std::string_view, 3> names<ReminderState> = {"scheduled", "fired",
                                                                         "acknowledged"};
template <>
inline constexpr std::string_view type_name<RelativeTrigger> = "RelativeTrigger";
template <>
inline constexpr std::tuple fields<RelativeTrigger> = {
    Field{"to", &RelativeTrigger::to, "The date of the task that it is relative to."},
    Field{"offset", &RelativeTrigger::offset, "How long after that date; negative: before."}};
template <>
inline constexpr std::string_view type_name<AbsoluteTrigger> = "AbsoluteTrigger";
template <>
inline constexpr std::tuple fields<AbsoluteTrigger> = {
    Field{"at", &AbsoluteTrigger::at, "The instant at which it is due."}};
template <>
inline constexpr std::string_view type_name<Trigger> = "Trigger";
template <>
inline constexpr std::array<std::string_view, 2> names<Trigger> = {"relative", "absolute"};
template <>
inline constexpr std::string_view type_name<Reminder> = "Reminder";
template <>
inline constexpr std::tuple fields<Reminder> = {
    Field{"id", &Reminder::id, "Told apart by it within the task."},
    Field{"trigger", &Reminder::trigger, "When it is due."},
    Field{"state", &Reminder::state, "Whether it has fired, and whether somebody saw it."},
    Field{"snoozed_until", &Reminder::snoozed_until, "When it fires again."},
    Field{"fired_at", &Reminder::fired_at, "When it last fired."}};
template <>
inline constexpr std::string_view type_name<Task> = "Task";
template <>
inline constexpr std::tuple fields<Task> = {
    Field{"id", &Task::id, "UUIDv7, chosen by whoever creates the task."},
    Field{"title", &Task::title, "1 to 1,000 characters on one line, NFC."},
    Field{"notes", &Task::notes, "Markdown, up to 64 KiB."},
    Field{"status", &Task::status, "Changed by complete, cancel and reopen."},
    Field{"priority", &Task::priority, "How much it matters."},
    Field{"tags", &Task::tags,
          "1 to 64 letters, digits, - _ . / each; upper and lower case are one tag."},
    Field{"project", &Task::project, "The project it belongs to; none: the inbox."},
    Field{"parent", &Task::parent, "The task that it is a subtask of."},
    Field{"blocked_by", &Task::blocked_by, "Tasks to be done before this one."},
    Field{"start", &Task::start, "Not to be worked on before."},
    Field{"due", &Task::due, "A date, a floating local time, or a local time in a named zone."},
    Field{"reminders", &Task::reminders, "When to be reminded, each with its own state."},
    Field{"recurrence", &Task::recurrence, "How it comes again."},
    Field{"series", &Task::series, "The first task of the series; none: this is it, or the only."},
    Field{"occurrence", &Task::occurrence,
          "RECURRENCE-ID: the date by the rule that this one stands for, whenever it is due."},
    Field{"estimate", &Task::estimate, "How long the work takes."},
    Field{"order", &Task::order, "Fractional index: its place when ordered by hand."},
    Field{"attributes", &Task::attributes, "What an import brought and the model does not know."},
    Field{"created_at", &Task::created_at, "When it was created."},
    Field{"updated_at", &Task::updated_at, "When it last changed."},
    Field{"completed_at", &Task::completed_at, "When it was done or cancelled."},
    Field{"deleted_at", &Task::deleted_at, "When it was removed; it can be restored for 30 days."},
};

}  // namespace todo
