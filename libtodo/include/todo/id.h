// Ids are UUIDs (RFC 9562), one type per thing named. Whoever asks for something new names it.
#pragma once

#include <array>
#include <cstdint>

#include "todo/time.h"

namespace todo {

template <class Of>
struct Id {
  std::array<std::uint8_t, 16> bytes{};

  constexpr int version() const { return bytes[6] >> 4; }

  friend bool operator==(const Id&, const Id&) = default;
  friend bool operator<(const Id& a, const Id& b) { return a.bytes < b.bytes; }
};
using TaskId = Id<struct Task>;
using ReminderId = Id<struct Reminder>;
using ProjectId = Id<struct Project>;
using FilterId = Id<struct Filter>;
using WorkspaceId = Id<struct Workspace>;
using DeviceId = Id<struct Device>;
using EntityId = Id<struct Entity>;  // any of the things that a workspace holds

template <>
inline constexpr std::string_view type_name<TaskId> = "TaskId";
template <>
inline constexpr std::string_view type_name<ReminderId> = "ReminderId";
template <>
inline constexpr std::string_view type_name<ProjectId> = "ProjectId";
template <>
inline constexpr std::string_view type_name<FilterId> = "FilterId";
template <>
inline constexpr std::string_view type_name<WorkspaceId> = "WorkspaceId";
template <>
inline constexpr std::string_view type_name<DeviceId> = "DeviceId";
template <>
inline constexpr std::string_view type_name<EntityId> = "EntityId";

using RandomBits = std::array<std::uint8_t, 10>;

using IdBytes = std::array<std::uint8_t, 16>;
IdBytes time_ordered_uuid(Instant now, const RandomBits& random);      // UUIDv7
IdBytes named_uuid(const IdBytes& name_space, std::string_view name);  // UUIDv5
std::string uuid_text(const IdBytes& bytes);                           // lower case, hyphens
Result<IdBytes> parse_uuid(std::string_view text);                     // reads nothing else

// Sorts by the time it was made. The bits must be random for each id.
template <class I>
I new_id(Instant now, const RandomBits& random) {
  return {time_ordered_uuid(now, random)};
}

// The same from the same name, wherever it is made.
template <class I>
I named_id(const IdBytes& name_space, std::string_view name) {
  return {named_uuid(name_space, name)};
}

template <class Of>
std::string to_text(const Id<Of>& id) {
  return uuid_text(id.bytes);
}

template <class T>
inline constexpr bool is_id = false;
template <class Of>
inline constexpr bool is_id<Id<Of>> = true;

template <class I>
requires is_id<I> Result<I> parse(std::string_view text) {
  Result<IdBytes> bytes = parse_uuid(text);
  if (bytes.has_error()) return bytes.error();
  return I{*bytes};
}

}  // namespace todo
