// RRULE, RDATE, EXDATE, and the one date of a series that a VTODO stands for.
#include <algorithm>

#include "ical_todo.h"

namespace todo::ical {
namespace {

// What is read, and the properties that it came from: they are kept if it cannot be.
struct Parts {
  Recurrence recurrence{};
  std::vector<const Property*> properties{};
};

void read_rule(Todo& todo, const Property& property, Parts& parts) {
  Result<Rule> rule = parse<Rule>(property.value);
  if (rule.has_error()) return keep_property(todo.item, property, rule.error().message);
  parts.recurrence.rules.push_back(*std::move(rule));
  parts.properties.push_back(&property);
}

void read_dates(Todo& todo, const Property& property, const When& anchor, Parts& parts) {
  std::vector<When> read;
  for (const std::string& text : split_list(property.value)) {
    std::optional<BasicTime> time = read_basic_time(text);
    if (!time)
      return keep_property(todo.item, property, "periods and broken dates are not supported");
    auto when = as_kind_of(anchor, when_of(todo, property, *time), todo.context);
    if (!when) return keep_property(todo.item, property, "it is in another zone than the task");
    read.push_back(*when);
  }
  Recurrence& recurrence = parts.recurrence;
  std::vector<When>& dates = property.name == "RDATE" ? recurrence.rdates : recurrence.exdates;
  dates.insert(dates.end(), read.begin(), read.end());
  parts.properties.push_back(&property);
}

Parts read_parts(Todo& todo, const std::optional<When>& anchor) {
  Parts parts;
  for (const Property& property : todo.component.properties) {
    bool is_rule = property.name == "RRULE";
    if (!is_rule && property.name != "RDATE" && property.name != "EXDATE") continue;
    if (!anchor) keep_property(todo.item, property, "only a task with a date recurs");
    else if (todo.recurrence_id) keep_property(todo.item, property, "one date does not recur");
    else if (is_rule) read_rule(todo, property, parts);
    else read_dates(todo, property, *anchor, parts);
  }
  return parts;
}

}  // namespace

void read_recurrence(Todo& todo) {
  Task& task = todo.item.task;
  Parts parts = read_parts(todo, task.start ? task.start : task.due);
  if (parts.properties.empty()) return;
  Recurrence& recurrence = parts.recurrence;
  recurrence.anchor = task.start ? task.start : task.due;
  recurrence.anchored_to = task.start ? Moment::start : Moment::due;
  if (std::optional<Error> flaw = flaw_of(recurrence)) {
    for (const Property* property : parts.properties)
      keep_property(todo.item, *property, flaw->message);
    return;
  }
  task.recurrence = std::move(recurrence);
  pass_excluded_date(todo.item, todo.context);
}

void pass_excluded_date(Item& item, const ImportContext& context) {
  Task& task = item.task;
  if (!task.recurrence || task.status != Status::open) return;
  const Recurrence& recurrence = *task.recurrence;
  const When date = *recurring_date(task);
  const std::vector<When>& exdates = recurrence.exdates;
  if (std::find(exdates.begin(), exdates.end(), date) == exdates.end()) return;

  std::optional<Zone> zone = owner_zone(context);
  if (const auto* zoned = std::get_if<Zoned>(&date)) zone = context.zones.find(zoned->zone);
  std::optional<LocalTime> next = next_after(recurrence, local_time_of(date), zone);
  if (!next) return;
  bool is_start = recurrence.anchored_to == Moment::start;
  std::optional<When>& other = is_start ? task.due : task.start;
  auto distance = std::chrono::floor<std::chrono::days>(*next) - date_of(date);
  if (other) {
    LocalTime time = local_time_of(*other) + distance;
    if (time >= last_date + std::chrono::days{1}) return;
    other = with_local_time(*other, time);
  }
  (is_start ? task.start : task.due) = task.occurrence = with_local_time(date, *next);
  item.report(
      is_start ? "DTSTART" : "DUE", Fate::changed,
      "that date is left out of the series, which goes on from " + to_text(*task.occurrence));
}

}  // namespace todo::ical
