#include "todo/text.h"

#include <gtest/gtest.h>

#include <random>

namespace todo {
namespace {

constexpr char32_t last_character = 0x10ffff;

bool is_surrogate(char32_t c) { return c >= 0xd800 && c < 0xe000; }

std::string text_of(std::u32string_view characters) {
  std::string text;
  for (char32_t c : characters) append_character(text, c);
  return text;
}

std::u32string characters_of(std::string_view text) {
  std::u32string characters;
  while (!text.empty()) characters += take_character(text);
  return characters;
}

TEST(Utf8, ReadsWhatItWritesOfEveryCharacter) {
  for (char32_t c = 0; c <= last_character; ++c) {
    std::string text;
    append_character(text, c);
    ASSERT_EQ(is_utf8(text), !is_surrogate(c)) << std::hex << static_cast<unsigned>(c);
    ASSERT_EQ(count_characters(text), 1u);
    std::string_view rest = text;
    ASSERT_EQ(take_character(rest), c);
    ASSERT_TRUE(rest.empty());
  }
}

TEST(Utf8, IsOnlyTheShortestFormOfCharacters) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8(std::string_view("a\0b", 3)));
  EXPECT_TRUE(is_utf8("12345678 Grüße, 日本語, 🎉"));
  for (std::string_view text : {"\x80",
                                "\xbf",
                                "\xc0\x80",
                                "\xc1\xbf",
                                "\xc3",
                                "\xc3(",
                                "\xe0\x80\x80",
                                "\xe0\x9f\xbf",
                                "\xed\xa0\x80",
                                "\xed\xbf\xbf",
                                "\xe2\x82",
                                "\xe2(\xa1",
                                "\xf0\x80\x80\x80",
                                "\xf0\x8f\xbf\xbf",
                                "\xf4\x90\x80\x80",
                                "\xf5\x80\x80\x80",
                                "\xff",
                                "\xf0\x9f\x8e",
                                "12345678\x80",
                                "1234567\xc3",
                                "ab\xe2\x82\xac\x82"}) {
    EXPECT_FALSE(is_utf8(text)) << testing::PrintToString(text);
  }
}

TEST(Utf8, CountsCharactersNotBytes) {
  EXPECT_EQ(count_characters(""), 0u);
  EXPECT_EQ(count_characters("aé日🎉"), 4u);
  EXPECT_EQ(characters_of("aé日🎉"), U"aé日🎉");
}

TEST(Characters, AreLettersInEveryScript) {
  for (char32_t c : std::u32string_view(U"azAZéßøЖωאあ漢한अि\u094d\U00020000\U00030000")) {
    EXPECT_TRUE(is_letter(c)) << std::hex << static_cast<unsigned>(c);
  }
  for (char32_t c : std::u32string_view(U"0 -_./#@!\u0660€🎉\ufe0f\u2028\U0010ffff")) {
    EXPECT_FALSE(is_letter(c)) << std::hex << static_cast<unsigned>(c);
  }
}

TEST(Characters, AreDigitsInEveryScript) {
  for (char32_t c : {U'0', U'9', U'\u0663', U'\u0967', U'\uff15'}) EXPECT_TRUE(is_digit(c));
  for (char32_t c : {U'a', U'²', U'½', U'Ⅳ', U' '}) EXPECT_FALSE(is_digit(c));
}

TEST(Characters, AreControls) {
  for (char32_t c :
       {U'\0', U'\n', U'\x1f', U'\x7f', char32_t{0x80}, char32_t{0x9f}, U'\u2028', U'\u2029'}) {
    EXPECT_TRUE(is_control(c)) << std::hex << static_cast<unsigned>(c);
  }
  for (char32_t c : {U' ', U'~', U'\u00a0', U'\u200d', U'\u202a'}) EXPECT_FALSE(is_control(c));
}

TEST(Nfc, ComposesAndOrdersMarks) {
  EXPECT_EQ(to_nfc("plain ASCII"), "plain ASCII");
  EXPECT_EQ(to_nfc("e\u0301"), "é");
  EXPECT_EQ(to_nfc("\u212b"), "Å");
  EXPECT_EQ(to_nfc("q\u0307\u0323"), "q\u0323\u0307");
  EXPECT_EQ(to_nfc("a\u0323\u0302"), "ậ");
  EXPECT_EQ(to_nfc("\u0915\u093c"), "\u0915\u093c");  // is not composed: an exclusion
  EXPECT_EQ(to_nfc("\u0301e"), "\u0301e");
  EXPECT_EQ(to_nfc("か\u3099"), "が");
}

TEST(Nfc, ComposesHangul) {
  EXPECT_EQ(to_nfc("\u1112\u1161\u11ab"), "한");
  EXPECT_EQ(to_nfc("하\u11ab"), "한");
  EXPECT_EQ(to_nfc("한\u11ab"), "한\u11ab");
  EXPECT_EQ(to_nfc("\u1112\u1161\u11a7"), "하\u11a7");
}

// A long run of marks must not take quadratic time.
TEST(Nfc, OrdersManyMarks) {
  std::string text = "a";
  for (int i = 0; i < 100'000; ++i) text += i % 2 == 0 ? "\u0301" : "\u0323";
  std::string normal = to_nfc(text);
  EXPECT_EQ(normal.substr(0, 5), "ạ\u0323");
  EXPECT_EQ(count_characters(normal), 100'000u);
}

TEST(Fold, IgnoresCaseAndAccents) {
  EXPECT_EQ(fold("Buy MILK 2%"), "buy milk 2%");
  EXPECT_EQ(fold("Ärger"), "arger");
  EXPECT_EQ(fold("A\u0308rger"), "arger");
  EXPECT_EQ(fold("STRASSE"), fold("Straße"));
  EXPECT_EQ(fold("\u0130stanbul"), "istanbul");
  EXPECT_EQ(fold("ΣΊΣΥΦΟΣ"), fold("σίσυφος"));
  EXPECT_EQ(fold("Ёлка"), "елка");
  EXPECT_EQ(fold("ﬁnd"), "find");
  EXPECT_EQ(fold("Tiếng Việt"), "tieng viet");
}

TEST(Fold, KeepsWhatMakesAnotherLetter) {
  EXPECT_EQ(fold("が"), "が");
  EXPECT_EQ(fold("か\u3099"), "が");
  EXPECT_EQ(fold("हिन्दी"), "हिन्दी");
  EXPECT_EQ(fold("한국"), "한국");
  EXPECT_EQ(fold("\u1112\u1161\u11ab"), "한");
  EXPECT_EQ(fold("Łódź"), "łodz");
  EXPECT_EQ(fold("שָׁלוֹם"), to_nfc("שָׁלוֹם"));
}

TEST(Fold, IsTheSameOfEquivalentTexts) {
  for (char32_t c = 0; c <= last_character; ++c) {
    if (is_surrogate(c)) continue;
    std::string text;
    append_character(text, c);
    std::string folded = fold(text);
    ASSERT_EQ(fold(folded), folded) << std::hex << static_cast<unsigned>(c);
    ASSERT_EQ(fold(to_nfc(text)), folded) << std::hex << static_cast<unsigned>(c);
    ASSERT_EQ(to_nfc(folded), folded) << std::hex << static_cast<unsigned>(c);
  }
}

// Letters, their marks in any order, and parts of syllables, which join in many ways.
TEST(Text, IsStableAfterNormalizingAndFolding) {
  constexpr std::u32string_view pieces =
      U"aAeÅßςΣθϑЙёΐ\u0301\u0323\u0308\u0345\u0307\u0338\u3099\u093c\u05b8\u0591か한하\u1112\u1161"
      U"\u11ab\u0915\u0b47\u0b3e\u0b57\u1e9b\u212b\u2126\U0001d15f\U0001d165 1\u20e3";
  std::mt19937 random(1);
  for (int round = 0; round < 100'000; ++round) {
    std::u32string characters;
    for (auto left = random() % 8; left > 0; --left) characters += pieces[random() % pieces.size()];
    std::string text = text_of(characters);
    std::string normal = to_nfc(text);
    std::string folded = fold(text);
    ASSERT_EQ(to_nfc(normal), normal) << text;
    ASSERT_EQ(fold(folded), folded) << text;
    ASSERT_EQ(to_nfc(folded), folded) << text;
    ASSERT_EQ(fold(normal), folded) << text;
    ASSERT_TRUE(is_utf8(folded));
  }
}

}  // namespace
}  // namespace todo
