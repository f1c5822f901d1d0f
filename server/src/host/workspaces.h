// All workspaces in service, and the group commit that serves them: while one append is under way,
// further requests gather, and the next append takes them all.
//
// Threads: all calls on the loop's thread.
#pragma once

#include "host/store_thread.h"
#include "host/workspace_host.h"
#include "ops/metrics.h"

namespace todo::server {

class Workspaces {
 public:
  Workspaces(EventLoop& loop, StoreThread& writer, Store& reader, Metrics& metrics)
      : loop_(loop), writer_(writer), reader_(reader), metrics_(metrics) {}

  // Loads it if it is not in service yet.
  Result<WorkspaceHost*> open(const WorkspaceId& id);

  // To be called after something was asked: appends it soon, with what else is asked until then.
  void append_soon();

  // Runs `job` on the store's thread, between appends.
  void run(StoreThread::Job job) { writer_.run(std::move(job)); }

  // Looks what other processes have appended and what the clock has to do, every second.
  void start_ticking();

  // Keeps what is loaded as checkpoints, so that the next start reads little. Nothing may be asked
  // any more.
  void put_checkpoints();

  bool is_ready() const;
  Metrics& metrics() { return metrics_; }
  EventLoop& loop() { return loop_; }

 private:
  struct Share;
  struct Appending;

  void append();
  void appended(Appending& appending);
  void go_on(const Appending& appending);
  void tick();
  void advance(WorkspaceHost& host);

  EventLoop& loop_;
  StoreThread& writer_;
  Store& reader_;
  Metrics& metrics_;
  std::map<WorkspaceId, std::unique_ptr<WorkspaceHost>> hosts_{};
  bool append_is_due_ = false;
  bool appending_ = false;
};

}  // namespace todo::server
