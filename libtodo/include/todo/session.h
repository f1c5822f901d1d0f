// One workspace in use: what its journal holds, and on top what was asked and is not in it yet.
//
// Nothing here does I/O. A server hands `append()` to its store and says what came of it; a client
// sends `requests()` to its server and passes on the entries that it hears. For both, `commit` is
// the only way forward: "the journal goes on with these". If they are not the entries foreseen,
// the session goes back to what is durable, takes them, and decides what is pending again.
//
// Threads: const calls may run together; a non-const call must run alone.
#pragma once

#include <deque>

#include "todo/journal.h"

namespace todo {

// What a reader of `workspace()` saw. An answer made from it may leave once it `stands`.
struct View {
  Seq seq = 0;
  std::uint64_t rebase = 0;
};

// What a session shows differently than before, perhaps some of it twice.
struct Touched {
  std::vector<TaskId> tasks{};
  std::vector<ProjectId> projects{};
};

enum class Standing : std::uint8_t { waits, stands, fell };  // fell: look again

class Session {
 public:
  explicit Session(const Zones& zones = Zones::embedded()) : zones_(&zones) {}
  Session(Snapshot snapshot, const Zones& zones = Zones::embedded());

  // Decides `request` on what is pending. Its answer comes when it is durable; a repeated request
  // gets the answer of the first. Refuses a context with a flaw, and a number that leaves one out
  // or is too old to have its answer here (it is in the journal).
  Result<void> ask(Request request);

  // What `request` does now: by `decide`, if what it expects is so.
  Result<Events> decide(const Request& request) const;

  // As `ask`, for who has decided it already.
  Result<void> ask(Request request, Result<Events> decision);

  // The entry of the request asked last, as it will be if nothing comes first. There must be one
  // that is pending.
  const Entry& foreseen() const { return pending_.back().entry; }

  // The same of any request that is pending; nullptr if it is not.
  const Entry* foreseen(const Mutation& mutation) const;

  // The entries to append after seq `durable()`, all of those pending. None while an append that
  // starts there is out: a second one could slip in behind entries that are not ours.
  std::vector<Entry> append();

  // The same where they are. They may be read on another thread, and until it is known what came of
  // them no more than `ask` may be called.
  std::vector<const Entry*> append_in_place();

  void append_failed() { appending_ = false; }  // or its fate is unknown: `append` gives them again

  // The requests not known to be in the journal, oldest first.
  std::vector<Request> requests() const;

  // The journal goes on with `entries`. Those known are skipped; stops at a gap. Cost: that of the
  // entries if they were foreseen, else that of deciding all that is pending again.
  void commit(std::span<const Entry> entries);
  void commit_own(Seq through);  // the same for what `append` gave: the store took it

  std::vector<Answer> take_answers() { return std::exchange(answers_, {}); }

  // What `workspace()` shows differently since the last call; at first, all. For a Projection.
  Touched take_touched() { return std::exchange(touched_, {}); }

  // The newest state: ahead of the journal by what is pending.
  const Workspace& workspace() const { return workspace_; }
  const Zones& zones() const { return *zones_; }
  View view() const { return {durable_ + pending_.size(), rebases_}; }
  Standing standing(View view) const;

  Seq durable() const { return durable_; }
  Instant durable_at() const { return durable_at_; }  // the latest time of the entries up to there
  std::uint64_t last_number(const DeviceId& device) const;  // 0: none yet

  // The answer to the last request of `device` that is settled; nullptr if there is none.
  const Answer* last_answer(const DeviceId& device) const;

  // The seq of the last entry that changed the task, project or filter of this id; 0: none.
  Seq version_of(const EntityId& id) const;

  // The durable state, without what is pending. O(n).
  Snapshot snapshot() const;

 private:
  struct Pending {
    Request request;
    Entry entry{};                    // as it will be, if nothing comes first
    std::vector<Version> versions{};  // of what it changes, as they were before; 0: none
  };

  Result<bool> is_new(const Context& context);
  void add(Request request, Result<Events> decision);
  void foresee(Pending& pending, Seq seq, Result<Events> decision);
  std::vector<Version> show(const Entry& entry);
  Answer settle(const Entry& entry);
  void remember(Answer answer);
  void touch(const Event& event);
  void take_back_pending();
  void rebase(std::span<const Entry> entries);

  const Zones* zones_;
  Workspace workspace_{};
  std::map<EntityId, Seq> versions_{};
  Seq durable_ = 0;
  Instant durable_at_{};
  std::deque<Pending> pending_{};
  std::map<DeviceId, Answer> last_{};                  // durable only, so a rebase leaves it alone
  std::deque<std::pair<Instant, DeviceId>> forget_{};  // devices of one request, oldest first
  std::vector<Answer> answers_{};
  Touched touched_{};
  std::uint64_t rebases_ = 0;
  bool appending_ = false;
};

}  // namespace todo
