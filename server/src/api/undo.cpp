#include "api/undo.h"

namespace todo::server {

namespace {

Result<void> fill(WorkspaceHost& host, Undo& undo, Sent sent) {
  Result<Entry> entry = host.entry_of(undo.of);
  if (entry.has_error() && entry.error().code == Errc::not_found)
    return Error{Errc::not_found, "the journal holds no entry of this request", "/of"};
  if (entry.has_error()) return entry.error();
  bool others = !undo.events.empty() && undo.events != entry->events;
  if (others && sent == Sent::read)
    return Error{Errc::invalid, "these are not the events of that entry: leave them out",
                 "/events"};
  undo.events = std::move(entry->events);
  undo.command = std::move(entry->command);
  return {};
}

// So that nothing of it holds if it is decided again.
void empty(Command& command) {
  if (auto* undo = std::get_if<Undo>(&command)) undo->events.clear();
  if (auto* batch = std::get_if<Batch>(&command)) batch->commands.clear();
}

}  // namespace

Result<void> fill_undos(WorkspaceHost& host, Command& command, Sent sent) {
  if (auto* undo = std::get_if<Undo>(&command)) return fill(host, *undo, sent);
  auto* batch = std::get_if<Batch>(&command);
  for (std::size_t i = 0; batch && i < batch->commands.size(); ++i) {
    Result<void> filled = fill_undos(host, batch->commands[i], sent);
    if (filled.has_error()) return within("commands", within(i, filled.error()));
  }
  return {};
}

Result<const Entry*> ask_with_undos(WorkspaceHost& host, todo::Request request) {
  const auto& [device, number] = request.context.mutation;
  if (number <= host.session().last_number(device)) return nullptr;
  Result<void> filled = fill_undos(host, request.command, Sent::foreseen);
  if (filled.has_value()) return host.ask(std::move(request), nullptr);
  if (filled.error().code != Errc::not_found) return filled.error();
  empty(request.command);
  return host.ask(std::move(request), filled.error(), nullptr);
}

}  // namespace todo::server
