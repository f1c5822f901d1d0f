#include "query/day.h"
#include "query/lexer.h"

namespace todo {
namespace query {
namespace {

using Kind = Query::Kind;

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result += '"';
}

std::string word(std::string_view text) {
  return is_plain_word(text) ? std::string(text) : quoted(text);
}

std::string duration_text(std::chrono::seconds duration) {
  std::int64_t rest = duration.count();
  std::string text;
  auto take = [&](std::int64_t length, std::string_view unit) {
    if (rest >= length) (text += std::to_string(rest / length)) += unit;
    rest %= length;
  };
  take(86'400, "d");
  take(3'600, "h");
  take(60, "min");
  take(1, "s");
  return text.empty() ? "0s" : text;
}

template <class V, class ToText>
std::string compared_text(std::string_view field, const Compared<V>& compared, ToText text) {
  constexpr std::array<std::string_view, 6> signs = {":", "<", "<=", ">", ">=", ":"};
  std::string result(field);
  result += signs[static_cast<std::size_t>(compared.by)];
  result += text(compared.value);
  if (compared.by == Comparison::between) (result += "..") += text(compared.last);
  return result;
}

struct TermText {
  std::string operator()(const TextTerm& term) const {
    constexpr std::array<std::string_view, 3> fields_of_text = {"", "title:", "notes:"};
    std::string text(fields_of_text[static_cast<std::size_t>(term.in)]);
    return text += term.prefix ? term.text + '*' : word(term.text);
  }
  std::string operator()(const TagTerm& term) const { return '#' + word(term.tag); }
  std::string operator()(const ProjectTerm& term) const { return '@' + word(term.name); }
  std::string operator()(const ParentTerm& term) const { return "parent:" + to_text(term.parent); }
  std::string operator()(const DateTerm& term) const {
    return compared_text(name_of(term.field), term.day, day_text);
  }
  std::string operator()(const PriorityTerm& term) const {
    auto name = [](Priority priority) { return std::string(name_of(priority)); };
    if (term.by == Comparison::equal) return '!' + name(term.value);
    return compared_text("priority", term, name);
  }
  std::string operator()(const EstimateTerm& term) const {
    return compared_text("estimate", term, duration_text);
  }
  std::string operator()(TaskState state) const { return "is:" + std::string(name_of(state)); }
  std::string operator()(TaskPart part) const { return "has:" + std::string(name_of(part)); }
};

// OR binds least, so it needs parentheses within anything else; AND needs them within a negation.
bool needs_parentheses(Kind outer, Kind inner) {
  if (inner == Kind::any_of) return outer != Kind::any_of;
  return inner == Kind::all_of && outer == Kind::none_of;
}

void append(std::string& text, const Query& query) {
  if (query.kind == Kind::term) {
    text += std::visit(TermText{}, query.term);
    return;
  }
  if (query.kind == Kind::none_of) text += '-';
  bool first = true;
  for (const Query& part : query.parts) {
    if (!first) text += query.kind == Kind::any_of ? " OR " : " ";
    first = false;
    bool parentheses = needs_parentheses(query.kind, part.kind);
    if (parentheses) text += '(';
    append(text, part);
    if (parentheses) text += ')';
  }
}

}  // namespace
}  // namespace query

std::string to_text(const Query& query) {
  std::string text;
  query::append(text, query);
  return text;
}

}  // namespace todo
