#include "todo/interchange.h"

#include "arguments.h"

namespace todo::conformance {
namespace {

Result<void> apply(Workspace& workspace, Import import, Instant now) {
  if (import.commands.empty()) return {};
  Context context{.now = now, .actor = "conformance"};
  Result<Events> events =
      decide(workspace, Batch{std::move(import.commands)}, context, Zones::embedded());
  if (events.has_error()) return events.error();
  for (const Event& event : *events) evolve(workspace, event);
  return {};
}

template <class I, class T>
std::vector<T> values_of(const std::map<I, T>& map) {
  std::vector<T> values;
  for (const auto& [id, value] : map) values.push_back(value);
  return values;
}

}  // namespace

Answer import_text(Arguments& given) {
  auto format = given.need<ImportFormat>("format");
  auto text = given.need<std::string>("text");
  auto now = given.need<Instant>("now");
  auto name_space = given.need<EntityId>("namespace");
  auto times = given.take<std::uint32_t>("times", 1);
  Workspace workspace;
  workspace.settings.zone = given.take<std::string>("zone", workspace.settings.zone);
  if (std::optional<Error> flaw = flaw_of(workspace.settings, Zones::embedded()))
    given.refuse(*flaw);
  if (std::optional<Error> refusal = given.refusal()) return *refusal;

  std::vector<Loss> losses;
  for (std::uint32_t i = 0; i < times; ++i) {
    Result<Import> import = read_import(format, text, {now, name_space.bytes, workspace});
    if (import.has_error()) return import.error();
    losses = import->losses;
    Result<void> applied = apply(workspace, *std::move(import), now);
    if (applied.has_error()) return applied.error();
  }
  return R"({"projects":)" + to_json(values_of(workspace.projects)) + R"(,"tasks":)" +
         to_json(values_of(workspace.tasks)) + R"(,"losses":)" + to_json(losses) + "}";
}

}  // namespace todo::conformance
