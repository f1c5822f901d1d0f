#include "query/field_term.h"

#include <algorithm>

#include "query/day.h"
#include "query/nearest.h"
#include "todo/text.h"

namespace todo::query {
namespace {

// In the order in which a slip of the pen is looked for.
constexpr std::array<std::string_view, 15> field_names = {
    "due",     "start",   "title",     "notes",  "tag", "project", "priority", "status",
    "created", "updated", "completed", "parent", "is",  "has",     "estimate"};

// Words of the language that cannot be asked for yet.
constexpr std::array<std::string_view, 3> later_names = {"series", "blocks", "urgency"};

template <std::size_t size>
bool is_among(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

struct FieldTerm {
  std::string_view field;  // as the language writes it
  Operator by;
  std::size_t position;  // of the field
  const Value& value;
};

Fault fault(std::size_t position, Errc code, std::string message) {
  return {position, {code, std::move(message), {}}};
}

Query negated_if(bool negated, Term term) {
  Query query;
  query.kind = Query::Kind::term;
  query.term = std::move(term);
  return negated ? negation_of(std::move(query)) : query;
}

// For fields without an order.
Read<Query> equality(const FieldTerm& asked, Read<Term> term) {
  if (term.has_error()) return term.error();
  if (asked.by != Operator::equal && asked.by != Operator::not_equal)
    return fault(asked.position, Errc::malformed,
                 in_ticks(asked.field) + " has no order: it takes `:`, `=` or `!=`");
  return negated_if(asked.by == Operator::not_equal, std::move(*term));
}

template <class E>
Read<E> read_name(const FieldTerm& asked, std::string_view text) {
  std::string lower = lower_case(text);
  auto found = std::find(names<E>.begin(), names<E>.end(), lower);
  if (found != names<E>.end()) return static_cast<E>(found - names<E>.begin());
  return fault(asked.value.position, Errc::unknown_name,
               in_ticks(asked.field) + " knows no " + in_ticks(text) + suggestion(text, names<E>));
}

template <class E>
Read<Query> name_term(const FieldTerm& asked) {
  Read<E> name = read_name<E>(asked, asked.value.text);
  return equality(asked, name.has_error() ? Read<Term>{name.error()} : Read<Term>{Term{*name}});
}

Read<Query> status_term(const FieldTerm& asked) {
  Read<Status> status = read_name<Status>(asked, asked.value.text);
  if (status.has_error()) return status.error();
  constexpr std::array<TaskState, 3> states = {TaskState::open, TaskState::done,
                                               TaskState::cancelled};
  return equality(asked, Term{states[static_cast<std::size_t>(*status)]});
}

// Tags and projects: a name as it is.
template <class T>
Read<Query> label_term(const FieldTerm& asked) {
  const Value& value = asked.value;
  if (!value.quoted && value.text.back() == '*')
    return fault(
        value.position, Errc::unsupported,
        "only words can be asked for by their beginning, not a " + std::string(asked.field));
  return equality(asked, Term{T{to_nfc(value.text)}});
}

Read<Query> parent_term(const FieldTerm& asked) {
  Result<TaskId> id = parse<TaskId>(asked.value.text);
  if (id.has_error()) return Fault{asked.value.position, id.error()};
  return equality(asked, Term{ParentTerm{*id}});
}

// `read` gives one value of an ordered field out of its text.
template <class V, class ReadOne>
Read<Compared<V>> read_compared(const FieldTerm& asked, ReadOne read) {
  constexpr std::array<Comparison, 6> comparisons = {Comparison::equal,   Comparison::equal,
                                                     Comparison::less,    Comparison::at_most,
                                                     Comparison::greater, Comparison::at_least};
  Compared<V> compared;
  compared.by = comparisons[static_cast<std::size_t>(asked.by)];
  std::string_view text = asked.value.text;
  std::size_t dots = asked.value.quoted ? std::string_view::npos : text.find("..");
  bool is_range = dots != std::string_view::npos;
  if (is_range) {
    if (compared.by != Comparison::equal)
      return fault(asked.value.position, Errc::malformed,
                   "a range takes `:`, `=` or `!=` before it");
    if (dots == 0 || dots + 2 == text.size())
      return fault(asked.value.position + dots, Errc::malformed,
                   "`..` takes a value on both sides; write <= or >= for one");
    Read<V> last = read(text.substr(dots + 2));
    if (last.has_error()) {
      return Fault{last.error().position + dots + 2, last.error().error};
    }
    compared.by = Comparison::between;
    compared.last = *last;
  }
  Read<V> value = read(text.substr(0, dots));
  if (value.has_error()) return value.error();
  compared.value = *value;
  return compared;
}

Read<Query> date_term(const FieldTerm& asked, DateField field) {
  Read<Compared<Day>> day = read_compared<Day>(asked, [&](std::string_view text) -> Read<Day> {
    Result<Day> one = read_day(text);
    if (one.has_error()) return Fault{asked.value.position, one.error()};
    return *one;
  });
  if (day.has_error()) return day.error();
  return negated_if(asked.by == Operator::not_equal, DateTerm{field, *day});
}

Read<Query> priority_term(const FieldTerm& asked) {
  auto priority = read_compared<Priority>(
      asked, [&](std::string_view text) { return read_name<Priority>(asked, text); });
  if (priority.has_error()) return priority.error();
  return negated_if(asked.by == Operator::not_equal, *priority);
}

constexpr std::chrono::seconds longest_estimate = std::chrono::days{100'000};

// "1h30min": numbers with units, the greatest unit first.
std::optional<std::chrono::seconds> read_estimate(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 5> units = {
      {{"w", 604'800}, {"d", 86'400}, {"h", 3'600}, {"min", 60}, {"s", 1}}};
  if (text.empty()) return std::nullopt;
  std::int64_t total = 0;
  std::size_t next_unit = 0;
  while (!text.empty()) {
    std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0 || digits > 9) return std::nullopt;
    std::int64_t count = 0;
    for (char c : text.substr(0, digits)) count = count * 10 + (c - '0');
    text.remove_prefix(digits);
    std::string unit = lower_case(text.substr(0, text.find_first_of("0123456789")));
    text.remove_prefix(unit.size());
    while (next_unit < units.size() && units[next_unit].first != unit) ++next_unit;
    if (next_unit == units.size()) return std::nullopt;
    total += count * units[next_unit++].second;
  }
  if (total > longest_estimate.count()) return std::nullopt;
  return std::chrono::seconds{total};
}

Read<Query> estimate_term(const FieldTerm& asked) {
  auto read = [&](std::string_view text) -> Read<std::chrono::seconds> {
    if (auto seconds = read_estimate(text)) return *seconds;
    return fault(asked.value.position, Errc::malformed,
                 in_ticks(text) + " is not a length of time: write 30min, 1h30min or 2d");
  };
  auto estimate = read_compared<std::chrono::seconds>(asked, read);
  if (estimate.has_error()) return estimate.error();
  return negated_if(asked.by == Operator::not_equal, *estimate);
}

Read<Query> words_term(const FieldTerm& asked) {
  TextTerm::In in = asked.field == "title" ? TextTerm::In::title : TextTerm::In::notes;
  return equality(asked, Term{text_term(in, asked.value)});
}

}  // namespace

bool is_field(std::string_view name) {
  std::string lower = lower_case(name);
  return is_among(field_names, lower) || is_among(later_names, lower);
}

std::string_view field_near(std::string_view name) { return nearest(name, field_names); }

Read<Query> read_field_term(const FieldHead& head, std::size_t position, const Value& value) {
  std::string field = lower_case(head.name);
  FieldTerm asked{field, head.by, position, value};
  if (field == "title" || field == "notes") return words_term(asked);
  if (field == "tag") return label_term<TagTerm>(asked);
  if (field == "project") return label_term<ProjectTerm>(asked);
  if (field == "parent") return parent_term(asked);
  if (field == "priority") return priority_term(asked);
  if (field == "status") return status_term(asked);
  if (field == "is") return name_term<TaskState>(asked);
  if (field == "has") return name_term<TaskPart>(asked);
  if (field == "estimate") return estimate_term(asked);
  auto date = std::find(names<DateField>.begin(), names<DateField>.end(), field);
  if (date != names<DateField>.end())
    return date_term(asked, static_cast<DateField>(date - names<DateField>.begin()));
  return fault(position, Errc::unsupported, in_ticks(field) + " cannot be asked for yet");
}

// What begins like an operator is no prefix: written after "title:" it would be one.
TextTerm text_term(TextTerm::In in, const Value& value) {
  constexpr std::string_view signs = ":=<>!";
  bool prefix = !value.quoted && value.text.size() > 1 && value.text.back() == '*' &&
                signs.find(value.text.front()) == signs.npos;
  std::string_view text = value.text;
  if (prefix) text.remove_suffix(1);
  return {in, to_nfc(text), prefix};
}

Query negation_of(Query query) {
  if (query.kind == Query::Kind::none_of) {
    Query only = std::move(query.parts.front());
    return only;
  }
  Query negation{Query::Kind::none_of, {}, {}};
  negation.parts.push_back(std::move(query));
  return negation;
}

}  // namespace todo::query
