#include "api/undo.h"

#include "todo/codec.h"

namespace todo::server {

namespace {

constexpr std::size_t most_entries = 20'000;
constexpr std::size_t most_bytes = 16 * 1024 * 1024;

// So that nothing of it holds if it is decided again.
void empty(Command& command) {
  if (auto* undo = std::get_if<Undo>(&command)) undo->events.clear();
  if (auto* batch = std::get_if<Batch>(&command)) batch->commands.clear();
}

}  // namespace

bool Effort::is_enough() const { return entries >= most_entries || bytes >= most_bytes; }

void Effort::add(const Effort& other) {
  entries += other.entries;
  bytes += other.bytes;
}

Result<const Undos::Found*> Undos::find(const Mutation& mutation) {
  const std::pair key{mutation.device, mutation.number};
  if (auto known = found_.find(key); known != found_.end()) return &known->second;
  std::size_t left = most_entries - effort_.entries;
  Result<Entry> entry = host_.entry_of(mutation, left);
  effort_.entries = most_entries - left;
  if (entry.has_error()) return entry.error();
  std::size_t bytes = to_json(*entry).size();
  return &found_.emplace(key, Found{*std::move(entry), bytes}).first->second;
}

Result<void> Undos::fill(Undo& undo, Sent sent) {
  if (effort_.is_enough())
    return Error{Errc::out_of_range, "this is more than one request can undo", "/of"};
  Result<const Found*> found = find(undo.of);
  if (found.has_error()) {
    Error error = found.error();
    bool is_about_it = error.code == Errc::not_found || error.code == Errc::out_of_range;
    if (is_about_it) error.field = "/of";
    return error;
  }
  const auto& [entry, bytes] = **found;
  bool others = !undo.events.empty() && undo.events != entry.events;
  if (others && sent == Sent::read)
    return Error{Errc::invalid, "these are not the events of that entry: leave them out",
                 "/events"};
  effort_.bytes += bytes;
  undo.events = entry.events;
  undo.command = entry.command;
  return {};
}

Result<void> Undos::fill(Command& command, Sent sent) {
  if (auto* undo = std::get_if<Undo>(&command)) return fill(*undo, sent);
  auto* batch = std::get_if<Batch>(&command);
  for (std::size_t i = 0; batch && i < batch->commands.size(); ++i) {
    Result<void> filled = fill(batch->commands[i], sent);
    if (filled.has_error()) return within("commands", within(i, filled.error()));
  }
  return {};
}

Result<const Entry*> Undos::ask(todo::Request request) {
  const auto& [device, number] = request.context.mutation;
  if (number <= host_.session().last_number(device)) return nullptr;
  Result<void> filled = fill(request.command, Sent::foreseen);
  if (filled.has_value()) return host_.ask(std::move(request), nullptr);
  Errc code = filled.error().code;
  if (code != Errc::not_found && code != Errc::out_of_range) return filled.error();
  empty(request.command);
  return host_.ask(std::move(request), filled.error(), nullptr);
}

}  // namespace todo::server
