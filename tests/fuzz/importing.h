// What holds for the import of any text: it ends; the commands hold, in one batch; and importing it
// again changes nothing.
#pragma once

#include "todo/interchange.h"
#include "todo/text.h"

namespace todo::fuzz {

inline void require(bool holds) {
  if (!holds) __builtin_trap();
}

inline Import import_of(ImportFormat format, std::string_view text, const Workspace& workspace) {
  constexpr Instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};
  Result<Import> import = read_import(format, text, {now, {1, 2, 3}, workspace});
  if (import.has_error()) {
    require(!import.error().message.empty());
    return {};
  }
  for (const Loss& loss : import->losses) {
    require(!loss.message.empty());
    require(is_utf8(loss.item) && is_utf8(loss.property) && is_utf8(loss.message));
  }
  return *std::move(import);
}

inline void import_twice(ImportFormat format, std::string_view text) {
  Workspace workspace;
  workspace.settings.zone = "Europe/Paris";
  Import import = import_of(format, text, workspace);
  Result<Events> events =
      decide(workspace, Batch{std::move(import.commands)}, {.actor = "fuzz"}, Zones::embedded());
  require(events.has_value());
  for (const Event& event : *events) evolve(workspace, event);
  require(import_of(format, text, workspace).commands.empty());
}

}  // namespace todo::fuzz
