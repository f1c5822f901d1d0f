#include "host/workspace_host.h"

#include <algorithm>

#include "todo/codec.h"

namespace todo::server {

namespace {

constexpr std::size_t records_at_once = 1000;
constexpr std::size_t kept_texts = 20'000;

Error unreadable(Seq seq, const Error& error) {
  return {Errc::corrupt, "entry " + std::to_string(seq) + " cannot be read: " + error.message,
          error.field};
}

// What a snapshot knows of when its last entry was.
Instant last_time_of(const Snapshot& snapshot) {
  Instant last{};
  for (const Answer& answer : snapshot.answers) last = std::max(last, answer.at);
  for (const Task& task : snapshot.tasks) last = std::max(last, task.updated_at.value_or(last));
  return last;
}

}  // namespace

WorkspaceHost::WorkspaceHost(const WorkspaceId& id, Store& reader, const EventLoop& loop,
                             Session session)
    : id_(id), reader_(reader), loop_(loop), session_(std::move(session)) {}

Result<std::unique_ptr<WorkspaceHost>> WorkspaceHost::load(const WorkspaceId& id, Store& reader,
                                                           const EventLoop& loop) {
  Result<std::string> lineage = reader.lineage(id);
  if (lineage.has_error()) return lineage.error();
  Result<std::optional<Checkpoint>> checkpoint = reader.checkpoint(id);
  if (checkpoint.has_error()) return checkpoint.error();

  Snapshot snapshot;
  if (*checkpoint) {
    Result<Snapshot> read = from_json<Snapshot>((*checkpoint)->payload);
    if (read.has_error()) return unreadable((*checkpoint)->seq, read.error());
    snapshot = *std::move(read);
  }
  Instant last_time = last_time_of(snapshot);
  std::unique_ptr<WorkspaceHost> host(
      new WorkspaceHost(id, reader, loop, Session(std::move(snapshot))));
  host->lineage_ = *std::move(lineage);
  host->last_time_ = last_time;
  if (Result<void> done = host->replay(); done.has_error()) return done.error();
  return host;
}

Result<void> WorkspaceHost::replay() {
  Result<std::uint64_t> seen = reader_.foreign_appends();
  if (seen.has_error()) return seen.error();
  appends_seen_ = *seen;
  Result<std::vector<Entry>> entries = entries_after(session_.durable());
  if (entries.has_error()) return entries.error();
  session_.commit(*entries);
  if (!entries->empty()) last_time_ = std::max(last_time_, entries->back().context.now);
  replayed_ = entries->size();

  show_changes();
  return {};
}

Result<Page> WorkspaceHost::find(const Search& search) {
  return projection_.find(session_, search, loop_.clock());
}

const std::string& WorkspaceHost::json_of(const Task& task) {
  auto known = texts_.find(task.id);
  if (known != texts_.end()) return known->second;
  if (texts_.size() >= kept_texts) texts_.clear();
  return texts_.emplace(task.id, to_json(task)).first->second;
}

Instant WorkspaceHost::now() const { return std::max(loop_.clock(), last_time_); }

Instant WorkspaceHost::held(Instant asked) const { return std::clamp(asked, last_time_, now()); }

// While an append is out and something pending is shown, all answers wait for it, and this is done
// again before they leave: our own append would only be read back here.
Result<void> WorkspaceHost::catch_up() {
  if (appending_ && !stands()) return {};
  Result<std::uint64_t> seen = reader_.foreign_appends();
  if (seen.has_error()) return seen.error();
  if (*seen == appends_seen_) return {};
  Result<std::vector<Entry>> entries = entries_after(session_.durable());
  if (entries.has_error()) return entries.error();
  appends_seen_ = *seen;
  if (!entries->empty()) take_foreign(*entries);
  if (stands()) failing_ = false;
  return {};
}

Result<const Entry*> WorkspaceHost::ask(todo::Request request, Settled then) {
  MutationKey key{request.context.mutation.device, request.context.mutation.number};
  Instant time = request.context.now;
  Seq shown = session_.view().seq;
  Result<void> asked = session_.ask(std::move(request));
  if (asked.has_error()) return asked.error();
  if (session_.view().seq == shown) return nullptr;

  last_time_ = std::max(last_time_, time);
  show_changes();
  const Entry& entry = session_.foreseen();
  if (then) asked_[key] = {session_.view().rebase, std::move(then)};
  return &entry;
}

void WorkspaceHost::when_it_stands(std::function<void()> stands, std::function<void()> fell) {
  if (this->stands()) return stands();
  held_.push_back({session_.view(), std::move(stands), std::move(fell)});
}

Result<Entry> WorkspaceHost::entry_at(Seq seq) {
  if (seq == 0 || seq > session_.durable())
    return Error{Errc::not_found, "the journal has no entry of this number", "/seq"};
  Result<std::vector<Record>> records = reader_.read_after(id_, seq - 1, 1);
  if (records.has_error()) return records.error();
  if (records->empty()) return Error{Errc::not_found, "there is no such entry", "/seq"};
  return from_json<Entry>(records->front().payload);
}

Result<std::vector<Record>> WorkspaceHost::records_after(Seq after, std::size_t limit) {
  return reader_.read_after(id_, after, limit);
}

Result<std::vector<Entry>> WorkspaceHost::entries_after(Seq after) {
  std::vector<Entry> entries;
  while (true) {
    Result<std::vector<Record>> records = reader_.read_after(id_, after, records_at_once);
    if (records.has_error()) return records.error();
    for (const Record& record : *records) {
      Result<Entry> entry = from_json<Entry>(record.payload);
      if (entry.has_error()) return unreadable(record.seq, entry.error());
      entries.push_back(*std::move(entry));
    }
    if (records->size() < records_at_once) return entries;
    after = entries.back().seq;
  }
}

std::vector<Entry> WorkspaceHost::append() {
  std::vector<Entry> entries = session_.append();
  appending_ = appending_ || !entries.empty();
  return entries;
}

void WorkspaceHost::committed(Seq through) {
  appending_ = failing_ = false;
  session_.commit_own(through);
  // An answer that waited may be later than what another process wrote behind our append.
  caught_up_ = catch_up().has_value();
}

void WorkspaceHost::overtaken(Seq after, const std::vector<Entry>& entries) {
  appending_ = failing_ = false;
  take_foreign(entries);
  if (session_.durable() == after) session_.append_failed();
  caught_up_ = true;
}

void WorkspaceHost::append_failed() {
  appending_ = false;
  failing_ = true;
  session_.append_failed();
}

void WorkspaceHost::give_up_waiting() {
  std::vector<Held> held = std::exchange(held_, {});
  std::map<MutationKey, Asked> asked = std::exchange(asked_, {});
  static constexpr char unknown[] =
      "the journal cannot be written; it is not known what came of it";
  for (auto& [key, one] : asked) {
    Answer answer{.mutation = {key.first, key.second},
                  .seq = 0,
                  .refusal = Error{Errc::unavailable, unknown, ""},
                  .at = {},
                  .digest = {}};
    one.then(&answer);
  }
  for (Held& one : held) one.fell();
}

// Entries of ours may be among them, if our append was taken and the store could not say so.
void WorkspaceHost::take_foreign(const std::vector<Entry>& entries) {
  std::uint64_t rebase = session_.view().rebase;
  session_.commit(entries);
  if (!entries.empty()) last_time_ = std::max(last_time_, entries.back().context.now);
  if (session_.view().rebase == rebase) return;
  foreign_entries_ += entries.size();
  show_changes();
}

// Brings what is kept beside the session up to it.
void WorkspaceHost::show_changes() {
  for (const TaskId& id : projection_.follow(session_)) texts_.erase(id);
}

// Whatever runs here may ask again: so it runs after all is in order.
void WorkspaceHost::release() {
  std::vector<std::function<void()>> ready;
  std::uint64_t rebase = session_.view().rebase;
  for (Answer& answer : session_.take_answers()) {
    auto asked = asked_.find({answer.mutation.device, answer.mutation.number});
    if (asked == asked_.end()) continue;
    bool foreseen = asked->second.rebase == rebase;
    ready.push_back([then = std::move(asked->second.then), answer = std::move(answer), foreseen] {
      then(foreseen ? nullptr : &answer);
    });
    asked_.erase(asked);
  }
  std::vector<Held> held = std::exchange(held_, {});
  for (Held& one : held) {
    Standing standing = session_.standing(one.view);
    if (standing == Standing::stands && !caught_up_) standing = Standing::fell;
    switch (standing) {
      case Standing::stands:
        ready.push_back(std::move(one.stands));
        break;
      case Standing::fell:
        ready.push_back(std::move(one.fell));
        break;
      case Standing::waits:
        held_.push_back(std::move(one));
        break;
    }
  }
  for (auto& run : ready) run();
}

}  // namespace todo::server
