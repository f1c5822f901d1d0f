// Where the interpreter's lock is let go, and how a lock of our own is taken without holding it.
#pragma once

#include <pybind11/pybind11.h>

#include <mutex>

namespace todo::python {

// Lets other Python threads run until it is destroyed. Not noexcept, unlike pybind11's: Python ends
// a daemon thread that wants the lock back while the process exits by unwinding its stack.
class Unlocked {
 public:
  Unlocked() : state_(PyEval_SaveThread()) {}
  ~Unlocked() noexcept(false) { PyEval_RestoreThread(state_); }
  Unlocked(const Unlocked&) = delete;
  Unlocked& operator=(const Unlocked&) = delete;

 private:
  PyThreadState* state_;
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
