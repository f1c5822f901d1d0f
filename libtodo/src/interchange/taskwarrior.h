// What Taskwarrior exports, on its way to tasks.
#pragma once

#include "item.h"
#include "todo/json_document.h"

namespace todo::taskwarrior {

constexpr PropertyNames names_of_properties{"description", "scheduled", "due", "end"};

// One task of the export.
struct Source {
  std::uint32_t at = 0;
  std::vector<std::pair<std::string_view, const JsonNode*>> attributes{};  // as they are written
  std::map<std::string_view, const JsonNode*> by_name{};                   // the first of each

  Source() = default;
  Source(std::uint32_t place, const JsonNode& object);  // nothing but an object has attributes

  // nullptr if there is none.
  const JsonNode* find(std::string_view name) const;
  std::string text(std::string_view name) const;  // empty if there is none
};

// A number as it is written, a list of texts with commas between them; of anything else nothing.
std::string text_of(const JsonNode& node);

// Which instant a date of the export means. Midnight by the clock of the owner is a date.
std::optional<Instant> read_instant(std::string_view text);
When when_of(Instant instant, const ImportContext& context);

// The task that `source` is by itself, without what makes it one of a series.
Item read_task(const Source& source, const ImportContext& context);

// The dated lines that annotations become, in their order.
void add_annotations(Item& item, const Source& source, const ImportContext& context);

// "weekly", "2wks", "P1M"; nullopt if it has no regular meaning on the calendar.
std::optional<Rule> read_recur(std::string_view text, const When& due);

// Turns each template with its instances into one series. The items are those of the sources, in
// the same order; what becomes no task goes, and the next one of a series may come.
void join_series(const std::vector<Source>& sources, Gathered& gathered,
                 const ImportContext& context);

// Attributes that make a series of tasks, or follow from others.
bool is_of_series(std::string_view name);

}  // namespace todo::taskwarrior
