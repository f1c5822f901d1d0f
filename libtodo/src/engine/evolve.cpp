#include "todo/workspace.h"

namespace todo {
namespace {

std::map<TaskId, Task>& all(Workspace& workspace, const TaskId*) { return workspace.tasks; }
std::map<ProjectId, Project>& all(Workspace& workspace, const ProjectId*) {
  return workspace.projects;
}
std::map<FilterId, Filter>& all(Workspace& workspace, const FilterId*) { return workspace.filters; }

// `children` follows the parents of the tasks; projects and filters have nothing derived.
template <class T>
void link(Workspace&, const T&) {}
template <class T>
void unlink(Workspace&, const T&) {}
void link(Workspace& workspace, const Task& task) {
  if (task.parent) workspace.children.insert({*task.parent, task.id});
}
void unlink(Workspace& workspace, const Task& task) {
  if (task.parent) workspace.children.erase({*task.parent, task.id});
}

template <class T>
void remove(Workspace& workspace, const T& value) {
  auto& values = all(workspace, &value.id);
  auto at = values.find(value.id);
  if (at == values.end()) return;
  unlink(workspace, at->second);
  values.erase(at);
}

template <class T>
void put(Workspace& workspace, const T& value) {
  remove(workspace, value);
  all(workspace, &value.id).emplace(value.id, value);
  link(workspace, value);
}

template <class T>
void change(Workspace& workspace, const IdOf<T>& id, const Patch<T>& patch) {
  auto& values = all(workspace, &id);
  auto at = values.find(id);
  if (at == values.end()) return;
  unlink(workspace, at->second);
  patch.apply_to(at->second);
  link(workspace, at->second);
}

struct Evolve {
  Workspace& workspace;
  template <class T>
  void operator()(const Created<T>& created) const {
    put(workspace, created.value);
  }
  template <class T>
  void operator()(const Changed<T>& changed) const {
    change(workspace, changed.id, changed.after);
  }
  template <class T>
  void operator()(const Removed<T>& removed) const {
    remove(workspace, removed.value);
  }
  void operator()(const SettingsChanged& changed) const {
    changed.after.apply_to(workspace.settings);
  }
};

struct Revert {
  Workspace& workspace;
  template <class T>
  void operator()(const Created<T>& created) const {
    remove(workspace, created.value);
  }
  template <class T>
  void operator()(const Changed<T>& changed) const {
    change(workspace, changed.id, changed.before);
  }
  template <class T>
  void operator()(const Removed<T>& removed) const {
    put(workspace, removed.value);
  }
  void operator()(const SettingsChanged& changed) const {
    changed.before.apply_to(workspace.settings);
  }
};

}  // namespace

void evolve(Workspace& workspace, const Event& event) { std::visit(Evolve{workspace}, event); }

void revert(Workspace& workspace, const Event& event) { std::visit(Revert{workspace}, event); }

}  // namespace todo
