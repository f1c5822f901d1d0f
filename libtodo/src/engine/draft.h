// The workspace as a command sees it while it is decided: what the command did so far lies on top,
// so a later part of a batch sees the earlier ones and a refusal leaves nothing behind.
#pragma once

#include "todo/workspace.h"

namespace todo {

class Draft {
 public:
  explicit Draft(const Workspace& workspace)
      : workspace_(workspace),
        tasks_{workspace.tasks},
        projects_{workspace.projects},
        filters_{workspace.filters} {}

  // Valid until that one is changed; nullptr if there is none.
  template <class I>
  auto find(const I& id) const {
    return layer(&id).find(id);
  }
  template <class T>
  std::size_t count() const {
    return layer(static_cast<const IdOf<T>*>(nullptr)).count;
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
    layer(&id).put(id, std::nullopt);
  }

  const Settings& settings() const { return settings_ ? *settings_ : workspace_.settings; }
  void change(const Settings& to) {
    auto after = Patch<Settings>::difference(settings(), to);
    if (after.empty()) return;
    events_.push_back(
        SettingsChanged{Patch<Settings>::difference(to, settings()), std::move(after)});
    settings_ = to;
  }

  // In the order of ids.
  std::vector<TaskId> children_of(const TaskId& parent) const;

  // The tasks that refer to it, in the order of ids. The first call of either looks at all tasks,
  // each later one only at these.
  std::vector<TaskId> tasks_of(const ProjectId& project);
  std::vector<TaskId> waiting_for(const TaskId& task);

  // Whether another project has a name that folds to that of `project`. As above.
  bool is_name_taken(const Project& project);

  // How much of the workspace has been looked at, beyond what a command names.
  void look_at(std::size_t count) const { looked_at_ += count; }
  std::size_t looked_at() const { return looked_at_; }

  std::size_t event_count() const { return events_.size(); }
  Events take_events() { return std::move(events_); }

 private:
  template <class T>
  struct Layer {
    const std::map<IdOf<T>, T>& base;
    std::map<IdOf<T>, std::optional<T>> drawn{};  // nullopt: removed
    std::size_t count = base.size();

    const T* find(const IdOf<T>& id) const {
      if (auto at = drawn.find(id); at != drawn.end()) return at->second ? &*at->second : nullptr;
      auto at = base.find(id);
      return at == base.end() ? nullptr : &at->second;
    }

    void put(const IdOf<T>& id, std::optional<T> value) {
      if (find(id)) --count;
      if (value) ++count;
      drawn[id] = std::move(value);
    }
  };

  // By what is referred to, who does. Some are no longer true.
  template <class K, class I>
  using References = std::set<std::pair<K, I>>;

  template <class T>
  void put(T value) {
    link(value);
    auto id = value.id;
    layer(&id).put(id, std::move(value));
  }

  const Layer<Task>& layer(const TaskId*) const { return tasks_; }
  const Layer<Project>& layer(const ProjectId*) const { return projects_; }
  const Layer<Filter>& layer(const FilterId*) const { return filters_; }
  Layer<Task>& layer(const TaskId*) { return tasks_; }
  Layer<Project>& layer(const ProjectId*) { return projects_; }
  Layer<Filter>& layer(const FilterId*) { return filters_; }

  void link(const Task& task);
  void link(const Project& project);
  void link(const Filter&) {}
  void link_references(const Task& task);
  void link_all_tasks();
  void link_all_projects();

  const Workspace& workspace_;
  Layer<Task> tasks_;
  Layer<Project> projects_;
  Layer<Filter> filters_;
  std::optional<Settings> settings_{};
  Events events_{};
  mutable std::size_t looked_at_ = 0;

  References<TaskId, TaskId> children_{};  // of what is drawn: the workspace has the others
  bool has_all_tasks_ = false;             // below
  References<ProjectId, TaskId> in_project_{};
  References<TaskId, TaskId> waiting_{};
  bool has_all_projects_ = false;  // below
  References<std::string, ProjectId> named_{};
};

}  // namespace todo
