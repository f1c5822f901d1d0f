// Tasks for the tests of the model.
#pragma once

#include "todo/task.h"

namespace todo {

template <class I>
I sample_id(std::uint8_t number) {
  I id;
  id.bytes[15] = number;
  return id;
}

inline When when(std::string_view text) { return *parse<When>(text); }
inline Instant instant(std::string_view text) { return *parse<Instant>(text); }

inline Task sample_task() {
  Task task;
  task.id = sample_id<TaskId>(1);
  task.title = "Water the plants";
  return task;
}

// Due at `due`, coming again by `rule`.
inline Task sample_series(std::string_view due, std::string_view rule) {
  Task task = sample_task();
  task.due = when(due);
  task.recurrence = Recurrence{};
  task.recurrence->anchor = task.due;
  task.recurrence->rules = {*parse<Rule>(rule)};
  return task;
}

}  // namespace todo
