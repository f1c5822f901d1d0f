// One workspace in service: its session, what is kept beside it, and the answers that wait until
// what they say is durable.
//
// Threads: all calls on the loop's thread.
#pragma once

#include <limits>

#include "host/event_loop.h"
#include "todo/projection.h"

namespace todo::server {

class WorkspaceHost {
 public:
  // Loads the newest checkpoint and what follows it. `reader` is read on this thread only, and
  // is another connection than the one that appends.
  static Result<std::unique_ptr<WorkspaceHost>> load(const WorkspaceId& id, Store& reader,
                                                     const EventLoop& loop);

  const WorkspaceId& id() const { return id_; }
  const std::string& lineage() const { return lineage_; }
  const Session& session() const { return session_; }
  const Workspace& workspace() const { return session_.workspace(); }
  Result<Page> find(const Search& search);
  const std::string& json_of(const Task& task);  // valid until the next call that changes anything

  // The time for a new request: the clock's, but never before the last entry's.
  Instant now() const;
  Instant held(Instant asked) const;  // between the last entry's time and the clock's

  // Takes what another process has appended since. To be called before each look at the state.
  Result<void> catch_up();

  // Asks, and gives the entry that comes of it if nothing comes first (valid until the next call);
  // nullptr if it was asked before, and then `then` is dropped. `then` runs when it is known what
  // came of it: with nullptr if that is what was foreseen, else with the answer. What nobody will
  // repeat and is refused does not come into the journal: the refusal is the error.
  using Settled = std::function<void(const Answer*)>;
  Result<const Entry*> ask(todo::Request request, Settled then);

  // The same for who has decided it already, on `workspace()` as it is now.
  Result<const Entry*> ask(todo::Request request, Result<Events> decision, Settled then);

  // Whether all that the state shows now is durable.
  bool stands() const { return session_.standing(session_.view()) == Standing::stands; }

  // Runs one of them: `stands` once all that the state shows now is durable, `fell` if some of it
  // turns out not to be: then look again. At once if nothing is pending.
  void when_it_stands(std::function<void()> stands, std::function<void()> fell);

  // What was there before the entry at `seq`. O(n), and what has happened since.
  Result<Workspace> workspace_before(Seq seq);

  // The entry of a request, be it pending. Cheap for the latest of its device, else O(n): looks at
  // `left` entries at most, and counts them down.
  Result<Entry> entry_of(const Mutation& mutation, std::size_t& left);

  // The entry at `seq`, and a page of raw entries after a seq, out of the journal.
  Result<Entry> entry_at(Seq seq);
  Result<std::vector<Record>> records_after(Seq after, std::size_t limit);

  // What to append after `session().durable()`; empty while that is under way. They may be read on
  // another thread until this is told what came of it.
  std::vector<const Entry*> append();
  void committed(Seq through);
  void overtaken();      // others came first
  void append_failed();  // it is not known whether it was taken

  // Answers whoever waits for what has been committed.
  void release();

  // Tells everybody who waits that it is not known what came of it.
  void give_up_waiting();
  bool is_failing() const { return failing_; }
  bool is_caught_up() const { return caught_up_; }
  std::size_t waiting() const { return held_.size() + asked_.size(); }

  // The next instant at which the clock has something to do, and for which tasks.
  std::optional<Instant> next_due() const { return projection_.reminders().next_due(); }
  std::vector<TaskId> due(Instant now) const { return projection_.reminders().due(now, 1000); }

  std::uint64_t foreign_entries() const { return foreign_entries_; }
  std::uint64_t replayed() const { return replayed_; }  // entries read at the start

 private:
  using MutationKey = std::pair<DeviceId, std::uint64_t>;

  WorkspaceHost(const WorkspaceId& id, Store& reader, const EventLoop& loop, Session session);

  Result<void> read_journal();
  Result<void> skip_to_checkpoint();
  void let_all_look_again();
  void take(const std::vector<Entry>& entries);
  void show_changes();

  static constexpr std::uint64_t fallen = std::numeric_limits<std::uint64_t>::max();  // no rebase
  struct Held {
    View view;
    std::function<void()> stands;
    std::function<void()> fell;
  };
  struct Asked {
    std::uint64_t rebase;
    std::string digest;
    Settled then;
  };

  WorkspaceId id_;
  Store& reader_;
  const EventLoop& loop_;
  Session session_;
  std::string lineage_{};
  Projection projection_{};  // of `session_`
  std::map<TaskId, std::string> texts_{};
  std::vector<Held> held_{};
  std::map<MutationKey, Asked> asked_{};
  Instant last_time_{};
  std::uint64_t appends_seen_ = 0;
  std::uint64_t foreign_entries_ = 0;
  std::uint64_t replayed_ = 0;
  bool appending_ = false;
  bool failing_ = false;   // what was asked cannot be appended
  bool caught_up_ = true;  // what others have appended could be read
};

}  // namespace todo::server
