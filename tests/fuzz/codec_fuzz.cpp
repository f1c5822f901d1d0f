// Whatever the text, reading it ends; what is refused has a reason; and what can be read is written
// as a text that reads as the same value and is written as the same text again.
#include <cstdint>

#include "todo/codec.h"

namespace {

using namespace todo;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

template <class T>
void read_and_write(std::string_view text) {
  Result<T> value = from_json<T>(text);
  if (value.has_error()) {
    require(!value.error().message.empty());
    return;
  }
  std::string written = to_json(*value);
  Result<T> again = from_json<T>(written);
  require(again.has_value() && to_json(*again) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  read_and_write<Command>(text);
  read_and_write<Entry>(text);
  read_and_write<Snapshot>(text);
  read_and_write<Patch<Task>>(text);
  read_and_write<Settings>(text);
  return 0;
}
