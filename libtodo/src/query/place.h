// Where a task stands in an order: what it is sorted by, copied, so that it can be found there when
// the task has changed or gone.
#pragma once

#include "todo/query.h"

namespace todo::query {

struct SortText {
  std::string folded{};  // empty where the bytes alone count
  std::string bytes{};
  friend bool operator==(const SortText&, const SortText&) = default;
};

inline constexpr std::uint64_t missing = ~std::uint64_t{0};
inline constexpr std::size_t sort_fields = names<SortField>.size();

struct Place {
  std::array<std::uint64_t, sort_fields> numbers{};  // by SortField; of a text its first 8 bytes
  SortText title{};
  SortText project{};
  SortText order{};
  TaskId id{};

  std::uint64_t number(SortField field) const { return numbers[static_cast<std::size_t>(field)]; }
  const SortText* text(SortField field) const;  // nullptr if it is a number
};

Place place_of(const Task& task, std::string_view project_name, const Zone& zone,
               const Zones& zones);

void set_number(Place& place, SortField field, std::uint64_t number);
void set_text(Place& place, SortField field, std::string_view text);  // empty: missing

// Total: two tasks are equal only if they are one.
bool comes_before(const Place& a, const Place& b, const Sort& sort);

// The beginning of the place in this sort as a number: where two differ, they are in this order.
std::uint64_t head_of(const Place& place, const Sort& sort);

// A When as a sort number: by the local day, then dates before times, then by the instant.
std::uint64_t moment_number(const When& when, const Zone& zone, const Zones& zones);
Date day_of_moment(std::uint64_t number);
bool is_past(std::uint64_t moment, Instant now, Date today);

}  // namespace todo::query
