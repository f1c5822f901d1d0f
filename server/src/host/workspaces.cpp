#include "host/workspaces.h"

#include "host/random.h"
#include "ops/log.h"
#include "todo/codec.h"

namespace todo::server {

namespace {

constexpr std::chrono::milliseconds retry_after{200};
constexpr std::chrono::milliseconds tick_every{1000};
constexpr std::uint64_t worth_a_checkpoint = 1000;  // entries to read at the start without one

std::int64_t microseconds_since(std::chrono::steady_clock::time_point start) {
  auto took = std::chrono::steady_clock::now() - start;
  return std::chrono::duration_cast<std::chrono::microseconds>(took).count();
}

}  // namespace

// One workspace's part of an append.
struct Workspaces::Share {
  WorkspaceHost* host;
  Seq after;
  std::vector<const Entry*> entries;  // of the host: they stay while the append is out
};

struct Workspaces::Appending {
  std::vector<Share> shares{};
  std::size_t entries = 0;
  std::chrono::steady_clock::time_point began{};
  Result<std::vector<Appended>> outcome = std::vector<Appended>{};

  // On the store's thread. What is written as text there costs the loop nothing.
  void run(Store& store) {
    std::vector<Append> appends;
    for (const Share& share : shares) {
      appends.push_back({share.host->id(), share.after, {}});
      for (const Entry* entry : share.entries) appends.back().payloads.push_back(to_json(*entry));
    }
    outcome = store.append(appends);
  }
};

Result<WorkspaceHost*> Workspaces::open(const WorkspaceId& id) {
  auto found = hosts_.find(id);
  if (found != hosts_.end()) return found->second.get();
  auto host = WorkspaceHost::load(id, reader_, loop_);
  if (host.has_error()) return host.error();
  return hosts_.emplace(id, *std::move(host)).first->second.get();
}

void Workspaces::append_soon() {
  if (std::exchange(append_is_due_, true)) return;
  loop_.post([this] {
    append_is_due_ = false;
    append();
  });
}

void Workspaces::append() {
  if (appending_) return;
  auto appending = std::make_shared<Appending>();
  for (const auto& [id, host] : hosts_) {
    Seq after = host->session().durable();
    std::vector<const Entry*> entries = host->append();
    if (entries.empty()) continue;
    appending->entries += entries.size();
    appending->shares.push_back({host.get(), after, std::move(entries)});
  }
  if (appending->shares.empty()) return;
  appending_ = true;
  appending->began = std::chrono::steady_clock::now();
  writer_.run([this, appending](Store& store) {
    appending->run(store);
    return [this, appending] { appended(*appending); };
  });
}

void Workspaces::appended(Appending& appending) {
  appending_ = false;
  bool failed = appending.outcome.has_error();
  if (failed) {
    metrics_.count_commit_failed();
    log::error("append_failed", {{"reason", appending.outcome.error().message}});
  } else {
    metrics_.count_commit(appending.entries, std::chrono::steady_clock::now() - appending.began);
  }
  for (std::size_t i = 0; i < appending.shares.size(); ++i) {
    Share& share = appending.shares[i];
    if (failed) share.host->append_failed();
    else if ((*appending.outcome)[i] == Appended::conflict) share.host->overtaken();
    else share.host->committed(share.after + share.entries.size());
  }
  go_on(appending);
}

// What has gathered meanwhile is on its way before anybody is answered, unless it has to wait for
// the store.
void Workspaces::go_on(const Appending& appending) {
  bool failing = false;
  for (const Share& share : appending.shares) {
    if (!share.host->is_failing()) continue;
    failing = true;
    share.host->give_up_waiting();
  }
  if (failing) loop_.after(retry_after, [this] { append(); });
  else append();
  for (const Share& share : appending.shares) share.host->release();
}

void Workspaces::start_ticking() {
  loop_.after(tick_every, [this] {
    tick();
    start_ticking();
  });
}

void Workspaces::tick() {
  for (const auto& [id, host] : hosts_) {
    if (Result<void> caught_up = host->catch_up(); caught_up.has_error()) {
      log::error("read_failed", {{"reason", caught_up.error().message}});
      continue;
    }
    std::optional<Instant> due = host->next_due();
    if (due && *due <= loop_.clock()) advance(*host);
  }
}

// Only what has an effect is written down: another process may have done it already.
void Workspaces::advance(WorkspaceHost& host) {
  Context context{.now = host.now(),
                  .actor = "clock",
                  .origin = "server",
                  .mutation = {random_device(), 1},
                  .digest = ""};
  Command command = Advance{host.due(context.now)};
  Result<Events> events = decide(host.workspace(), command, context, host.session().zones());
  if (events.has_error() || events->empty()) return;
  if (host.ask({context, std::move(command)}, std::move(events), nullptr).has_value())
    append_soon();
}

void Workspaces::put_checkpoints() {
  for (const auto& [id, host] : hosts_) {
    Seq seq = host->session().durable();
    Result<std::optional<Checkpoint>> last = reader_.checkpoint(id);
    Seq kept = last.has_value() && *last ? (*last)->seq : 0;
    if (seq < kept + worth_a_checkpoint) continue;
    auto began = std::chrono::steady_clock::now();
    Checkpoint checkpoint{seq, to_json(host->session().snapshot())};
    std::int64_t took = microseconds_since(began);
    writer_.run([id = id, checkpoint = std::move(checkpoint), took](Store& store) {
      Result<void> put = store.put_checkpoint(id, checkpoint);
      if (put.has_error()) log::warn("checkpoint_failed", {{"reason", put.error().message}});
      else log::info("checkpoint", {{"seq", std::int64_t(checkpoint.seq)}, {"took_us", took}});
      return [] {};
    });
  }
}

bool Workspaces::is_ready() const {
  for (const auto& [id, host] : hosts_) {
    if (host->is_failing() || !host->is_caught_up()) return false;
  }
  return true;
}

}  // namespace todo::server
