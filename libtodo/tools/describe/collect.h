// Turns the field tables into definitions.
#pragma once

#include <algorithm>
#include <limits>
#include <utility>

#include "describe/catalog.h"
#include "todo/codec.h"
#include "todo/shape.h"

namespace todo::describe {

struct TextForm {
  std::string_view doc;
  std::string_view pattern;
};
template <class T>
inline constexpr TextForm text_form = {"A UUID (RFC 9562) in lower case.",
                                       "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"};
template <>
inline constexpr TextForm text_form<Instant> = {
    "An instant in UTC: \"2026-11-23T09:00:00Z\", with milliseconds (\".250\") only if not zero.",
    "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z"};
template <>
inline constexpr TextForm text_form<When> = {
    "A date \"2026-11-23\" (all day), a floating local time \"2026-11-23T09:00:00\", or a local "
    "time in a named zone \"2026-11-23T09:00:00[Europe/Paris]\".",
    "\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d:\\d\\d(\\[[A-Za-z0-9/_+.-]+\\])?)?"};
template <>
inline constexpr TextForm text_form<Duration> = {
    "A duration as in ISO 8601, of days and of time: \"P1D\", \"PT30M\", \"-P1DT2H\", \"PT0S\".",
    "-?P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?"};
template <>
inline constexpr TextForm text_form<TimeOfDay> = {"A time of day in whole minutes: \"09:00\".",
                                                  "\\d\\d:\\d\\d"};
template <>
inline constexpr TextForm text_form<Rule> = {
    "An RRULE of RFC 5545: \"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR\".", "[A-Za-z0-9=;,+-]+"};

class Collector {
 public:
  explicit Collector(std::vector<Definition>& definitions) : definitions_(definitions) {}

  template <class T>
  Type type_of() {
    if constexpr (std::is_same_v<T, std::string>) return {Type::Kind::text};
    else if constexpr (Textual<T>) return textual<T>();
    else if constexpr (std::is_same_v<T, bool>) return {Type::Kind::boolean};
    else if constexpr (std::is_integral_v<T>) return integer<T>();
    else if constexpr (NamedEnum<T>) return enumeration<T>();
    else if constexpr (NamedVariant<T>) return variant(std::type_identity<T>{});
    else if constexpr (is_optional<T>) return type_of<typename T::value_type>();
    else if constexpr (is_vector<T>) return list_of(type_of<typename T::value_type>());
    else if constexpr (is_keyed_set<T>) return list_of(type_of<typename T::Item>());
    else if constexpr (is_text_map<T>) return {Type::Kind::map};
    else if constexpr (is_patch<T>) return patch(std::type_identity<T>{});
    else return object<T>(std::string(type_name<T>), "");
  }

 private:
  static Type list_of(Type item) { return {Type::Kind::list, "", {std::move(item)}}; }
  static Type named(std::string name) { return {Type::Kind::named, std::move(name)}; }

  // Whether `name` still has to be filled in; its place is taken first, so that it may need itself.
  bool is_new(const std::string& name) {
    auto is_it = [&](const Definition& definition) { return definition.name == name; };
    if (std::any_of(definitions_.begin(), definitions_.end(), is_it)) return false;
    definitions_.push_back({.name = name});
    return true;
  }
  void fill(Definition definition) {
    auto is_it = [&](const Definition& other) { return other.name == definition.name; };
    *std::find_if(definitions_.begin(), definitions_.end(), is_it) = std::move(definition);
  }

  template <class T>
  Type integer() {
    constexpr std::int64_t exact = (std::int64_t{1} << 53) - 1;
    using Limits = std::numeric_limits<T>;
    Type type{Type::Kind::integer};
    type.least =
        std::cmp_less(Limits::min(), -exact) ? -exact : static_cast<std::int64_t>(Limits::min());
    type.most =
        std::cmp_greater(Limits::max(), exact) ? exact : static_cast<std::int64_t>(Limits::max());
    return type;
  }

  template <class T>
  Type textual() {
    std::string name(type_name<T>);
    if (is_new(name)) {
      fill({.kind = Definition::Kind::text,
            .name = name,
            .doc = std::string(text_form<T>.doc),
            .pattern = std::string(text_form<T>.pattern)});
    }
    return named(name);
  }

  template <class T>
  Type enumeration() {
    std::string name(type_name<T>);
    if (is_new(name)) {
      fill({.kind = Definition::Kind::enumeration,
            .name = name,
            .names = {names<T>.begin(), names<T>.end()}});
    }
    return named(name);
  }

  // "task_created" of an Event is a TaskCreatedEvent.
  static std::string name_of_alternative(std::string_view tag, std::string_view variant) {
    std::string name;
    bool begins_word = true;
    for (char c : tag) {
      if (c != '_') name += begins_word ? static_cast<char>(c - 'a' + 'A') : c;
      begins_word = c == '_';
    }
    return name.append(variant);
  }

  template <class... A>
  Type variant(std::type_identity<std::variant<A...>>) {
    using V = std::variant<A...>;
    std::string name(type_name<V>);
    if (is_new(name)) {
      Definition definition{.kind = Definition::Kind::variant, .name = name};
      std::size_t index = 0;
      auto add = [&]<class T>(std::type_identity<T>) {
        std::string_view tag = names<V>[index++];
        definition.alternatives.push_back(
            object<T>(name_of_alternative(tag, name), std::string(tag)));
      };
      (add(std::type_identity<A>{}), ...);
      fill(std::move(definition));
    }
    return named(name);
  }

  template <class T>
  Type object(const std::string& name, const std::string& tag) {
    if (is_new(name)) {
      Definition definition{.name = name, .tag = tag};
      const T defaults{};
      for_each_field<T>([&](auto index, const auto& field) {
        using M = MemberType<T, index>;
        definition.members.push_back({.name = std::string(field.name),
                                      .doc = std::string(field.doc),
                                      .type = type_of<M>(),
                                      .required = is_required<M>() || is_version<T>(index),
                                      .always_written = !is_empty(defaults.*field.member)});
      });
      fill(std::move(definition));
    }
    return named(name);
  }

  template <class T>
  Type patch(std::type_identity<Patch<T>>) {
    std::string name = std::string(type_name<T>) + "Patch";
    if (is_new(name)) {
      Definition definition{.kind = Definition::Kind::patch, .name = name};
      for_each_field<T>([&](auto index, const auto& field) {
        definition.members.push_back({.name = std::string(field.name),
                                      .doc = std::string(field.doc),
                                      .type = change_of<MemberType<T, index>>(),
                                      .nullable = !is_required<MemberType<T, index>>()});
      });
      fill(std::move(definition));
    }
    return named(name);
  }

  template <class M>
  Type change_of() {
    if constexpr (is_text_map<M>) {
      return {Type::Kind::map_change};
    } else if constexpr (is_keyed_set<M>) {
      Type change{Type::Kind::set_change};
      change.of = {type_of<typename M::Item>(), type_of<typename M::Key>()};
      return change;
    } else {
      return type_of<M>();
    }
  }

  template <class T>
  static constexpr bool is_version(std::size_t index) {
    if constexpr (requires { &T::v; }) return index == index_of(&T::v);
    else return false;
  }

  template <class M>
  static bool is_empty(const M& value) {
    if constexpr (is_optional<M>) return !value;
    else if constexpr (requires { value.empty(); }) return value.empty();
    else return false;
  }

  std::vector<Definition>& definitions_;
};

}  // namespace todo::describe
