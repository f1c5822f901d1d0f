#include <iostream>

#include "host/journal_reader.h"
#include "host/workspace_host.h"
#include "ops/data_dir.h"
#include "todo/codec.h"
#include "todo/sqlite_store.h"
#include "wiring.h"

namespace todo::server {

namespace {

namespace fs = std::filesystem;

int failed(const Error& error) {
  std::cerr << "todo-server: " << error.message << "\n";
  return exit_code::data;
}

Result<std::unique_ptr<SqliteStore>> open_existing(const fs::path& path) {
  SqliteOptions options;
  options.create = false;
  return SqliteStore::open(path, options);
}

// Whether all in the file is as it was written; says so.
Result<bool> check_store(SqliteStore& store) {
  Result<CheckReport> report = store.check();
  if (report.has_error()) return report.error();
  for (const std::string& flaw : report->flaws) std::cout << flaw << "\n";
  std::cout << report->entries << " entries of " << report->workspaces << " workspaces, "
            << report->flaws.size() << " flaws\n";
  return report->flaws.empty();
}

// Checks the copy and marks its journals as another lineage before it takes the place of the data.
Result<bool> prepare(const fs::path& copy) {
  auto store = open_existing(copy);
  if (store.has_error()) return store.error();
  Result<bool> sound = check_store(**store);
  if (sound.has_error() || !*sound) return sound;
  if (auto renewed = (*store)->renew_lineages(); renewed.has_error()) return renewed.error();
  return true;
}

fs::path log_of(const fs::path& path) { return path.string() + "-wal"; }

void remove_log(const fs::path& path) {
  fs::remove(log_of(path));
  fs::remove(path.string() + "-shm");
}

void remove_with_log(const fs::path& path) {
  fs::remove(path);
  remove_log(path);
}

// What the last connection has not moved into the file yet is in its log.
void copy_with_log(const fs::path& from, const fs::path& to) {
  fs::copy_file(from, to);
  if (fs::exists(log_of(from))) fs::copy_file(log_of(from), log_of(to));
}

// A name for what `database` holds now. A restore that was killed may have left it one.
fs::path name_to_keep(const fs::path& database) {
  const fs::path wanted = database.string() + ".before-restore";
  fs::path name = wanted;
  for (int n = 2; fs::exists(name) && !fs::equivalent(name, database); ++n)
    name = wanted.string() + "-" + std::to_string(n);
  return name;
}

void link_or_copy(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_hard_link(from, to, error);
  if (error) fs::copy_file(from, to, fs::copy_options::overwrite_existing);
}

// Moves what is in the log into the file: who closes the file last does. What SQLite cannot read
// keeps its log.
Result<void> fold_log(const fs::path& database) {
  auto store = open_existing(database);
  if (store.has_error() && store.error().code == Errc::unavailable) return store.error();
  if (store.has_error()) return {};
  store->reset();
  if (!fs::exists(log_of(database))) return {};
  return Error{Errc::conflict, "another program is using " + database.string() + ": stop it first",
               ""};
}

// Gives what there is a second name, and leaves no log that a new file could be taken to belong to.
// Data that can be used can be used all the time.
Result<std::optional<fs::path>> keep(const fs::path& database) {
  std::optional<fs::path> kept;
  if (fs::exists(database)) {
    if (auto folded = fold_log(database); folded.has_error()) return folded.error();
    kept = name_to_keep(database);
    if (!fs::exists(*kept)) link_or_copy(database, *kept);
    if (fs::exists(log_of(database))) link_or_copy(log_of(database), log_of(*kept));
    if (auto synced = sync(*kept); synced.has_error()) return synced.error();
  }
  remove_log(database);
  return kept;
}

// Puts `copy` in the place of the data by one renaming: whoever looks sees the one or the other.
Result<std::optional<fs::path>> put_in_place(const fs::path& copy, const Config& config) {
  auto kept = keep(config.database());
  if (kept.has_error()) return kept.error();
  if (auto synced = sync(copy); synced.has_error()) return synced.error();
  fs::rename(copy, config.database());
  if (auto synced = sync(config.data_dir); synced.has_error()) return synced.error();
  return kept;
}

// The last entry that nobody asks for any more: whose Idempotency-Key is forgotten by `newest`.
Result<Seq> last_old_entry(SqliteStore& store, const WorkspaceId& id, Seq end, Instant newest) {
  Result<Seq> old = compacted_through(store, id, 0, end);
  while (old.has_value()) {
    Result<std::vector<Record>> records = store.read_after(id, *old, 1);
    if (records.has_error()) return records.error();
    if (records->empty()) return old;
    Result<Entry> entry = decode(records->front());
    if (entry.has_error()) return entry.error();
    if (entry->context.now + limits::idempotency >= newest) return old;
    old = entry->seq;
  }
  return old;
}

// A snapshot of all that is there, and then the old entries are dropped.
Result<Seq> compact_one(SqliteStore& store, const WorkspaceId& id) {
  EventLoop loop{.post = {}, .after = {}, .clock = [] { return Instant{}; }};
  auto host = WorkspaceHost::load(id, store, loop);
  if (host.has_error()) return host.error();
  Seq seq = (*host)->session().durable();
  auto put = store.put_checkpoint(id, {seq, to_json((*host)->session().snapshot())});
  if (put.has_error()) return put.error();
  Result<Seq> through = last_old_entry(store, id, seq, (*host)->now());
  if (through.has_error()) return through.error();
  if (auto done = store.compact(id, *through); done.has_error()) return done.error();
  return through;
}

}  // namespace

int backup(const Config& config) {
  auto store = open_existing(config.database());
  if (store.has_error()) return failed(store.error());
  if (auto done = (*store)->backup(config.file); done.has_error()) return failed(done.error());
  std::cout << "backed up to " << config.file.string() << "\n";
  return exit_code::ok;
}

int restore(const Config& config) {
  if (auto made = make_data_dir(config.data_dir); made.has_error()) return failed(made.error());
  auto lock = DataLock::take(config.data_dir, DataLock::Use::alone);
  if (lock.has_error()) return failed(lock.error());

  fs::path copy = config.data_dir / "todo.sqlite.restoring";
  remove_with_log(copy);
  copy_with_log(config.file, copy);
  Result<bool> sound = prepare(copy);
  if (sound.has_error()) {
    remove_with_log(copy);
    return failed(sound.error());
  }
  if (!*sound) {
    remove_with_log(copy);
    return failed({Errc::corrupt, "the backup is damaged; the data was left as it was", ""});
  }
  auto kept = put_in_place(copy, config);
  if (kept.has_error()) return failed(kept.error());
  std::cout << "restored";
  if (*kept) std::cout << "; what was there before is in " << (*kept)->string();
  std::cout << "\n";
  return exit_code::ok;
}

int check(const Config& config) {
  auto store = open_existing(config.database());
  if (store.has_error()) return failed(store.error());
  Result<bool> sound = check_store(**store);
  if (sound.has_error()) return failed(sound.error());
  return *sound ? exit_code::ok : exit_code::data;
}

int compact(const Config& config) {
  auto store = open_existing(config.database());
  if (store.has_error()) return failed(store.error());
  Result<std::vector<WorkspaceId>> workspaces = (*store)->workspaces();
  if (workspaces.has_error()) return failed(workspaces.error());
  for (const WorkspaceId& id : *workspaces) {
    Result<Seq> seq = compact_one(**store, id);
    if (seq.has_error()) return failed(seq.error());
    std::cout << to_text(id) << ": compacted through entry " << *seq << "\n";
  }
  return exit_code::ok;
}

}  // namespace todo::server
