// Three replicas, two workspaces, one store with compare-and-set. Commits are slow and grouped,
// replies get lost, replicas crash, callers try again elsewhere.
#include <gtest/gtest.h>

#include "world.h"

namespace todo::sim {
namespace {

constexpr std::size_t workspace_count = 2;
constexpr std::size_t request_count = 8;  // of each caller

struct Store {
  World& world;
  std::array<Journal, workspace_count> journals{Journal(world), Journal(world)};

  // Compare-and-set: the entries are next, or none is taken.
  bool append(std::size_t workspace, std::span<const Entry> entries) {
    Journal& journal = journals[workspace];
    if (entries.front().seq != journal.entries().size() + 1) return false;
    for (const Entry& entry : entries) journal.add(entry);
    return true;
  }
};

struct Caller {
  std::size_t workspace;
  DeviceId device;
  std::optional<Request> open;
  std::uint64_t done = 0;
};

// An answer made before what it shows is durable.
struct HeldRead {
  std::size_t workspace;
  View view;
  std::string shows;
};

class Replica {
 public:
  Replica(World& world, Store& store, std::function<void(const Answer&)> answer)
      : world_(world), store_(store), answer_(std::move(answer)) {
    load();
  }

  void ask(std::size_t workspace, const Request& request) {
    if (down_) return;
    if (sessions_[workspace].ask(request).has_error()) {  // this replica may be behind
      hear(workspace);
      (void)sessions_[workspace].ask(request);  // refused again: the caller has its answer already
    }
    plan_commit();
    release();
  }

  void read(std::size_t workspace) {
    if (down_) return;
    const Session& session = sessions_[workspace];
    reads_.push_back({workspace, session.view(), text_of(session.workspace())});
    release();
  }

  void crash() {
    if (std::exchange(down_, true)) return;
    ++life_;
    reads_.clear();
    world_.after(world_.below(100), [this] { load(); });
  }

 private:
  using Group = std::array<std::vector<Entry>, workspace_count>;

  void load() {
    down_ = planned_ = false;
    for (Session& session : sessions_) session = Session();
    for (std::size_t w = 0; w < workspace_count; ++w) hear(w);
  }

  void hear(std::size_t workspace) {
    sessions_[workspace].commit(store_.journals[workspace].after(sessions_[workspace].durable()));
  }

  // Does `act` later, unless this replica crashes first.
  void later(std::size_t ms, std::function<void()> act) {
    world_.after(ms, [this, life = life_, act = std::move(act)] {
      if (life == life_) act();
    });
  }

  void plan_commit() {
    if (std::exchange(planned_, true)) return;
    later(world_.below(10), [this] { commit(); });
  }

  // One commit for all workspaces; the store takes it even if this replica crashes meanwhile.
  void commit() {
    planned_ = false;
    Group group;
    for (std::size_t w = 0; w < workspace_count; ++w) group[w] = sessions_[w].append();
    world_.after(world_.below(40), [this, life = life_, group] {
      std::array<bool, workspace_count> took{};
      for (std::size_t w = 0; w < workspace_count; ++w) {
        took[w] = !group[w].empty() && store_.append(w, group[w]);
      }
      if (life != life_) return;
      bool lost = world_.chance(10);
      later(world_.below(20), [this, group, took, lost] { committed(group, took, lost); });
    });
  }

  void committed(const Group& group, std::array<bool, workspace_count> took, bool lost) {
    for (std::size_t w = 0; w < workspace_count; ++w) {
      if (group[w].empty()) continue;
      if (lost) sessions_[w].append_failed();
      else if (took[w]) sessions_[w].commit_own(group[w].back().seq);
      else hear(w);
    }
    release();
    plan_commit_if_pending();
  }

  void plan_commit_if_pending() {
    for (const Session& session : sessions_) {
      if (session.view().seq > session.durable()) plan_commit();
    }
  }

  void release() {
    for (Session& session : sessions_) {
      for (const Answer& answer : session.take_answers()) answer_(answer);
    }
    std::vector<HeldRead> waiting;
    for (HeldRead& read : std::exchange(reads_, {})) {
      Standing standing = sessions_[read.workspace].standing(read.view);
      if (standing == Standing::waits) waiting.push_back(std::move(read));
      if (standing != Standing::stands) continue;
      const Journal& journal = store_.journals[read.workspace];
      world_.check(read.view.seq <= journal.entries().size(), "a read shows what is durable");
      world_.check(read.shows == journal.text_at(read.view.seq), "a read shows a state there was");
    }
    reads_ = std::move(waiting);
  }

  World& world_;
  Store& store_;
  std::function<void(const Answer&)> answer_;
  std::array<Session, workspace_count> sessions_;
  std::vector<HeldRead> reads_;
  std::size_t life_ = 0;
  bool down_ = false, planned_ = false;
};

class Scene {
 public:
  explicit Scene(std::uint64_t seed) : world_(seed), store_{world_} {
    for (std::size_t i = 0; i < 3; ++i) {
      replicas_.emplace_back(world_, store_, [this](const Answer& answer) { hear(answer); });
    }
    for (std::size_t i = 0; i < 6; ++i) {
      callers_.push_back({i % workspace_count, device(i), {}, 0});
      think(callers_.back().device);
    }
    for (std::size_t i = world_.below(6); i > 0; --i) {
      world_.after(world_.below(1500), [this] { replica().crash(); });
    }
  }

  void run() {
    world_.run();
    for (const Caller& caller : callers_) {
      Journal& journal = store_.journals[caller.workspace];
      world_.check(journal.last_number(caller.device) == request_count, "every request is settled");
    }
    for (const Journal& journal : store_.journals) journal.check_series();
  }

 private:
  Replica& replica() { return replicas_[world_.below(replicas_.size())]; }
  Caller& caller(const DeviceId& device) { return callers_[device.bytes[0] - 1u]; }

  void think(DeviceId device) {
    world_.after(world_.below(120), [this, device] { ask(caller(device)); });
  }

  void ask(Caller& caller) {
    Journal& journal = store_.journals[caller.workspace];
    Workspace seen;
    for (const Entry& entry : journal.entries()) {
      for (const Event& event : entry.events) evolve(seen, event);
    }
    Context context{
        .now = world_.now(), .actor = "caller", .mutation = {caller.device, caller.done + 1}};
    caller.open =
        Request{context, any_command(world_.random(), seen, world_.now(), journal.entries())};
    journal.asked(*caller.open);
    send(caller.device);
  }

  // Sends to some replica, perhaps in vain, and again until there is an answer.
  void send(DeviceId device) {
    Caller& asker = caller(device);
    Request request = *asker.open;
    for (std::size_t copies = world_.below(3); copies > 0; --copies) {
      world_.after(world_.below(30), [this, w = asker.workspace, request] {
        Replica& chosen = replica();
        chosen.ask(w, request);
        if (world_.chance(50)) chosen.read(w);
      });
    }
    world_.after(100, [this, device, number = request.context.mutation.number] {
      if (caller(device).done < number) send(device);
    });
  }

  void hear(const Answer& answer) {
    Caller& asker = caller(answer.mutation.device);
    store_.journals[asker.workspace].check_answer(answer);
    if (answer.mutation.number != asker.done + 1) return;
    ++asker.done;
    if (asker.done < request_count) think(asker.device);
  }

  World world_;
  Store store_;
  std::deque<Replica> replicas_;
  std::vector<Caller> callers_;
};

TEST(Replicas, HoldTheJournalTogether) {
  run_seeds(500, [](std::uint64_t seed) { Scene(seed).run(); });
}

}  // namespace
}  // namespace todo::sim
