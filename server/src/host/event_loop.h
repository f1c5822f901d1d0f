// What the engine's host needs of the thread that it runs on.
#pragma once

#include <chrono>
#include <functional>

#include "todo/time.h"

namespace todo::server {

struct EventLoop {
  // Runs it on the loop's thread, after what is ready to run now. May be called by any thread.
  std::function<void(std::function<void()>)> post;

  // The same, when so much time has passed.
  std::function<void(std::chrono::milliseconds, std::function<void()>)> after;

  std::function<Instant()> clock;
};

}  // namespace todo::server
