#include "todo/session.h"

#include <algorithm>

namespace todo {
namespace {

// Calls `visit` with the id of what an event is about; the settings have none.
template <class Visit>
struct WithSubject {
  Visit& visit;

  template <class T>
  void operator()(const Created<T>& event) const {
    visit(event.value.id);
  }
  template <class T>
  void operator()(const Changed<T>& event) const {
    visit(event.id);
  }
  template <class T>
  void operator()(const Removed<T>& event) const {
    visit(event.value.id);
  }
  void operator()(const SettingsChanged&) const {}
};
template <class Visit>
WithSubject(Visit&) -> WithSubject<Visit>;

std::optional<EntityId> subject_of(const Event& event) {
  std::optional<EntityId> subject;
  auto take = [&](const auto& id) { subject = EntityId{id.bytes}; };
  std::visit(WithSubject{take}, event);
  return subject;
}

bool removes(const Event& event) {
  return std::holds_alternative<Removed<Task>>(event) ||
         std::holds_alternative<Removed<Project>>(event) ||
         std::holds_alternative<Removed<Filter>>(event);
}

Error number_refused(std::string message) {
  return {Errc::conflict, std::move(message), "/context/mutation/number"};
}

}  // namespace

Session::Session(Snapshot snapshot, const Zones& zones)
    : zones_(&zones), durable_(snapshot.seq), durable_at_(snapshot.at.value_or(Instant{})) {
  for (Task& task : snapshot.tasks) {
    touched_.tasks.push_back(task.id);
    evolve(workspace_, Created<Task>{std::move(task)});
  }
  for (Project& project : snapshot.projects) {
    touched_.projects.push_back(project.id);
    evolve(workspace_, Created<Project>{std::move(project)});
  }
  for (Filter& filter : snapshot.filters) evolve(workspace_, Created<Filter>{std::move(filter)});
  workspace_.settings = std::move(snapshot.settings);
  for (const Version& version : snapshot.versions) versions_[version.id] = version.seq;
  std::sort(snapshot.answers.begin(), snapshot.answers.end(),
            [](const Answer& a, const Answer& b) { return a.seq < b.seq; });
  for (Answer& answer : snapshot.answers) remember(std::move(answer));
}

Result<void> Session::ask(Request request) {
  Result<bool> fresh = is_new(request.context);
  if (fresh.has_error()) return std::move(fresh).error();
  if (!*fresh) return {};
  Result<Events> decision = decide(request);
  add(std::move(request), std::move(decision));
  return {};
}

Result<void> Session::ask(Request request, Result<Events> decision) {
  Result<bool> fresh = is_new(request.context);
  if (fresh.has_error()) return std::move(fresh).error();
  if (*fresh) add(std::move(request), std::move(decision));
  return {};
}

// Answers a request that was settled before.
Result<bool> Session::is_new(const Context& context) {
  if (std::optional<Error> flaw = flaw_of(context)) return within("context", *std::move(flaw));
  const Mutation& mutation = context.mutation;
  std::uint64_t last = last_number(mutation.device);
  if (mutation.number == last + 1) return true;
  if (mutation.number > last) return number_refused("an earlier request of this device is missing");

  const Answer* settled = last_answer(mutation.device);
  std::uint64_t settled_number = settled ? settled->mutation.number : 0;
  if (mutation.number < settled_number) return number_refused("this request was settled long ago");
  if (mutation.number == settled_number) answers_.push_back(*settled);
  return false;  // or it is pending, and will be answered once
}

void Session::add(Request request, Result<Events> decision) {
  pending_.push_back({std::move(request)});
  foresee(pending_.back(), durable_ + pending_.size(), std::move(decision));
}

Result<Events> Session::decide(const Request& request) const {
  const std::optional<Version>& expected = request.expects;
  if (expected && version_of(expected->id) != expected->seq)
    return Error{Errc::conflict, "it has changed: it no longer has this version", "/expects"};
  return todo::decide(workspace_, request.command, request.context, *zones_);
}

const Entry* Session::foreseen(const Mutation& mutation) const {
  auto same = [&](const Pending& p) { return p.request.context.mutation == mutation; };
  auto found = std::find_if(pending_.begin(), pending_.end(), same);
  return found == pending_.end() ? nullptr : &found->entry;
}

std::vector<Entry> Session::append() {
  std::vector<Entry> entries;
  for (const Entry* entry : append_in_place()) entries.push_back(*entry);
  return entries;
}

std::vector<const Entry*> Session::append_in_place() {
  std::vector<const Entry*> entries;
  if (appending_ || pending_.empty()) return entries;
  entries.reserve(pending_.size());
  for (const Pending& pending : pending_) entries.push_back(&pending.entry);
  appending_ = true;
  return entries;
}

std::vector<Request> Session::requests() const {
  std::vector<Request> requests;
  for (const Pending& pending : pending_) requests.push_back(pending.request);
  return requests;
}

void Session::commit(std::span<const Entry> entries) {
  while (!entries.empty() && entries.front().seq <= durable_) entries = entries.subspan(1);
  while (!entries.empty() && !pending_.empty() && entries.front() == pending_.front().entry) {
    commit_own(entries.front().seq);
    entries = entries.subspan(1);
  }
  if (!entries.empty() && entries.front().seq == durable_ + 1) rebase(entries);
}

void Session::commit_own(Seq through) {
  while (!pending_.empty() && pending_.front().entry.seq <= through) {
    Pending first = std::move(pending_.front());
    pending_.pop_front();
    answers_.push_back(settle(first.entry));
  }
}

Standing Session::standing(View view) const {
  if (view.rebase != rebases_) return Standing::fell;
  return view.seq <= durable_ ? Standing::stands : Standing::waits;
}

std::uint64_t Session::last_number(const DeviceId& device) const {
  auto of_device = [&](const Pending& p) { return p.request.context.mutation.device == device; };
  auto newest = std::find_if(pending_.rbegin(), pending_.rend(), of_device);
  if (newest != pending_.rend()) return newest->request.context.mutation.number;
  const Answer* settled = last_answer(device);
  return settled ? settled->mutation.number : 0;
}

const Answer* Session::last_answer(const DeviceId& device) const {
  auto settled = last_.find(device);
  return settled == last_.end() ? nullptr : &settled->second;
}

Seq Session::version_of(const EntityId& id) const {
  auto version = versions_.find(id);
  return version == versions_.end() ? 0 : version->second;
}

Snapshot Session::snapshot() const {
  Session durable = *this;
  durable.take_back_pending();

  Snapshot snapshot{.seq = durable_, .settings = durable.workspace_.settings};
  if (durable_ > 0) snapshot.at = durable_at_;
  for (auto& [id, task] : durable.workspace_.tasks) snapshot.tasks.push_back(std::move(task));
  for (auto& [id, project] : durable.workspace_.projects)
    snapshot.projects.push_back(std::move(project));
  for (auto& [id, filter] : durable.workspace_.filters)
    snapshot.filters.push_back(std::move(filter));
  for (auto& [device, answer] : durable.last_) snapshot.answers.push_back(std::move(answer));
  for (const auto& [id, seq] : durable.versions_) snapshot.versions.push_back({id, seq});
  return snapshot;
}

// Shows what `pending` does by a decision on the newest state.
void Session::foresee(Pending& pending, Seq seq, Result<Events> decision) {
  const auto& [context, command, expects] = pending.request;
  pending.entry = {.seq = seq, .context = context, .command = std::string(name_of(command))};
  if (decision.has_error()) pending.entry.refusal = std::move(decision).error();
  if (decision.has_value()) pending.entry.events = *std::move(decision);
  const auto* undo = std::get_if<Undo>(&command);
  if (undo && !pending.entry.refusal) pending.entry.undoes = undo->of;
  pending.versions = show(pending.entry);
}

// Gives the versions, as they were before, of what the entry changes.
std::vector<Version> Session::show(const Entry& entry) {
  std::vector<Version> before;
  for (const Event& event : entry.events) {
    evolve(workspace_, event);
    touch(event);
    std::optional<EntityId> subject = subject_of(event);
    if (!subject) continue;
    before.push_back({*subject, version_of(*subject)});
    if (removes(event)) versions_.erase(*subject);
    else versions_[*subject] = entry.seq;
  }
  return before;
}

// The journal has come to `entry`, whose events the workspace shows.
Answer Session::settle(const Entry& entry) {
  durable_ = entry.seq;
  durable_at_ = std::max(durable_at_, entry.context.now);
  appending_ = false;  // what is out starts too early now: it is known to be in, or will be refused
  const Context& context = entry.context;
  Answer answer{context.mutation, entry.seq, entry.refusal, context.now, context.digest};
  remember(answer);
  return answer;
}

// A device of one request is forgotten by the time of the journal, so that all replicas agree.
void Session::remember(Answer answer) {
  const DeviceId device = answer.mutation.device;
  while (!forget_.empty() && forget_.front().first + limits::idempotency < answer.at) {
    last_.erase(forget_.front().second);
    forget_.pop_front();
  }
  if (is_never_repeated(device)) return;
  if (is_of_one_request(device)) forget_.push_back({answer.at, device});
  last_[device] = std::move(answer);
}

void Session::touch(const Event& event) {
  auto touch = [&](const auto& id) {
    using I = std::remove_cvref_t<decltype(id)>;
    if constexpr (std::is_same_v<I, TaskId>) touched_.tasks.push_back(id);
    if constexpr (std::is_same_v<I, ProjectId>) touched_.projects.push_back(id);
  };
  std::visit(WithSubject{touch}, event);
}

void Session::take_back_pending() {
  for (auto pending = pending_.rbegin(); pending != pending_.rend(); ++pending) {
    const Events& events = pending->entry.events;
    for (auto event = events.rbegin(); event != events.rend(); ++event) {
      revert(workspace_, *event);
      touch(*event);
    }
    const std::vector<Version>& versions = pending->versions;
    for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
      if (version->seq == 0) versions_.erase(version->id);
      else versions_[version->id] = version->seq;
    }
  }
}

void Session::rebase(std::span<const Entry> entries) {
  ++rebases_;
  take_back_pending();

  for (const Entry& entry : entries) {
    if (entry.seq != durable_ + 1) break;
    show(entry);
    Answer answer = settle(entry);
    auto same = [&](const Pending& p) {
      return p.request.context.mutation == entry.context.mutation;
    };
    auto settled = std::find_if(pending_.begin(), pending_.end(), same);
    if (settled == pending_.end()) continue;
    answers_.push_back(std::move(answer));
    pending_.erase(settled);
  }

  Seq seq = durable_;
  for (Pending& pending : pending_) foresee(pending, ++seq, decide(pending.request));
}

}  // namespace todo
