#include "todo/projection.h"

namespace todo {

std::vector<TaskId> Projection::follow(Session& session) {
  const Workspace& workspace = session.workspace();
  Touched touched = session.take_touched();
  for (const TaskId& id : touched.tasks) {
    auto task = workspace.tasks.find(id);
    if (task == workspace.tasks.end()) {
      index_.erase(id);
      reminders_.erase(id);
    } else {
      index_.put(task->second);
      reminders_.update(task->second, workspace.settings, session.zones());
    }
  }
  for (const ProjectId& id : touched.projects) {
    auto project = workspace.projects.find(id);
    if (project == workspace.projects.end()) index_.erase(id);
    else index_.put(project->second);
  }
  if (queued_by_ == workspace.settings) return std::move(touched.tasks);

  for (const auto& [id, task] : workspace.tasks)
    reminders_.update(task, workspace.settings, session.zones());
  queued_by_ = workspace.settings;
  return std::move(touched.tasks);
}

}  // namespace todo
