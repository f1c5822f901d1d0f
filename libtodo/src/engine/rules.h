// What the engine's source files ask of each other: one overload set for each kind of command.
#pragma once

#include "draft.h"

namespace todo {

using Refusal = std::optional<Error>;  // nullopt: it holds

struct Deciding {
  Draft& draft;
  const Context& context;
  const Zones& zones;
};

// Whether `now` may follow `before` (nullptr: it is new): limits, and what it refers to. Fields are
// those of the value.
Refusal check(const Deciding& deciding, const Task* before, const Task& now);
Refusal check(const Deciding& deciding, const Project* before, const Project& now);
Refusal check(const Deciding& deciding, const Filter* before, const Filter& now);

// The tasks below `task` that are not removed, each after its parent.
std::vector<TaskId> subtree_of(const Draft& draft, const TaskId& task);

// Whether anything has the id.
bool is_taken(const Draft& draft, const IdBytes& id);

// Marks the task as removed at a time, or as not removed.
void set_deleted(const Deciding& deciding, const TaskId& id, std::optional<Instant> at);

// Takes back the removal of those below a task that were removed at that time.
void restore_below(const Deciding& deciding, const TaskId& id, Instant removed_at);

// Closing, and coming again (close.cpp).
Refusal complete(const Deciding& deciding, const TaskId& task, bool cascade);
Refusal cancel(const Deciding& deciding, const TaskId& task, bool cascade);
Refusal skip(const Deciding& deciding, const TaskId& task);

// Taking back (undo.cpp).
Refusal undo(const Deciding& deciding, const Undo& undo);

// The task that a command names: there, and not removed.
Result<const Task*> live_task(const Draft& draft, const TaskId& id);

}  // namespace todo
