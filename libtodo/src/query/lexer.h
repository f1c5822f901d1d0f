// The characters of a query, taken one lexeme at a time. Its rules are in todo/query.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace todo::query {

bool is_space(char32_t c);  // of any script
bool is_quote(char32_t c);  // straight and curly double quotes

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}  // valid UTF-8

  std::size_t position() const { return at_; }  // in bytes
  bool at_end() const { return at_ == text_.size(); }
  bool at_char(char c) const { return !at_end() && text_[at_] == c; }
  bool at_quote() const { return !at_end() && is_quote(peek(at_)); }
  bool at_keyword(std::string_view keyword) const;  // as a whole word
  bool at_sign() const;                             // # @ or !, before a letter, digit or quote
  bool at_negation() const;                         // `-` before something

  void skip_space();
  void skip(std::size_t bytes) { at_ += bytes; }
  bool accept_keyword(std::string_view keyword);

  // What comes up to the next white space, parenthesis or quote; `peek_run` leaves it there.
  std::string_view peek_run() const;
  std::string_view take_run();

  // What a quote here and the next one, or the end, hold between them: escapes resolved, white
  // space as single spaces, none at the ends.
  std::string take_quoted();

 private:
  char32_t peek(std::size_t at) const;

  std::string_view text_;
  std::size_t at_ = 0;
};

enum class Operator { equal, not_equal, less, at_most, greater, at_least };

// A name of ASCII letters and _ with an operator behind it, at the beginning of `run`.
struct FieldHead {
  std::string_view name;
  Operator by = Operator::equal;
  bool colon = false;      // the operator is written as, or begins with, a colon
  std::size_t length = 0;  // of both
};
std::optional<FieldHead> field_head(std::string_view run);

// Whether `text` is one word and nothing but a word, also with a `*` behind it.
bool is_plain_word(std::string_view text);

}  // namespace todo::query
