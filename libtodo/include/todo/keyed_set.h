// Sets whose items are known by a key, and changes of them by key.
//
// Two devices that each add a tag both succeed, because what travels is "add this, remove that" and
// never the whole list. A std::map counts as such a set too.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace todo {

// How items of type T are told apart: by themselves, unless a set names other traits.
template <class T>
struct ItselfAsKey {
  using Key = T;
  static const T& of(const T& item) { return item; }
  static const T& normal(const T& key) { return key; }
};

// Items in the order of their keys, one for each key. Small: a sorted vector.
template <class T, class Traits = ItselfAsKey<T>>
class KeyedSet {
 public:
  using Item = T;
  using Key = typename Traits::Key;

  KeyedSet() = default;
  KeyedSet(std::initializer_list<T> items) {
    for (const T& item : items) put(item);
  }

  const T* find(const Key& key) const {
    const Key& normal = Traits::normal(key);
    auto at = lower_bound(normal);
    return at != items_.end() && Traits::of(*at) == normal ? &*at : nullptr;
  }
  bool contains(const Key& key) const { return find(key) != nullptr; }

  // Puts `item` in the place of the one with its key, if there is one.
  void put(T item) {
    auto at = lower_bound(Traits::of(item));
    bool taken = at != items_.end() && Traits::of(*at) == Traits::of(item);
    if (taken) items_[static_cast<std::size_t>(at - items_.begin())] = std::move(item);
    else items_.insert(at, std::move(item));
  }
  void erase(const Key& key) {
    const Key& normal = Traits::normal(key);
    auto at = lower_bound(normal);
    if (at != items_.end() && Traits::of(*at) == normal) items_.erase(at);
  }

  static Key key_of(const T& item) { return Traits::of(item); }
  static Key normal_key(const Key& key) { return Traits::normal(key); }

  std::size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }
  friend bool operator==(const KeyedSet&, const KeyedSet&) = default;

 private:
  auto lower_bound(const Key& key) const {
    return std::lower_bound(items_.begin(), items_.end(), key,
                            [](const T& item, const Key& k) { return Traits::of(item) < k; });
  }

  std::vector<T> items_;
};

template <class T>
inline constexpr bool is_keyed_set = false;
template <class T, class Traits>
inline constexpr bool is_keyed_set<KeyedSet<T, Traits>> = true;
template <class T>
inline constexpr bool is_text_map = false;
template <>
inline constexpr bool is_text_map<std::map<std::string, std::string>> = true;

template <class T>
concept Keyed = is_keyed_set<T> || is_text_map<T>;

template <class S>
struct KeyOfSet {
  using Type = typename S::Key;
};
template <>
struct KeyOfSet<std::map<std::string, std::string>> {
  using Type = std::string;
};

// A change of a keyed set: either all of it is replaced, or keys go and items are put.
template <Keyed S>
struct KeyedChange {
  using Key = typename KeyOfSet<S>::Type;

  std::optional<S> all{};  // only in what is asked, never in an event
  S put{};
  std::vector<Key> erase{};  // in the order of keys

  void apply_to(S& target) const;
  bool holds_in(const S& target) const;
  static KeyedChange difference(const S& from, const S& to);

  friend bool operator==(const KeyedChange&, const KeyedChange&) = default;
};

namespace detail {

template <class S, class Item>
void put_into(S& set, const Item& item) {
  if constexpr (is_text_map<S>) set.insert_or_assign(item.first, item.second);
  else set.put(item);
}
template <class S, class Item>
auto key_in(const Item& item) {
  if constexpr (is_text_map<S>) return item.first;
  else return S::key_of(item);
}
// The item of `set` with this key, nullptr if there is none.
template <class S, class Key>
auto item_in(const S& set, const Key& key) {
  if constexpr (is_text_map<S>) {
    auto at = set.find(key);
    return at == set.end() ? nullptr : &*at;
  } else {
    return set.find(key);
  }
}

}  // namespace detail

template <Keyed S>
void KeyedChange<S>::apply_to(S& target) const {
  if (all) target = *all;
  for (const Key& key : erase) target.erase(key);
  for (const auto& item : put) detail::put_into(target, item);
}

template <Keyed S>
bool KeyedChange<S>::holds_in(const S& target) const {
  if (all) return target == *all;
  for (const Key& key : erase) {
    if (detail::item_in(target, key)) return false;
  }
  for (const auto& item : put) {
    auto there = detail::item_in(target, detail::key_in<S>(item));
    if (!there || !(*there == item)) return false;
  }
  return true;
}

template <Keyed S>
KeyedChange<S> KeyedChange<S>::difference(const S& from, const S& to) {
  KeyedChange change;
  for (const auto& item : from) {
    if (!detail::item_in(to, detail::key_in<S>(item)))
      change.erase.push_back(detail::key_in<S>(item));
  }
  for (const auto& item : to) {
    auto there = detail::item_in(from, detail::key_in<S>(item));
    if (!there || !(*there == item)) detail::put_into(change.put, item);
  }
  return change;
}

}  // namespace todo
