#include "replica.h"

namespace todo::wasm {
namespace {

template <class Values>
auto values_of(const Values& by_id) {
  std::vector<typename Values::mapped_type> values;
  values.reserve(by_id.size());
  for (const auto& [id, value] : by_id) values.push_back(value);
  return values;
}

}  // namespace

Result<void> Replica::answer(Load&& call) {
  if (auto flaw = flaw_of(call.snapshot.settings, session_.zones()))
    return within("snapshot", within("settings", *flaw));
  *this = {};
  session_ = Session(std::move(call.snapshot));
  projection_.follow(session_);
  return {};
}

Result<std::optional<Entry>> Replica::answer(Ask&& call) {
  Result<Events> decision = session_.decide(call.request);
  if (call.if_accepted && decision.has_error()) {
    Error error = std::move(decision).error();
    bool is_of_command = error.field != "/expects";
    return within("request", is_of_command ? within("command", std::move(error)) : error);
  }
  const Mutation mutation = call.request.context.mutation;
  bool is_new = mutation.number > session_.last_number(mutation.device);
  Result<void> asked = session_.ask(std::move(call.request), std::move(decision));
  if (asked.has_error()) return within("request", asked.error());
  projection_.follow(session_);
  if (!is_new) return std::optional<Entry>();
  return std::optional<Entry>(session_.foreseen());
}

Result<std::vector<Entry>> Replica::answer(const Settle&) {
  std::vector<Entry> entries = session_.append();
  if (!entries.empty()) session_.commit_own(entries.back().seq);
  session_.take_answers();
  return entries;
}

Result<Progress> Replica::answer(const Commit& call) {
  session_.commit(call.entries);
  projection_.follow(session_);
  return Progress{session_.durable(), pending(), session_.take_answers()};
}

Result<std::vector<Request>> Replica::answer(const GiveRequests&) const {
  return session_.requests();
}

Result<Snapshot> Replica::answer(const GiveSnapshot&) const { return session_.snapshot(); }

Result<State> Replica::answer(const GiveState& call) const {
  return State{session_.durable(), pending(), session_.last_number(call.device)};
}

Result<Window> Replica::answer(const Find& call) {
  Search search{.query = call.query,
                .sort = call.sort,
                .limit = call.limit,
                .cursor = call.cursor,
                .typing = call.typing,
                .count = call.count};
  Result<Page> page = projection_.find(session_, search, call.now);
  if (page.has_error()) return page.error();
  Window window{.next = std::move(page->next)};
  window.tasks.reserve(page->tasks.size());
  for (const Task* task : page->tasks) window.tasks.push_back(*task);
  if (page->total) window.total = static_cast<std::uint32_t>(*page->total);
  return window;
}

Result<std::optional<Task>> Replica::answer(const GiveTask& call) const {
  auto found = workspace().tasks.find(call.id);
  if (found == workspace().tasks.end()) return std::optional<Task>();
  return std::optional<Task>(found->second);
}

Result<std::vector<Project>> Replica::answer(const GiveProjects&) const {
  return values_of(workspace().projects);
}

Result<std::vector<Filter>> Replica::answer(const GiveFilters&) const {
  return values_of(workspace().filters);
}

Result<Settings> Replica::answer(const GiveSettings&) const { return workspace().settings; }

Result<std::vector<TagCount>> Replica::answer(const GiveTags&) const {
  std::map<std::string, TagCount> by_key;
  for (const auto& [id, task] : workspace().tasks) {
    if (task.status != Status::open || task.deleted_at) continue;
    for (const std::string& tag : task.tags) {
      TagCount& count = by_key[TagKey::of(tag)];
      if (count.open++ == 0) count.name = tag;
    }
  }
  return values_of(by_key);
}

Result<std::optional<Instant>> Replica::answer(const GiveNextDue&) const {
  return projection_.reminders().next_due();
}

Result<std::vector<TaskId>> Replica::answer(const GiveDue& call) const {
  return projection_.reminders().due(call.now, call.limit);
}

Result<Import> Replica::answer(const ReadImport& call) const {
  return read_import(call.format, call.text,
                     {call.now, call.name_space.bytes, workspace(), session_.zones()});
}

std::uint32_t Replica::pending() const {
  return static_cast<std::uint32_t>(session_.view().seq - session_.durable());
}

}  // namespace todo::wasm
