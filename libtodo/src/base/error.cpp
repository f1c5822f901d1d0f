#include "todo/error.h"

namespace todo {

Error within(std::string_view member, Error error) {
  std::string pointer = "/";
  for (char c : member) {
    if (c == '~') pointer += "~0";
    else if (c == '/') pointer += "~1";
    else pointer += c;
  }
  error.field.insert(0, pointer);
  return error;
}

Error within(std::size_t index, Error error) {
  return within(std::to_string(index), std::move(error));
}

}  // namespace todo
