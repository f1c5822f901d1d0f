#include "base/nfc.h"
#include "base/unicode_tables.h"
#include "todo/text.h"

namespace todo {

std::string fold(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  while (!text.empty()) {
    char first = text.front();
    if (static_cast<unsigned char>(first) < 0x80) {
      folded += first >= 'A' && first <= 'Z' ? static_cast<char>(first + ('a' - 'A')) : first;
      text.remove_prefix(1);
      continue;
    }
    std::string_view character = text;
    std::string_view mapped;
    char32_t c = take_character(text);
    if (!foldings.find(c, mapped)) mapped = character.substr(0, character.size() - text.size());
    folded += mapped;
  }
  return is_surely_nfc(folded) ? folded : to_nfc(folded);
}

}  // namespace todo
