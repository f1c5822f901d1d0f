#include "query/nearest.h"

#include <algorithm>
#include <array>

namespace todo::query {
namespace {

constexpr std::size_t longest = 16;  // of what is compared; no name of the language is longer

// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours. Both words
// are at most `longest` letters.
std::size_t distance(std::string_view a, std::string_view b) {
  std::array<std::array<std::size_t, longest + 1>, longest + 1> d{};
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t replaced = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({replaced, d[i - 1][j] + 1, d[i][j - 1] + 1});
      bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

// In short words only swaps count: half of all words of three letters look alike.
bool is_near(std::string_view word, std::string_view name) {
  if (word.size() > longest || name.size() > longest) return false;
  std::size_t slips = distance(word, name);
  if (std::max(word.size(), name.size()) <= 3)
    return slips == 1 && std::is_permutation(word.begin(), word.end(), name.begin(), name.end());
  return slips == 1 || (slips == 2 && word.size() >= 7);
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> names) {
  std::string lower = lower_case(word);
  auto found = std::find_if(names.begin(), names.end(),
                            [&](std::string_view name) { return is_near(lower, name); });
  return found == names.end() ? std::string_view{} : *found;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> names) {
  std::string_view meant = nearest(word, names);
  if (!meant.empty()) return "; did you mean " + in_ticks(meant) + "?";
  std::string text;
  for (std::string_view name : names) (text += text.empty() ? ": one of " : ", ") += name;
  return text;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string in_ticks(std::string_view name) { return '`' + std::string(name) + '`'; }

}  // namespace todo::query
