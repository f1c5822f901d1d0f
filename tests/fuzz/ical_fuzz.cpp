#include <cstdint>

#include "importing.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  todo::fuzz::import_twice(todo::ImportFormat::ical, text);
  return 0;
}
