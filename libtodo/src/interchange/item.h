// One item of the source on its way to a task, and what every format does with it.
#pragma once

#include "todo/interchange.h"

namespace todo {

// A task that the source names, and the property that names it.
struct Link {
  std::string property{};
  std::string to{};
};

struct Item {
  std::string source{};  // UID, uuid
  std::uint32_t at = 0;
  std::string prefix{};  // of attributes: "ical."
  Task task{};
  std::optional<Link> project{};  // by name
  std::optional<Link> parent{};
  std::vector<Link> blockers{};
  std::vector<Loss> losses{};

  // What is the same as the last one is said once.
  void report(std::string_view property, Fate fate, std::string message) {
    Loss loss{source, at, std::string(property), fate, std::move(message)};
    if (losses.empty() || losses.back() != loss) losses.push_back(std::move(loss));
  }
};

// All that a reader found, in the order of the text.
struct Gathered {
  std::vector<Item> items{};
  std::map<std::string, TaskId> named{};  // which task links by this name mean
  std::vector<Loss> losses{};
};

Result<Gathered> gather_ical(std::string_view text, const ImportContext& context);
Result<Gathered> gather_taskwarrior(std::string_view text, const ImportContext& context);

// The commands that make the tasks, each after those that it refers to.
Result<Import> assemble(Gathered gathered, const ImportContext& context);

// Puts what `property` says into the task, within its limits, and reports what did not fit.
void put_title(Item& item, std::string_view property, std::string text);
void put_notes(Item& item, std::string_view property, std::string text);
void put_tags(Item& item, std::string_view property, const std::vector<std::string>& tags);

// As an attribute called like the property in lower case, the second one with ".2" behind its name.
void keep(Item& item, std::string_view property, std::string value, std::string message);

// How the source calls some members of a task.
struct PropertyNames {
  std::string_view title;
  std::string_view start;
  std::string_view due;
  std::string_view completed;
};

// What can be checked only when all of the item is read: that it has a title, a start after the due
// date, a closed task without the time at which it was closed.
void settle(Item& item, const PropertyNames& names, const ImportContext& context);

// The zone of the owner of the workspace.
std::string owner_zone_name(const ImportContext& context);
Zone owner_zone(const ImportContext& context);

// The first `most` characters of `text`, which is UTF-8.
std::string_view first_characters(std::string_view text, std::size_t most);

std::string to_lower(std::string_view text);  // ASCII
std::string to_upper(std::string_view text);

// "20261123T090000Z", "20261123T090000" or "20261123", as iCalendar and Taskwarrior write times.
struct BasicTime {
  LocalTime time{};
  bool is_date = false;
  bool is_utc = false;
};
std::optional<BasicTime> read_basic_time(std::string_view text);

inline Instant instant_of(const BasicTime& utc) { return Instant{utc.time.time_since_epoch()}; }

}  // namespace todo
