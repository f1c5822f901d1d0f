#include "host/workspace_host.h"

#include <algorithm>

#include "host/journal_reader.h"
#include "todo/codec.h"

namespace todo::server {

namespace {

constexpr std::size_t records_at_once = 1000;
constexpr std::size_t kept_texts = 20'000;

// The state that a journal goes on from. An empty one if there is no checkpoint.
Result<Snapshot> snapshot_of(Store& store, const WorkspaceId& id) {
  Result<std::optional<Checkpoint>> checkpoint = store.checkpoint(id);
  if (checkpoint.has_error()) return checkpoint.error();
  if (!*checkpoint) return Snapshot{};
  Result<Snapshot> snapshot = from_json<Snapshot>((*checkpoint)->payload);
  if (snapshot.has_value()) return snapshot;
  return Error{Errc::corrupt, "the checkpoint cannot be read: " + snapshot.error().message,
               snapshot.error().field};
}

}  // namespace

WorkspaceHost::WorkspaceHost(const WorkspaceId& id, Store& reader, const EventLoop& loop,
                             Session session)
    : id_(id), reader_(reader), loop_(loop), session_(std::move(session)) {}

Result<std::unique_ptr<WorkspaceHost>> WorkspaceHost::load(const WorkspaceId& id, Store& reader,
                                                           const EventLoop& loop) {
  Result<std::string> lineage = reader.lineage(id);
  if (lineage.has_error()) return lineage.error();
  Result<std::uint64_t> seen = reader.foreign_appends();
  if (seen.has_error()) return seen.error();
  Result<Snapshot> snapshot = snapshot_of(reader, id);
  if (snapshot.has_error()) return snapshot.error();

  Seq begin = snapshot->seq;
  Instant last_time = snapshot->at.value_or(Instant{});
  std::unique_ptr<WorkspaceHost> host(
      new WorkspaceHost(id, reader, loop, Session(*std::move(snapshot))));
  host->lineage_ = *std::move(lineage);
  host->appends_seen_ = *seen;
  host->last_time_ = last_time;
  if (Result<void> done = host->read_journal(); done.has_error()) return done.error();
  host->replayed_ = host->session_.durable() - begin;
  host->show_changes();
  return host;
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
  caught_up_ = false;
  Result<std::uint64_t> seen = reader_.foreign_appends();
  if (seen.has_error()) return seen.error();
  if (*seen != appends_seen_) {
    Result<void> read = read_journal();
    if (read.has_error()) return read;
    appends_seen_ = *seen;
  }
  caught_up_ = true;
  if (stands()) failing_ = false;
  return {};
}

Result<void> WorkspaceHost::read_journal() {
  while (true) {
    Result<std::vector<Record>> records = records_after(session_.durable(), records_at_once);
    if (records.has_error()) {
      if (records.error().code != Errc::not_found) return records.error();
      Result<void> skipped = skip_to_checkpoint();
      if (skipped.has_error()) return skipped;
      continue;
    }
    if (records->empty()) return {};
    std::vector<Entry> entries;
    for (const Record& record : *records) {
      Result<Entry> entry = decode(record);
      if (entry.has_error()) return entry.error();
      entries.push_back(*std::move(entry));
    }
    take(entries);
    if (session_.durable() < records->back().seq)
      return Error{Errc::corrupt, "the journal goes on with an entry out of its place", ""};
  }
}

// For a journal whose next entry has been compacted away: goes on from what stands for it, with
// the requests that are pending. One that is refused now was settled by an entry that is gone.
Result<void> WorkspaceHost::skip_to_checkpoint() {
  Result<Snapshot> snapshot = snapshot_of(reader_, id_);
  if (snapshot.has_error()) return snapshot.error();
  if (snapshot->seq <= session_.durable())
    return Error{Errc::corrupt, "entries are missing that no checkpoint holds", ""};

  last_time_ = std::max(last_time_, snapshot->at.value_or(Instant{}));
  foreign_entries_ += snapshot->seq - session_.durable();
  std::vector<todo::Request> pending = session_.requests();
  session_ = Session(*std::move(snapshot));
  for (todo::Request& request : pending) (void)session_.ask(std::move(request));

  projection_ = {};
  texts_.clear();
  show_changes();
  let_all_look_again();
  return {};
}

// What they saw was seen in a session that is no more.
void WorkspaceHost::let_all_look_again() {
  if (waiting() == 0) return;
  for (Held& held : held_) held.view.rebase = fallen;
  for (auto& [key, asked] : asked_) asked.rebase = fallen;
  loop_.post([this] { release(); });
}

Result<const Entry*> WorkspaceHost::ask(todo::Request request, Settled then) {
  Result<Events> decision = session_.decide(request);
  const bool is_kept = !is_never_repeated(request.context.mutation.device);
  if (decision.has_error() && !is_kept) return decision.error();
  return ask(std::move(request), std::move(decision), std::move(then));
}

Result<const Entry*> WorkspaceHost::ask(todo::Request request, Result<Events> decision,
                                        Settled then) {
  MutationKey key{request.context.mutation.device, request.context.mutation.number};
  Instant time = request.context.now;
  std::string digest = request.context.digest;
  Seq shown = session_.view().seq;
  Result<void> asked = session_.ask(std::move(request), std::move(decision));
  if (asked.has_error()) return asked.error();
  if (session_.view().seq == shown) return nullptr;

  last_time_ = std::max(last_time_, time);
  show_changes();
  const Entry& entry = session_.foreseen();
  if (then) asked_[key] = {session_.view().rebase, std::move(digest), std::move(then)};
  return &entry;
}

void WorkspaceHost::when_it_stands(std::function<void()> stands, std::function<void()> fell) {
  if (this->stands()) return stands();
  held_.push_back({session_.view(), std::move(stands), std::move(fell)});
}

Result<Workspace> WorkspaceHost::workspace_before(Seq seq) {
  Workspace workspace = Session(session_.snapshot()).workspace();
  for (Seq at = session_.durable(); at >= seq; --at) {
    Result<Entry> entry = entry_at(at);
    if (entry.has_error()) return entry.error();
    const Events& events = entry->events;
    for (auto event = events.rbegin(); event != events.rend(); ++event) revert(workspace, *event);
  }
  return workspace;
}

Result<Entry> WorkspaceHost::entry_of(const Mutation& mutation, std::size_t& left) {
  if (const Entry* pending = session_.foreseen(mutation)) return *pending;
  const Answer* last = session_.last_answer(mutation.device);
  if (last && last->mutation == mutation) return entry_at(last->seq);
  bool counts = !is_of_one_request(mutation.device);
  bool is_known = !counts || mutation.number < session_.last_number(mutation.device);
  Backwards where{is_known ? session_.durable() : 0, left};
  Result<Entry> entry = find_entry(reader_, id_, mutation, where);
  left = where.left;
  return entry;
}

Result<Entry> WorkspaceHost::entry_at(Seq seq) {
  if (seq == 0 || seq > session_.durable())
    return Error{Errc::not_found, "the journal has no entry of this number", "/seq"};
  Result<std::vector<Record>> records = reader_.read_after(id_, seq - 1, 1);
  if (records.has_error()) return records.error();
  if (records->empty()) return Error{Errc::not_found, "there is no such entry", "/seq"};
  return decode(records->front());
}

Result<std::vector<Record>> WorkspaceHost::records_after(Seq after, std::size_t limit) {
  return read_page(reader_, id_, after, limit);
}

std::vector<const Entry*> WorkspaceHost::append() {
  std::vector<const Entry*> entries = session_.append_in_place();
  appending_ = appending_ || !entries.empty();
  return entries;
}

void WorkspaceHost::committed(Seq through) {
  appending_ = failing_ = false;
  session_.commit_own(through);
  // An answer that waited may be later than what another process wrote behind our append.
  (void)catch_up();
}

void WorkspaceHost::overtaken() {
  appending_ = false;
  session_.append_failed();
  failing_ = catch_up().has_error();
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
                  .digest = std::move(one.digest)};
    one.then(&answer);
  }
  for (Held& one : held) one.fell();
}

// Entries of ours may be among them, if our append was taken and the store could not say so.
void WorkspaceHost::take(const std::vector<Entry>& entries) {
  std::uint64_t rebase = session_.view().rebase;
  session_.commit(entries);
  last_time_ = std::max(last_time_, entries.back().context.now);
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
