// What a query answers, worked out anew for every task by the words of todo/query.h, without an
// index and without a look at its code.
#pragma once

#include <algorithm>
#include <functional>

#include "task_pool.h"
#include "todo/text.h"

namespace todo {

namespace naive {

using std::chrono::days;

inline std::u32string characters(std::string_view text) {
  std::u32string result;
  while (!text.empty()) result += take_character(text);
  return result;
}

// The words of `text`, folded, with single spaces.
inline std::u32string plain(const std::string& text) {
  std::u32string result;
  for (char32_t c : characters(fold(text))) {
    bool space = c == ' ' || c == '\n' || c == '\t' || c == 0x3000;
    if (!space) result += c;
    else if (!result.empty() && result.back() != ' ') result += ' ';
  }
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

inline bool in_word(char32_t c) { return is_letter(c) || is_digit(c); }

// The random texts hold letters of spaced scripts only.
inline bool says(const std::string& text, const std::string& words, bool prefix) {
  std::u32string in = plain(text);
  std::u32string needle = plain(words);
  for (std::size_t at = 0; at + needle.size() <= in.size(); ++at) {
    if (in.compare(at, needle.size(), needle) != 0) continue;
    std::size_t end = at + needle.size();
    bool begins = at == 0 || needle.empty() || !in_word(in[at - 1]) || !in_word(needle.front());
    bool ends = prefix || end == in.size() || needle.empty() || !in_word(in[end]) ||
                !in_word(needle.back());
    if (begins && ends) return true;
  }
  return false;
}

template <class V>
bool lies(const V& value, Comparison by, const V& first, const V& last) {
  if (by == Comparison::equal) return value == first;
  if (by == Comparison::less) return value < first;
  if (by == Comparison::at_most) return value <= first;
  if (by == Comparison::greater) return value > first;
  if (by == Comparison::at_least) return value >= first;
  return first <= value && value <= last;
}

inline std::chrono::seconds length_of(const Duration& duration) {
  return days{duration.days} + std::chrono::seconds{duration.seconds};
}

inline bool any_term(const Query& query, const std::function<bool(const Term&)>& holds) {
  if (query.kind == Query::Kind::term) return holds(query.term);
  for (const Query& part : query.parts) {
    if (any_term(part, holds)) return true;
  }
  return false;
}

inline bool names(const Query& query, std::initializer_list<TaskState> states) {
  return any_term(query, [&](const Term& term) {
    const TaskState* state = std::get_if<TaskState>(&term);
    return state && std::find(states.begin(), states.end(), *state) != states.end();
  });
}

inline bool asks_for_completion(const Query& query) {
  return any_term(query, [&](const Term& term) {
    const DateTerm* date = std::get_if<DateTerm>(&term);
    return date && date->field == DateField::completed;
  });
}

}  // namespace naive

class NaiveScan {
 public:
  NaiveScan(const std::map<TaskId, Task>& tasks, const std::map<ProjectId, Project>& projects,
            const QueryContext& context)
      : tasks_(tasks),
        projects_(projects),
        now_(context.now),
        week_start_(context.settings.week_start),
        zones_(context.zones),
        zone_(*context.zones.find(context.settings.zone)) {}

  std::vector<TaskId> answer(const Query& query, const Sort& sort) const;
  bool shows(const Query& query, const Task& task) const;

 private:
  struct Moment {
    Date day;
    bool is_time = false;
    Instant instant{};
  };

  bool holds(const Query& query, const Task& task) const;
  bool holds(const TextTerm& term, const Task& task) const;
  bool holds(const TagTerm& term, const Task& task) const;
  bool holds(const ProjectTerm& term, const Task& task) const;
  bool holds(const ParentTerm& term, const Task& task) const;
  bool holds(const DateTerm& term, const Task& task) const;
  bool holds(const PriorityTerm& term, const Task& task) const;
  bool holds(const EstimateTerm& term, const Task& task) const;
  bool holds(TaskState state, const Task& task) const;
  bool holds(TaskPart part, const Task& task) const;

  Date today() const { return day_of(now_); }
  Date day_of(Instant instant) const {
    return std::chrono::floor<std::chrono::days>(zone_.to_local(instant));
  }
  Moment moment(const When& when) const;
  Date meant(const Day& day) const;
  const std::string* project_name(const Task& task) const;
  bool comes_before(const Task& a, const Task& b, const Sort& sort) const;
  int compare(const Task& a, const Task& b, const SortKey& key) const;

  const std::map<TaskId, Task>& tasks_;
  const std::map<ProjectId, Project>& projects_;
  Instant now_;
  Weekday week_start_;
  const Zones& zones_;
  Zone zone_;
};

inline std::vector<TaskId> NaiveScan::answer(const Query& query, const Sort& sort) const {
  std::vector<const Task*> found;
  for (const auto& [id, task] : tasks_) {
    if (shows(query, task)) found.push_back(&task);
  }
  std::sort(found.begin(), found.end(),
            [&](const Task* a, const Task* b) { return comes_before(*a, *b, sort); });
  std::vector<TaskId> ids;
  for (const Task* task : found) ids.push_back(task->id);
  return ids;
}

inline bool NaiveScan::shows(const Query& query, const Task& task) const {
  bool names_deleted = naive::names(query, {TaskState::deleted});
  if (task.deleted_at && !names_deleted) return false;
  bool is_empty = query == Query{};
  bool names_status = names_deleted || naive::asks_for_completion(query) ||
                      naive::names(query, {TaskState::open, TaskState::done, TaskState::cancelled,
                                           TaskState::closed, TaskState::any});
  if (!is_empty && !names_status && task.status != Status::open) return false;
  return holds(query, task);
}

inline bool NaiveScan::holds(const Query& query, const Task& task) const {
  if (query.kind == Query::Kind::term)
    return std::visit([&](const auto& term) { return holds(term, task); }, query.term);
  std::size_t holding = 0;
  for (const Query& part : query.parts) holding += holds(part, task);
  if (query.kind == Query::Kind::all_of) return holding == query.parts.size();
  return query.kind == Query::Kind::any_of ? holding > 0 : holding == 0;
}

inline bool NaiveScan::holds(const TextTerm& term, const Task& task) const {
  bool in_title = naive::says(task.title, term.text, term.prefix);
  bool in_notes = naive::says(task.notes, term.text, term.prefix);
  if (term.in == TextTerm::In::title) return in_title;
  if (term.in == TextTerm::In::notes) return in_notes;
  bool in_tags = false;
  for (const std::string& tag : task.tags) in_tags |= naive::says(tag, term.text, term.prefix);
  const std::string* project = project_name(task);
  return in_title || in_notes || in_tags ||
         (project && naive::says(*project, term.text, term.prefix));
}

inline bool NaiveScan::holds(const TagTerm& term, const Task& task) const {
  for (const std::string& tag : task.tags) {
    if (fold(tag) == fold(term.tag)) return true;
  }
  return false;
}

inline bool NaiveScan::holds(const ProjectTerm& term, const Task& task) const {
  const std::string* name = project_name(task);
  return name && (fold(*name) + ".").substr(0, fold(term.name).size() + 1) == fold(term.name) + ".";
}

inline bool NaiveScan::holds(const ParentTerm& term, const Task& task) const {
  return task.parent == term.parent;
}

inline bool NaiveScan::holds(const DateTerm& term, const Task& task) const {
  auto lies_on = [&](Date date) {
    return naive::lies(date, term.day.by, meant(term.day.value), meant(term.day.last));
  };
  if (term.field == DateField::start) return task.start && lies_on(moment(*task.start).day);
  if (term.field == DateField::due) return task.due && lies_on(moment(*task.due).day);
  std::optional<Instant> instant = task.completed_at;
  if (term.field == DateField::created) instant = task.created_at;
  if (term.field == DateField::updated) instant = task.updated_at;
  return instant && lies_on(day_of(*instant));
}

inline bool NaiveScan::holds(const PriorityTerm& term, const Task& task) const {
  return naive::lies(task.priority, term.by, term.value, term.last);
}

inline bool NaiveScan::holds(const EstimateTerm& term, const Task& task) const {
  return task.estimate &&
         naive::lies(naive::length_of(*task.estimate), term.by, term.value, term.last);
}

inline bool NaiveScan::holds(TaskState state, const Task& task) const {
  bool is_open = task.status == Status::open;
  std::optional<Moment> due;
  if (task.due) due = moment(*task.due);
  switch (state) {
    case TaskState::open:
      return is_open;
    case TaskState::done:
      return task.status == Status::done;
    case TaskState::cancelled:
      return task.status == Status::cancelled;
    case TaskState::closed:
      return !is_open;
    case TaskState::any:
      return true;
    case TaskState::deleted:
      return task.deleted_at.has_value();
    case TaskState::overdue:
      return is_open && due && (due->is_time ? due->instant < now_ : due->day < today());
    case TaskState::today:
      return due && due->day == today();
    case TaskState::upcoming:
      return due && due->day > today();
    case TaskState::recurring:
      return task.recurrence.has_value();
    case TaskState::inbox:
      return !task.project;
    case TaskState::blocked:
      break;
  }
  bool waits = false;
  for (TaskId id : task.blocked_by) {
    auto other = tasks_.find(id);
    waits |=
        other != tasks_.end() && other->second.status == Status::open && !other->second.deleted_at;
  }
  return is_open && waits;
}

inline bool NaiveScan::holds(TaskPart part, const Task& task) const {
  const std::map<TaskPart, bool> has = {{TaskPart::notes, task.notes != ""},
                                        {TaskPart::priority, task.priority != Priority::none},
                                        {TaskPart::tags, task.tags.size() > 0},
                                        {TaskPart::project, task.project != std::nullopt},
                                        {TaskPart::parent, task.parent != std::nullopt},
                                        {TaskPart::start, task.start != std::nullopt},
                                        {TaskPart::due, task.due != std::nullopt},
                                        {TaskPart::reminder, task.reminders.size() > 0},
                                        {TaskPart::recurrence, task.recurrence != std::nullopt},
                                        {TaskPart::estimate, task.estimate != std::nullopt}};
  return has.at(part);
}

inline NaiveScan::Moment NaiveScan::moment(const When& when) const {
  if (const AllDay* all_day = std::get_if<AllDay>(&when)) return {all_day->date};
  const Zoned* zoned = std::get_if<Zoned>(&when);
  Instant instant = (zoned ? *zones_.find(zoned->zone) : zone_).to_instant(local_time_of(when));
  return {day_of(instant), true, instant};
}

inline Date NaiveScan::meant(const Day& day) const {
  if (const Date* date = std::get_if<Date>(&day)) return *date;
  if (const Weekday* weekday = std::get_if<Weekday>(&day)) {
    Date date = today() + naive::days{1};
    while (weekday_of(date) != *weekday) date += naive::days{1};
    return date;
  }
  std::chrono::year_month_day ymd{today()};
  if (const PeriodEnd* end = std::get_if<PeriodEnd>(&day)) {
    Date date = today();
    if (*end == PeriodEnd::week) {
      while (weekday_of(date + naive::days{1}) != week_start_) date += naive::days{1};
    } else {
      auto period = [&](Date d) {
        std::chrono::year_month_day parts{d};
        bool month = *end == PeriodEnd::month;
        return parts.year() / (month ? parts.month() : std::chrono::January);
      };
      while (period(date + naive::days{1}) == period(date)) date += naive::days{1};
    }
    return date;
  }
  const auto& distance = *std::get_if<DaysFromToday>(&day);
  if (distance.unit == DayUnit::day) return today() + naive::days{distance.count};
  if (distance.unit == DayUnit::week) return today() + naive::days{7 * distance.count};
  int months = distance.count * (distance.unit == DayUnit::year ? 12 : 1);
  auto month = ymd.year() / ymd.month() + std::chrono::months{months};
  Date last{month / std::chrono::last};
  return std::min(
      last, Date{month / 1} + (naive::days{static_cast<unsigned>(ymd.day())} - naive::days{1}));
}

inline const std::string* NaiveScan::project_name(const Task& task) const {
  if (!task.project) return nullptr;
  auto project = projects_.find(*task.project);
  return project == projects_.end() ? nullptr : &project->second.name;
}

inline bool NaiveScan::comes_before(const Task& a, const Task& b, const Sort& sort) const {
  for (const SortKey& key : sort) {
    int order = compare(a, b, key);
    if (order != 0) return order < 0;
  }
  return a.id < b.id;
}

inline int NaiveScan::compare(const Task& a, const Task& b, const SortKey& key) const {
  auto both = [&](auto has, auto less) {
    if (!has(a) || !has(b)) return has(a) ? -1 : has(b) ? 1 : 0;
    int order = less(a, b) ? -1 : less(b, a) ? 1 : 0;
    return key.descending ? -order : order;
  };
  auto by_value = [&](auto member) {
    return both([&](const Task& task) { return (task.*member).has_value(); },
                [&](const Task& x, const Task& y) { return *(x.*member) < *(y.*member); });
  };
  auto by_moment = [&](auto member) {
    auto key_of = [&](const Task& task) {
      Moment at = moment(*(task.*member));
      return std::tuple{at.day, at.is_time, at.instant};
    };
    return both([&](const Task& task) { return (task.*member).has_value(); },
                [&](const Task& x, const Task& y) { return key_of(x) < key_of(y); });
  };
  auto by_text = [&](auto text_of, bool folds) {
    auto key_of = [&](const Task& task) {
      return std::pair{folds ? fold(text_of(task)) : "", text_of(task)};
    };
    return both([&](const Task& task) { return !text_of(task).empty(); },
                [&](const Task& x, const Task& y) { return key_of(x) < key_of(y); });
  };
  auto length = [](const Task& task) { return naive::length_of(*task.estimate); };
  auto project = [&](const Task& task) {
    const std::string* name = project_name(task);
    return name ? *name : std::string{};
  };
  switch (key.field) {
    case SortField::due:
      return by_moment(&Task::due);
    case SortField::start:
      return by_moment(&Task::start);
    case SortField::created:
      return by_value(&Task::created_at);
    case SortField::updated:
      return by_value(&Task::updated_at);
    case SortField::completed:
      return by_value(&Task::completed_at);
    case SortField::title:
      return by_text([](const Task& task) { return task.title; }, true);
    case SortField::order:
      return by_text([](const Task& task) { return task.order; }, false);
    case SortField::project:
      return by_text(project, true);
    case SortField::estimate:
      return both([](const Task& task) { return task.estimate.has_value(); },
                  [&](const Task& x, const Task& y) { return length(x) < length(y); });
    case SortField::priority:
      break;
  }
  return both([](const Task&) { return true; },
              [](const Task& x, const Task& y) { return x.priority < y.priority; });
}

}  // namespace todo
