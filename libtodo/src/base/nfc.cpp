// Normalization Form C (UAX #15): decompose, put marks in order, compose.
#include "base/nfc.h"

#include <algorithm>

#include "base/unicode_tables.h"
#include "todo/text.h"

namespace todo {
namespace {

std::uint8_t combining_class(char32_t c) { return properties_of(c).combining_class; }

// Hangul syllables are composed by arithmetic (The Unicode Standard, 3.12).
constexpr char32_t syllable_base = 0xac00;
constexpr char32_t lead_base = 0x1100;
constexpr char32_t vowel_base = 0x1161;
constexpr char32_t trail_base = 0x11a7;  // none
constexpr char32_t lead_count = 19;
constexpr char32_t vowel_count = 21;
constexpr char32_t trail_count = 28;
constexpr char32_t syllable_count = lead_count * vowel_count * trail_count;

// The composite of two characters, 0 if there is none.
char32_t compose_hangul(char32_t first, char32_t second) {
  char32_t lead = first - lead_base;
  char32_t vowel = second - vowel_base;
  if (lead < lead_count && vowel < vowel_count) {
    return syllable_base + (lead * vowel_count + vowel) * trail_count;
  }
  char32_t syllable = first - syllable_base;
  char32_t trail = second - trail_base;
  bool lacks_trail = syllable < syllable_count && syllable % trail_count == 0;
  return lacks_trail && trail > 0 && trail < trail_count ? first + trail : 0;
}

char32_t compose_pair(char32_t first, char32_t second) {
  if ((properties_of(second).flags & CharacterProperties::nfc_maybe) == 0) return 0;
  if (char32_t hangul = compose_hangul(first, second)) return hangul;

  const Composition* end = compositions + composition_count;
  const Composition* found = std::lower_bound(compositions, end, std::pair{first, second},
                                              [](const Composition& row, const auto& pair) {
                                                return std::pair{row.first, row.second} < pair;
                                              });
  bool is_found = found != end && found->first == first && found->second == second;
  return is_found ? found->composite : 0;
}

// Hangul syllables stay: composing their parts would give them again.
std::u32string decompose(std::string_view text) {
  std::u32string characters;
  characters.reserve(text.size());
  while (!text.empty()) {
    char32_t c = take_character(text);
    std::string_view decomposed;
    if (!decompositions.find(c, decomposed)) characters += c;
    while (!decomposed.empty()) characters += take_character(decomposed);
  }
  return characters;
}

// Sorts each run of marks by combining class, keeping those of one class as they are.
void order_marks(std::u32string& characters) {
  auto is_mark = [](char32_t c) { return combining_class(c) != 0; };
  auto end = characters.end();
  for (auto begin = characters.begin(); begin != end;) {
    begin = std::find_if(begin, end, is_mark);
    auto after = std::find_if_not(begin, end, is_mark);
    std::stable_sort(begin, after, [](char32_t a, char32_t b) {
      return combining_class(a) < combining_class(b);
    });
    begin = after;
  }
}

// Joins each character with the last starter, if there is a composite and nothing blocks it.
void compose(std::u32string& characters) {
  std::size_t size = 0;  // of what is done, at the front
  std::size_t starter = 0;
  bool has_starter = false;
  for (char32_t c : characters) {
    std::uint8_t here = combining_class(c);
    bool joins =
        has_starter && (size == starter + 1 || combining_class(characters[size - 1]) < here);
    if (char32_t composite = joins ? compose_pair(characters[starter], c) : 0) {
      characters[starter] = composite;
      continue;
    }
    if (here == 0) {
      starter = size;
      has_starter = true;
    }
    characters[size++] = c;
  }
  characters.resize(size);
}

// Whether all characters are below U+0300, where every text is in NFC.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<std::uint8_t>(c) < 0xcc; });
}

}  // namespace

bool is_surely_nfc(std::string_view text) {
  if (is_plain(text)) return true;
  std::uint8_t class_before = 0;
  while (!text.empty()) {
    CharacterProperties here = properties_of(take_character(text));
    constexpr auto unsure = CharacterProperties::nfc_no | CharacterProperties::nfc_maybe;
    if ((here.flags & unsure) != 0) return false;
    if (here.combining_class != 0 && here.combining_class < class_before) return false;
    class_before = here.combining_class;
  }
  return true;
}

std::string to_nfc(std::string_view text) {
  if (is_surely_nfc(text)) return std::string(text);
  std::u32string characters = decompose(text);
  order_marks(characters);
  compose(characters);

  std::string normal;
  normal.reserve(text.size());
  for (char32_t c : characters) append_character(normal, c);
  return normal;
}

}  // namespace todo
