// From what a reader found to commands that the engine accepts: it is asked about each of them.
#include <algorithm>

#include "item.h"
#include "todo/text.h"

namespace todo {
namespace {

// The order in which items can be created: parents and blockers first. In a ring of them the one
// that comes first in the text goes first, after its own parents.
class Order {
 public:
  Order(const std::vector<Item>& items, const std::map<std::string, TaskId>& named)
      : items_(items), named_(named), waits_(items.size(), 0), is_out_(items.size(), false) {
    for (std::size_t i = 0; i < items.size(); ++i) index_.emplace(items[i].task.id, i);
    followers_.resize(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (items[i].parent) wait_for(i, *items[i].parent);
      for (const Link& blocker : items[i].blockers) wait_for(i, blocker);
    }
  }

  std::vector<std::size_t> take() {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (waits_[i] == 0) put(i);
    }
    release_followers();
    for (std::size_t i = 0; i < items_.size(); ++i) {
      while (!is_out_[i]) {
        put(topmost(i));
        release_followers();
      }
    }
    return std::move(order_);
  }

 private:
  std::optional<std::size_t> find(const Link& link) const {
    auto name = named_.find(link.to);
    auto at = name == named_.end() ? index_.end() : index_.find(name->second);
    if (at == index_.end()) return {};
    return at->second;
  }

  void wait_for(std::size_t item, const Link& link) {
    std::optional<std::size_t> other = find(link);
    if (!other || *other == item) return;
    followers_[*other].push_back(item);
    ++waits_[item];
  }

  void put(std::size_t item) {
    if (is_out_[item]) return;
    is_out_[item] = true;
    order_.push_back(item);
  }

  void release_followers() {
    for (; released_ < order_.size(); ++released_) {
      for (std::size_t follower : followers_[order_[released_]]) {
        if (--waits_[follower] == 0) put(follower);
      }
    }
  }

  // The parent's parent ... that is not out yet; any of them if they are their own parents.
  std::size_t topmost(std::size_t item) const {
    for (std::size_t level = 0; level <= limits::depth && items_[item].parent; ++level) {
      std::optional<std::size_t> parent = find(*items_[item].parent);
      if (!parent || is_out_[*parent]) break;
      item = *parent;
    }
    return item;
  }

  const std::vector<Item>& items_;
  const std::map<std::string, TaskId>& named_;
  std::map<TaskId, std::size_t> index_;
  std::vector<std::vector<std::size_t>> followers_;
  std::vector<std::size_t> waits_;  // for so many that are not out yet
  std::vector<bool> is_out_;
  std::vector<std::size_t> order_;
  std::size_t released_ = 0;
};

class Assembly {
 public:
  Assembly(Gathered& gathered, const ImportContext& context)
      : gathered_(gathered), context_(context), workspace_(context.existing) {
    for (const auto& [id, project] : workspace_.projects) projects_[fold(project.name)] = id;
    for (const Item& item : gathered.items) to_come_.insert(item.task.id);
  }

  Result<Import> run() {
    for (std::size_t index : Order(gathered_.items, gathered_.named).take()) {
      Item& item = gathered_.items[index];
      place(item);
      to_come_.erase(item.task.id);
    }
    for (const auto& [item, link, blocker] : late_) block(*item, *link, blocker);
    if (import_.commands.size() > limits::batch)
      return Error{Errc::out_of_range, "an import makes at most 100000 tasks and projects"};
    collect_losses();
    return std::move(import_);
  }

 private:
  struct Late {
    Item* item;
    const Link* link;
    TaskId blocker;
  };

  void place(Item& item) {
    if (!placed_.insert(item.task.id).second) {
      item.losses.clear();
      item.report("", Fate::dropped, "it is in the text twice: the first one counts");
      return;
    }
    if (auto at = context_.existing.tasks.find(item.task.id); at != context_.existing.tasks.end())
      return leave(item, at->second);
    link_project(item);
    link_parent(item);
    link_blockers(item);
    if (std::optional<Error> refusal = ask(Create<Task>{item.task})) {
      item.losses.clear();
      item.report("", Fate::dropped, "it cannot be a task: " + refusal->message);
    }
  }

  // What its user did here since is worth more than what a file says again.
  void leave(Item& item, const Task& there) {
    bool is_newer =
        item.task.updated_at && there.updated_at && *item.task.updated_at > *there.updated_at;
    item.losses.clear();
    if (is_newer) {
      item.report("", Fate::dropped,
                  "it is in the workspace already: what changed in the source since stays out");
    }
  }

  // Why it does not hold; nullopt if it does.
  std::optional<Error> ask(Command command) {
    Context context{.now = context_.now, .actor = "import"};
    Result<Events> events = decide(workspace_, command, context, context_.zones);
    if (events.has_error()) return events.error();
    for (const Event& event : *events) evolve(workspace_, event);
    if (!events->empty()) import_.commands.push_back(std::move(command));
    return {};
  }

  void link_project(Item& item) {
    if (!item.project) return;
    const auto& [property, name] = *item.project;
    auto at = projects_.find(fold(name));
    if (at == projects_.end()) {
      ProjectId id = named_id<ProjectId>(context_.name_space, "project:" + fold(name));
      if (auto refusal = ask(Create<Project>{{id, name, ""}}))
        return keep(item, property, name, refusal->message);
      at = projects_.emplace(fold(name), id).first;
    }
    item.task.project = at->second;
  }

  TaskId id_of(const Link& link) const {
    auto at = gathered_.named.find(link.to);
    return at == gathered_.named.end() ? named_id<TaskId>(context_.name_space, link.to)
                                       : at->second;
  }

  void link_parent(Item& item) {
    if (!item.parent) return;
    TaskId parent = id_of(*item.parent);
    auto at = workspace_.tasks.find(parent);
    std::string why = "there is no such task";
    if (at != workspace_.tasks.end() && !at->second.deleted_at) {
      if (levels(parent) < limits::depth) {
        item.task.parent = parent;
        return;
      }
      why = "subtasks nest at most 16 levels deep";
    } else if (to_come_.count(parent) != 0) {
      why = "a task cannot lie within its own subtasks";
    }
    keep(item, item.parent->property, item.parent->to, std::move(why));
  }

  // How many `task` and those above it are.
  std::size_t levels(const TaskId& task) const {
    std::size_t count = 0;
    for (auto at = workspace_.tasks.find(task); at != workspace_.tasks.end();
         at = workspace_.tasks.find(*at->second.parent)) {
      if (++count > limits::depth || !at->second.parent) break;
    }
    return count;
  }

  void link_blockers(Item& item) {
    for (const Link& link : item.blockers) {
      TaskId blocker = id_of(link);
      Links& blocked_by = item.task.blocked_by;
      if (blocker == item.task.id) {
        keep(item, link.property, link.to, "a task cannot be blocked by itself");
      } else if (workspace_.tasks.count(blocker) != 0) {
        if (blocked_by.size() < limits::links) blocked_by.put(blocker);
        else keep(item, link.property, link.to, "a task is blocked by at most 100");
      } else if (to_come_.count(blocker) != 0) {
        late_.push_back({&item, &link, blocker});
      } else {
        keep(item, link.property, link.to, "there is no such task");
      }
    }
  }

  // Blockers that could not be created before what they block.
  void block(Item& item, const Link& link, const TaskId& blocker) {
    if (workspace_.tasks.count(item.task.id) == 0) return;
    KeyedChange<Links> change;
    change.put.put(blocker);
    Patch<Task> patch;
    patch.set(&Task::blocked_by, change);
    if (std::optional<Error> refusal = ask(Edit<Task>{item.task.id, patch}))
      item.report(link.property, Fate::dropped, refusal->message);
  }

  void collect_losses() {
    import_.losses = std::move(gathered_.losses);
    for (Item& item : gathered_.items) {
      for (Loss& loss : item.losses) import_.losses.push_back(std::move(loss));
    }
    std::stable_sort(import_.losses.begin(), import_.losses.end(),
                     [](const Loss& a, const Loss& b) { return a.at < b.at; });
  }

  Gathered& gathered_;
  const ImportContext& context_;
  Workspace workspace_;                        // as the commands so far leave it
  std::map<std::string, ProjectId> projects_;  // by folded name
  std::set<TaskId> to_come_;
  std::set<TaskId> placed_;
  std::vector<Late> late_;
  Import import_;
};

}  // namespace

Result<Import> assemble(Gathered gathered, const ImportContext& context) {
  return Assembly(gathered, context).run();
}

Result<Import> read_import(ImportFormat format, std::string_view text,
                           const ImportContext& context) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  Result<Gathered> gathered =
      format == ImportFormat::ical ? gather_ical(text, context) : gather_taskwarrior(text, context);
  if (gathered.has_error()) return gathered.error();
  return assemble(*std::move(gathered), context);
}

}  // namespace todo
