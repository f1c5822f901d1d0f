// VALARM (RFC 5545, 3.6.6; ACKNOWLEDGED and UID: RFC 9074).
#include "ical_todo.h"
#include "todo/reminder_queue.h"

namespace todo::ical {
namespace {

// Of one alarm; its rows are called "VALARM.2.REPEAT".
class Alarm {
 public:
  Alarm(Todo& todo, const Component& component, std::size_t number)
      : todo_(todo), component_(component), name_("VALARM." + std::to_string(number)) {}

  void read() {
    const Property* trigger = component_.find("TRIGGER");
    std::optional<Trigger> read = trigger ? read_trigger(*trigger) : std::nullopt;
    bool is_full = todo_.item.task.reminders.size() >= limits::reminders;
    if (!component_.is_whole || !read || is_full) return give_up(is_full);

    Reminder reminder;
    const Property* uid = component_.find("UID");
    reminder.id = id_of(uid ? uid->value : name_);
    if (todo_.item.task.reminders.contains(reminder.id)) reminder.id = id_of(name_);
    reminder.trigger = *read;
    silence_if_past(reminder);
    todo_.item.task.reminders.put(reminder);
    for (const Property& property : component_.properties) account(property);
  }

 private:
  std::string row(const Property& property) const { return name_ + '.' + property.name; }

  ReminderId id_of(const std::string& name) const {
    return named_id<ReminderId>(todo_.item.task.id.bytes, name);
  }

  void give_up(bool is_full) {
    todo_.item.report(
        name_, Fate::dropped,
        is_full ? "a task has at most 20 reminders"
                : "its TRIGGER is not understood, or is relative to a date that is not there");
  }

  std::optional<Trigger> read_trigger(const Property& property) {
    std::optional<BasicTime> time = read_basic_time(property.value);
    if (time && time->is_utc) return AbsoluteTrigger{instant_of(*time)};
    std::optional<Duration> offset = read_duration(property.value);
    if (!offset) return {};
    constexpr std::int32_t most_days = 3650;
    if (offset->days >= most_days || offset->days <= -most_days) return {};

    const Task& task = todo_.item.task;
    bool to_due = to_upper(property.parameter("RELATED")) == "END";
    if (!to_due && !task.start && task.due) {
      todo_.item.report(name_ + ".TRIGGER", Fate::changed,
                        "without a DTSTART it is relative to the due date");
      to_due = true;
    }
    if (!(to_due ? task.due : task.start)) return {};
    return RelativeTrigger{to_due ? Moment::due : Moment::start, *offset};
  }

  // What was due long ago must not ring when it is imported.
  void silence_if_past(Reminder& reminder) {
    const Task& task = todo_.item.task;
    const ImportContext& context = todo_.context;
    auto due = due_at(reminder, task, context.existing.settings, context.zones);
    if (!due || *due > context.now || task.status != Status::open) return;
    reminder.state = ReminderState::acknowledged;
    if (!component_.find("ACKNOWLEDGED"))
      todo_.item.report(name_, Fate::changed, "its time has passed: it does not ring any more");
  }

  void account(const Property& property) {
    Item& item = todo_.item;
    if (property.name == "TRIGGER" || property.name == "UID") return;
    if (property.name == "ACKNOWLEDGED") {
      item.report(row(property), Fate::derived, "a reminder whose time has passed is silent");
    } else if (property.name == "ACTION" && to_upper(property.value) == "DISPLAY") {
      item.report(row(property), Fate::derived, "reminders are shown");
    } else if (property.name == "ACTION") {
      item.report(row(property), Fate::changed, "the host decides how reminders reach people");
    } else if (property.name == "DESCRIPTION" && unescape(property.value) == item.task.title) {
      item.report(row(property), Fate::derived, "it is the title");
    } else {
      Property named = property;
      named.name = row(property);
      keep_property(item, named, "reminders have no such property");
    }
  }

  Todo& todo_;
  const Component& component_;
  std::string name_;
};

}  // namespace

void read_alarms(Todo& todo) {
  std::size_t number = 0;
  for (const Component& component : todo.component.components) {
    if (component.name == "VALARM") Alarm(todo, component, ++number).read();
    else todo.item.report(component.name, Fate::dropped, "a task has no such part");
  }
}

}  // namespace todo::ical
