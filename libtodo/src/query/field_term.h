// A field, an operator and a value of the query language, read as a term.
#pragma once

#include "query/lexer.h"
#include "todo/query.h"

namespace todo::query {

// What was found wrong, and where in the text of the query.
struct Fault {
  std::size_t position = 0;  // in bytes
  Error error{};
};
template <class T>
using Read = boost::system::result<T, Fault>;

struct Value {
  std::string text{};
  bool quoted = false;
  std::size_t position = 0;  // of its first byte in the query
};

bool is_field(std::string_view name);

// The name of a field that `name` may be a slip of the pen for; empty if there is none.
std::string_view field_near(std::string_view name);

// `head.name` is the name of a field, and `position` its place in the query.
Read<Query> read_field_term(const FieldHead& head, std::size_t position, const Value& value);

// A word, with a `*` at its end or without.
TextTerm text_term(TextTerm::In in, const Value& value);

Query negation_of(Query query);

}  // namespace todo::query
