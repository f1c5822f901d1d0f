// Why a request was refused: for a program, for a person, and where in what was asked.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <string>

#include "todo/fields.h"

namespace todo {

enum class Errc : std::uint8_t {
  malformed,       // not the text of any value: JSON, a rule or a query with broken syntax
  unknown_member,  // a member this version does not know
  unknown_name,    // not one of the names of an enumeration or variant
  wrong_type,
  missing,       // a member that has to be there
  out_of_range,  // a number, date or length beyond its limits
  invalid,       // well formed, but against a rule of the model
  not_found,     // names something that is not there
  conflict,      // true of an older state, no longer of this one
  unsupported,   // right, but this version cannot do it
  unavailable,   // the store could not be reached or did not answer; nothing is known to be done
  corrupt,       // what was stored is not what was written
};

struct Error {
  Errc code{};
  std::string message{};  // one English sentence without a full stop
  std::string field{};    // RFC 6901 pointer ("/commands/2/task"); empty: about the whole

  friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = boost::system::result<T, Error>;

// `error` as seen one level further out: "within("task", {.., "/due"})" is about "/task/due".
// Escapes "~" and "/" in `member` as RFC 6901 asks.
Error within(std::string_view member, Error error);
Error within(std::size_t index, Error error);

// Reads the text form of a T; specialised beside each value that has one. The error says what was
// expected, its field is empty. `to_text` is the inverse, and gives the only text that is read.
template <class T>
Result<T> parse(std::string_view text) = delete;

template <>
inline constexpr std::string_view type_name<Errc> = "ErrorCode";
template <>
inline constexpr std::array<std::string_view, 12> names<Errc> = {
    "malformed", "unknown_member", "unknown_name", "wrong_type",  "missing",     "out_of_range",
    "invalid",   "not_found",      "conflict",     "unsupported", "unavailable", "corrupt"};
template <>
inline constexpr std::string_view type_name<Error> = "Error";
template <>
inline constexpr std::tuple fields<Error> = {
    Field{"code", &Error::code, "What kind of refusal it is, for programs."},
    Field{"message", &Error::message, "What is wrong and what would be right, for people."},
    Field{"field", &Error::field, "RFC 6901 pointer to the member at fault; empty: the whole."}};

}  // namespace todo
