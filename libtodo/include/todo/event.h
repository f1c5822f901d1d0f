// What happened. Three kinds for each entity, each the inverse of one of the three, so that an
// entry can be taken back.
#pragma once

#include "todo/settings.h"
#include "todo/task.h"

namespace todo {

// What a workspace holds, and the name of each in commands and events.
template <class T>
inline constexpr std::string_view entity_name = "";
template <>
inline constexpr std::string_view entity_name<Task> = "task";
template <>
inline constexpr std::string_view entity_name<Project> = "project";
template <>
inline constexpr std::string_view entity_name<Filter> = "filter";

template <class T>
using IdOf = decltype(T::id);

template <class T>
struct Created {
  T value{};
  friend bool operator==(const Created&, const Created&) = default;
};
template <class T>
struct Changed {
  IdOf<T> id{};
  Patch<T> before{};  // `before` and `after` set the same members: those that changed
  Patch<T> after{};
  friend bool operator==(const Changed&, const Changed&) = default;
};
template <class T>
struct Removed {
  T value{};  // as it last was
  friend bool operator==(const Removed&, const Removed&) = default;
};
struct SettingsChanged {
  Patch<Settings> before{};
  Patch<Settings> after{};
  friend bool operator==(const SettingsChanged&, const SettingsChanged&) = default;
};

using TaskCreated = Created<Task>;
using TaskChanged = Changed<Task>;
using TaskRemoved = Removed<Task>;  // erased for good: `deleted_at` alone is a change

using Event = std::variant<Created<Task>, Changed<Task>, Removed<Task>, Created<Project>,
                           Changed<Project>, Removed<Project>, Created<Filter>, Changed<Filter>,
                           Removed<Filter>, SettingsChanged>;
using Events = std::vector<Event>;

template <class T>
inline constexpr std::tuple fields<Created<T>> = {
    Field{entity_name<T>, &Created<T>::value, "As it was created."}};
template <class T>
inline constexpr std::tuple fields<Changed<T>> = {
    Field{entity_name<T>, &Changed<T>::id, "Which one changed."},
    Field{"before", &Changed<T>::before, "What the changed members were."},
    Field{"after", &Changed<T>::after, "What they are now."}};
template <class T>
inline constexpr std::tuple fields<Removed<T>> = {
    Field{entity_name<T>, &Removed<T>::value, "As it last was."}};
template <>
inline constexpr std::tuple fields<SettingsChanged> = {
    Field{"before", &SettingsChanged::before, "What the changed members were."},
    Field{"after", &SettingsChanged::after, "What they are now."}};
template <>
inline constexpr std::string_view type_name<Event> = "Event";
template <>
inline constexpr std::array<std::string_view, 10> names<Event> = {
    "task_created",    "task_changed",   "task_removed",   "project_created", "project_changed",
    "project_removed", "filter_created", "filter_changed", "filter_removed",  "settings_changed"};

}  // namespace todo
