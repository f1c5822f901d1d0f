// One VTODO on its way to a task.
#pragma once

#include "ical_text.h"
#include "item.h"

namespace todo::ical {

struct Todo {
  const Component& component;
  const ImportContext& context;
  std::string uid{};
  Item item{};
  std::optional<When> recurrence_id{};  // of one that stands for a date of a series
  std::vector<std::string> children{};  // UIDs
};

// The members that one property alone gives, then those that need several.
Todo read_todo(const Component& component, const ImportContext& context);
void read_recurrence(Todo& todo);  // once the dates are read
void read_alarms(Todo& todo);      // once the dates are those that the task will have

// What is said about a line without a name.
std::string not_a_line(const Property& property);

// As an attribute, parameters included.
void keep_property(Item& item, const Property& property, std::string message);

// A time in UTC is one on the wall clock of the zone "UTC". nullopt, with the property kept, if it
// is no date or time.
std::optional<When> read_when(Todo& todo, const Property& property);
When when_of(Todo& todo, const Property& property, const BasicTime& time);
std::optional<Instant> read_instant(Todo& todo, const Property& property);

// `when` as the same kind of moment as `like`: nullopt if it is another one altogether.
std::optional<When> as_kind_of(const When& like, const When& when, const ImportContext& context);

// A series whose own date is left out (EXDATE, or an occurrence that stands by itself) goes on from
// its next one.
void pass_excluded_date(Item& item, const ImportContext& context);

}  // namespace todo::ical
