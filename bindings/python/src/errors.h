// Refusals on their way to Python: thrown here as one C++ exception, raised there as the subclass
// of TodoError that belongs to the code.
#pragma once

#include <pybind11/pybind11.h>

#include <exception>
#include <utility>

#include "gil.h"
#include "todo/error.h"

namespace todo::python {

namespace py = pybind11;

class Refused final : public std::exception {
 public:
  explicit Refused(Error error) : error_(std::move(error)) {}

  const Error& error() const { return error_; }
  const char* what() const noexcept override { return error_.message.c_str(); }

 private:
  Error error_;
};

[[noreturn]] inline void refuse(Errc code, std::string message, std::string field = {}) {
  throw Refused({code, std::move(message), std::move(field)});
}

template <class T>
T value_or_refuse(Result<T> result) {
  if (result.has_error()) throw Refused(std::move(result).error());
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

// What `work` gives; a refusal in it is about `member` of something.
template <class Member, class Work>
auto within_member(const Member& member, Work&& work) {
  try {
    return work();
  } catch (const Refused& refused) {
    throw Refused(within(member, refused.error()));
  }
}

// Makes the exception that is being handled the one that Python raises. To be called in a catch.
void raise_current_exception();

// For functions that Python calls without pybind11 in between: what `work` gives, or `failed` with
// a Python exception set.
template <class Work, class Failed>
auto guarded(Failed failed, Work&& work) -> Failed {
  Entered call;
  try {
    return work();
  } catch (...) {
    raise_current_exception();
    return failed;
  }
}

}  // namespace todo::python
