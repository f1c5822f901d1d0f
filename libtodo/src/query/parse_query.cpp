#include <array>

#include "query/field_term.h"
#include "query/nearest.h"
#include "todo/text.h"

namespace todo {
namespace query {
namespace {

using Kind = Query::Kind;

Fault malformed(std::size_t position, std::string message) {
  return {position, {Errc::malformed, std::move(message), {}}};
}

bool is_empty(const Query& query) { return query.kind == Kind::all_of && query.parts.empty(); }

// Adds `part` to a list of the same kind without a level between them.
void add(Query& list, Query part) {
  if (part.kind != list.kind) return list.parts.push_back(std::move(part));
  for (Query& inner : part.parts) list.parts.push_back(std::move(inner));
}

Query unwrapped(Query list) {
  if (list.parts.empty()) return {};
  if (list.parts.size() > 1) return list;
  Query only = std::move(list.parts.front());
  return only;
}

// Recursive descent. Each rule gives the empty query where the text ends instead, so that what is
// still being typed is read as far as it goes.
class Parser {
 public:
  explicit Parser(std::string_view text) : lexer_(text) {}

  Read<Query> whole() {
    Read<Query> query = any_of();
    if (query.has_error() || lexer_.at_end()) return query;
    return no_term_here();
  }

 private:
  Read<Query> any_of();
  Read<Query> all_of();
  Read<Query> negated();
  Read<Query> term();
  Read<Query> group();
  Read<Query> signed_term();
  Read<Query> field_term(const FieldHead& head);
  Value take_value(std::string_view run);
  Fault no_term_here() const;

  Lexer lexer_;
  std::size_t depth_ = 0;
  std::size_t terms_ = 0;
};

Read<Query> Parser::any_of() {
  Query any{Kind::any_of, {}, {}};
  do {
    Read<Query> part = all_of();
    if (part.has_error()) return part;
    if (!is_empty(*part)) add(any, std::move(*part));
  } while (lexer_.accept_keyword("OR"));
  return unwrapped(std::move(any));
}

Read<Query> Parser::all_of() {
  Query all{};
  for (lexer_.skip_space(); !lexer_.at_end(); lexer_.skip_space()) {
    bool first = all.parts.empty();
    if (!first && (lexer_.at_char(')') || lexer_.at_keyword("OR"))) break;
    if (!first) lexer_.accept_keyword("AND");
    Read<Query> part = negated();
    if (part.has_error()) return part;
    if (!is_empty(*part)) add(all, std::move(*part));
  }
  return unwrapped(std::move(all));
}

Read<Query> Parser::negated() {
  bool negation = false;
  for (lexer_.skip_space(); !lexer_.at_end(); lexer_.skip_space()) {
    if (lexer_.at_negation()) lexer_.skip(1);
    else if (!lexer_.accept_keyword("NOT")) break;
    negation = !negation;
  }
  if (lexer_.at_end()) return Query{};
  Read<Query> part = term();
  if (part.has_error() || is_empty(*part) || !negation) return part;
  return negation_of(std::move(*part));
}

Read<Query> Parser::term() {
  std::size_t start = lexer_.position();
  if (lexer_.at_char('(')) return group();
  if (lexer_.at_char(')')) return no_term_here();
  for (std::string_view keyword : {"AND", "OR"}) {
    if (!lexer_.accept_keyword(keyword)) continue;
    lexer_.skip_space();
    if (lexer_.at_end()) return Query{};
    return malformed(start, in_ticks(keyword) + " takes a term on both sides; quote it as a word");
  }
  if (++terms_ > limits::terms)
    return Fault{start,
                 {Errc::out_of_range,
                  "a query has at most " + std::to_string(limits::terms) + " terms",
                  {}}};
  if (lexer_.at_sign()) return signed_term();
  std::string_view run = lexer_.peek_run();
  std::optional<FieldHead> head = field_head(run);
  if (head && is_field(head->name)) return field_term(*head);
  std::string_view meant = head && head->colon ? field_near(head->name) : std::string_view{};
  if (!meant.empty())
    return Fault{
        start,
        {Errc::unknown_name,
         "there is no field " + in_ticks(head->name) + "; did you mean " + in_ticks(meant) + "?",
         {}}};
  return Query{Kind::term, {}, text_term(TextTerm::In::anywhere, take_value(run))};
}

Read<Query> Parser::group() {
  std::size_t start = lexer_.position();
  if (depth_ == limits::nesting)
    return Fault{start,
                 {Errc::out_of_range,
                  "parentheses are nested at most " + std::to_string(limits::nesting) + " deep",
                  {}}};
  lexer_.skip(1);
  ++depth_;
  Read<Query> inner = any_of();
  --depth_;
  if (inner.has_error()) return inner;
  if (!lexer_.at_char(')')) return malformed(start, "this `(` has no `)`");
  lexer_.skip(1);
  return inner;
}

Read<Query> Parser::signed_term() {
  std::size_t start = lexer_.position();
  FieldHead head;
  if (lexer_.at_char('#')) head.name = "tag";
  else if (lexer_.at_char('@')) head.name = "project";
  else head.name = "priority";
  lexer_.skip(1);
  return read_field_term(head, start, take_value(lexer_.peek_run()));
}

Read<Query> Parser::field_term(const FieldHead& head) {
  std::size_t start = lexer_.position();
  lexer_.skip(head.length);
  Value value = take_value(lexer_.peek_run());
  if (!value.text.empty() || value.quoted) return read_field_term(head, start, value);
  if (lexer_.at_end()) return Query{};
  return malformed(value.position, "a value of " + in_ticks(lower_case(head.name)) +
                                       " is expected here, without a space before it");
}

// The quoted text that begins here, or else `run`, which does.
Value Parser::take_value(std::string_view run) {
  std::size_t position = lexer_.position();
  if (lexer_.at_quote()) return {lexer_.take_quoted(), true, position};
  lexer_.skip(run.size());
  return {std::string(run), false, position};
}

Fault Parser::no_term_here() const {
  bool closes_nothing = depth_ == 0 && lexer_.at_char(')');
  return malformed(lexer_.position(),
                   closes_nothing ? "this `)` has no `(`" : "a word or another term is expected");
}

}  // namespace
}  // namespace query

template <>
Result<Query> parse<Query>(std::string_view text) {
  if (text.size() > limits::query_bytes)
    return Error{Errc::out_of_range,
                 "a query has at most " + std::to_string(limits::query_bytes) + " bytes",
                 {}};
  if (!is_utf8(text)) return Error{Errc::malformed, "the query is not valid UTF-8", {}};
  query::Read<Query> query = query::Parser(text).whole();
  if (query.has_value()) return *std::move(query);
  query::Fault fault = query.error();
  std::size_t character = count_characters(text.substr(0, fault.position)) + 1;
  fault.error.message.insert(0, "at character " + std::to_string(character) + ": ");
  return fault.error;
}

Query with_last_word_as_prefix(Query query) {
  Query* last = &query;
  while (!last->parts.empty()) last = &last->parts.back();
  TextTerm* word = last->kind == Query::Kind::term ? std::get_if<TextTerm>(&last->term) : nullptr;
  if (word && query::is_plain_word(word->text)) word->prefix = true;
  return query;
}

}  // namespace todo
