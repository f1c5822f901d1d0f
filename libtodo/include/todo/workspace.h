// One owner's tasks, what may be done to them, and what doing it changes.
#pragma once

#include <set>

#include "todo/command.h"

namespace todo {

struct Workspace {
  std::map<TaskId, Task> tasks{};
  std::map<ProjectId, Project> projects{};
  std::map<FilterId, Filter> filters{};
  Settings settings{};
  std::set<std::pair<TaskId, TaskId>>
      children{};  // (parent, child): `evolve` derives it from tasks

  friend bool operator==(const Workspace&, const Workspace&) = default;
};

// Who asked, when by the clock of the asker, from where and under which name. It travels with the
// command: whoever decides again decides with the same context.
struct Context {
  Instant now{};
  std::string actor{};   // whom the audit log names: "local"; at most 200 bytes of one line
  std::string origin{};  // the program or device, for people: "web", "python"; likewise
  Mutation mutation{};
  std::string digest{};  // of what was asked, so that one name is not used for two things; likewise
  friend bool operator==(const Context&, const Context&) = default;
};

namespace limits {
inline constexpr std::size_t context_text_bytes = 200;
}  // namespace limits

// What keeps a context out of a journal; the field is a JSON pointer into it.
std::optional<Error> flaw_of(const Context& context);

// What `command` does to `workspace`: no events if it is true already, an error if it is refused.
Result<Events> decide(const Workspace& workspace, const Command& command, const Context& context,
                      const Zones& zones);

// Both are total: what is not there is not changed. `revert` takes back the latest event.
void evolve(Workspace& workspace, const Event& event);
void revert(Workspace& workspace, const Event& event);

template <>
inline constexpr std::string_view type_name<Context> = "Context";
template <>
inline constexpr std::tuple fields<Context> = {
    Field{"now", &Context::now, "The time by the clock of the asker."},
    Field{"actor", &Context::actor, "Who asked."},
    Field{"origin", &Context::origin, "The program or device it was asked from."},
    Field{"mutation", &Context::mutation, "The name of the request."},
    Field{"digest", &Context::digest, "Of what was asked, where names may be used twice."}};

}  // namespace todo
