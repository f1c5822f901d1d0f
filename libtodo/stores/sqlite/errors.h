// The one place where exceptions become errors.
#pragma once

#include <SQLiteCpp/Exception.h>

#include "todo/error.h"

namespace todo::sqlite {

Error error_of(const SQLite::Exception& exception);

// The answer of `act`, which gives a Result.
template <class Act>
auto guarded(const Act& act) -> decltype(act()) {
  try {
    return act();
  } catch (const SQLite::Exception& exception) {
    return error_of(exception);
  } catch (const std::exception& exception) {
    return Error{Errc::unavailable, exception.what()};
  }
}

}  // namespace todo::sqlite
