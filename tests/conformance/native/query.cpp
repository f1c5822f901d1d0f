#include "todo/query.h"

#include "arguments.h"
#include "todo/index.h"

namespace todo::conformance {
namespace {

// "due", "-priority"
Sort take_sort(Arguments& given) {
  std::string text;
  for (const std::string& key : given.take_list<std::string>("sort")) {
    text += (text.empty() ? "" : ",") + key;
  }
  if (text.empty()) return {};
  Result<Sort> sort = parse<Sort>(text);
  if (sort.has_value()) return *sort;
  given.refuse(within("sort", sort.error()));
  return {};
}

Query take_query(Arguments& given) {
  Result<Query> query = parse<Query>(given.take<std::string>("query"));
  if (query.has_value()) return *query;
  given.refuse(within("query", query.error()));
  return {};
}

}  // namespace

Answer run_query(Arguments& given) {
  auto tasks = given.take<std::vector<Task>>("tasks");
  auto projects = given.take<std::vector<Project>>("projects");
  Search search{.query = take_query(given), .sort = take_sort(given)};
  search.limit = given.take<std::uint32_t>("limit", 50);
  Settings settings;
  auto now = given.take<Instant>("now");
  settings.zone = given.take<std::string>("zone", settings.zone);
  settings.locale = given.take<std::string>("locale", settings.locale);
  settings.week_start = given.take<Weekday>("week_start", settings.week_start);
  if (std::optional<Error> flaw = flaw_of(settings, Zones::embedded())) given.refuse(*flaw);
  if (std::optional<Error> refusal = given.refusal()) return *refusal;

  TaskIndex index;
  for (const Project& project : projects) index.put(project);
  for (const Task& task : tasks) index.put(task);
  Result<Page> page = index.find(search, {now, settings, Zones::embedded()});
  if (page.has_error()) return page.error();
  std::vector<TaskId> ids;
  for (const Task* task : page->tasks) ids.push_back(task->id);
  return to_json(ids);
}

Answer format_query(Arguments& given) {
  Query query = take_query(given);
  if (std::optional<Error> refusal = given.refusal()) return *refusal;
  return to_json(query);
}

}  // namespace todo::conformance
