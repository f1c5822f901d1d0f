// Unicode as the engine needs it: valid UTF-8, NFC, and folding, so that what looks alike is found.
// Tables come from the Unicode Character Database (libtodo/data); ASCII takes a short way.
#pragma once

#include <string>
#include <string_view>

namespace todo {

bool is_utf8(std::string_view text);

// Code points; the text must be valid UTF-8, as everywhere below.
std::size_t count_characters(std::string_view text);

// Normalization Form C (UAX #15).
std::string to_nfc(std::string_view text);

// For comparing and searching: full case folding ("Straße" and "STRASSE" fold alike), canonical
// decomposition without the combining marks of Latin, Greek and Cyrillic ("Ärger" and "arger"),
// and NFC. Those marks are the blocks U+0300, U+1AB0, U+1DC0, U+20D0 and U+FE20; marks that make a
// letter another one in their script (vowel signs) stay, and so do letters that Unicode does not
// decompose ("ø", "ł"). Folding twice changes nothing.
std::string fold(std::string_view text);

bool is_letter(char32_t c);   // and the marks that words are spelled with (L, Mn, Mc)
bool is_digit(char32_t c);    // decimal digits of every script
bool is_control(char32_t c);  // C0, C1, DEL; and the line and paragraph separators

// Takes the first character off `text`, which is not empty.
char32_t take_character(std::string_view& text);
void append_character(std::string& text, char32_t c);

}  // namespace todo
