#include "draft.h"

#include "todo/text.h"

namespace todo {
namespace {

// Of those linked to `key`, by id, the ones for which it is still true.
template <class K, class I, class IsTrue>
std::vector<I> linked(const Draft& draft, const std::set<std::pair<K, I>>& links, const K& key,
                      IsTrue&& is_true) {
  std::vector<I> ids;
  for (auto at = links.lower_bound({key, I{}}); at != links.end() && at->first == key; ++at) {
    draft.look_at(1);
    if (is_true(at->second)) ids.push_back(at->second);
  }
  return ids;
}

}  // namespace

std::vector<TaskId> Draft::children_of(const TaskId& parent) const {
  auto is_child = [&](const TaskId& id) {
    const Task* task = find(id);
    return task && task->parent == parent;
  };
  std::vector<TaskId> drawn = linked(*this, children_, parent, is_child);
  std::vector<TaskId> children = linked(*this, workspace_.children, parent, is_child);
  if (drawn.empty()) return children;
  children.insert(children.end(), drawn.begin(), drawn.end());
  std::sort(children.begin(), children.end());
  children.erase(std::unique(children.begin(), children.end()), children.end());
  return children;
}

std::vector<TaskId> Draft::tasks_of(const ProjectId& project) {
  link_all_tasks();
  return linked(*this, in_project_, project, [&](const TaskId& id) {
    const Task* task = find(id);
    return task && task->project == project;
  });
}

std::vector<TaskId> Draft::waiting_for(const TaskId& task) {
  link_all_tasks();
  return linked(*this, waiting_, task, [&](const TaskId& id) {
    const Task* waiting = find(id);
    return waiting && waiting->blocked_by.contains(task);
  });
}

bool Draft::is_name_taken(const Project& project) {
  link_all_projects();
  std::string name = fold(project.name);
  auto has_it = [&](const ProjectId& id) {
    const Project* other = find(id);
    return other && id != project.id && fold(other->name) == name;
  };
  return !linked(*this, named_, name, has_it).empty();
}

void Draft::link(const Task& task) {
  if (task.parent) children_.insert({*task.parent, task.id});
  if (has_all_tasks_) link_references(task);
}

void Draft::link_references(const Task& task) {
  if (task.project) in_project_.insert({*task.project, task.id});
  for (const TaskId& blocker : task.blocked_by) waiting_.insert({blocker, task.id});
}

void Draft::link(const Project& project) {
  if (has_all_projects_) named_.insert({fold(project.name), project.id});
}

void Draft::link_all_tasks() {
  if (std::exchange(has_all_tasks_, true)) return;
  for (const auto& [id, task] : tasks_.base) link_references(task);
  for (const auto& [id, task] : tasks_.drawn) {
    if (task) link_references(*task);
  }
}

void Draft::link_all_projects() {
  if (std::exchange(has_all_projects_, true)) return;
  for (const auto& [id, project] : projects_.base) link(project);
  for (const auto& [id, project] : projects_.drawn) {
    if (project) link(*project);
  }
}

}  // namespace todo
