#include <algorithm>

#include "query/nearest.h"
#include "todo/query.h"

namespace todo {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

Result<SortKey> read_key(std::string_view text) {
  SortKey key;
  key.descending = !text.empty() && text.front() == '-';
  if (key.descending) text.remove_prefix(1);
  auto name = std::find(names<SortField>.begin(), names<SortField>.end(), text);
  if (name == names<SortField>.end())
    return Error{Errc::unknown_name,
                 "tasks cannot be sorted by " + query::in_ticks(text) +
                     query::suggestion(text, names<SortField>),
                 {}};
  key.field = static_cast<SortField>(name - names<SortField>.begin());
  return key;
}

}  // namespace

template <>
Result<Sort> parse<Sort>(std::string_view text) {
  Sort sort;
  if (trimmed(text).empty()) return sort;
  for (std::size_t start = 0; start <= text.size();) {
    std::size_t end = std::min(text.find(',', start), text.size());
    Result<SortKey> key = read_key(trimmed(text.substr(start, end - start)));
    if (key.has_error()) return key.error();
    bool again = std::any_of(sort.begin(), sort.end(),
                             [&](const SortKey& other) { return other.field == key->field; });
    if (again)
      return Error{Errc::invalid, query::in_ticks(name_of(key->field)) + " is named twice", {}};
    sort.push_back(*key);
    start = end + 1;
  }
  return sort;
}

std::string to_text(const Sort& sort) {
  std::string text;
  for (const SortKey& key : sort) {
    if (!text.empty()) text += ',';
    if (key.descending) text += '-';
    text += name_of(key.field);
  }
  return text;
}

}  // namespace todo
