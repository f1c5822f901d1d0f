#include "ical_todo.h"

#include <algorithm>
#include <utility>

namespace todo::ical {
namespace {

void read_summary(Todo& todo, const Property& property) {
  put_title(todo.item, property.name, unescape(property.value));
}

void read_description(Todo& todo, const Property& property) {
  put_notes(todo.item, property.name, unescape(property.value));
}

void read_categories(Todo& todo, const Property& property) {
  std::vector<std::string> tags;
  for (const std::string& text : split_list(property.value)) {
    if (!text.empty()) tags.push_back(unescape(text));
  }
  put_tags(todo.item, property.name, tags);
}

void read_status(Todo& todo, const Property& property) {
  std::string value = to_upper(property.value);
  if (value == "COMPLETED") todo.item.task.status = Status::done;
  else if (value == "CANCELLED") todo.item.task.status = Status::cancelled;
  else if (value != "NEEDS-ACTION") keep_property(todo.item, property, "it counts as open");
}

// 1, 3, 5 and 9 are what the priorities would be written as.
void read_priority(Todo& todo, const Property& property) {
  constexpr std::string_view digits = "0123456789";
  constexpr std::array<Priority, 10> meanings = {
      Priority::none,   Priority::urgent, Priority::high, Priority::high, Priority::high,
      Priority::medium, Priority::low,    Priority::low,  Priority::low,  Priority::low};
  std::size_t number = property.value.size() == 1 ? digits.find(property.value[0]) : digits.npos;
  if (number == digits.npos)
    return keep_property(todo.item, property, "a priority goes from 0 to 9");
  Priority priority = todo.item.task.priority = meanings[number];
  bool is_exact = number == 0 || number == 1 || number == 3 || number == 5 || number == 9;
  if (!is_exact)
    keep_property(todo.item, property, "it counts as " + std::string(name_of(priority)));
}

void read_start(Todo& todo, const Property& property) {
  todo.item.task.start = read_when(todo, property);
}
void read_due(Todo& todo, const Property& property) {
  todo.item.task.due = read_when(todo, property);
}
void read_completed(Todo& todo, const Property& property) {
  todo.item.task.completed_at = read_instant(todo, property);
}
void read_created(Todo& todo, const Property& property) {
  todo.item.task.created_at = read_instant(todo, property);
}
void read_modified(Todo& todo, const Property& property) {
  todo.item.task.updated_at = read_instant(todo, property);
}
void read_recurrence_id(Todo& todo, const Property& property) {
  todo.recurrence_id = read_when(todo, property);
}

void read_relation(Todo& todo, const Property& property) {
  std::string type = to_upper(property.parameter("RELTYPE"));
  std::string uid = unescape(property.value);
  if ((type.empty() || type == "PARENT") && !todo.item.parent)
    todo.item.parent = Link{property.name, uid};
  else if (type == "CHILD") todo.children.push_back(uid);
  else if (type == "DEPENDS-ON") todo.item.blockers.push_back({property.name, uid});
  else keep_property(todo.item, property, "there is no such relation of tasks");
}

// The stamp of the text; without a LAST-MODIFIED it says when the task last changed.
void read_stamp(Todo& todo, const Property& property) {
  if (!todo.component.find("LAST-MODIFIED"))
    todo.item.task.updated_at = read_instant(todo, property);
  todo.item.report(property.name, Fate::derived, "it says when the text was written");
}

void read_percent(Todo& todo, const Property& property) {
  const Property* status = todo.component.find("STATUS");
  bool is_done = status && to_upper(status->value) == "COMPLETED";
  if (is_done && property.value == "100")
    todo.item.report(property.name, Fate::derived, "the task is done");
  else keep_property(todo.item, property, "a task has no degree of completion");
}

void read_later(Todo&, const Property&) {}  // UID, DURATION, RRULE ...: with other properties

struct Reader {
  std::string_view name;
  void (*read)(Todo&, const Property&);
  std::string_view parameters;  // that have a meaning, each between spaces
  bool may_repeat = false;
};
constexpr std::array readers = {
    Reader{"UID", read_later, ""},
    Reader{"SUMMARY", read_summary, ""},
    Reader{"DESCRIPTION", read_description, ""},
    Reader{"STATUS", read_status, ""},
    Reader{"PRIORITY", read_priority, ""},
    Reader{"CATEGORIES", read_categories, "", true},
    Reader{"DTSTART", read_start, " VALUE TZID "},
    Reader{"DUE", read_due, " VALUE TZID "},
    Reader{"DURATION", read_later, ""},
    Reader{"COMPLETED", read_completed, " VALUE TZID "},
    Reader{"CREATED", read_created, " VALUE "},
    Reader{"LAST-MODIFIED", read_modified, " VALUE "},
    Reader{"DTSTAMP", read_stamp, " VALUE "},
    Reader{"PERCENT-COMPLETE", read_percent, ""},
    Reader{"RELATED-TO", read_relation, " RELTYPE VALUE ", true},
    Reader{"RECURRENCE-ID", read_recurrence_id, " VALUE TZID "},
    Reader{"RRULE", read_later, "", true},
    Reader{"RDATE", read_later, " VALUE TZID ", true},
    Reader{"EXDATE", read_later, " VALUE TZID ", true},
};

void keep_parameters(Todo& todo, const Reader& reader, const Property& property) {
  for (const Parameter& parameter : property.parameters) {
    if (reader.parameters.find(' ' + parameter.name + ' ') != reader.parameters.npos) continue;
    keep(todo.item, property.name + ';' + parameter.name, parameter.value,
         "there is no such parameter of a task");
  }
}

using Seen = std::array<bool, readers.size()>;

void read_property(Todo& todo, const Property& property, Seen& seen) {
  if (property.name.empty()) {
    return todo.item.losses.push_back(
        {todo.item.source, property.line, "", Fate::dropped, not_a_line(property)});
  }
  auto reader = std::find_if(readers.begin(), readers.end(),
                             [&](const Reader& known) { return known.name == property.name; });
  if (reader == readers.end())
    return keep_property(todo.item, property, "a task has no such property");
  bool is_again = std::exchange(seen[static_cast<std::size_t>(reader - readers.begin())], true);
  if (is_again && !reader->may_repeat)
    return keep_property(todo.item, property, "it is there twice: the first one counts");
  reader->read(todo, property);
  keep_parameters(todo, *reader, property);
}

// After calendar days and then elapsed seconds: RFC 5545, 3.8.2.5.
std::optional<When> after(const When& start, const Duration& duration, const Zones& zones) {
  LocalTime time = local_time_of(start) + std::chrono::days{duration.days};
  std::chrono::seconds seconds{duration.seconds};
  const auto* zoned = std::get_if<Zoned>(&start);
  std::optional<Zone> zone = zoned ? zones.find(zoned->zone) : std::nullopt;
  if (zone && duration.seconds != 0) time = zone->to_local(zone->to_instant(time) + seconds);
  else time += seconds;
  if (time < first_date || time >= last_date + std::chrono::days{1}) return {};
  return with_local_time(start, time);
}

void read_duration_property(Todo& todo) {
  const Property* property = todo.component.find("DURATION");
  if (!property) return;
  Task& task = todo.item.task;
  std::optional<Duration> duration = read_duration(property->value);
  std::optional<When> due;
  if (duration && task.start && !task.due) due = after(*task.start, *duration, todo.context.zones);
  if (!due)
    return keep_property(todo.item, *property, "only with a DTSTART and no DUE it has a meaning");
  task.due = due;
}

// Some programs write COMPLETED alone.
void settle_status(Todo& todo) {
  const Property* completed = todo.component.find("COMPLETED");
  Task& task = todo.item.task;
  if (!completed) return;
  if (!todo.component.find("STATUS") && task.completed_at) task.status = Status::done;
  if (task.status == Status::open && task.completed_at)
    keep_property(todo.item, *completed, "the task is open");
}

std::string name_of_occurrence(const Todo& todo) {
  return todo.recurrence_id ? todo.uid + '\n' + to_text(*todo.recurrence_id) : todo.uid;
}

std::string text_of(const Component& component) {
  std::string text;
  for (const Property& property : component.properties)
    ((text += property.name) += property.raw) += '\n';
  return text;
}

void read_uid(Todo& todo) {
  const Property* uid = todo.component.find("UID");
  todo.item.at = todo.component.line;
  todo.item.prefix = "ical.";
  if (uid && !uid->value.empty()) {
    todo.uid = todo.item.source = unescape(uid->value);
    return;
  }
  todo.uid = text_of(todo.component);
  todo.item.report("UID", Fate::changed, "it has none: its text names it");
}

}  // namespace

std::string not_a_line(const Property& property) {
  return "this is no line of iCalendar: " + std::string(first_characters(property.value, 80));
}

void keep_property(Item& item, const Property& property, std::string message) {
  keep(item, property.name, property.raw, std::move(message));
}

Todo read_todo(const Component& component, const ImportContext& context) {
  Todo todo{component, context, {}, {}, {}, {}};
  read_uid(todo);
  Seen seen{};
  for (const Property& property : component.properties) read_property(todo, property, seen);
  todo.item.task.id = named_id<TaskId>(context.name_space, name_of_occurrence(todo));
  settle_status(todo);
  read_duration_property(todo);
  read_recurrence(todo);
  settle(todo.item, {"SUMMARY", "DTSTART", "DUE", "COMPLETED"}, context);
  return todo;
}

}  // namespace todo::ical
