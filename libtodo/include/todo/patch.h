// New values for some members of a described value, and the difference of two such values.
#pragma once

#include <utility>
#include <variant>
#include <vector>

#include "todo/fields.h"
#include "todo/keyed_set.h"

namespace todo {

namespace detail {

template <class M>
struct ChangeOfMember {
  using Type = M;
};
template <Keyed M>
struct ChangeOfMember<M> {
  using Type = KeyedChange<M>;
};

template <class T, class Indices>
struct ChangeVariant;
template <class T, std::size_t... index>
struct ChangeVariant<T, std::index_sequence<index...>> {
  using Type = std::variant<typename ChangeOfMember<MemberType<T, index>>::Type...>;
};

}  // namespace detail

// What a patch holds for a member of type M: its new value, or which keys go and come.
template <class M>
using ChangeOf = typename detail::ChangeOfMember<M>::Type;

// Takes room only for the members that it sets. A member that is not set is left alone.
template <Described T>
class Patch {
 public:
  // What turns `from` into `to`: only the members in which they differ.
  static Patch difference(const T& from, const T& to) {
    Patch patch;
    for_each_field<T>([&](auto index, const auto& field) {
      const auto& old = from.*field.member;
      const auto& now = to.*field.member;
      if (old == now) return;
      using M = MemberType<T, index>;
      if constexpr (Keyed<M>) patch.put<index>(KeyedChange<M>::difference(old, now));
      else patch.put<index>(now);
    });
    return patch;
  }

  // Sets a member to `value`, which for a keyed member may be the whole set or a KeyedChange.
  template <class M, class V>
  Patch& set(M T::*member, V&& value) {
    for_each_field<T>([&](auto index, const auto& field) {
      if constexpr (std::is_same_v<decltype(field.member), M T::*>) {
        if (field.member == member) put<index>(to_change<M>(std::forward<V>(value)));
      }
    });
    return *this;
  }

  // What is set for a member, nullptr if nothing is.
  template <class M>
  const ChangeOf<M>* get(M T::*member) const {
    const ChangeOf<M>* found = nullptr;
    for_each([&](auto, const auto& field, const auto& change) {
      if constexpr (std::is_same_v<decltype(field.member), M T::*>) {
        if (field.member == member) found = &change;
      }
    });
    return found;
  }

  void clear(std::size_t index) {
    std::erase_if(changes_, [&](const Change& change) { return change.index() == index; });
  }

  void apply_to(T& target) const {
    for_each([&](auto, const auto& field, const auto& change) {
      if constexpr (Keyed<std::remove_reference_t<decltype(target.*field.member)>>)
        change.apply_to(target.*field.member);
      else target.*field.member = change;
    });
  }

  // The first member (its row) that does not have in `target` what is set here; nullopt: all have.
  std::optional<std::size_t> first_difference(const T& target) const {
    std::optional<std::size_t> first;
    for_each([&](auto index, const auto& field, const auto& change) {
      if (!first && !holds(change, target.*field.member)) first = index;
    });
    return first;
  }

  // Calls `visit(index, field, change)` for each member that is set, in the order of the table.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (const Change& change : changes_) {
      for_each_field<T>([&](auto index, const auto& field) {
        if (change.index() == index) visit(index, field, *std::get_if<index>(&change));
      });
    }
  }

  // As `set`, by row: for a reader of the table.
  template <std::size_t index>
  void put(std::variant_alternative_t<
           index, typename detail::ChangeVariant<T, std::make_index_sequence<field_count<T>>>::Type>
               change) {
    auto at = std::lower_bound(changes_.begin(), changes_.end(), index,
                               [](const Change& c, std::size_t i) { return c.index() < i; });
    if (at == changes_.end() || at->index() != index)
      at = changes_.emplace(at, std::in_place_index<index>);
    *std::get_if<index>(&*at) = std::move(change);
  }

  bool sets(std::size_t index) const {
    auto is_it = [&](const Change& change) { return change.index() == index; };
    return std::any_of(changes_.begin(), changes_.end(), is_it);
  }
  bool empty() const { return changes_.empty(); }

  friend bool operator==(const Patch&, const Patch&) = default;

 private:
  // One alternative a row: the index of the alternative is that of the row.
  using Change = typename detail::ChangeVariant<T, std::make_index_sequence<field_count<T>>>::Type;

  template <class M, class V>
  static ChangeOf<M> to_change(V&& value) {
    if constexpr (Keyed<M> && !std::is_same_v<std::remove_cvref_t<V>, ChangeOf<M>>)
      return {.all = M(std::forward<V>(value)), .put = {}, .erase = {}};
    else return ChangeOf<M>(std::forward<V>(value));
  }

  template <class C, class M>
  static bool holds(const C& change, const M& value) {
    if constexpr (Keyed<M>) return change.holds_in(value);
    else return change == value;
  }

  std::vector<Change> changes_;  // by row
};

}  // namespace todo
