// What the index keeps for a task.
#pragma once

#include "query/place.h"

namespace todo::query {

// Folded, and made when it is first searched.
struct SearchText {
  std::string title{};
  std::string notes{};
};

// Which tasks a query may see at all.
enum class Scope : std::uint8_t { open, not_deleted, all };

struct Record {
  const Task* task = nullptr;
  Place place{};       // as the orders know the task
  std::string tags{};  // folded: "\nhome\nwork\n", empty if there are none
  std::optional<SearchText> text{};
  bool is_settled = false;  // `place` is that of `task`, and the orders hold it
  bool is_open = false;     // with `is_deleted`, as of `place`
  bool is_deleted = false;

  bool is_in(Scope scope) const {
    if (scope == Scope::all) return true;
    return !is_deleted && (is_open || scope == Scope::not_deleted);
  }
};

using Records = std::map<TaskId, Record>;

}  // namespace todo::query
