// All tasks of one workspace, in the orders that are asked for: answers a query page by page.
//
// The host feeds it: everything once after a load, then each task and project that an event
// changed. What depends on the time (overdue, today) is worked out when it is asked.
//
// Threads: every call may change it, so calls must run alone. Not to be copied.
#pragma once

#include <memory>

#include "todo/query.h"

namespace todo {

struct QueryContext {
  Instant now{};
  const Settings& settings;  // zone and first day of the week
  const Zones& zones;
};

struct Search {
  Query query{};
  Sort sort{};
  std::size_t limit = 50;  // 1 to limits::page
  std::string cursor{};    // `Page::next` of the page before; empty: the first page
  bool typing = false;     // the last word of the query is a prefix
  bool count = false;      // fill `Page::total`, which costs a look at every candidate
};

struct Page {
  std::vector<const Task*> tasks{};    // valid as long as what was put
  std::string next{};                  // the cursor of the next page; empty: there is none
  std::optional<std::size_t> total{};  // how many tasks match, on all pages
};

namespace limits {
inline constexpr std::size_t page = 500;
}

class TaskIndex {
 public:
  TaskIndex();
  ~TaskIndex();
  TaskIndex(TaskIndex&&) noexcept;
  TaskIndex& operator=(TaskIndex&&) noexcept;

  // A new or changed task; O(log n) for each order kept. It is not copied: `task` must stay where
  // it is, and unchanged but for the next `put`, until `put` or `erase` of its id. Nodes of
  // Workspace::tasks do so. Several may have changed before the first of them is put.
  void put(const Task& task);
  void erase(TaskId id);

  // Projects are known by name to queries and sorts. A new name costs the orders by project.
  void put(const Project& project);
  void erase(ProjectId id);

  // The tasks that match, by the sort. A cursor marks a place between tasks by value, so a task
  // that does not change is neither missed nor seen twice while others come, go and change.
  // Walks the order from the cursor to the end of the page: O(log n + tasks passed over). A sort
  // that was not asked lately is built first, O(n log n), and so is all after a change of zone.
  // Refuses a limit out of range, and as `invalid` a cursor that is not of this search and zone.
  Result<Page> find(const Search& search, const QueryContext& context);

  std::size_t size() const;  // tasks put and not erased

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace todo
