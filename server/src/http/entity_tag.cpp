#include "http/entity_tag.h"

#include <algorithm>

namespace todo::server {

namespace {

struct EntityTag {
  bool weak = false;
  std::string_view opaque{};  // in its quotes
};

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
}

// Visible characters and bytes beyond ASCII: a comma may be among them.
bool may_be_in_tag(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (c > ' ' && c != '\x7f');
}

// The tag at the beginning of `text`, taken off it; nullopt if there is none.
std::optional<EntityTag> take_tag(std::string_view& text) {
  EntityTag tag{.weak = text.starts_with("W/")};
  if (tag.weak) text.remove_prefix(2);
  std::size_t end = text.starts_with('"') ? text.find('"', 1) : std::string_view::npos;
  if (end == std::string_view::npos) return std::nullopt;
  tag.opaque = text.substr(0, end + 1);
  if (!std::all_of(tag.opaque.begin(), tag.opaque.end(), may_be_in_tag)) return std::nullopt;
  text.remove_prefix(end + 1);
  return tag;
}

std::optional<bool> names_tag(std::string_view list, std::string_view etag, Comparison comparison) {
  skip_blanks(list);
  bool named = false;
  while (!list.empty()) {
    if (!list.starts_with(',')) {  // else an empty part, which says nothing
      std::optional<EntityTag> tag = take_tag(list);
      skip_blanks(list);
      if (!tag || (!list.empty() && !list.starts_with(','))) return std::nullopt;
      bool counts = comparison == Comparison::weak || !tag->weak;
      named = named || (counts && tag->opaque == etag);
    }
    if (!list.empty()) list.remove_prefix(1);
    skip_blanks(list);
  }
  return named;
}

}  // namespace

std::optional<bool> names_tag(const Request& request, std::string_view header,
                              std::string_view etag, Comparison comparison) {
  if (request.count(header) == 1 && request.header(header) == "*") return true;
  bool named = false;
  for (const auto& [name, value] : request.headers) {
    if (name != header) continue;
    std::optional<bool> here = names_tag(value, etag, comparison);
    if (!here) return std::nullopt;
    named = named || *here;
  }
  return named;
}

}  // namespace todo::server
