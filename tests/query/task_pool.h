// Tasks at fixed addresses, an index that is fed with them, and questions in one line.
#pragma once

#include <gtest/gtest.h>

#include "todo/index.h"

namespace todo {

template <class I>
I numbered(std::size_t number) {
  I id;
  id.bytes[14] = static_cast<std::uint8_t>(number >> 8);
  id.bytes[15] = static_cast<std::uint8_t>(number);
  return id;
}

inline Date day(int year, unsigned month, unsigned day_of_month) {
  return Date{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day_of_month)};
}

inline Instant utc(Date date, std::chrono::minutes since_midnight = {}) {
  return Instant{date.time_since_epoch() + since_midnight};
}

struct TaskPool {
  std::map<TaskId, Task> tasks{};
  TaskIndex index{};
  Settings settings{};
  Instant now = utc(day(2026, 11, 23), std::chrono::hours{12});  // a Monday

  // The next number as its id.
  Task& add(Task task) {
    task.id = numbered<TaskId>(tasks.size() + 1);
    Task& stored = tasks[task.id] = std::move(task);
    index.put(stored);
    return stored;
  }
  Task& add(std::string title) { return add(Task{.title = std::move(title)}); }

  QueryContext context() const { return {now, settings, Zones::embedded()}; }

  Result<Page> find(std::string_view query, std::string_view sort, std::size_t limit,
                    std::string cursor = {}) {
    Search search{*parse<Query>(query), *parse<Sort>(sort), limit, std::move(cursor)};
    return index.find(search, context());
  }

  // The titles of all that match, separated by commas.
  std::string titles(std::string_view query, std::string_view sort = "") {
    Result<Page> page = find(query, sort, limits::page);
    if (page.has_error()) return "refused: " + page.error().message;
    std::string titles;
    for (const Task* task : page->tasks) (titles += titles.empty() ? "" : ",") += task->title;
    return titles;
  }
};

}  // namespace todo
