// Words and phrases in text, compared by their folded form.
#pragma once

#include <string>
#include <string_view>

namespace todo::query {

// Folded, with white space as single spaces and none at the ends.
std::string searchable(std::string_view text);

// A word or phrase to look for. It is found where no letter or digit goes on before it or, unless
// it is a prefix, behind it; scripts without spaces begin a word with every character.
class Needle {
 public:
  Needle(std::string_view text, bool prefix);

  bool is_in(std::string_view searchable_text) const;

 private:
  std::string text_;
  bool prefix_;
  char32_t first_ = 0;  // characters of `text_`; 0 if it is empty
  char32_t last_ = 0;
};

}  // namespace todo::query
