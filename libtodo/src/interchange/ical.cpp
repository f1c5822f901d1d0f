// All of an iCalendar text: which components are tasks, and how they belong together.
#include <algorithm>

#include "ical_todo.h"

namespace todo {
namespace ical {
namespace {

class Calendar {
 public:
  explicit Calendar(const ImportContext& context) : context_(context) {}

  Result<Gathered> read(std::string_view text) {
    Component all = read_components(text);
    bool is_ical = std::any_of(all.components.begin(), all.components.end(), is_calendar_or_todo);
    if (!is_ical) {
      return Error{Errc::malformed,
                   "this is not iCalendar: it has no BEGIN:VCALENDAR and no BEGIN:VTODO"};
    }
    read_components_of(all);
    join_series();
    join_children();
    for (Todo& todo : todos_) {
      read_alarms(todo);
      gathered_.items.push_back(std::move(todo.item));
    }
    return std::move(gathered_);
  }

 private:
  static bool is_calendar_or_todo(const Component& component) {
    return component.name == "VCALENDAR" || component.name == "VTODO";
  }

  void report(const std::string& uid, std::uint32_t line, std::string_view property, Fate fate,
              std::string message) {
    gathered_.losses.push_back({uid, line, std::string(property), fate, std::move(message)});
  }

  void read_components_of(const Component& outer) {
    for (const Property& property : outer.properties) account(property);
    for (const Component& component : outer.components) {
      if (component.name == "VCALENDAR") read_components_of(component);
      else if (component.name == "VTODO") read(component);
      else account(component);
    }
  }

  void read(const Component& component) {
    if (component.is_whole) {
      todos_.push_back(read_todo(component, context_));
      const Todo& todo = todos_.back();
      bool is_named = !todo.item.source.empty();
      if (is_named && (!todo.recurrence_id || gathered_.named.count(todo.uid) == 0))
        gathered_.named[todo.uid] = todo.item.task.id;
      return;
    }
    const Property* uid = component.find("UID");
    report(uid ? uid->value : "", component.line, "VTODO", Fate::dropped,
           "this task has no END:VTODO");
  }

  // Of the calendar itself.
  void account(const Property& property) {
    bool is_derived = property.name == "PRODID" || property.name == "VERSION" ||
                      (property.name == "CALSCALE" && to_upper(property.value) == "GREGORIAN");
    if (is_derived)
      report("", property.line, property.name, Fate::derived,
             "it is about the text, not the tasks");
    else if (property.name.empty())
      report("", property.line, "", Fate::dropped, not_a_line(property));
    else report("", property.line, property.name, Fate::dropped, "it belongs to no task");
  }

  void account(const Component& component) {
    const Property* uid = component.find("UID");
    const Property* tzid = component.find("TZID");
    if (component.name != "VTIMEZONE") {
      report(uid ? uid->value : "", component.line, component.name, Fate::dropped,
             "only tasks (VTODO) are imported");
    } else if (tzid && context_.zones.find(tzid->value)) {
      report("", component.line, component.name, Fate::derived,
             "the rules of IANA zones are known");
    } else {
      report("", component.line, component.name, Fate::dropped,
             "rules of zones that IANA does not know are not supported");
    }
  }

  // What stands for one date of a series belongs to it, and the series does not make it again.
  void join_series() {
    std::map<std::string, Todo*> series;
    for (Todo& todo : todos_) {
      if (!todo.recurrence_id) series.emplace(todo.uid, &todo);
    }
    for (Todo& todo : todos_) {
      if (!todo.recurrence_id) continue;
      todo.item.task.series = named_id<TaskId>(context_.name_space, todo.uid);
      todo.item.task.occurrence = todo.recurrence_id;
      auto at = series.find(todo.uid);
      if (at == series.end()) {
        todo.item.report("RECURRENCE-ID", Fate::changed,
                         "the series that it belongs to is not here");
        continue;
      }
      exclude(at->second->item, todo);
    }
    for (auto& [uid, todo] : series) pass_excluded_date(todo->item, context_);
  }

  void exclude(Item& series, Todo& one) {
    if (!series.task.recurrence) return;
    Recurrence& recurrence = *series.task.recurrence;
    auto date = as_kind_of(*recurrence.anchor, *one.recurrence_id, context_);
    if (!date) {
      one.item.report("RECURRENCE-ID", Fate::changed, "the series is in another zone");
      return;
    }
    one.item.task.occurrence = date;
    std::vector<When>& exdates = recurrence.exdates;
    bool is_there = std::find(exdates.begin(), exdates.end(), *date) != exdates.end();
    if (!is_there && exdates.size() < limits::dates) exdates.push_back(*date);
  }

  // RELATED-TO;RELTYPE=CHILD is the parent's side of the link.
  void join_children() {
    std::map<std::string, Todo*> by_uid;
    for (Todo& todo : todos_) by_uid.emplace(todo.item.source, &todo);
    for (Todo& todo : todos_) {
      for (const std::string& child : todo.children) {
        auto at = by_uid.find(child);
        bool is_free = at != by_uid.end() && !at->second->item.parent;
        bool is_known = at != by_uid.end() && at->second->item.parent &&
                        at->second->item.parent->to == todo.uid;
        if (is_free) at->second->item.parent = Link{"RELATED-TO", todo.uid};
        else if (!is_known)
          keep(todo.item, "RELATED-TO", ";RELTYPE=CHILD:" + child,
               "there is no such task, or it has another parent");
      }
    }
  }

  const ImportContext& context_;
  std::vector<Todo> todos_;
  Gathered gathered_;
};

}  // namespace
}  // namespace ical

Result<Gathered> gather_ical(std::string_view text, const ImportContext& context) {
  return ical::Calendar(context).read(text);
}

}  // namespace todo
