// The thread on which the store is written: its I/O stops nobody else.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "host/event_loop.h"
#include "todo/journal.h"

namespace todo::server {

class StoreThread {
 public:
  // Runs on the store's thread; what it gives runs on the loop's.
  using Job = std::function<std::function<void()>(Store&)>;

  StoreThread(Store& store, const EventLoop& loop);
  ~StoreThread();  // after the jobs that it was given

  void run(Job job);

 private:
  void work();

  Store& store_;
  const EventLoop& loop_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace todo::server
