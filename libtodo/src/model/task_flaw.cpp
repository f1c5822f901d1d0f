// What a task may be, by itself.
#include <array>

#include "checks.h"
#include "todo/task.h"
#include "todo/text.h"

namespace todo {
namespace {

struct Subject {
  const Task& task;
  const Zones& zones;
};

Error error(Errc code, std::string message, std::string field) {
  return {code, std::move(message), std::move(field)};
}

// The flaw as one of `member`.
template <class Member>
Flaw in(const Member& member, Flaw flaw) {
  if (flaw) flaw = within(member, std::move(*flaw));
  return flaw;
}

Flaw flaw_of_size(std::size_t size, std::size_t most) {
  if (size <= most) return {};
  return Error{Errc::out_of_range, "at most " + std::to_string(most)};
}

Flaw check_id(const Subject& subject) {
  if (subject.task.id == TaskId{}) return error(Errc::missing, "a task needs an id", "/id");
  return {};
}

Flaw check_title(const Subject& subject) {
  return in("title", flaw_of_line(subject.task.title, limits::title, "a title"));
}

Flaw check_notes(const Subject& subject) {
  const std::string& notes = subject.task.notes;
  if (auto flaw = in("notes", flaw_of_text(notes, limits::notes_bytes))) return flaw;
  if (notes.find('\0') != notes.npos)
    return error(Errc::invalid, "notes hold no NUL character", "/notes");
  return {};
}

Flaw flaw_of_tag(std::string_view tag) {
  constexpr std::string_view others = "-_./";
  if (auto flaw = flaw_of_line(tag, limits::tag, "a tag")) return flaw;
  while (!tag.empty()) {
    char32_t c = take_character(tag);
    bool is_other = c < 0x80 && others.find(static_cast<char>(c)) != others.npos;
    if (!is_letter(c) && !is_digit(c) && !is_other)
      return Error{Errc::invalid, "a tag is made of letters, digits and - _ . /"};
  }
  return {};
}

Flaw check_tags(const Subject& subject) {
  if (auto flaw = in("tags", flaw_of_size(subject.task.tags.size(), limits::tags))) return flaw;
  std::size_t index = 0;
  for (const std::string& tag : subject.task.tags) {
    if (auto flaw = in("tags", in(index++, flaw_of_tag(tag)))) return flaw;
  }
  return {};
}

Flaw check_parent(const Subject& subject) {
  if (subject.task.parent == subject.task.id)
    return error(Errc::invalid, "a task cannot be a subtask of itself", "/parent");
  return {};
}

Flaw check_blockers(const Subject& subject) {
  const Links& blockers = subject.task.blocked_by;
  if (auto flaw = in("blocked_by", flaw_of_size(blockers.size(), limits::links))) return flaw;
  std::size_t index = 0;
  for (const TaskId& blocker : blockers) {
    if (blocker == subject.task.id) {
      return in("blocked_by",
                in(index, Error{Errc::invalid, "a task cannot be blocked by itself"}));
    }
    ++index;
  }
  return {};
}

bool recurs_by(const Task& task, Moment moment) {
  return task.recurrence && task.recurrence->anchored_to == moment;
}

Flaw check_start(const Subject& subject) {
  const std::optional<When>& start = subject.task.start;
  if (start) return in("start", flaw_of_when(*start, subject.zones));
  if (recurs_by(subject.task, Moment::start))
    return error(Errc::missing, "a task that recurs by its start needs one", "/start");
  return {};
}

Flaw check_due(const Subject& subject) {
  const Task& task = subject.task;
  if (!task.due) {
    if (recurs_by(task, Moment::due))
      return error(Errc::missing, "a task that recurs by its due date needs one", "/due");
    return {};
  }
  if (auto flaw = in("due", flaw_of_when(*task.due, subject.zones))) return flaw;
  if (task.start && is_later(*task.start, *task.due, subject.zones))
    return error(Errc::invalid, "a task cannot be due before its start", "/due");
  return {};
}

constexpr std::int32_t most_days = 3650;

// Days and seconds of one sign, less than a day of seconds, at most 3650 days both ways.
Flaw flaw_of_duration(const Duration& duration) {
  constexpr std::int32_t seconds_per_day = 86'400;
  bool is_mixed =
      (duration.days < 0 && duration.seconds > 0) || (duration.days > 0 && duration.seconds < 0);
  if (is_mixed || duration.seconds <= -seconds_per_day || duration.seconds >= seconds_per_day)
    return Error{Errc::invalid,
                 "a duration has days and less than one day of seconds, alike in sign"};
  bool is_whole = duration.seconds == 0;
  bool is_long = duration.days > most_days || duration.days < -most_days ||
                 (!is_whole && (duration.days == most_days || duration.days == -most_days));
  if (is_long) return Error{Errc::out_of_range, "at most " + std::to_string(most_days) + " days"};
  return {};
}

Flaw flaw_of_trigger(const Trigger& trigger, const Task& task) {
  if (const auto* absolute = std::get_if<AbsoluteTrigger>(&trigger))
    return in("at", flaw_of_instant(absolute->at));
  const auto& relative = *std::get_if<RelativeTrigger>(&trigger);
  bool is_due = relative.to == Moment::due;
  if (!(is_due ? task.due : task.start)) {
    return error(Errc::invalid,
                 is_due ? "the task has no due date to be reminded of" : "the task has no start",
                 "/to");
  }
  return in("offset", flaw_of_duration(relative.offset));
}

Flaw flaw_of_reminder(const Reminder& reminder, const Task& task) {
  if (reminder.id == ReminderId{}) return error(Errc::missing, "a reminder needs an id", "/id");
  if (auto flaw = in("trigger", flaw_of_trigger(reminder.trigger, task))) return flaw;
  if (reminder.snoozed_until) {
    if (auto flaw = in("snoozed_until", flaw_of_instant(*reminder.snoozed_until))) return flaw;
  }
  return reminder.fired_at ? in("fired_at", flaw_of_instant(*reminder.fired_at)) : Flaw{};
}

Flaw check_reminders(const Subject& subject) {
  const Reminders& reminders = subject.task.reminders;
  if (auto flaw = in("reminders", flaw_of_size(reminders.size(), limits::reminders))) return flaw;
  std::size_t index = 0;
  for (const Reminder& reminder : reminders) {
    if (auto flaw = in("reminders", in(index++, flaw_of_reminder(reminder, subject.task))))
      return flaw;
  }
  return {};
}

// A date without a time of day stands for an anchor that is left out.
Flaw check_recurrence(const Subject& subject) {
  if (!subject.task.recurrence) return {};
  Recurrence recurrence = *subject.task.recurrence;
  if (!recurrence.anchor) recurrence.anchor = recurring_date(subject.task);
  if (auto flaw = in("recurrence", flaw_of(recurrence))) return flaw;
  return in("recurrence", in("anchor", flaw_of_when(*recurrence.anchor, subject.zones)));
}

Flaw check_series(const Subject& subject) {
  const Task& task = subject.task;
  if (task.series == task.id)
    return error(Errc::invalid, "the first task of a series names no series", "/series");
  if (task.occurrence) return in("occurrence", flaw_of_when(*task.occurrence, subject.zones));
  if (task.series)
    return error(Errc::missing, "a later task of a series needs its date by the rule",
                 "/occurrence");
  return {};
}

Flaw check_estimate(const Subject& subject) {
  const std::optional<Duration>& estimate = subject.task.estimate;
  if (!estimate) return {};
  if (auto flaw = in("estimate", flaw_of_duration(*estimate))) return flaw;
  if (estimate->days <= 0 && estimate->seconds <= 0)
    return error(Errc::out_of_range, "an estimate is longer than nothing", "/estimate");
  return {};
}

Flaw check_order(const Subject& subject) { return in("order", flaw_of_order(subject.task.order)); }

// A pointer cannot name what is not text: then it ends at the map.
Flaw check_attributes(const Subject& subject) {
  const Attributes& attributes = subject.task.attributes;
  if (auto flaw = in("attributes", flaw_of_size(attributes.size(), limits::attributes)))
    return flaw;
  for (const auto& [name, value] : attributes) {
    if (auto flaw = in("attributes", flaw_of_text(name, limits::attribute_name_bytes))) return flaw;
    if (name.empty()) return error(Errc::missing, "an attribute needs a name", "/attributes/");
    if (auto flaw = in("attributes",
                       in(std::string_view(name), flaw_of_text(value, limits::attribute_bytes))))
      return flaw;
  }
  return {};
}

Flaw check_times(const Subject& subject) {
  const Task& task = subject.task;
  auto of = [](std::string_view member, const std::optional<Instant>& time) {
    return time ? in(member, flaw_of_instant(*time)) : Flaw{};
  };
  if (auto flaw = of("created_at", task.created_at)) return flaw;
  if (auto flaw = of("updated_at", task.updated_at)) return flaw;
  if (auto flaw = of("completed_at", task.completed_at)) return flaw;
  if (task.status == Status::open && task.completed_at)
    return error(Errc::invalid, "an open task was not completed yet", "/completed_at");
  if (task.status != Status::open && !task.completed_at)
    return error(Errc::missing, "a closed task was completed at some time", "/completed_at");
  return of("deleted_at", task.deleted_at);
}

// Of every member that is text, so that one without a check of its own can be written and read too.
Flaw check_texts(const Subject& subject) {
  Flaw flaw;
  for_each_field<Task>([&](std::size_t, const auto& field) {
    const auto& member = subject.task.*field.member;
    if constexpr (std::is_same_v<decltype(member), const std::string&>) {
      if (!flaw) flaw = in(field.name, flaw_of_text(member, limits::text_bytes));
    }
  });
  return flaw;
}

// In the order of the table; then what holds for all of it.
constexpr std::array checks = {check_id,        check_title,      check_notes,  check_tags,
                               check_parent,    check_blockers,   check_start,  check_due,
                               check_reminders, check_recurrence, check_series, check_estimate,
                               check_order,     check_attributes, check_times,  check_texts};

}  // namespace

std::optional<Error> flaw_of(const Task& task, const Zones& zones) {
  for (auto check : checks) {
    if (auto flaw = check({task, zones})) return flaw;
  }
  return {};
}

}  // namespace todo
