// Where the interpreter's lock is let go, how a lock of our own is taken without holding it, and
// how threads leave before the process ends.
#pragma once

#include <pybind11/pybind11.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

namespace todo::python {

// Lets other Python threads run until it is destroyed.
class Unlocked {
 public:
  Unlocked() : state_(PyEval_SaveThread()) {}
  // Python up to 3.13 ends a daemon thread that wants the lock back while the process exits, by
  // unwinding its stack: objects on it would be let go without the lock. So it sleeps until the
  // end, as later versions let it do.
  ~Unlocked() noexcept(false) {
    try {
      PyEval_RestoreThread(state_);
    } catch (...) {
      for (;;) std::this_thread::sleep_for(std::chrono::hours{1});
    }
  }
  Unlocked(const Unlocked&) = delete;
  Unlocked& operator=(const Unlocked&) = delete;

 private:
  PyThreadState* state_;
};

// A call from Python that is inside. Python up to 3.13 ends a daemon thread while the process exits
// by unwinding its stack as soon as it needs the lock, which any Python code that is called from
// here may do: so the end waits until all have left, and whoever comes later sleeps.
class Entered {
 public:
  Entered() {
    unsigned long by = ending_thread;
    if (by != 0 && by != PyThread_get_thread_ident()) {
      PyEval_SaveThread();
      for (;;) std::this_thread::sleep_for(std::chrono::hours{1});
    }
    ++inside;
    ++inside_here;
  }
  ~Entered() {
    --inside_here;
    --inside;
  }
  Entered(const Entered&) = delete;
  Entered& operator=(const Entered&) = delete;

  // To be called when the process begins to end; waits for ten seconds at most.
  static void end() {
    ending_thread = PyThread_get_thread_ident();
    PyThreadState* state = PyEval_SaveThread();
    for (int i = 0; i < 10'000 && inside > 0; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    PyEval_RestoreThread(state);
  }

  // To be called in a child of fork, which has but the thread that forked.
  static void begin_in_child() {
    ending_thread = 0;
    inside = inside_here;
  }

 private:
  static inline std::atomic<unsigned long> ending_thread{0};  // 0: not yet
  static inline std::atomic<int> inside{0};
  static inline thread_local int inside_here = 0;  // of them, those of this thread
};

// Whoever waits for `mutex` does not hold the interpreter's lock, which its holder may want back.
inline std::unique_lock<std::mutex> lock(std::mutex& mutex) {
  std::unique_lock<std::mutex> taken(mutex, std::try_to_lock);
  if (!taken.owns_lock()) {
    Unlocked waiting;
    taken.lock();
  }
  return taken;
}

}  // namespace todo::python
