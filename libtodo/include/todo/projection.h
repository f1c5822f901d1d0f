// What is kept beside a session, so that it is asked quickly: its tasks in order, and what the
// clock has to do next. Derived from the session alone, and never ahead of it.
//
// Threads: as for a Session; `find` is not const.
#pragma once

#include "todo/index.h"
#include "todo/reminder_queue.h"
#include "todo/session.h"

namespace todo {

class Projection {
 public:
  // Brings it to what `session` shows now, and gives the tasks that this changes. A projection
  // follows one session, from its first request or snapshot on; nobody else may take what it
  // touched. To be called before anything else once the session has changed, since tasks are not
  // copied.
  std::vector<TaskId> follow(Session& session);

  // The tasks that match, as of the last `follow`. The page holds until the next one.
  Result<Page> find(const Session& session, const Search& search, Instant now) {
    return index_.find(search, {now, session.workspace().settings, session.zones()});
  }

  // What the clock has to do next.
  const ReminderQueue& reminders() const { return reminders_; }

 private:
  TaskIndex index_{};
  ReminderQueue reminders_{};
  Settings queued_by_{};  // what the instants of `reminders_` were worked out with
};

}  // namespace todo
