// The one description of every value: its members by name, in the order they are written.
//
// A row in `fields<T>` is all that JSON, patches, Python, TypeScript and OpenAPI need. Enumerations
// and variants have `names`: of the enumerators, or of the alternatives, in order.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace todo {

template <class Owner, class T>
struct Field {
  using Member = T;

  std::string_view name;
  T Owner::*member;
  std::string_view doc;  // a sentence for the reference of every face
};
template <class Owner, class T>
Field(std::string_view, T Owner::*, std::string_view) -> Field<Owner, T>;

// A std::tuple of Field, specialised beside each value.
template <class T>
inline constexpr auto fields = nullptr;

// A std::array of std::string_view, specialised beside each enumeration and variant. The values
// of an enumeration count from 0 without gaps.
template <class T>
inline constexpr auto names = nullptr;

// The name of a described value or enumeration in every face ("Task"), specialised beside it.
template <class T>
inline constexpr std::string_view type_name = "";

template <class T>
concept Described = !std::is_null_pointer_v<std::remove_cvref_t<decltype(fields<T>)>>;
template <class T>
concept Named = !std::is_null_pointer_v<std::remove_cvref_t<decltype(names<T>)>>;

template <Described T>
inline constexpr std::size_t field_count =
    std::tuple_size_v<std::remove_cvref_t<decltype(fields<T>)>>;

// The type of the member in row `index`.
template <Described T, std::size_t index>
using MemberType =
    typename std::tuple_element_t<index, std::remove_cvref_t<decltype(fields<T>)>>::Member;

// Calls `visit(index, field)` for each row; `index` is a std::integral_constant, so that a visitor
// can choose types by it.
template <Described T, class Visit>
constexpr void for_each_field(Visit&& visit) {
  [&]<std::size_t... index>(std::index_sequence<index...>) {
    (visit(std::integral_constant<std::size_t, index>{}, std::get<index>(fields<T>)), ...);
  }
  (std::make_index_sequence<field_count<T>>{});
}

// The row of `member`, or `field_count<T>` if it has none.
template <Described T, class M>
constexpr std::size_t index_of(M T::*member) {
  std::size_t found = field_count<T>;
  for_each_field<T>([&](std::size_t index, const auto& field) {
    if constexpr (std::is_same_v<decltype(field.member), M T::*>) {
      if (field.member == member) found = index;
    }
  });
  return found;
}

template <class E>
requires(Named<E>&& std::is_enum_v<E>) constexpr std::string_view name_of(E value) {
  return names<E>[static_cast<std::size_t>(value)];
}

}  // namespace todo
