// A workspace, a clock and commands in few words, for the tests of the engine.
#pragma once

#include <gtest/gtest.h>

#include "todo/session.h"

namespace todo {

inline std::ostream& operator<<(std::ostream& out, const Error& error) {
  return out << name_of(error.code) << " at '" << error.field << "': " << error.message;
}

namespace testing {

inline constexpr DeviceId phone{{1, 0, 0, 0, 0, 0, 0x70}}, laptop{{2, 0, 0, 0, 0, 0, 0x70}};
inline constexpr Instant noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} +
                              std::chrono::hours{12}};

constexpr TaskId task_id(std::uint8_t number) { return {{number}}; }

inline Date day(int year, unsigned month, unsigned day) {
  return std::chrono::local_days{std::chrono::year{year} / static_cast<int>(month) /
                                 static_cast<int>(day)};
}

inline Task task(std::uint8_t number, std::string title = "water the plants") {
  return {.id = task_id(number), .title = std::move(title)};
}

inline Recurrence repeating(std::string_view rule) { return {.rules = {*parse<Rule>(rule)}}; }

// A workspace on which commands are decided and shown at once.
struct Scene {
  Workspace workspace{};
  Context context{.now = noon, .actor = "ann", .mutation = {phone, 0}};

  Result<Events> ask(const Command& command) {
    ++context.mutation.number;
    Result<Events> events = decide(workspace, command, context, Zones::embedded());
    if (events.has_value()) {
      for (const Event& event : *events) evolve(workspace, event);
    }
    return events;
  }

  // The same where a refusal is a failure of the test.
  Events hold(const Command& command) {
    Result<Events> events = ask(command);
    if (events.has_value()) return *events;
    ADD_FAILURE() << events.error();
    return {};
  }

  // The refusal, where anything else is a failure of the test.
  Error refuse(const Command& command) {
    Result<Events> events = ask(command);
    if (events.has_error()) return events.error();
    ADD_FAILURE() << "was not refused";
    return {};
  }

  const Task& operator[](const TaskId& id) const { return workspace.tasks.at(id); }
};

}  // namespace testing
}  // namespace todo
