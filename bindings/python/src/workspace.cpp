#include "workspace.h"

#include "unlocked_store.h"

#ifdef _WIN32
#include <process.h>
#else
#include <unistd.h>
#endif

namespace todo::python {
namespace {

int process_id() {
#ifdef _WIN32
  return _getpid();
#else
  return getpid();
#endif
}

template <class Map>
auto values_of(const Map& map) {
  std::vector<typename Map::mapped_type> values;
  values.reserve(map.size());
  for (const auto& [id, value] : map) values.push_back(value);
  return values;
}

}  // namespace

void HostedWorkspace::Watch::deliver(const WorkspaceId&, const Entry& entry) {
  latest = std::max(latest, entry.context.now);
  if (listens) delivered.push_back(entry);
}

HostedWorkspace::HostedWorkspace(const OpenOptions& options)
    : process_(process_id()), journals_(options.workspace.bytes) {
  open(options);
}

// A child of fork must not touch what its parent has open.
HostedWorkspace::~HostedWorkspace() {
  if (process_ == process_id()) return;
  new std::optional<Engine>(std::move(engine_));
  (void)store_.release();
}

void HostedWorkspace::open(const OpenOptions& options) {
  if (options.path.empty()) store_ = std::make_unique<MemoryStore>(journals_);
  else store_ = std::make_unique<UnlockedStore>(open_file(options));
  engine_.emplace(value_or_refuse(Engine::open(*store_, options.workspace)));
  Seq durable = engine_->session().durable();
  if (durable > 0) {
    Result<std::vector<Entry>> newest = engine_->entries_after(durable - 1, 1);
    if (newest.has_value() && !newest->empty()) watch_.latest = newest->front().context.now;
  }
  engine_->add_sink(watch_);
}

// What `work(engine)` gives, once nobody else is inside.
template <class Work>
auto HostedWorkspace::inside(Work&& work) {
  if (process_ != process_id()) {
    refuse(Errc::unavailable, "this was opened by the process that this one was forked from");
  }
  std::unique_lock<std::mutex> alone = lock(mutex_);
  if (!engine_) refuse(Errc::unavailable, "this is closed");
  return work(*engine_);
}

void HostedWorkspace::close() {
  if (process_ != process_id() || closed_.exchange(true)) return;
  std::unique_lock<std::mutex> alone = lock(mutex_);
  engine_.reset();
  Unlocked others;
  store_.reset();
}

Entry HostedWorkspace::apply(Command command, Context context) {
  return value_or_refuse(
      inside([&](Engine& engine) { return engine.apply(std::move(command), std::move(context)); }));
}

Entry HostedWorkspace::undo(const Mutation& of, Context context) {
  return value_or_refuse(
      inside([&](Engine& engine) { return engine.undo(of, std::move(context)); }));
}

void HostedWorkspace::refresh() {
  value_or_refuse(inside([](Engine& engine) { return engine.refresh(); }));
}

Found HostedWorkspace::find(const Search& search, Instant now) {
  return value_or_refuse(inside([&](Engine& engine) -> Result<Found> {
    Result<void> fresh = engine.refresh();
    if (fresh.has_error()) return fresh.error();
    Result<Page> page = engine.find(search, now);
    if (page.has_error()) return page.error();
    Found found{.next = std::move(page->next), .total = page->total};
    for (const Task* task : page->tasks) found.tasks.push_back(*task);
    return found;
  }));
}

std::vector<Entry> HostedWorkspace::entries_after(Seq after, std::size_t limit) {
  return value_or_refuse(
      inside([&](Engine& engine) { return engine.entries_after(after, limit); }));
}

std::optional<Task> HostedWorkspace::task(const TaskId& id) {
  return inside([&](Engine& engine) -> std::optional<Task> {
    const auto& tasks = engine.workspace().tasks;
    auto found = tasks.find(id);
    if (found == tasks.end()) return std::nullopt;
    return found->second;
  });
}

std::vector<Task> HostedWorkspace::tasks() {
  return inside([](Engine& engine) { return values_of(engine.workspace().tasks); });
}

std::vector<Project> HostedWorkspace::projects() {
  return inside([](Engine& engine) { return values_of(engine.workspace().projects); });
}

std::vector<Filter> HostedWorkspace::filters() {
  return inside([](Engine& engine) { return values_of(engine.workspace().filters); });
}

Settings HostedWorkspace::settings() {
  return inside([](Engine& engine) { return engine.workspace().settings; });
}

Snapshot HostedWorkspace::snapshot() {
  return inside([](Engine& engine) { return engine.session().snapshot(); });
}

Seq HostedWorkspace::checkpoint() {
  return value_or_refuse(inside([](Engine& engine) { return engine.checkpoint(); }));
}

Import HostedWorkspace::read_import(ImportFormat format, const std::string& text, Instant now,
                                    const IdBytes& name_space) {
  return value_or_refuse(inside([&](Engine& engine) {
    return todo::read_import(format, text, {now, name_space, engine.workspace()});
  }));
}

Instant HostedWorkspace::latest() {
  return inside([&](Engine&) { return watch_.latest; });
}

std::optional<Instant> HostedWorkspace::next_due() {
  return inside([](Engine& engine) { return engine.next_due(); });
}

std::vector<TaskId> HostedWorkspace::due(Instant now, std::size_t limit) {
  return inside([&](Engine& engine) { return engine.due(now, limit); });
}

void HostedWorkspace::listen(bool on) {
  inside([&](Engine&) { return watch_.listens = on; });
}

bool HostedWorkspace::has_delivered() {
  if (process_ != process_id()) return false;
  std::unique_lock<std::mutex> alone = lock(mutex_);
  return !watch_.delivered.empty();
}

std::vector<Entry> HostedWorkspace::take_delivered() {
  if (process_ != process_id()) return {};
  std::unique_lock<std::mutex> alone = lock(mutex_);
  return std::exchange(watch_.delivered, {});
}

}  // namespace todo::python
