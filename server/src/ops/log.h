// The log: one JSON object a line on standard error. It never holds titles, notes or queries.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace todo::server::log {

enum class Level : std::uint8_t { debug, info, warn, error };

struct Field {
  std::string_view name;
  std::variant<std::string_view, std::int64_t> value;
};
using Fields = std::initializer_list<Field>;

// To be called once, before anything is logged.
void begin(std::string_view level);

bool shows(Level level);

// {"time":"2026-11-23T10:00:00.000Z","level":"info","event":"...", and the fields}
void write(Level level, std::string_view event, Fields fields = {});

inline void info(std::string_view event, Fields fields = {}) { write(Level::info, event, fields); }
inline void warn(std::string_view event, Fields fields = {}) { write(Level::warn, event, fields); }
inline void error(std::string_view event, Fields fields = {}) {
  write(Level::error, event, fields);
}

}  // namespace todo::server::log
