#include "rules.h"
#include "todo/query.h"

namespace todo {
namespace {

Error invalid(std::string message, std::string field) {
  return {Errc::invalid, std::move(message), std::move(field)};
}
Error not_found(std::string message, std::string field) {
  return {Errc::not_found, std::move(message), std::move(field)};
}

// How many levels are above `task`; more than the limit if it is its own ancestor.
std::size_t levels_above(const Draft& draft, const Task& task) {
  std::size_t levels = 0;
  const Task* at = &task;
  while (at && at->parent && levels <= limits::depth) {
    ++levels;
    at = *at->parent == task.id ? &task : draft.find(*at->parent);
  }
  return levels;
}

std::size_t levels_below(const Draft& draft, const TaskId& task, std::size_t at_most) {
  std::size_t levels = 0;
  if (at_most == 0) return levels;
  for (const TaskId& child : draft.children_of(task))
    levels = std::max(levels, 1 + levels_below(draft, child, at_most - 1));
  return levels;
}

Refusal check_parent(const Draft& draft, const Task* before, const Task& now) {
  if (!now.parent || (before && before->parent == now.parent)) return std::nullopt;
  const Task* parent = draft.find(*now.parent);
  bool is_there = parent && (!parent->deleted_at || now.deleted_at);
  if (!is_there) return not_found("there is no such task", "/parent");

  std::size_t above = levels_above(draft, now);
  std::size_t below = before ? levels_below(draft, now.id, limits::depth + 1) : 0;
  if (above + below < limits::depth) return std::nullopt;
  for (const Task* at = parent; at; at = at->parent ? draft.find(*at->parent) : nullptr) {
    if (at->id == now.id) return invalid("a task cannot lie within its own subtasks", "/parent");
  }
  return invalid("subtasks nest at most 16 levels deep", "/parent");
}

// Whether `target` is among what `from` waits for, directly or not. Passes over what is `seen`.
bool waits_for(Draft& draft, const TaskId& from, const TaskId& target, std::set<TaskId>& seen) {
  std::vector<TaskId> open{from};
  while (!open.empty()) {
    TaskId id = open.back();
    open.pop_back();
    if (id == target) return true;
    const Task* task = seen.insert(id).second ? draft.find(id) : nullptr;
    if (!task) continue;
    draft.look_at(task->blocked_by.size());
    open.insert(open.end(), task->blocked_by.begin(), task->blocked_by.end());
  }
  return false;
}

Refusal check_blockers(Draft& draft, const Task* before, const Task& now) {
  std::size_t index = 0;
  std::set<TaskId> seen;
  std::optional<bool> is_waited_for;  // else no circle can close; nothing waits for a new task
  for (const TaskId& blocker : now.blocked_by) {
    std::string field = "/blocked_by/" + std::to_string(index++);
    if (before && before->blocked_by.contains(blocker)) continue;
    if (!draft.find(blocker) && blocker != now.id) return not_found("there is no such task", field);
    if (!is_waited_for) is_waited_for = before && !draft.waiting_for(now.id).empty();
    if (blocker == now.id || (*is_waited_for && waits_for(draft, blocker, now.id, seen)))
      return invalid("that task waits for this one already", field);
  }
  return std::nullopt;
}

// Of one that is there already only what changes is read: a version whose language has more words
// may have let it in.
Refusal check_search(const Filter* before, const Filter& now) {
  if (!before || before->query != now.query) {
    Result<Query> query = parse<Query>(now.query);
    if (query.has_error()) return within("query", query.error());
  }
  if (!before || before->sort != now.sort) {
    Result<Sort> sort = parse<Sort>(now.sort);
    if (sort.has_error()) return within("sort", sort.error());
  }
  return std::nullopt;
}

}  // namespace

Refusal check(const Deciding& deciding, const Task* before, const Task& now) {
  Draft& draft = deciding.draft;
  if (Refusal flaw = flaw_of(now, deciding.zones)) return flaw;
  bool same_project = before && before->project == now.project;
  if (now.project && !same_project && !draft.find(*now.project))
    return not_found("there is no such project", "/project");
  if (Refusal flaw = check_parent(draft, before, now)) return flaw;
  return check_blockers(draft, before, now);
}

Refusal check(const Deciding& deciding, const Project* before, const Project& now) {
  if (Refusal flaw = flaw_of(now, deciding.zones)) return flaw;
  if (!before && deciding.draft.count<Project>() >= limits::projects)
    return Error{Errc::out_of_range, "there are at most 1000 projects", ""};
  bool same_name = before && before->name == now.name;
  if (!same_name && deciding.draft.is_name_taken(now))
    return Error{Errc::conflict, "there is a project of this name", "/name"};
  return std::nullopt;
}

Refusal check(const Deciding& deciding, const Filter* before, const Filter& now) {
  if (Refusal flaw = flaw_of(now, deciding.zones)) return flaw;
  if (!before && deciding.draft.count<Filter>() >= limits::filters)
    return Error{Errc::out_of_range, "there are at most 1000 filters", ""};
  return check_search(before, now);
}

std::vector<TaskId> subtree_of(const Draft& draft, const TaskId& task) {
  std::vector<TaskId> tree = draft.children_of(task);
  std::erase_if(tree, [&](const TaskId& id) { return draft.find(id)->deleted_at.has_value(); });
  for (std::size_t at = 0; at < tree.size(); ++at) {
    for (const TaskId& child : draft.children_of(tree[at])) {
      if (!draft.find(child)->deleted_at) tree.push_back(child);
    }
  }
  return tree;
}

bool is_taken(const Draft& draft, const IdBytes& id) {
  return draft.find(TaskId{id}) || draft.find(ProjectId{id}) || draft.find(FilterId{id});
}

void set_deleted(const Deciding& deciding, const TaskId& id, std::optional<Instant> at) {
  const Task task = *deciding.draft.find(id);
  Task changed = task;
  changed.deleted_at = at;
  changed.updated_at = deciding.context.now;
  deciding.draft.change(task, std::move(changed));
}

void restore_below(const Deciding& deciding, const TaskId& id, Instant removed_at) {
  for (const TaskId& child : deciding.draft.children_of(id)) {
    if (deciding.draft.find(child)->deleted_at != removed_at) continue;
    set_deleted(deciding, child, std::nullopt);
    restore_below(deciding, child, removed_at);
  }
}

Result<const Task*> live_task(const Draft& draft, const TaskId& id) {
  const Task* task = draft.find(id);
  if (!task) return not_found("there is no such task", "/task");
  if (task->deleted_at)
    return Error{Errc::conflict, "the task was removed: restore it first", "/task"};
  return task;
}

}  // namespace todo
