// The workspace as a command sees it while it is decided: what the command did so far lies on top,
// so a later part of a batch sees the earlier ones and a refusal leaves nothing behind.
#pragma once

#include "todo/workspace.h"

namespace todo {

class Draft {
 public:
  explicit Draft(const Workspace& workspace)
      : tasks_{workspace.tasks},
        projects_{workspace.projects},
        filters_{workspace.filters},
        settings_(workspace.settings),
        workspace_(workspace) {}

  // Valid until that one is changed; nullptr if there is none.
  template <class I>
  auto find(const I& id) const {
    return layer(&id).find(id);
  }

  template <class T>
  void create(T value) {
    events_.push_back(Created<T>{value});
    put(std::move(value));
  }

  // Does nothing if they are equal.
  template <class T>
  void change(const T& from, T to) {
    auto after = Patch<T>::difference(from, to);
    if (after.empty()) return;
    events_.push_back(Changed<T>{to.id, Patch<T>::difference(to, from), std::move(after)});
    put(std::move(to));
  }

  template <class T>
  void remove(const T& value) {
    auto id = value.id;
    events_.push_back(Removed<T>{value});
    layer(&id).drawn[id] = std::nullopt;
  }

  const Settings& settings() const { return settings_; }
  void change(const Settings& to) {
    auto after = Patch<Settings>::difference(settings_, to);
    if (after.empty()) return;
    events_.push_back(
        SettingsChanged{Patch<Settings>::difference(to, settings_), std::move(after)});
    settings_ = to;
  }

  // In the order of ids.
  std::vector<TaskId> children_of(const TaskId& parent) const {
    std::set<TaskId> candidates;
    for (const auto* links : {&workspace_.children, &children_}) {
      for (auto at = links->lower_bound({parent, TaskId{}});
           at != links->end() && at->first == parent; ++at)
        candidates.insert(at->second);
    }
    std::vector<TaskId> children;
    for (const TaskId& id : candidates) {
      const Task* child = find(id);
      if (child && child->parent == parent) children.push_back(id);
    }
    return children;
  }

  // Ids of all that there is, for what has to look at each. O(n).
  template <class I>
  std::vector<I> ids() const {
    return layer(static_cast<const I*>(nullptr)).ids();
  }
  Events take_events() { return std::move(events_); }

 private:
  template <class T>
  struct Layer {
    const std::map<IdOf<T>, T>& base;
    std::map<IdOf<T>, std::optional<T>> drawn{};  // nullopt: removed

    const T* find(const IdOf<T>& id) const {
      if (auto at = drawn.find(id); at != drawn.end()) return at->second ? &*at->second : nullptr;
      auto at = base.find(id);
      return at == base.end() ? nullptr : &at->second;
    }

    std::vector<IdOf<T>> ids() const {
      std::set<IdOf<T>> all;
      for (const auto& [id, value] : base) all.insert(id);
      for (const auto& [id, value] : drawn) {
        if (value) all.insert(id);
        else all.erase(id);
      }
      return {all.begin(), all.end()};
    }
  };

  const Layer<Task>& layer(const TaskId*) const { return tasks_; }
  const Layer<Project>& layer(const ProjectId*) const { return projects_; }
  const Layer<Filter>& layer(const FilterId*) const { return filters_; }
  Layer<Task>& layer(const TaskId*) { return tasks_; }
  Layer<Project>& layer(const ProjectId*) { return projects_; }
  Layer<Filter>& layer(const FilterId*) { return filters_; }

  template <class T>
  void put(T value) {
    if constexpr (std::is_same_v<T, Task>) {
      if (value.parent) children_.insert({*value.parent, value.id});
    }
    auto id = value.id;
    layer(&id).drawn[id] = std::move(value);
  }

  Layer<Task> tasks_;
  Layer<Project> projects_;
  Layer<Filter> filters_;
  Settings settings_;
  const Workspace& workspace_;
  std::set<std::pair<TaskId, TaskId>> children_{};  // of drawn tasks, some no longer true
  Events events_{};
};

}  // namespace todo
