#include "todo/json_document.h"

#include <algorithm>
#include <array>
#include <utility>

#include "todo/text.h"

namespace todo {
namespace {

constexpr int deepest = 32;

// Characters that a string holds as they are, one byte each.
constexpr std::array<bool, 256> plain = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = ' '; c < 0x80; ++c) table[c] = c != '"' && c != '\\';
  return table;
}();

bool is_digit_character(char c) { return c >= '0' && c <= '9'; }
bool is_high_surrogate(char32_t c) { return c >= 0xd800 && c < 0xdc00; }
bool is_low_surrogate(char32_t c) { return c >= 0xdc00 && c < 0xe000; }

// The value of a hexadecimal digit, 16 if it is none.
char32_t hex_value(char c) {
  if (is_digit_character(c)) return static_cast<char32_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<char32_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<char32_t>(c - 'A' + 10);
  return 16;
}

// Every function takes what it is named after and returns whether it was there; if not, `error`
// says what was expected, and each level on the way out puts its name before the pointer.
class Parser {
 public:
  Parser(std::string_view text, std::vector<JsonNode>& nodes, std::string& unescaped)
      : text_(text), nodes_(nodes), unescaped_(unescaped) {}

  bool document() {
    if (!value(0)) return false;
    skip_space();
    return at_ == text_.size() || expected("the end of the text");
  }

  Error error{};

 private:
  bool value(int depth) {
    skip_space();
    switch (peek()) {
      case '{':
        return object(depth + 1);
      case '[':
        return list(depth + 1);
      case '"':
        return text();
      case 't':
        return word("true", JsonKind::boolean);
      case 'f':
        return word("false", JsonKind::boolean);
      case 'n':
        return word("null", JsonKind::null);
      default:
        return number();
    }
  }

  bool object(int depth) {
    if (depth > deepest) return too_deep();
    std::size_t node = open(JsonKind::object);
    if (take('}')) return close(node);
    do {
      skip_space();
      if (peek() != '"') return expected("the name of a member in quotation marks");
      if (!text()) return false;
      std::string_view name = nodes_.back().text;
      skip_space();
      if (!take(':')) return expected("':'");
      if (!value(depth)) return error = within(name, std::move(error)), false;
      skip_space();
    } while (take(','));
    return take('}') ? close(node) : expected("',' or '}'");
  }

  bool list(int depth) {
    if (depth > deepest) return too_deep();
    std::size_t node = open(JsonKind::list);
    if (take(']')) return close(node);
    std::size_t index = 0;
    do {
      if (!value(depth)) return error = within(index, std::move(error)), false;
      ++index;
      skip_space();
    } while (take(','));
    return take(']') ? close(node) : expected("',' or ']'");
  }

  std::size_t open(JsonKind kind) {
    ++at_;
    nodes_.push_back({{}, 1, kind});
    skip_space();
    return nodes_.size() - 1;
  }
  bool close(std::size_t node) {
    nodes_[node].size = static_cast<std::uint32_t>(nodes_.size() - node);
    return true;
  }

  bool word(std::string_view word, JsonKind kind) {
    if (!text_.substr(at_).starts_with(word)) return expected("a value");
    nodes_.push_back({text_.substr(at_, word.size()), 1, kind});
    at_ += word.size();
    return true;
  }

  bool number() {
    std::size_t begin = at_;
    bool negative = take('-');
    if (!is_digit_character(peek())) return expected(negative ? "a digit" : "a value");
    if (!take('0')) skip_digits();
    if (take('.') && !skip_digits()) return expected("a digit");
    if (take('e') || take('E')) {
      take('+') || take('-');
      if (!skip_digits()) return expected("a digit");
    }
    nodes_.push_back({text_.substr(begin, at_ - begin), 1, JsonKind::number});
    return true;
  }
  bool skip_digits() {
    std::size_t begin = at_;
    while (is_digit_character(peek())) ++at_;
    return at_ > begin;
  }

  bool text() {
    std::size_t begin = ++at_;
    bool ascii = true;
    bool escaped = false;
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      auto byte = static_cast<unsigned char>(text_[at_]);
      if (plain[byte]) continue;
      if (byte < ' ') return malformed("control characters in text are written as escapes");
      if (byte >= 0x80) ascii = false;
      else escaped = true, ++at_;  // the character behind a backslash may be a quotation mark
    }
    if (at_ >= text_.size()) return at_ = text_.size(), expected("a closing quotation mark");

    std::string_view raw = text_.substr(begin, at_ - begin);
    ++at_;
    if (!ascii && !is_utf8(raw)) return malformed("the text is not valid UTF-8");
    if (escaped && !unescape(raw)) return false;
    nodes_.push_back({raw, 1, JsonKind::text});
    return true;
  }

  // Turns what is written in a string into what it means.
  bool unescape(std::string_view& raw) {
    if (unescaped_.capacity() < text_.size()) unescaped_.reserve(text_.size());  // views stay valid
    std::size_t begin = unescaped_.size();
    while (!raw.empty()) {
      std::size_t plain_size = std::min(raw.find('\\'), raw.size());
      unescaped_ += raw.substr(0, plain_size);
      raw.remove_prefix(plain_size);
      if (!raw.empty() && !take_escape(raw)) return false;
    }
    raw = std::string_view(unescaped_).substr(begin);
    return true;
  }

  bool take_escape(std::string_view& raw) {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    if (raw.starts_with("\\u")) return take_unicode_escape(raw);
    std::size_t letter = letters.find(raw[1]);
    if (letter == letters.npos) return malformed("there is no such escape in JSON text");
    unescaped_ += meanings[letter];
    raw.remove_prefix(2);
    return true;
  }

  bool take_unicode_escape(std::string_view& raw) {
    constexpr char32_t none = 0x110000;
    auto take_unit = [&raw] {
      if (!raw.starts_with("\\u") || raw.size() < 6) return none;
      char32_t unit = 0;
      for (char c : raw.substr(2, 4)) {
        if (hex_value(c) > 15) return none;
        unit = unit << 4 | hex_value(c);
      }
      raw.remove_prefix(6);
      return unit;
    };
    char32_t character = take_unit();
    if (character == none) return malformed("\\u is followed by four hexadecimal digits");
    if (is_high_surrogate(character)) {
      char32_t low = take_unit();
      if (!is_low_surrogate(low)) return malformed("a lone surrogate is not a character");
      character = 0x10000 + ((character - 0xd800) << 10) + (low - 0xdc00);
    } else if (is_low_surrogate(character)) {
      return malformed("a lone surrogate is not a character");
    }
    append_character(unescaped_, character);
    return true;
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c || at_ == text_.size()) return false;
    ++at_;
    return true;
  }
  void skip_space() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') ++at_;
  }

  bool malformed(std::string message) {
    error = {Errc::malformed, std::move(message), {}};
    return false;
  }
  bool expected(std::string_view what) {
    return malformed("expected " + std::string(what) + " at byte " + std::to_string(at_));
  }
  bool too_deep() { return malformed("nested deeper than " + std::to_string(deepest)); }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<JsonNode>& nodes_;
  std::string& unescaped_;
};

}  // namespace

Result<void> JsonDocument::read(std::string_view text) {
  nodes_.clear();
  unescaped_.clear();
  nodes_.reserve(32);
  Parser parser(text, nodes_, unescaped_);
  if (!parser.document()) return std::move(parser.error);
  return {};
}

}  // namespace todo
