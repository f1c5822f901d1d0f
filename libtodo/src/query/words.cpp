#include "query/words.h"

#include <array>

#include "query/lexer.h"
#include "todo/text.h"

namespace todo::query {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

bool is_in_any(char32_t c, const auto& ranges) {
  for (Range range : ranges) {
    if (c >= range.first && c <= range.last) return true;
  }
  return false;
}

// Thai and Lao, Myanmar, Khmer, kana, Han: words are not parted by spaces.
bool is_written_without_spaces(char32_t c) {
  static constexpr std::array<Range, 8> ranges = {{{0x0E00, 0x0EFF},
                                                   {0x1000, 0x109F},
                                                   {0x1780, 0x17FF},
                                                   {0x3040, 0x31FF},
                                                   {0x3400, 0x9FFF},
                                                   {0xF900, 0xFAFF},
                                                   {0xFF66, 0xFF9F},
                                                   {0x20000, 0x3FFFF}}};
  return is_in_any(c, ranges);
}

// Letters, digits, and the vowel signs of Indic scripts, which folding leaves.
bool is_of_word(char32_t c) {
  static constexpr std::array<Range, 2> signs = {{{0x0900, 0x0963}, {0x0966, 0x0DFF}}};
  return is_letter(c) || is_digit(c) || is_in_any(c, signs);
}

// Whether a word goes on from `before` to `behind`.
bool joins(char32_t before, char32_t behind) {
  return is_of_word(before) && is_of_word(behind) && !is_written_without_spaces(before) &&
         !is_written_without_spaces(behind);
}

char32_t last_character(std::string_view text) {
  std::size_t at = text.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  text.remove_prefix(at);
  return take_character(text);
}

char32_t first_character(std::string_view text) { return take_character(text); }

}  // namespace

std::string searchable(std::string_view text) {
  std::string single;
  single.reserve(text.size());
  bool space = false;
  while (!text.empty()) {
    char32_t c = take_character(text);
    if (is_space(c)) {
      space = true;
      continue;
    }
    if (space && !single.empty()) single += ' ';
    space = false;
    append_character(single, c);
  }
  return fold(single);
}

Needle::Needle(std::string_view text, bool prefix) : text_(searchable(text)), prefix_(prefix) {
  if (text_.empty()) return;
  first_ = first_character(text_);
  last_ = last_character(text_);
}

bool Needle::is_in(std::string_view text) const {
  if (text_.empty()) return true;
  for (std::size_t at = text.find(text_); at != std::string_view::npos;
       at = text.find(text_, at + 1)) {
    std::size_t end = at + text_.size();
    bool begins = at == 0 || !joins(last_character(text.substr(0, at)), first_);
    bool ends = prefix_ || end == text.size() || !joins(last_, first_character(text.substr(end)));
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace todo::query
