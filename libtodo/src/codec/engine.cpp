#include "todo/engine.h"

#include <algorithm>

namespace todo {
namespace {

constexpr std::size_t page_size = 1000;

// What a newer version wrote is no damage.
Error unreadable(const std::string& what, Error error) {
  bool newer = error.code == Errc::unsupported || error.code == Errc::unknown_member ||
               error.code == Errc::unknown_name;
  std::string message = what + " cannot be read: " + error.message;
  if (!error.field.empty()) message += " (" + error.field + ")";
  return {newer ? Errc::unsupported : Errc::corrupt, std::move(message)};
}

Result<Entry> decode(const Record& record) {
  const std::string name = "entry " + std::to_string(record.seq);
  Result<Entry> entry = from_json<Entry>(record.payload);
  if (entry.has_error()) return unreadable(name, std::move(entry).error());
  if (entry->seq == record.seq) return entry;
  return Error{Errc::corrupt, name + " is kept in the place of another"};
}

}  // namespace

Result<Engine> Engine::open(Store& store, const WorkspaceId& workspace, const Zones& zones) {
  Engine engine(store, workspace, zones);
  Result<std::optional<Checkpoint>> checkpoint = store.checkpoint(workspace);
  if (checkpoint.has_error()) return checkpoint.error();
  if (*checkpoint) {
    Result<void> loaded = engine.load_checkpoint(**checkpoint);
    if (loaded.has_error()) return loaded.error();
  }
  Result<void> read = engine.refresh();
  if (read.has_error()) return read.error();
  return engine;
}

Result<Entry> Engine::apply(Command command, Context context) {
  Result<void> ready = refresh();
  if (ready.has_error()) return ready.error();

  const Mutation mutation = context.mutation;
  Result<void> done = ask({std::move(context), std::move(command), {}});
  if (done.has_value()) done = settle();
  projection_.follow(session_);
  if (done.has_error()) return done.error();
  return settled(mutation);
}

// A refusal that nobody can ask for again does not come into the journal.
Result<void> Engine::ask(Request request) {
  if (!is_never_repeated(request.context.mutation.device)) return session_.ask(std::move(request));
  Result<Events> decision = session_.decide(request);
  if (decision.has_error()) return std::move(decision).error();
  return session_.ask(std::move(request), std::move(decision));
}

Result<Entry> Engine::undo(const Mutation& of, Context context) {
  Result<void> ready = refresh();
  if (ready.has_error()) return ready.error();
  Result<Entry> entry = entry_of(of);
  if (entry.has_error()) return entry;
  return apply(Undo{of, std::move(entry->events), std::move(entry->command)}, std::move(context));
}

Result<void> Engine::refresh() {
  Result<void> done = take_foreign();
  if (done.has_value()) done = settle();
  session_.take_answers();
  projection_.follow(session_);
  return done;
}

Result<Page> Engine::find(const Search& search, Instant now) {
  return projection_.find(session_, search, now);
}

Result<std::vector<Entry>> Engine::entries_after(Seq after, std::size_t limit) const {
  Result<std::vector<Record>> records = store_->read_after(id_, after, limit);
  if (records.has_error()) return records.error();
  std::vector<Entry> entries;
  entries.reserve(records->size());
  for (const Record& record : *records) {
    Result<Entry> entry = decode(record);
    if (entry.has_error()) return entry.error();
    entries.push_back(*std::move(entry));
  }
  return entries;
}

Result<Seq> Engine::checkpoint() {
  Snapshot snapshot = session_.snapshot();
  Result<void> put = store_->put_checkpoint(id_, {snapshot.seq, to_json(snapshot)});
  if (put.has_error()) return put.error();
  return snapshot.seq;
}

// Goes on from there, with the requests that were pending.
Result<void> Engine::load_checkpoint(const Checkpoint& checkpoint) {
  Result<Snapshot> snapshot = from_json<Snapshot>(checkpoint.payload);
  if (snapshot.has_error()) return unreadable("the checkpoint", std::move(snapshot).error());
  if (snapshot->seq != checkpoint.seq) {
    return Error{Errc::corrupt, "the checkpoint is one of another entry"};
  }
  std::vector<Request> pending = session_.requests();
  session_ = Session(*std::move(snapshot), session_.zones());
  // One that is refused now was settled by an entry that is gone.
  for (Request& request : pending) (void)session_.ask(std::move(request));

  projection_ = {};
  return {};
}

// For a journal whose next entry has been compacted away.
Result<void> Engine::skip_to_checkpoint() {
  Result<std::optional<Checkpoint>> checkpoint = store_->checkpoint(id_);
  if (checkpoint.has_error()) return checkpoint.error();
  if (*checkpoint && (*checkpoint)->seq > session_.durable()) {
    return load_checkpoint(**checkpoint);
  }
  return Error{Errc::corrupt, "entries are missing that no checkpoint holds"};
}

Result<void> Engine::read_journal() {
  for (;;) {
    Result<std::vector<Entry>> entries = entries_after(session_.durable(), page_size);
    if (entries.has_error()) {
      if (entries.error().code != Errc::not_found) return entries.error();
      Result<void> skipped = skip_to_checkpoint();
      if (skipped.has_error()) return skipped;
      continue;
    }
    session_.commit(*entries);
    deliver(*entries);
    if (entries->size() < page_size) return {};
  }
}

Result<void> Engine::take_foreign() {
  Result<std::uint64_t> foreign = store_->foreign_appends();
  if (foreign.has_error()) return foreign.error();
  if (foreign_appends_ == *foreign) return {};
  Result<void> read = read_journal();
  if (read.has_value()) foreign_appends_ = *foreign;
  return read;
}

// Appends what is pending, decided again as often as others come first.
Result<void> Engine::settle() {
  for (;;) {
    std::vector<Entry> entries = session_.append();
    if (entries.empty()) return {};
    Result<Appended> appended = append(entries);
    if (appended.has_value() && *appended == Appended::yes) {
      session_.commit_own(entries.back().seq);
      deliver(entries);
      newest_own_ = std::move(entries.back());
      continue;
    }
    session_.append_failed();
    foreign_appends_ = std::nullopt;
    if (appended.has_error()) return appended.error();

    Seq durable = session_.durable();
    Result<void> taken = take_foreign();
    if (taken.has_error()) return taken;
    if (session_.durable() == durable) {
      return Error{Errc::corrupt, "the journal has lost entries that were in it"};
    }
  }
}

Result<Appended> Engine::append(std::span<const Entry> entries) {
  Append share{id_, entries.front().seq - 1, {}};
  share.payloads.reserve(entries.size());
  for (const Entry& entry : entries) share.payloads.push_back(to_json(entry));
  Result<std::vector<Appended>> outcomes = store_->append({&share, 1});
  if (outcomes.has_error()) return outcomes.error();
  return outcomes->front();
}

void Engine::deliver(std::span<const Entry> entries) {
  for (const Entry& entry : entries) {
    for (EventSink* sink : sinks_) sink->deliver(id_, entry);
  }
}

Result<Entry> Engine::settled(const Mutation& mutation) {
  std::vector<Answer> answers = session_.take_answers();
  auto answer = std::find_if(answers.rbegin(), answers.rend(),
                             [&](const Answer& a) { return a.mutation == mutation; });
  if (answer == answers.rend()) {
    return Error{Errc::conflict, "this request was settled by an entry that is no longer kept"};
  }
  if (answer->refusal) return *answer->refusal;
  if (newest_own_.seq == answer->seq) return std::exchange(newest_own_, {});
  return entry_at(answer->seq);
}

Result<Entry> Engine::entry_at(Seq seq) const {
  Result<std::vector<Entry>> entries = entries_after(seq - 1, 1);
  if (entries.has_error()) return entries.error();
  if (entries->empty()) return Error{Errc::corrupt, "the journal has lost entries"};
  return std::move(entries->front());
}

// The session knows only the last request of each device: others are looked for from the newest
// entry backwards, as far as entries are kept.
Result<Entry> Engine::entry_of(const Mutation& mutation) const {
  const Answer* last = session_.last_answer(mutation.device);
  if (last && last->mutation == mutation) return entry_at(last->seq);

  const Error unknown{Errc::not_found, "there is no such request in the journal"};
  std::size_t step = page_size;
  for (Seq end = session_.durable(); end > 0;) {
    auto count = static_cast<std::size_t>(std::min<Seq>(end, step));
    Result<std::vector<Entry>> entries = entries_after(end - count, count);
    if (entries.has_error()) {
      if (entries.error().code != Errc::not_found) return entries.error();
      if (step == 1) return unknown;
      step = 1;  // up to the first one that is kept
      continue;
    }
    auto found = std::find_if(entries->begin(), entries->end(), [&](const Entry& entry) {
      return entry.context.mutation == mutation;
    });
    if (found != entries->end()) return std::move(*found);
    end -= count;
  }
  return unknown;
}

}  // namespace todo
