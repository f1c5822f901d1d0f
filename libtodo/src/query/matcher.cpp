#include "query/matcher.h"

#include <algorithm>
#include <limits>

#include "query/day.h"
#include "todo/text.h"

namespace todo::query {
namespace {

using std::chrono::days;
using std::chrono::floor;
using Kind = Query::Kind;

std::int64_t number_of_day(Date day) { return day.time_since_epoch().count(); }

bool is_state(const Term& term, TaskState state) {
  const TaskState* named = std::get_if<TaskState>(&term);
  return named && *named == state;
}

bool names_status(const Term& term) {
  if (const auto* date = std::get_if<DateTerm>(&term)) return date->field == DateField::completed;
  const TaskState* state = std::get_if<TaskState>(&term);
  return state && *state <= TaskState::deleted;
}

template <class Holds>
bool any_term(const Query& query, Holds holds) {
  if (query.kind == Kind::term) return holds(query.term);
  return std::any_of(query.parts.begin(), query.parts.end(),
                     [&](const Query& part) { return any_term(part, holds); });
}

bool asks_only_for_open(const Query& query) {
  if (query.kind == Kind::term) return is_state(query.term, TaskState::open);
  return query.kind == Kind::all_of &&
         std::any_of(query.parts.begin(), query.parts.end(), asks_only_for_open);
}

bool contains(const std::vector<ProjectId>& projects, const std::optional<ProjectId>& project) {
  return project && std::binary_search(projects.begin(), projects.end(), *project);
}

bool has_part(TaskPart part, const Task& task) {
  switch (part) {
    case TaskPart::notes:
      return !task.notes.empty();
    case TaskPart::priority:
      return task.priority != Priority::none;
    case TaskPart::tags:
      return !task.tags.empty();
    case TaskPart::project:
      return task.project.has_value();
    case TaskPart::parent:
      return task.parent.has_value();
    case TaskPart::start:
      return task.start.has_value();
    case TaskPart::due:
      return task.due.has_value();
    case TaskPart::reminder:
      return !task.reminders.empty();
    case TaskPart::recurrence:
      return task.recurrence.has_value();
    case TaskPart::estimate:
      return task.estimate.has_value();
  }
  return false;
}

// The ends of what `compared` lets through; `number` gives the number of a value.
template <class V, class ToNumber>
std::pair<std::int64_t, std::int64_t> ends_of(const Compared<V>& compared, ToNumber number) {
  constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
  std::int64_t value = number(compared.value);
  switch (compared.by) {
    case Comparison::equal:
      return {value, value};
    case Comparison::less:
      return {lowest, value - 1};
    case Comparison::at_most:
      return {lowest, value};
    case Comparison::greater:
      return {value + 1, highest};
    case Comparison::at_least:
      return {value, highest};
    case Comparison::between:
      return {value, number(compared.last)};
  }
  return {value, value};
}

}  // namespace

Date Surroundings::today() const { return floor<days>(zone.to_local(now)); }

Scope scope_of(const Query& query) {
  if (any_term(query, [](const Term& term) { return is_state(term, TaskState::deleted); }))
    return Scope::all;
  bool is_empty = query.kind != Kind::term && query.parts.empty();
  bool sees_closed = is_empty || any_term(query, names_status);
  return sees_closed && !asks_only_for_open(query) ? Scope::not_deleted : Scope::open;
}

Matcher::Matcher(const Query& query, const Surroundings& surroundings)
    : around_(surroundings), today_(surroundings.today()), root_(condition_of(query)) {}

Matcher::Condition Matcher::condition_of(const Query& query) const {
  Condition condition{query.kind, {}, {}};
  if (query.kind == Kind::term) condition.test = test_of(query.term);
  for (const Query& part : query.parts) condition.parts.push_back(condition_of(part));
  return condition;
}

template <class Holds>
std::vector<ProjectId> Matcher::projects_where(Holds holds) const {
  std::vector<ProjectId> projects;
  for (const auto& [id, name] : around_.project_names) {
    if (holds(name)) projects.push_back(id);
  }
  return projects;
}

Matcher::Test Matcher::interval_of(const DateTerm& term) const {
  auto ends = ends_of(term.day, [&](const Day& day) {
    return number_of_day(day_on(day, today_, around_.week_start));
  });
  return Interval{static_cast<Number>(term.field), ends.first, ends.second};
}

Matcher::Test Matcher::test_of(const Term& term) const {
  if (const auto* words = std::get_if<TextTerm>(&term)) {
    Needle needle(words->text, words->prefix);
    auto holds_words = [&](const std::string& name) { return needle.is_in(searchable(name)); };
    bool anywhere = words->in == TextTerm::In::anywhere;
    return Words{words->in, needle,
                 anywhere ? projects_where(holds_words) : std::vector<ProjectId>{}};
  }
  if (const auto* tag = std::get_if<TagTerm>(&term)) return Tag{'\n' + TagKey::of(tag->tag) + '\n'};
  if (const auto* project = std::get_if<ProjectTerm>(&term)) {
    std::string outer = fold(project->name);
    return Within{projects_where([&](const std::string& name) {
      std::string inner = fold(name);
      bool begins = inner.compare(0, outer.size(), outer) == 0;
      return begins && (inner.size() == outer.size() || inner[outer.size()] == '.');
    })};
  }
  if (const auto* date = std::get_if<DateTerm>(&term)) return interval_of(*date);
  if (const auto* priority = std::get_if<PriorityTerm>(&term)) {
    auto ends = ends_of(*priority, [](Priority one) { return static_cast<std::int64_t>(one); });
    return Interval{Number::priority, ends.first, ends.second};
  }
  if (const auto* estimate = std::get_if<EstimateTerm>(&term)) {
    auto ends = ends_of(*estimate, [](std::chrono::seconds one) { return one.count(); });
    return Interval{Number::estimate, ends.first, ends.second};
  }
  if (const auto* parent = std::get_if<ParentTerm>(&term)) return *parent;
  if (const auto* part = std::get_if<TaskPart>(&term)) return *part;
  return *std::get_if<TaskState>(&term);
}

bool Matcher::holds(const Condition& condition, Record& record) const {
  if (condition.kind == Kind::term) return holds(condition.test, record);
  auto part_holds = [&](const Condition& part) { return holds(part, record); };
  auto first = condition.parts.begin();
  auto last = condition.parts.end();
  if (condition.kind == Kind::all_of) return std::all_of(first, last, part_holds);
  return std::any_of(first, last, part_holds) == (condition.kind == Kind::any_of);
}

bool Matcher::holds(const Test& test, Record& record) const {
  const Task& task = *record.task;
  if (const auto* state = std::get_if<TaskState>(&test)) return is_in_state(*state, record);
  if (const auto* part = std::get_if<TaskPart>(&test)) return has_part(*part, task);
  if (const auto* words = std::get_if<Words>(&test)) return has_words(*words, record);
  if (const auto* tag = std::get_if<Tag>(&test))
    return record.tags.find(tag->line) != std::string::npos;
  if (const auto* within = std::get_if<Within>(&test))
    return contains(within->projects, task.project);
  if (const auto* parent = std::get_if<ParentTerm>(&test)) return task.parent == parent->parent;
  const auto& interval = *std::get_if<Interval>(&test);
  std::optional<std::int64_t> number = number_of(interval.number, record);
  return number && *number >= interval.first && *number <= interval.last;
}

bool Matcher::is_in_state(TaskState state, const Record& record) const {
  const Task& task = *record.task;
  std::uint64_t due = record.place.number(SortField::due);
  switch (state) {
    case TaskState::open:
      return task.status == Status::open;
    case TaskState::done:
      return task.status == Status::done;
    case TaskState::cancelled:
      return task.status == Status::cancelled;
    case TaskState::closed:
      return task.status != Status::open;
    case TaskState::any:
      return true;
    case TaskState::deleted:
      return record.is_deleted;
    case TaskState::overdue:
      return due != missing && record.is_open && is_past(due, around_.now, today_);
    case TaskState::today:
      return due != missing && day_of_moment(due) == today_;
    case TaskState::upcoming:
      return due != missing && day_of_moment(due) > today_;
    case TaskState::recurring:
      return task.recurrence.has_value();
    case TaskState::blocked:
      return record.is_open && is_blocked(task);
    case TaskState::inbox:
      return !task.project;
  }
  return false;
}

bool Matcher::is_blocked(const Task& task) const {
  return std::any_of(task.blocked_by.begin(), task.blocked_by.end(), [&](TaskId id) {
    auto blocker = around_.records.find(id);
    return blocker != around_.records.end() && blocker->second.is_in(Scope::open);
  });
}

bool Matcher::has_words(const Words& words, Record& record) const {
  if (!record.text)
    record.text = SearchText{searchable(record.task->title), searchable(record.task->notes)};
  bool anywhere = words.in == TextTerm::In::anywhere;
  if (words.in != TextTerm::In::notes && words.needle.is_in(record.text->title)) return true;
  if (words.in != TextTerm::In::title && words.needle.is_in(record.text->notes)) return true;
  return anywhere &&
         (contains(words.projects, record.task->project) || words.needle.is_in(record.tags));
}

std::optional<std::int64_t> Matcher::number_of(Number number, const Record& record) const {
  const Task& task = *record.task;
  auto day_of = [&](const std::optional<Instant>& instant) -> std::optional<std::int64_t> {
    if (!instant) return std::nullopt;
    return number_of_day(floor<days>(around_.zone.to_local(*instant)));
  };
  auto day_at = [&](SortField field) -> std::optional<std::int64_t> {
    std::uint64_t moment = record.place.number(field);
    if (moment == missing) return std::nullopt;
    return number_of_day(day_of_moment(moment));
  };
  switch (number) {
    case Number::start:
      return day_at(SortField::start);
    case Number::due:
      return day_at(SortField::due);
    case Number::created:
      return day_of(task.created_at);
    case Number::updated:
      return day_of(task.updated_at);
    case Number::completed:
      return day_of(task.completed_at);
    case Number::priority:
      return static_cast<std::int64_t>(task.priority);
    case Number::estimate:
      break;
  }
  if (!task.estimate) return std::nullopt;
  return std::int64_t{task.estimate->days} * 86'400 + task.estimate->seconds;
}

}  // namespace todo::query
