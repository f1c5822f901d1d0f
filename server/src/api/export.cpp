#include "api/export.h"

#include <deque>

#include "todo/json_reader.h"
#include "todo/json_writer.h"

namespace todo::server {

// One of these.
struct ExportLine {
  std::optional<Settings> settings{};
  std::optional<Project> project{};
  std::optional<Filter> filter{};
  std::optional<Task> task{};
};

}  // namespace todo::server

namespace todo {

template <>
inline constexpr std::tuple fields<server::ExportLine> = {
    Field{"settings", &server::ExportLine::settings, "The owner's settings."},
    Field{"project", &server::ExportLine::project, "A project."},
    Field{"filter", &server::ExportLine::filter, "A saved filter."},
    Field{"task", &server::ExportLine::task, "A task, perhaps a removed one."}};

}  // namespace todo

namespace todo::server {

namespace {

// A task to create, and the links of it that lead to what can only be created behind it.
struct Step {
  Task task{};
  std::uint32_t at = 0;  // its line, from 1
  std::vector<TaskId> late{};
};

// Puts tasks in an order in which each comes behind its parent and what it waits for. Where a
// parent waits for what lies within it, that link is late.
class Order {
 public:
  explicit Order(std::vector<Step> steps) : steps_(std::move(steps)) {
    for (std::size_t i = 0; i < steps_.size(); ++i) index_[steps_[i].task.id] = i;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      const Task& task = steps_[i].task;
      if (!task.parent || !is_left(*task.parent)) loose_.insert(i);
      if (task.parent) wait(i, *task.parent);
      for (const TaskId& blocker : task.blocked_by) wait(i, blocker);
      if (missing_[i] == 0) ready_.push_back(i);
    }
  }

  std::vector<Step> take() {
    while (ordered_.size() < steps_.size()) {
      if (ready_.empty()) loosen();
      std::size_t next = ready_.front();
      ready_.pop_front();
      place(next);
    }
    return std::move(ordered_);
  }

 private:
  bool is_left(const TaskId& id) const {
    auto found = index_.find(id);
    return found != index_.end() && !placed_.contains(found->second);
  }
  void wait(std::size_t step, const TaskId& on) {
    if (!is_left(on)) return;
    ++missing_[step];
    waiting_.emplace(on, step);
  }

  void place(std::size_t step) {
    placed_.insert(step);
    auto [first, last] = waiting_.equal_range(steps_[step].task.id);
    for (auto link = first; link != last; ++link) {
      std::size_t other = link->second;
      if (placed_.contains(other)) continue;
      if (--missing_[other] == 0) ready_.push_back(other);
      if (steps_[other].task.parent == link->first) loose_.insert(other);
    }
    loose_.erase(step);
    ordered_.push_back(std::move(steps_[step]));
  }

  // Lets the first one go whose parent is there; if there is none, the text is wrong, and will be
  // refused.
  void loosen() {
    while (placed_.contains(first_left_)) ++first_left_;
    std::size_t chosen = loose_.empty() ? first_left_ : *loose_.begin();
    Step& step = steps_[chosen];
    for (const TaskId& blocker : step.task.blocked_by) {
      if (is_left(blocker)) step.late.push_back(blocker);
    }
    ready_.push_back(chosen);
  }

  std::vector<Step> steps_;
  std::map<TaskId, std::size_t> index_{};
  std::map<std::size_t, std::size_t> missing_{};  // how many have to come first
  std::multimap<TaskId, std::size_t> waiting_{};
  std::set<std::size_t> placed_{};
  std::set<std::size_t> loose_{};  // not placed, and their parent is there
  std::size_t first_left_ = 0;
  std::deque<std::size_t> ready_{};
  std::vector<Step> ordered_{};
};

class ExportReader {
 public:
  explicit ExportReader(const Workspace& existing) : existing_(existing) {}

  Result<void> read(std::string_view line) {
    ++at_;
    Result<ExportLine> read = from_json<ExportLine>(line);
    if (read.has_error()) return read.error();
    int values = read->settings.has_value() + read->project.has_value() + read->filter.has_value() +
                 read->task.has_value();
    if (values != 1)
      return Error{Errc::malformed, "a line holds settings, a project, a filter or a task", ""};
    if (read->settings) take(*read->settings);
    if (read->project) take(existing_.projects, *std::move(read->project));
    if (read->filter) take(existing_.filters, *std::move(read->filter));
    if (read->task && is_new(existing_.tasks, *read->task))
      tasks_.push_back({*std::move(read->task), at_});
    return {};
  }

  Import finish() {
    std::vector<Step> late;
    for (Step& step : Order(std::move(tasks_)).take()) {
      if (!step.late.empty()) late.push_back(step);
      for (const TaskId& blocker : step.late) step.task.blocked_by.erase(blocker);
      import_.commands.push_back(Create<Task>{std::move(step.task)});
    }
    for (const Step& step : late) link(step);
    std::stable_sort(import_.losses.begin(), import_.losses.end(),
                     [](const Loss& a, const Loss& b) { return a.at < b.at; });
    return std::move(import_);
  }

 private:
  void take(const Settings& settings) {
    if (settings == existing_.settings) return;
    if (existing_.settings != Settings{})
      return report("", "settings", Fate::dropped, "there are other settings already: they stay");
    import_.commands.push_back(
        EditSettings{Patch<Settings>::difference(existing_.settings, settings)});
  }

  template <class T>
  void take(const std::map<IdOf<T>, T>& existing, T value) {
    if (is_new(existing, value)) import_.commands.push_back(Create<T>{std::move(value)});
  }

  template <class T>
  bool is_new(const std::map<IdOf<T>, T>& existing, const T& value) {
    auto found = existing.find(value.id);
    if (found == existing.end()) return true;
    if (found->second != value)
      report(to_text(value.id), "", Fate::dropped, "it is here already, and stays as it is");
    return false;
  }

  // Nobody may edit what was removed.
  void link(const Step& step) {
    at_ = step.at;
    std::string id = to_text(step.task.id);
    if (step.task.deleted_at)
      return report(id, "blocked_by", Fate::dropped, "it was removed, and waits for its subtask");
    import_.commands.push_back(
        Edit<Task>{step.task.id, Patch<Task>().set(&Task::blocked_by, step.task.blocked_by)});
    report(id, "updated_at", Fate::changed, "it waits for its subtask: that link is set anew");
  }

  void report(std::string item, std::string property, Fate fate, std::string message) {
    import_.losses.push_back({std::move(item), at_, std::move(property), fate, std::move(message)});
  }

  const Workspace& existing_;
  std::uint32_t at_ = 0;
  std::vector<Step> tasks_{};
  Import import_{};
};

}  // namespace

std::string export_of(const Workspace& workspace) {
  std::string lines;
  auto add = [&](const ExportLine& line) { lines.append(to_json(line)).append("\n"); };
  add({.settings = workspace.settings});
  for (const auto& [id, project] : workspace.projects) add({.project = project});
  for (const auto& [id, filter] : workspace.filters) add({.filter = filter});
  for (const auto& [id, task] : workspace.tasks) add({.task = task});
  return lines;
}

Result<Import> read_export(std::string_view text, const Workspace& existing) {
  ExportReader reader(existing);
  for (std::size_t index = 0; !text.empty(); ++index) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    Result<void> read = reader.read(line);
    if (read.has_error()) return within(index, read.error());
  }
  Import import = reader.finish();
  if (import.commands.size() <= limits::batch) return import;
  return Error{Errc::out_of_range,
               "an import brings at most 100,000 things: move a larger workspace by "
               "todo-server backup and restore",
               ""};
}

}  // namespace todo::server
