// The conformance test of UAX #15, where Debian's package `unicode-data` has it.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>

#include "todo/text.h"

namespace todo {
namespace {

constexpr const char* packed_file = "/usr/share/unicode/NormalizationTest.txt.bz2";

std::string unpack(const char* file) {
  auto close = [](std::FILE* pipe) { pclose(pipe); };
  std::string command = std::string("bzip2 -dc ") + file;
  std::unique_ptr<std::FILE, decltype(close)> pipe(popen(command.c_str(), "r"), close);
  std::string text;
  std::array<char, 65'536> buffer;
  while (std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) {
    text.append(buffer.data(), size);
  }
  return text;
}

// "0044 0307" as text.
std::string text_of(const std::string& codes) {
  std::string text;
  std::istringstream numbers(codes);
  for (std::uint32_t c = 0; numbers >> std::hex >> c;) append_character(text, c);
  return text;
}

// Its five columns: source, NFC, NFD, NFKC, NFKD.
std::array<std::string, 5> columns_of(const std::string& line) {
  std::array<std::string, 5> columns;
  std::istringstream fields(line);
  for (std::string& column : columns) {
    std::string codes;
    std::getline(fields, codes, ';');
    column = text_of(codes);
  }
  return columns;
}

TEST(NfcConformance, NormalizesAsUnicodeAsks) {
  if (!std::ifstream(packed_file)) GTEST_SKIP() << "there is no " << packed_file;
  std::istringstream lines(unpack(packed_file));
  std::size_t cases = 0;
  std::set<std::string> of_part_1;
  bool is_part_1 = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') continue;
    if (line[0] == '@') {
      is_part_1 = line.starts_with("@Part1");
      continue;
    }
    auto [source, nfc, nfd, nfkc, nfkd] = columns_of(line);
    for (const std::string& equivalent : {source, nfc, nfd}) ASSERT_EQ(to_nfc(equivalent), nfc);
    for (const std::string& equivalent : {nfkc, nfkd}) ASSERT_EQ(to_nfc(equivalent), nfkc);
    if (is_part_1) of_part_1.insert(source);
    ++cases;
  }
  ASSERT_GT(cases, 15'000u);

  // A character that part 1 does not name is its own NFC.
  for (char32_t c = 0; c <= 0x10ffff; ++c) {
    std::string text;
    append_character(text, c);
    if (is_utf8(text) && !of_part_1.contains(text)) {
      ASSERT_EQ(to_nfc(text), text);
    }
  }
}

}  // namespace
}  // namespace todo
