#include "ops/log.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "http/problem.h"

namespace todo::server::log {

namespace {

spdlog::level::level_enum spdlog_level(Level level) {
  static constexpr spdlog::level::level_enum levels[] = {spdlog::level::debug, spdlog::level::info,
                                                         spdlog::level::warn, spdlog::level::err};
  return levels[static_cast<std::size_t>(level)];
}

}  // namespace

void begin(std::string_view level) {
  auto logger = spdlog::stderr_logger_mt("todo-server");
  logger->set_level(spdlog::level::from_str(std::string(level)));
  logger->set_formatter(std::make_unique<spdlog::pattern_formatter>(
      R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})", spdlog::pattern_time_type::utc));
  logger->flush_on(spdlog::level::debug);
  spdlog::set_default_logger(std::move(logger));
}

bool shows(Level level) { return spdlog::should_log(spdlog_level(level)); }

void write(Level level, std::string_view event, Fields fields) {
  if (!shows(level)) return;
  std::string line = R"("event":)" + json_text(event);
  for (const Field& field : fields) {
    line.append(",").append(json_text(field.name)).append(":");
    if (const auto* number = std::get_if<std::int64_t>(&field.value))
      line.append(std::to_string(*number));
    else line.append(json_text(std::get<std::string_view>(field.value)));
  }
  spdlog::log(spdlog_level(level), "{}", line);
}

}  // namespace todo::server::log
