// One workspace in one process: commands in, entries out, over a store. The whole loop for a
// program that may wait for its disk; who may not drives a Session itself.
//
//   Result<Engine> engine = Engine::open(store, workspace);
//   Result<Entry> done = engine->apply(Complete{task}, context);
//
// Time and names come with the context. Others may append to the same journal: what they did is
// taken in before each command, and whenever `refresh` is called.
//
// Threads: const calls may run together; a non-const call must run alone, on its store as well.
#pragma once

#include "todo/codec.h"
#include "todo/projection.h"

namespace todo {

class Engine {
 public:
  // Reads the checkpoint and the entries after it. `store` and `zones` must outlive the engine.
  // Refuses a journal with anything in it that this version cannot read: nothing is skipped.
  static Result<Engine> open(Store& store, const WorkspaceId& workspace,
                             const Zones& zones = Zones::embedded());

  // The entry that `command` came to, durable. A refusal is given as the error and is in the
  // journal as well, unless the device is one that is never repeated. The same mutation again gets
  // the entry of the first time.
  //
  // An error `unavailable` leaves open whether it was done. The command then stays in the queue and
  // shows in `workspace()`; the next call of `apply` or `refresh` settles it, before anything else.
  Result<Entry> apply(Command command, Context context);

  // Takes back what the request `of` did. Undoing the undo is redo.
  Result<Entry> undo(const Mutation& of, Context context);

  // Takes in what others have appended, and settles what is in the queue. Cheap if there is none.
  Result<void> refresh();

  // The tasks of `workspace()` that match. The page holds until the next call that is not const.
  Result<Page> find(const Search& search, Instant now);

  // When `Advance` next has something to do, and for which tasks at `now`, at most `limit`.
  std::optional<Instant> next_due() const { return projection_.reminders().next_due(); }
  std::vector<TaskId> due(Instant now, std::size_t limit) const {
    return projection_.reminders().due(now, limit);
  }

  // Entries as they are in the journal, at most `limit`, oldest first.
  Result<std::vector<Entry>> entries_after(Seq after, std::size_t limit) const;

  // Saves the state, so that opening reads only what comes after; gives its seq. The entries up to
  // it may be compacted away then.
  Result<Seq> checkpoint();

  // `sink`, which must outlive the engine, is told of each entry from now on. A jump in the seq
  // means that somebody has compacted the entries between away before they were read here.
  void add_sink(EventSink& sink) { sinks_.push_back(&sink); }

  const Workspace& workspace() const { return session_.workspace(); }
  const Session& session() const { return session_; }

  // The number of the next request of `device`.
  std::uint64_t next_number(const DeviceId& device) const {
    return session_.last_number(device) + 1;
  }

 private:
  Engine(Store& store, const WorkspaceId& workspace, const Zones& zones)
      : store_(&store), id_(workspace), session_(zones) {}

  Result<void> ask(Request request);
  Result<void> load_checkpoint(const Checkpoint& checkpoint);
  Result<void> skip_to_checkpoint();
  Result<void> read_journal();
  Result<void> take_foreign();
  Result<void> settle();
  Result<Appended> append(std::span<const Entry> entries);
  void deliver(std::span<const Entry> entries);
  Result<Entry> settled(const Mutation& mutation);
  Result<Entry> entry_at(Seq seq) const;
  Result<Entry> entry_of(const Mutation& mutation) const;

  Store* store_;
  WorkspaceId id_;
  Session session_;
  std::optional<std::uint64_t> foreign_appends_{};  // all of those are read; nullopt: not sure
  Entry newest_own_{};  // that was appended here; seq 0: none, or it has been given away
  std::vector<EventSink*> sinks_{};
  Projection projection_{};  // of `session_`
};

}  // namespace todo
