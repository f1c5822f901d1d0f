// One workspace as Python holds it: a store, and the engine over it.
//
// Threads: any call from any thread; one at a time is inside, the others wait without holding the
// interpreter's lock. No Python code runs while a call is inside: arguments are C++ values before,
// results become Python objects after.
#pragma once

#include <atomic>
#include <mutex>

#include "errors.h"
#include "gil.h"
#include "todo/engine.h"
#include "todo/interchange.h"
#include "todo/memory_store.h"

namespace todo::python {

struct OpenOptions {
  std::string path{};  // empty: in memory
  WorkspaceId workspace{};
  bool durable = true;  // also over a power cut
};

// A page of tasks, copied.
struct Found {
  std::vector<Task> tasks{};
  std::string next{};
  std::optional<std::size_t> total{};
};

class HostedWorkspace {
 public:
  explicit HostedWorkspace(const OpenOptions& options);
  ~HostedWorkspace();
  HostedWorkspace(const HostedWorkspace&) = delete;
  HostedWorkspace& operator=(const HostedWorkspace&) = delete;

  void close();
  bool is_closed() const { return closed_; }

  Entry apply(Command command, Context context);
  Entry undo(const Mutation& of, Context context);
  void refresh();
  Found find(const Search& search, Instant now);
  std::vector<Entry> entries_after(Seq after, std::size_t limit);
  std::optional<Task> task(const TaskId& id);
  std::vector<Task> tasks();
  std::vector<Project> projects();
  std::vector<Filter> filters();
  Settings settings();
  Snapshot snapshot();
  Seq checkpoint();
  Import read_import(ImportFormat format, const std::string& text, Instant now,
                     const IdBytes& name_space);

  // The latest time in the journal, as far as it is known here: the clock does not go back.
  Instant latest();
  std::optional<Instant> next_due();
  std::vector<TaskId> due(Instant now, std::size_t limit);

  // From now on, entries are kept until they are taken.
  void listen(bool on);
  bool has_delivered();
  std::vector<Entry> take_delivered();

 private:
  class Watch final : public EventSink {
   public:
    void deliver(const WorkspaceId&, const Entry& entry) override;

    Instant latest{};
    bool listens = false;
    std::vector<Entry> delivered{};
  };

  void open(const OpenOptions& options);
  template <class Work>
  auto inside(Work&& work);

  std::mutex mutex_;
  const int process_;
  std::atomic<bool> closed_{false};
  MemoryJournals journals_;
  std::unique_ptr<Store> store_{};
  std::optional<Engine> engine_{};
  Watch watch_{};
};

bool has_sqlite();
std::unique_ptr<Store> open_file(const OpenOptions& options);

}  // namespace todo::python
