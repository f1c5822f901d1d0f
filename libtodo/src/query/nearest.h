// What somebody meant who wrote a name that there is not.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace todo::query {

// The one of `names` that `word` is a slip of the pen away from (a letter too many, missing, wrong,
// or two swapped; two such slips in a long word); empty if there is none. The first of equals.
std::string_view nearest(std::string_view word, std::span<const std::string_view> names);

// The end of a message about `word`: "; did you mean `due`?", or else ": one of due, start".
std::string suggestion(std::string_view word, std::span<const std::string_view> names);

// ASCII letters as small ones. Names of the language are ASCII.
std::string lower_case(std::string_view text);

// `name` as it is shown in a message.
std::string in_ticks(std::string_view name);

}  // namespace todo::query
