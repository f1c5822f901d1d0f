// The Unicode Character Database as far as the library needs it. data/make_unicode.py makes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace todo {

// A value per character, 0 for most of them.
template <class Value>
struct Trie {
  const std::uint16_t* blocks;
  std::size_t block_count;
  const Value* values;

  Value operator[](char32_t c) const {
    constexpr int block_bits = 7;
    constexpr char32_t block_mask = (1u << block_bits) - 1;
    std::size_t block = c >> block_bits;
    if (block >= block_count) return 0;
    return values[std::size_t{blocks[block]} << block_bits | (c & block_mask)];
  }
};

// A text per character, if it has one.
struct TextMap {
  Trie<std::uint16_t> places;
  const unsigned char* pool;

  // Whether it has one, which is then written to `text`.
  bool find(char32_t c, std::string_view& text) const {
    std::uint16_t place = places[c];
    if (place == 0) return false;
    text = {reinterpret_cast<const char*>(pool + place + 1), pool[place]};
    return true;
  }
};

struct CharacterProperties {
  static constexpr std::uint8_t letter = 1;     // a letter, or a mark that is written with one
  static constexpr std::uint8_t digit = 2;      // Nd
  static constexpr std::uint8_t nfc_no = 4;     // NFC_Quick_Check, UAX #15
  static constexpr std::uint8_t nfc_maybe = 8;  // and only these compose with what is before

  std::uint8_t combining_class;
  std::uint8_t flags;
};

// Two characters that compose to one, in the order of the first and then the second.
struct Composition {
  char32_t first;
  char32_t second;
  char32_t composite;
};

extern const Trie<std::uint8_t> property_numbers;
extern const CharacterProperties character_properties[];
extern const TextMap decompositions;  // canonical, in full; not of Hangul syllables
extern const TextMap foldings;        // case folding, without accents; to be put in NFC
extern const Composition compositions[];
extern const std::size_t composition_count;

inline CharacterProperties properties_of(char32_t c) {
  return character_properties[property_numbers[c]];
}

}  // namespace todo
