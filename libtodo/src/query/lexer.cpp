#include "query/lexer.h"

#include <array>
#include <utility>

#include "todo/text.h"

namespace todo::query {
namespace {

bool ends_run(char32_t c) { return c == '(' || c == ')' || is_space(c) || is_quote(c); }

bool is_name_char(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

}  // namespace

bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

bool is_quote(char32_t c) { return c == '"' || (c >= 0x201C && c <= 0x201F); }

char32_t Lexer::peek(std::size_t at) const {
  std::string_view rest = text_.substr(at);
  return take_character(rest);
}

bool Lexer::at_keyword(std::string_view keyword) const {
  return !at_end() && text_.substr(at_, keyword.size()) == keyword && peek_run() == keyword;
}

bool Lexer::at_sign() const {
  if (at_ + 1 >= text_.size() || std::string_view("#@!").find(text_[at_]) == std::string_view::npos)
    return false;
  char32_t next = peek(at_ + 1);
  return is_letter(next) || is_digit(next) || is_quote(next);
}

bool Lexer::at_negation() const {
  return at_char('-') && at_ + 1 < text_.size() && !is_space(peek(at_ + 1));
}

void Lexer::skip_space() {
  std::string_view rest = text_.substr(at_);
  while (!rest.empty() && is_space(take_character(rest))) at_ = text_.size() - rest.size();
}

bool Lexer::accept_keyword(std::string_view keyword) {
  if (!at_keyword(keyword)) return false;
  skip(keyword.size());
  return true;
}

std::string_view Lexer::peek_run() const {
  std::string_view rest = text_.substr(at_);
  std::size_t end = at_;
  while (!rest.empty() && !ends_run(take_character(rest))) end = text_.size() - rest.size();
  return text_.substr(at_, end - at_);
}

std::string_view Lexer::take_run() {
  std::string_view run = peek_run();
  skip(run.size());
  return run;
}

std::string Lexer::take_quoted() {
  std::string_view rest = text_.substr(at_);
  take_character(rest);
  std::string text;
  bool space = false;  // behind what is in `text`
  while (!rest.empty()) {
    char32_t c = take_character(rest);
    if (is_quote(c)) break;
    if (c == '\\' && !rest.empty() && (rest[0] == '"' || rest[0] == '\\')) c = take_character(rest);
    if (is_space(c)) {
      space = true;
      continue;
    }
    if (std::exchange(space, false) && !text.empty()) text += ' ';
    append_character(text, c);
  }
  at_ = text_.size() - rest.size();
  return text;
}

std::optional<FieldHead> field_head(std::string_view run) {
  constexpr std::array<std::pair<std::string_view, Operator>, 6> operators = {
      {{"!=", Operator::not_equal},
       {"<=", Operator::at_most},
       {">=", Operator::at_least},
       {"=", Operator::equal},
       {"<", Operator::less},
       {">", Operator::greater}}};
  FieldHead head;
  std::size_t end = 0;
  while (end < run.size() && is_name_char(run[end])) ++end;
  head.name = run.substr(0, end);
  head.colon = end < run.size() && run[end] == ':';
  head.length = end + (head.colon ? 1 : 0);
  bool found = head.colon;
  for (const auto& [sign, by] : operators) {
    if (run.substr(head.length, sign.size()) != sign) continue;
    head.by = by;
    head.length += sign.size();
    found = true;
    break;
  }
  if (head.name.empty() || !found) return std::nullopt;
  return head;
}

bool is_plain_word(std::string_view text) {
  if (text.empty() || text == "AND" || text == "OR" || text == "NOT" || text.back() == '*')
    return false;
  std::string_view rest = text;
  char32_t first = take_character(rest);
  if (!is_letter(first) && !is_digit(first)) return false;
  while (!rest.empty()) {
    char32_t c = take_character(rest);
    bool may_be_operator = c == ':' || c == '=' || c == '<' || c == '>' || c == '!';
    if (may_be_operator || ends_run(c)) return false;
  }
  return true;
}

}  // namespace todo::query
