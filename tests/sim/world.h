// A small world in virtual time: everything that is random comes from its seed, so a failing seed
// fails again. Also the journal as it should be.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <queue>

#include "any_command.h"
#include "todo/codec.h"
#include "todo/session.h"

namespace todo::sim {

class World {
 public:
  explicit World(std::uint64_t seed) : random_(seed), seed_(seed) {}

  Random& random() { return random_; }
  std::size_t below(std::size_t limit) { return random_.below(limit); }
  bool chance(std::size_t percent) { return random_.chance(percent); }

  Instant now() const { return first_instant + std::chrono::milliseconds{now_}; }
  std::size_t ms() const { return now_; }

  void after(std::size_t ms, std::function<void()> act) {
    acts_.push({now_ + ms, ++planned_, std::move(act)});
  }

  // Runs until nothing is planned.
  void run() {
    while (!acts_.empty()) {
      Act act = acts_.top();
      acts_.pop();
      now_ = act.at;
      act.act();
    }
  }

  void check(bool holds, const char* claim) const {
    if (holds) return;
    std::printf("seed %llu, %zu ms: not so: %s\n", static_cast<unsigned long long>(seed_), now_,
                claim);
    std::exit(1);
  }

 private:
  struct Act {
    std::size_t at, order;
    std::function<void()> act;
    bool operator<(const Act& other) const {
      return std::pair(at, order) > std::pair(other.at, other.order);
    }
  };

  Random random_;
  std::uint64_t seed_;
  std::size_t now_ = 0, planned_ = 0;
  std::priority_queue<Act> acts_;
};

inline DeviceId device(std::size_t number) {
  DeviceId id{{static_cast<std::uint8_t>(number + 1)}};
  id.bytes[6] = 0x70;
  return id;
}

inline std::string text_of(const Workspace& workspace) {
  Snapshot snapshot{.settings = workspace.settings};
  for (const auto& [id, task] : workspace.tasks) snapshot.tasks.push_back(task);
  for (const auto& [id, project] : workspace.projects) snapshot.projects.push_back(project);
  for (const auto& [id, filter] : workspace.filters) snapshot.filters.push_back(filter);
  return to_json(snapshot);
}

// The journal as it should be: checks each entry that is added, and keeps the state after each.
class Journal {
 public:
  explicit Journal(World& world) : world_(world) { texts_.push_back(text_of(workspace_)); }

  const std::vector<Entry>& entries() const { return entries_; }
  std::span<const Entry> after(Seq seq) const { return std::span(entries_).subspan(seq); }
  const std::string& text_at(Seq seq) const { return texts_[seq]; }
  const Workspace& workspace() const { return workspace_; }
  std::uint64_t last_number(const DeviceId& device) { return last_[device]; }

  // What was asked under a name, as its asker remembers it.
  void asked(const Request& request) {
    const Mutation& mutation = request.context.mutation;
    auto [asked, first] = asked_.try_emplace({mutation.device, mutation.number}, request.command);
    world_.check(first || asked->second == request.command, "a name stands for one request");
  }

  void add(const Entry& entry) {
    const Mutation& mutation = entry.context.mutation;
    world_.check(entry.seq == entries_.size() + 1, "seqs leave none out");
    world_.check(mutation.number == ++last_[mutation.device],
                 "each request is in the journal once");
    auto asked = asked_.find({mutation.device, mutation.number});
    world_.check(asked != asked_.end(), "what is in the journal is known to its asker");
    Result<Events> events = decide(workspace_, asked->second, entry.context, Zones::embedded());
    world_.check(events.has_value() != entry.refusal.has_value(), "a refusal is right");
    world_.check(!events.has_value() || *events == entry.events, "events follow from their past");
    for (const Event& event : entry.events) show(event);
    entries_.push_back(entry);
    texts_.push_back(text_of(workspace_));
  }

  void check_answer(const Answer& answer) const {
    world_.check(answer.seq <= entries_.size(), "an answered request is in the journal");
    const Entry& entry = entries_[answer.seq - 1];
    world_.check(entry.context.mutation == answer.mutation, "an answer is that of its request");
    world_.check(entry.refusal == answer.refusal, "an answer tells the truth");
  }

  // Two devices that close the same occurrence make one successor: its id follows from the two.
  void check_series() const {
    for (const auto& [id, task] : workspace_.tasks) {
      if (!task.series) continue;
      auto made_by = [&, &id = id, &task = task](const TaskId& predecessor) {
        return named_id<TaskId>(task.series->bytes, to_text(predecessor)) == id;
      };
      world_.check(std::count_if(ids_.begin(), ids_.end(), made_by) == 1,
                   "an occurrence follows from one predecessor");
    }
  }

 private:
  void show(const Event& event) {
    if (const auto* created = std::get_if<TaskCreated>(&event)) ids_.insert(created->value.id);
    evolve(workspace_, event);
  }

  World& world_;
  Workspace workspace_;
  std::vector<Entry> entries_;
  std::vector<std::string> texts_;
  std::set<TaskId> ids_;  // of all tasks there ever were
  std::map<DeviceId, std::uint64_t> last_;
  std::map<std::pair<DeviceId, std::uint64_t>, Command> asked_;
};

// Runs `run(seed)` for `seeds` seeds; for 20 times as many if TODO_LONG is set (times its number),
// and for TODO_SEED alone if that is.
inline void run_seeds(std::uint64_t seeds, void (*run)(std::uint64_t seed)) {
  if (const char* one = std::getenv("TODO_SEED")) return run(std::strtoull(one, nullptr, 10));
  if (const char* times = std::getenv("TODO_LONG"))
    seeds *= 20 * std::max<std::uint64_t>(1, std::strtoull(times, nullptr, 10));
  for (std::uint64_t seed = 0; seed < seeds; ++seed) run(seed);
}

}  // namespace todo::sim
