// Which tasks, and in what order: one language for the search box, saved filters and the API.
//
//   milk "oat milk" mil*         words anywhere in title, notes, tags and the name of the project
//   #home @Work.Reports !high    a tag, a project with all within it, a priority
//   due<=+7d priority>=high estimate:15min..1h title:milk parent:0190...    a field and its value
//   is:overdue has:reminder      the names of TaskState and TaskPart
//   a b   a AND b   a OR b   NOT a   -a   (a OR b) c        AND binds closer than OR
//
// A query that names no status (is:open .. is:deleted, status, completed) sees open tasks. The
// empty query sees open and closed ones. Removed tasks are seen only by a query with is:deleted.
//
// Days are 2026-11-23, today, tomorrow, yesterday, monday (the next one, never today), +7d -2w +3m
// +1y, and eow eom eoy: the last day of this week, month, year. They are days on the owner's wall
// clock, and a date of a task compares as its whole day there. What is missing is neither before
// nor after anything; `!=` is the negation of `=`.
//
// Words split at white space, parentheses and quotes (curly ones too). AND, OR and NOT count only
// in capitals; `-` only at the start of a word and before something; # @ ! only at the start and
// before a letter, digit or quote; `*` only at the end of a word; `..` only in the value of a field
// that has an order. Within quotes only \" and \\ escape. A quote still open at the end and an
// operator without its right side there are closed, so that a query can be read while it is typed.
#pragma once

#include "todo/settings.h"
#include "todo/task.h"

namespace todo {

// What `is:` asks. `any`: of any status; `today`: due today; `upcoming`: due after today;
// `blocked`: open, and waits for an open task; `inbox`: without a project.
enum class TaskState : std::uint8_t {
  open,
  done,
  cancelled,
  closed,
  any,
  deleted,
  overdue,
  today,
  upcoming,
  recurring,
  blocked,
  inbox
};

// What `has:` asks for.
enum class TaskPart : std::uint8_t {
  notes,
  priority,
  tags,
  project,
  parent,
  start,
  due,
  reminder,
  recurrence,
  estimate
};

enum class DateField : std::uint8_t { start, due, created, updated, completed };

// "+7d": from today on.
enum class DayUnit : std::uint8_t { day, week, month, year };
struct DaysFromToday {
  std::int32_t count = 0;  // of `unit`; a month without that day ends on its last
  DayUnit unit = DayUnit::day;
  friend bool operator==(const DaysFromToday&, const DaysFromToday&) = default;
};
enum class PeriodEnd : std::uint8_t { week, month, year };  // the last day of the current one
using Day = std::variant<Date, DaysFromToday, Weekday, PeriodEnd>;

enum class Comparison : std::uint8_t { equal, less, at_most, greater, at_least, between };
template <class V>
struct Compared {
  Comparison by = Comparison::equal;
  V value{};
  V last{};  // of `between`, which holds both of its ends
  friend bool operator==(const Compared&, const Compared&) = default;
};

// Folded before it is compared: letter case and accents do not matter.
struct TextTerm {
  enum class In : std::uint8_t { anywhere, title, notes };
  In in = In::anywhere;
  std::string text{};   // a word, or a phrase: with its white space as single spaces
  bool prefix = false;  // also what only begins with it
  friend bool operator==(const TextTerm&, const TextTerm&) = default;
};
struct TagTerm {
  std::string tag{};
  friend bool operator==(const TagTerm&, const TagTerm&) = default;
};
struct ProjectTerm {
  std::string name{};  // of the project, or of one that it lies within
  friend bool operator==(const ProjectTerm&, const ProjectTerm&) = default;
};
struct ParentTerm {
  TaskId parent{};
  friend bool operator==(const ParentTerm&, const ParentTerm&) = default;
};
struct DateTerm {
  DateField field = DateField::due;
  Compared<Day> day{};
  friend bool operator==(const DateTerm&, const DateTerm&) = default;
};
using PriorityTerm = Compared<Priority>;
using EstimateTerm = Compared<std::chrono::seconds>;  // a day of a Duration counts 24 hours

using Term = std::variant<TextTerm, TagTerm, ProjectTerm, ParentTerm, DateTerm, PriorityTerm,
                          EstimateTerm, TaskState, TaskPart>;

struct Query {
  enum class Kind : std::uint8_t { all_of, any_of, none_of, term };
  Kind kind = Kind::all_of;    // of no parts: the empty query
  std::vector<Query> parts{};  // of all but a term
  Term term{};                 // of a term only
  friend bool operator==(const Query&, const Query&) = default;
};

// Refuses as `malformed` or `unknown_name`, with the character at fault (counted from 1) and what
// would be right there; as `unsupported` what the language knows and this version does not; as
// `out_of_range` what is longer than limits::query_bytes or nested deeper than limits::nesting,
// or has more than limits::terms terms.
template <>
Result<Query> parse<Query>(std::string_view text);

// The canonical text: of any query out of `parse`, reading it gives that query again.
std::string to_text(const Query& query);

// With the last word of `query` as a prefix, as for a search while it is typed.
Query with_last_word_as_prefix(Query query);

// `order` is by hand. `priority` counts from none to urgent.
enum class SortField : std::uint8_t {
  due,
  start,
  priority,
  title,
  created,
  updated,
  completed,
  order,
  project,
  estimate
};

// What is missing comes last either way. A date comes before the times of its day. Titles and names
// of projects compare by their folded form and then by their bytes, `order` by its bytes.
struct SortKey {
  SortField field = SortField::due;
  bool descending = false;
  friend bool operator==(const SortKey&, const SortKey&) = default;
};
using Sort = std::vector<SortKey>;  // ties, and an empty one, by id: the oldest first

// "due,-priority". Refuses what is named twice.
template <>
Result<Sort> parse<Sort>(std::string_view text);
std::string to_text(const Sort& sort);

namespace limits {
inline constexpr std::size_t nesting = 32;  // of parentheses and negations in a query
inline constexpr std::size_t terms = 100;   // of a query
}  // namespace limits

template <>
inline constexpr std::string_view type_name<TaskState> = "TaskState";
template <>
inline constexpr std::array<std::string_view, 12> names<TaskState> = {
    "open",    "done",  "cancelled", "closed",    "any",     "deleted",
    "overdue", "today", "upcoming",  "recurring", "blocked", "inbox"};
template <>
inline constexpr std::string_view type_name<TaskPart> = "TaskPart";
template <>
inline constexpr std::array<std::string_view, 10> names<TaskPart> = {
    "notes", "priority", "tags",     "project",    "parent",
    "start", "due",      "reminder", "recurrence", "estimate"};
template <>
inline constexpr std::string_view type_name<DateField> = "DateField";
template <>
inline constexpr std::array<std::string_view, 5> names<DateField> = {"start", "due", "created",
                                                                     "updated", "completed"};
template <>
inline constexpr std::string_view type_name<SortField> = "SortField";
template <>
inline constexpr std::array<std::string_view, 10> names<SortField> = {
    "due",     "start",     "priority", "title",   "created",
    "updated", "completed", "order",    "project", "estimate"};

}  // namespace todo
