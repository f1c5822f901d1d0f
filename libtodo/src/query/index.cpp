#include "todo/index.h"

#include <algorithm>
#include <set>

#include "query/matcher.h"
#include "query/order.h"
#include "query/page_cursor.h"

namespace todo {

using query::Matcher;
using query::Order;
using query::Place;
using query::Record;
using query::Scope;

namespace {

constexpr std::size_t most_orders = 8;

std::string tag_lines(const Tags& tags) {
  std::string lines;
  for (const std::string& tag : tags)
    (lines += lines.empty() ? "\n" : "") += TagKey::of(tag) + '\n';
  return lines;
}

// Fills `tasks` with the first `limit` that match behind `after`. Gives the last of them if still
// more match behind it, nullptr if none does.
const Record* page_of(const Order& order, const Matcher& matcher, const Place* after,
                      std::size_t limit, std::vector<const Task*>& tasks) {
  const Record* last = nullptr;
  bool more = false;
  order.walk(after, [&](Record& record) {
    if (!matcher.matches(record)) return true;
    more = tasks.size() == limit;
    if (more) return false;
    tasks.push_back(record.task);
    last = &record;
    return true;
  });
  return more ? last : nullptr;
}

std::size_t count_of(const Order& order, const Matcher& matcher) {
  std::size_t count = 0;
  order.walk(nullptr, [&](Record& record) {
    if (matcher.matches(record)) ++count;
    return true;
  });
  return count;
}

}  // namespace

struct TaskIndex::State {
  query::Records records;
  std::map<ProjectId, std::string> project_names;
  std::vector<TaskId> unsettled;               // put since the last `find`
  std::set<ProjectId> renamed;                 // since the last `find`
  std::vector<std::unique_ptr<Order>> orders;  // the one used last is the last
  std::string zone_name;                       // that places are in; with the version of its rules
  std::string zones_version;

  void unsettle(TaskId id, Record& record);
  void take_out(Record& record);
  void settle(const QueryContext& context, const Zone& zone);
  void settle(Record& record, const Zone& zone, const Zones& zones);
  Order& order_for(const Sort& sort, Scope scope);
};

void TaskIndex::State::unsettle(TaskId id, Record& record) {
  if (!record.is_settled) return;
  take_out(record);
  unsettled.push_back(id);
}

void TaskIndex::State::take_out(Record& record) {
  if (!record.is_settled) return;
  for (auto& order : orders) order->erase(record);
  record.is_settled = false;
}

// Places depend on the zone and on the names of projects, and `put` knows neither for sure.
void TaskIndex::State::settle(const QueryContext& context, const Zone& zone) {
  if (zone_name != context.settings.zone || zones_version != context.zones.version()) {
    orders.clear();
    for (auto& [id, record] : records) unsettle(id, record);
    zone_name = context.settings.zone;
    zones_version = context.zones.version();
  }
  if (!renamed.empty()) {
    for (auto& [id, record] : records) {
      if (record.task->project && renamed.contains(*record.task->project)) unsettle(id, record);
    }
    renamed.clear();
  }
  for (TaskId id : unsettled) {
    auto found = records.find(id);
    if (found != records.end()) settle(found->second, zone, context.zones);
  }
  unsettled.clear();
}

void TaskIndex::State::settle(Record& record, const Zone& zone, const Zones& zones) {
  if (record.is_settled) return;
  const Task& task = *record.task;
  auto project = task.project ? project_names.find(*task.project) : project_names.end();
  std::string_view name = project == project_names.end() ? std::string_view{} : project->second;
  record.place = query::place_of(task, name, zone, zones);
  record.tags = tag_lines(task.tags);
  record.text.reset();
  record.is_open = task.status == Status::open;
  record.is_deleted = task.deleted_at.has_value();
  record.is_settled = true;
  for (auto& order : orders) order->insert(record);
}

Order& TaskIndex::State::order_for(const Sort& sort, Scope scope) {
  auto found = std::find_if(orders.begin(), orders.end(), [&](const auto& order) {
    return order->scope() == scope && order->sort() == sort;
  });
  if (found == orders.end()) {
    if (orders.size() == most_orders) orders.erase(orders.begin());
    orders.push_back(std::make_unique<Order>(sort, scope, records));
  } else {
    std::rotate(found, found + 1, orders.end());
  }
  return *orders.back();
}

TaskIndex::TaskIndex() : state_(std::make_unique<State>()) {}
TaskIndex::~TaskIndex() = default;
TaskIndex::TaskIndex(TaskIndex&&) noexcept = default;
TaskIndex& TaskIndex::operator=(TaskIndex&&) noexcept = default;

std::size_t TaskIndex::size() const { return state_->records.size(); }

void TaskIndex::put(const Task& task) {
  auto [at, is_new] = state_->records.try_emplace(task.id);
  at->second.task = &task;
  if (is_new) state_->unsettled.push_back(task.id);
  else state_->unsettle(task.id, at->second);
}

void TaskIndex::erase(TaskId id) {
  auto found = state_->records.find(id);
  if (found == state_->records.end()) return;
  state_->take_out(found->second);
  state_->records.erase(found);
}

void TaskIndex::put(const Project& project) {
  auto [at, is_new] = state_->project_names.try_emplace(project.id);
  if (at->second == project.name) return;
  at->second = project.name;
  state_->renamed.insert(project.id);
}

void TaskIndex::erase(ProjectId id) {
  if (state_->project_names.erase(id) > 0) state_->renamed.insert(id);
}

Result<Page> TaskIndex::find(const Search& search, const QueryContext& context) {
  if (search.limit == 0 || search.limit > limits::page)
    return Error{Errc::out_of_range, "a page has 1 to " + std::to_string(limits::page) + " tasks",
                 "/limit"};
  std::optional<Zone> zone = context.zones.find(context.settings.zone);
  if (!zone) return Error{Errc::invalid, "there is no zone " + context.settings.zone, "/zone"};
  state_->settle(context, *zone);

  Query query = search.typing ? with_last_word_as_prefix(search.query) : search.query;
  std::uint64_t fingerprint = query::fingerprint_of(
      {to_text(query), to_text(search.sort), state_->zone_name, state_->zones_version});
  std::optional<Place> after;
  if (!search.cursor.empty()) {
    Result<Place> place = query::read_cursor(search.cursor, search.sort, fingerprint);
    if (place.has_error()) return place.error();
    after = *std::move(place);
  }

  query::Surroundings around{state_->records, state_->project_names, context.now, *zone,
                             context.settings.week_start};
  Matcher matcher(query, around);
  const Order& order = state_->order_for(search.sort, query::scope_of(query));
  Page page;
  const Record* last = page_of(order, matcher, after ? &*after : nullptr, search.limit, page.tasks);
  if (last) page.next = query::cursor_text(last->place, search.sort, fingerprint);
  if (search.count) page.total = count_of(order, matcher);
  return page;
}

}  // namespace todo
