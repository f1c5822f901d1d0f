// Any text is a query or is refused; what it was read as is written as a text that is read as the
// same, and can be asked.
#include <cstdint>
#include <cstdlib>

#include "todo/index.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  todo::Result<todo::Query> query = todo::parse<todo::Query>(text);
  if (query.has_error()) {
    require(!query.error().message.empty());
    return 0;
  }
  std::string canonical = todo::to_text(*query);
  todo::Result<todo::Query> again = todo::parse<todo::Query>(canonical);
  if (canonical.size() > todo::limits::query_bytes) return 0;
  require(again.has_value() && *again == *query && todo::to_text(*again) == canonical);

  todo::Task task{};
  task.title = "Buy oat milk";
  task.due = todo::AllDay{};
  todo::TaskIndex index;
  index.put(task);
  todo::Settings settings;
  todo::Search search{*std::move(query), {}, 1, {}, true, true};
  require(index.find(search, {{}, settings, todo::Zones::embedded()}).has_value());
  // The text is no cursor of this search.
  search.cursor = text;
  require(text.empty() || index.find(search, {{}, settings, todo::Zones::embedded()}).has_error());
  return 0;
}
