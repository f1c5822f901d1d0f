// An empty workspace in Paris that texts are imported into, in few words.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "todo/interchange.h"

namespace todo {

inline std::ostream& operator<<(std::ostream& out, const Loss& loss) {
  return out << loss.item << ':' << loss.at << ' ' << loss.property << ' ' << name_of(loss.fate)
             << ": " << loss.message;
}

namespace testing {

inline constexpr Instant noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} +
                              std::chrono::hours{12}};
inline constexpr IdBytes source{1, 2, 3};

struct Scene {
  ImportFormat format;
  Workspace workspace{};
  Import last{};

  explicit Scene(ImportFormat of) : format(of) { workspace.settings.zone = "Europe/Paris"; }

  // As a batch, which has to hold.
  void import(std::string_view text) {
    Result<Import> read = read_import(format, text, {noon, source, workspace});
    ASSERT_TRUE(read.has_value()) << read.error().message;
    last = *read;
    if (last.commands.empty()) return;
    Context context{.now = noon, .actor = "ann"};
    Result<Events> events = decide(workspace, Batch{last.commands}, context, Zones::embedded());
    ASSERT_TRUE(events.has_value()) << events.error().field << ": " << events.error().message;
    for (const Event& event : *events) evolve(workspace, event);
  }

  Error refusal(std::string_view text) const {
    Result<Import> read = read_import(format, text, {noon, source, workspace});
    return read.has_error() ? read.error() : Error{};
  }

  static TaskId id(std::string_view name) { return named_id<TaskId>(source, name); }
  const Task& operator[](std::string_view name) const { return workspace.tasks.at(id(name)); }
  bool has(std::string_view name) const { return workspace.tasks.count(id(name)) != 0; }

  // "kept DUE" for each row of the item.
  std::vector<std::string> rows(std::string_view item) const {
    std::vector<std::string> rows;
    for (const Loss& loss : last.losses) {
      if (loss.item == item) rows.push_back(std::string(name_of(loss.fate)) + ' ' + loss.property);
    }
    return rows;
  }
};

inline When when(std::string_view text) { return *parse<When>(text); }
inline std::string text_of(const std::optional<When>& when) { return when ? to_text(*when) : ""; }

}  // namespace testing
}  // namespace todo
