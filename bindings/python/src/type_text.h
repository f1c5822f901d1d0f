// What types are called in Python, for the stub.
#pragma once

#include "todo/journal.h"
#include "todo/shape.h"

namespace todo::python {

// `read` is the type of an attribute, `given` what a constructor takes.
struct TypeText {
  std::string read{};
  std::string given{};
};

template <class T>
TypeText type_text();

template <class I>
TypeText id_text() {
  std::string thing;
  if constexpr (std::is_same_v<I, TaskId>) thing = " | Task";
  else if constexpr (std::is_same_v<I, ProjectId>) thing = " | Project";
  else if constexpr (std::is_same_v<I, FilterId>) thing = " | Filter";
  else if constexpr (std::is_same_v<I, ReminderId>) thing = " | Reminder";
  return {"UUID", "UUID | str" + thing};
}

template <class E>
TypeText enum_text() {
  std::string name(type_name<E>);
  std::string literals;
  for (std::string_view text : names<E>) {
    literals.append(literals.empty() ? "\"" : ", \"").append(text).append("\"");
  }
  return {name, name + " | Literal[" + literals + "]"};
}

template <class S>
TypeText set_text() {
  using Item = typename S::Item;
  TypeText item = type_text<Item>();
  bool is_frozenset = std::is_same_v<Item, std::string> || is_id<Item>;
  return {is_frozenset ? "frozenset[" + item.read + "]" : "tuple[" + item.read + ", ...]",
          "Collection[" + item.given + "]"};
}

template <class T>
TypeText object_text() {
  std::string name(type_name<T>);
  if constexpr (std::is_same_v<T, Error>) name = "Refusal";
  return {name, name};
}

template <class T>
TypeText type_text() {
  if constexpr (std::is_same_v<T, std::string>) return {"str", "str"};
  else if constexpr (std::is_same_v<T, Instant>) return {"datetime", "datetime"};
  else if constexpr (std::is_same_v<T, When>) return {"date | datetime", "date | datetime"};
  else if constexpr (std::is_same_v<T, Duration>) return {"timedelta", "timedelta"};
  else if constexpr (std::is_same_v<T, TimeOfDay>) return {"time", "time"};
  else if constexpr (std::is_same_v<T, Rule>) return {"Rule", "Rule | str"};
  else if constexpr (std::is_same_v<T, Recurrence>) return {"Recurrence", "Recurrence | str"};
  else if constexpr (is_id<T>) return id_text<T>();
  else if constexpr (std::is_same_v<T, bool>) return {"bool", "bool"};
  else if constexpr (std::is_integral_v<T>) return {"int", "int"};
  else if constexpr (NamedEnum<T>) return enum_text<T>();
  else if constexpr (is_optional<T>) {
    TypeText some = type_text<typename T::value_type>();
    return {some.read + " | None", some.given + " | None"};
  } else if constexpr (is_vector<T>) {
    TypeText item = type_text<typename T::value_type>();
    return {"tuple[" + item.read + ", ...]", "Collection[" + item.given + "]"};
  } else if constexpr (is_keyed_set<T>) {
    return set_text<T>();
  } else if constexpr (is_text_map<T>) {
    return {"Mapping[str, str]", "Mapping[str, str]"};
  } else if constexpr (is_patch<T>) {
    return []<class Of>(std::type_identity<Patch<Of>>) {
      std::string name = std::string(type_name<Of>) + "Patch";
      return TypeText{name, name};
    }(std::type_identity<T>{});
  } else {
    return object_text<T>();  // variants have the name of their base class
  }
}

}  // namespace todo::python
