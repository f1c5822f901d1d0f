// Parts that many answers share.
#pragma once

#include "api/call.h"

namespace todo::server {

// The id in part `index` of the path; `field` names it in the refusal.
template <class I>
Result<I> id_in_path(const Call& call, std::size_t index, std::string_view field) {
  Result<I> id = parse<I>(call.parts.at(index));
  if (id.has_error()) return within(field, id.error());
  return id;
}

std::string etag_of(Seq version);  // "\"42\""

// 412 if If-Match does not name this version, 400 if it is not a list of ETags; nullopt if it does
// or there is none.
std::optional<Response> refused_version(Call& call, const Version& version);

// 200 with the body and its version, or 304 if the asker has it already.
Response versioned(const Call& call, Seq version, std::string body);

struct Range {
  std::uint64_t least = 0;
  std::uint64_t most = 0;
};
inline constexpr Range any_seq{0, (1ull << 53) - 1};

// An integer from the query: `otherwise` if it is not there.
Result<std::uint64_t> number_parameter(const Call& call, std::string_view name,
                                       std::uint64_t otherwise, const Range& range);

// Whether a parameter is "true"; it may be left out, or be "false".
Result<bool> flag_parameter(const Call& call, std::string_view name);

// The JSON object `body`, in which white space alone is {}, with `members` (without their braces)
// behind its own, so that a refusal counts bytes as the asker does. Whatever is not one object
// stays what no reader takes for one.
std::string object_with(std::string_view members, std::string_view body);

// "cursor=a%20b"
std::string percent_encoded(std::string_view text);

// What the newest event of the entry that created a T created.
template <class T>
const T* created_in(const Entry& entry) {
  for (auto event = entry.events.rbegin(); event != entry.events.rend(); ++event) {
    if (const auto* created = std::get_if<Created<T>>(&*event)) return &created->value;
  }
  return nullptr;
}

}  // namespace todo::server
