// What a value looks like as text: for whoever walks the field tables (codec, bindings,
// generators).
//
// A type is one of: textual, std::string, integer, bool, enumeration (Named), variant (Named),
// optional, vector, keyed set, text map, change of one of the last two, Patch, or a described
// value.
#pragma once

#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "todo/id.h"
#include "todo/patch.h"

namespace todo {

// Values that are a string with a grammar of its own: ids, dates, rules and so on.
template <class T>
concept Textual = requires(const T& value, std::string_view text) {
  { to_text(value) } -> std::same_as<std::string>;
  { parse<T>(text) } -> std::same_as<Result<T>>;
};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_patch = false;
template <class T>
inline constexpr bool is_patch<Patch<T>> = true;

template <class T>
inline constexpr bool is_keyed_change = false;
template <class S>
inline constexpr bool is_keyed_change<KeyedChange<S>> = true;

template <class T>
concept NamedEnum = Named<T> && std::is_enum_v<T>;
template <class T>
concept NamedVariant = Named<T> && !std::is_enum_v<T>;

// Whether a member of type M has to be there when it is read: ids, instants and variants, and
// values with such a member. All others read as their default when they are absent.
template <class M>
constexpr bool is_required() {
  if constexpr (is_id<M> || std::is_same_v<M, Instant> || NamedVariant<M>) {
    return true;
  } else if constexpr (Described<M>) {
    bool required = false;
    for_each_field<M>([&](auto index, const auto&) {
      required = required || is_required<MemberType<M, index>>();
    });
    return required;
  } else {
    return false;
  }
}

}  // namespace todo
