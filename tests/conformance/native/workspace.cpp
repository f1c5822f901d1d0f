#include "arguments.h"
#include "todo/session.h"

namespace todo::conformance {

// What is asked at one time: a command, or to undo the request of a number.
struct Step {
  Instant now{};
  std::optional<Command> command{};
  std::optional<std::uint32_t> undo{};
};

}  // namespace todo::conformance

namespace todo {

template <>
inline constexpr std::tuple fields<conformance::Step> = {
    Field{"now", &conformance::Step::now, "When it is asked."},
    Field{"command", &conformance::Step::command, "What is asked."},
    Field{"undo", &conformance::Step::undo, "The number of the request to undo."}};

}  // namespace todo

namespace todo::conformance {
namespace {

constexpr DeviceId device{{0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1}};

// A workspace of its own, with one entry for each request.
class Conversation {
 public:
  // An entry that refuses is an answer as well.
  Result<void> ask(Instant now, Command command) {
    Context context{.now = now, .actor = "conformance"};
    context.mutation = {device, entries_.size() + 1};
    Result<void> asked = session_.ask({std::move(context), std::move(command)});
    if (asked.has_error()) return asked;
    entries_.push_back(session_.append().front());
    session_.commit_own(entries_.back().seq);
    return {};
  }

  Result<void> ask_all(const std::vector<Step>& steps) {
    for (const Step& step : steps) {
      Result<Command> command = command_of(step);
      if (command.has_error())
        return within("commands", within(entries_.size(), std::move(command).error()));
      Result<void> asked = ask(step.now, *std::move(command));
      if (asked.has_error()) return asked;
    }
    return {};
  }

  const std::vector<Entry>& entries() const { return entries_; }
  const Session& session() const { return session_; }

 private:
  Result<Command> command_of(const Step& step) const {
    if (step.command) return *step.command;
    if (!step.undo) return Error{Errc::missing, "a step has a command or an undo", "/command"};
    std::size_t index = *step.undo - std::size_t{1};
    if (index >= entries_.size())
      return Error{Errc::not_found, "there is no such request", "/undo"};
    return Undo{{device, *step.undo}, entries_[index].events, entries_[index].command};
  }

  Session session_;
  std::vector<Entry> entries_;
};

// Why the command that `text` is was refused; nullopt if it was not.
std::optional<Error> refusal_of(Conversation& conversation, Instant now, const std::string& text) {
  Result<Command> command = from_json<Command>(text);
  if (command.has_error()) return command.error();
  Result<void> asked = conversation.ask(now, *std::move(command));
  if (asked.has_error()) return asked.error();
  return conversation.entries().back().refusal;
}

}  // namespace

Answer run_workspace(Arguments& given) {
  auto steps = given.need<std::vector<Step>>("commands");
  if (std::optional<Error> refusal = given.refusal()) return *refusal;

  Conversation conversation;
  Result<void> asked = conversation.ask_all(steps);
  if (asked.has_error()) return asked.error();
  std::vector<Task> tasks;
  for (const auto& [id, task] : conversation.session().workspace().tasks) tasks.push_back(task);
  return R"({"entries":)" + to_json(conversation.entries()) + R"(,"tasks":)" + to_json(tasks) + "}";
}

Answer try_texts(Arguments& given) {
  auto steps = given.take<std::vector<Step>>("commands");
  auto texts = given.need<std::vector<std::string>>("texts");
  auto now = given.need<Instant>("now");
  if (std::optional<Error> refusal = given.refusal()) return *refusal;

  Conversation conversation;
  Result<void> asked = conversation.ask_all(steps);
  if (asked.has_error()) return asked.error();
  std::string refusals;
  for (const std::string& text : texts) {
    std::optional<Error> refusal = refusal_of(conversation, now, text);
    refusals += (refusals.empty() ? "" : ",") + (refusal ? to_json(*refusal) : "null");
  }
  return R"({"refusals":[)" + refusals + R"(],"snapshot":)" +
         to_json(conversation.session().snapshot()) + "}";
}

namespace {

template <class T>
Answer read_and_write_as(const std::string& text) {
  Result<T> value = from_json<T>(text);
  if (value.has_error()) return value.error();
  return to_json(*value);
}

struct NamedType {
  std::string_view name;
  Answer (*read_and_write)(const std::string& text);
};
constexpr std::array types = {
    NamedType{"Task", read_and_write_as<Task>},
    NamedType{"TaskPatch", read_and_write_as<Patch<Task>>},
    NamedType{"Project", read_and_write_as<Project>},
    NamedType{"Filter", read_and_write_as<Filter>},
    NamedType{"Settings", read_and_write_as<Settings>},
    NamedType{"Command", read_and_write_as<Command>},
    NamedType{"Request", read_and_write_as<Request>},
    NamedType{"Event", read_and_write_as<Event>},
    NamedType{"Entry", read_and_write_as<Entry>},
    NamedType{"Snapshot", read_and_write_as<Snapshot>},
};

}  // namespace

Answer read_and_write(Arguments& given) {
  auto name = given.need<std::string>("type");
  auto text = given.need<std::string>("text");
  if (std::optional<Error> refusal = given.refusal()) return *refusal;
  auto type = std::find_if(types.begin(), types.end(),
                           [&](const NamedType& other) { return other.name == name; });
  if (type == types.end()) return Error{Errc::unknown_name, "there is no such type", "/type"};
  return type->read_and_write(text);
}

}  // namespace todo::conformance
