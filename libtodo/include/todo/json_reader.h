// Reads any type that `shape.h` tells apart from JSON: for hosts that describe values of their own.
// Whoever needs only those of codec.h does not include this.
#pragma once

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "todo/codec.h"
#include "todo/json_document.h"
#include "todo/shape.h"

namespace todo {
namespace detail {

// How a change of a keyed set is written. Keys are told apart as the set does.
template <class S>
struct KeyOf {
  using Key = typename S::Key;
  static Key of(const Key& key) { return S::normal_key(key); }
  static Key normal(const Key& key) { return S::normal_key(key); }
};
template <class S>
struct SetChange {
  S add{};
  KeyedSet<typename S::Key, KeyOf<S>> remove{};
};

}  // namespace detail

template <class S>
inline constexpr std::tuple fields<detail::SetChange<S>> = {
    Field{"add", &detail::SetChange<S>::add, "Items that come, or take the place of their key."},
    Field{"remove", &detail::SetChange<S>::remove, "Keys that go."}};

namespace detail {

// The members that an object may have, in the order in which their errors count.
template <Described T>
constexpr auto names_of_members() {
  std::array<std::string_view, field_count<T>> members{};
  for_each_field<T>([&](std::size_t index, const auto& field) { members[index] = field.name; });
  return members;
}

}  // namespace detail

// Every function returns whether it could read; if not, `take_error` says why, and each level on
// the way out puts its name before the pointer.
class JsonReader {
 public:
  template <class T>
  bool read(const JsonNode& from, T& value);

  Error take_error() { return std::move(error_); }

 private:
  using TextMap = std::map<std::string, std::string>;

  bool fail(Errc code, std::string message) {
    error_ = {code, std::move(message), {}};
    return false;
  }
  template <class Member>
  bool at(const Member& member, bool fits) {
    if (!fits) error_ = within(member, std::move(error_));
    return fits;
  }
  bool fail_twice() { return fail(Errc::malformed, "this member is there twice"); }
  bool fail_missing() { return fail(Errc::missing, "this member has to be there"); }
  bool expect(const JsonNode& from, JsonKind kind);
  bool expect_room(std::size_t size);  // for one more item, so that no set takes long to make

  bool read_string(const JsonNode& from, std::string& value);
  bool read_bool(const JsonNode& from, bool& value);
  bool read_within(const JsonNode& from, std::int64_t least, std::int64_t most,
                   std::int64_t& value);

  template <class T>
  bool read_integer(const JsonNode& from, T& value) {
    constexpr std::int64_t exact = (std::int64_t{1} << 53) - 1;  // as far as JavaScript counts
    constexpr T least = std::numeric_limits<T>::min();
    constexpr T most = std::numeric_limits<T>::max();
    std::int64_t number = 0;
    if (!read_within(from, std::cmp_less(least, -exact) ? -exact : std::int64_t{least},
                     std::cmp_greater(most, exact) ? exact : static_cast<std::int64_t>(most),
                     number))
      return false;
    value = static_cast<T>(number);
    return true;
  }

  template <class T>
  bool read_textual(const JsonNode& from, T& value) {
    if (!expect(from, JsonKind::text)) return false;
    Result<T> read = parse<T>(from.text);
    if (read.has_error()) return error_ = std::move(read.error()), false;
    value = std::move(*read);
    if constexpr (is_id<T>) {
      if (value == T{}) return fail(Errc::invalid, "the nil UUID names nothing");
    }
    return true;
  }

  // The index of the name, or that of the end.
  std::size_t index_of_name(const JsonNode& from, std::span<const std::string_view> names);

  template <class E>
  bool read_enum(const JsonNode& from, E& value) {
    std::size_t index = index_of_name(from, names<E>);
    if (index == names<E>.size()) return false;
    value = static_cast<E>(index);
    return true;
  }

  // Calls `read_item(node)` for each until one does not fit.
  template <class ReadItem>
  bool read_items(const JsonNode& from, ReadItem&& read_item) {
    if (!expect(from, JsonKind::list)) return false;
    std::size_t index = 0;
    for (const JsonNode* item = from.first(); item != from.end(); item = item->end()) {
      if (!at(index++, read_item(*item))) return false;
    }
    return true;
  }

  template <class T>
  bool read_list(const JsonNode& from, std::vector<T>& items) {
    return read_items(from, [&](const JsonNode& item) { return read(item, items.emplace_back()); });
  }

  template <class S>
  bool read_set(const JsonNode& from, S& set) {
    return read_items(from, [&](const JsonNode& node) {
      typename S::Item item{};
      if (!read(node, item)) return false;
      if (!expect_room(set.size())) return false;
      if (set.contains(S::key_of(item))) return fail(Errc::invalid, "this is in the list twice");
      set.put(std::move(item));
      return true;
    });
  }

  // Where keys may be erased, null erases one.
  bool read_map(const JsonNode& from, TextMap& put, KeyedSet<std::string>* erase);
  bool read_entry(std::string key, const JsonNode& value, TextMap& put,
                  KeyedSet<std::string>* erase);
  bool read_pairs(const JsonNode& from, TextMap& map);

  // What an object holds of the members that it may have.
  struct Members {
    std::span<const std::string_view> names;
    std::span<const JsonNode*> values;  // nullptr: absent
    std::size_t twice = SIZE_MAX;       // the first of `names` that is there twice
    const JsonNode* unknown = nullptr;  // the first other name
  };
  // Leaves out the tag of a variant.
  bool locate(const JsonNode& from, bool tagged, Members& members);
  bool expect_no_unknown(const Members& members);

  // Calls `read_member(index, field, node or nullptr)` for each member in the order of the table,
  // until one does not fit.
  template <class T, class ReadMember>
  bool read_members(const JsonNode& from, bool tagged, ReadMember&& read_member) {
    static constexpr auto names = detail::names_of_members<T>();
    std::array<const JsonNode*, names.size()> values{};
    Members members{names, values};
    if (!locate(from, tagged, members)) return false;
    bool fits = true;
    for_each_field<T>([&](auto index, const auto& field) {
      if (!fits) return;
      fits = index == members.twice ? fail_twice() : read_member(index, field, values[index]);
      at(field.name, fits);
    });
    return fits && expect_no_unknown(members);
  }

  template <class T>
  bool read_object(const JsonNode& from, T& value, bool tagged) {
    return read_members<T>(from, tagged, [&](auto index, const auto& field, const JsonNode* node) {
      constexpr bool is_version = is_format_version<T>(index);
      if (!node) {
        constexpr bool required = is_version || is_required<MemberType<T, index>>();
        return !required || fail_missing();
      }
      if (!read(*node, value.*field.member)) return false;
      if constexpr (is_version) return expect_version(value.*field.member);
      return true;
    });
  }

  template <class T>
  static constexpr bool is_format_version(std::size_t index) {
    if constexpr (requires { &T::v; }) return index == index_of(&T::v);
    else return false;
  }
  bool expect_version(std::uint32_t version);

  bool read_tag(const JsonNode& from, std::span<const std::string_view> names, std::size_t& index);

  template <class... Alternatives>
  bool read_variant(const JsonNode& from, std::variant<Alternatives...>& variant) {
    std::size_t index = 0;
    if (!read_tag(from, names<std::variant<Alternatives...>>, index)) return false;
    bool fits = false;
    std::size_t alternative = 0;
    auto read_if_it = [&]<class A>(std::type_identity<A>) {
      if (alternative++ == index) fits = read_object(from, variant.template emplace<A>(), true);
    };
    (read_if_it(std::type_identity<Alternatives>{}), ...);
    return fits;
  }

  template <class T>
  bool read_patch(const JsonNode& from, Patch<T>& patch) {
    return read_members<T>(from, false, [&](auto index, const auto& field, const JsonNode* node) {
      if (!node) return true;
      using M = MemberType<T, index>;
      ChangeOf<M> change{};
      if constexpr (Keyed<M>) {
        if (!read_change(*node, change)) return false;
      } else if (node->kind == JsonKind::null && !is_required<M>()) {
        change = T{}.*field.member;
      } else if (!read(*node, change)) {
        return false;
      }
      patch.template put<index>(std::move(change));
      return true;
    });
  }

  // A list (or null) is the whole set, an object says what comes and goes.
  template <class S>
  bool read_change(const JsonNode& from, KeyedChange<S>& change) {
    if (from.kind == JsonKind::null) return change.all.emplace(), true;
    if constexpr (is_text_map<S>) {
      if (from.kind == JsonKind::list) return read_pairs(from, change.all.emplace());
      KeyedSet<std::string> erase;
      if (!read_map(from, change.put, &erase)) return false;
      change.erase.assign(erase.begin(), erase.end());
      return true;
    } else {
      if (from.kind == JsonKind::list) return read_set(from, change.all.emplace());
      detail::SetChange<S> parts;
      if (!read_object(from, parts, false)) return false;
      change.put = std::move(parts.add);
      change.erase.assign(parts.remove.begin(), parts.remove.end());
      return true;
    }
  }

  Error error_{};
};

template <class T>
bool JsonReader::read(const JsonNode& from, T& value) {
  if constexpr (std::is_same_v<T, std::string>) return read_string(from, value);
  else if constexpr (Textual<T>) return read_textual(from, value);
  else if constexpr (std::is_same_v<T, bool>) return read_bool(from, value);
  else if constexpr (std::is_integral_v<T>) return read_integer(from, value);
  else if constexpr (NamedEnum<T>) return read_enum(from, value);
  else if constexpr (NamedVariant<T>) return read_variant(from, value);
  else if constexpr (is_optional<T>) return read(from, value.emplace());
  else if constexpr (is_vector<T>) return read_list(from, value);
  else if constexpr (is_keyed_set<T>) return read_set(from, value);
  else if constexpr (is_text_map<T>) return read_map(from, value, nullptr);
  else if constexpr (is_patch<T>) return read_patch(from, value);
  else return read_object(from, value, false);
}

template <class T>
Result<T> from_json(std::string_view text) {
  JsonDocument document;
  Result<void> parsed = document.read(text);
  if (parsed.has_error()) return parsed.error();
  T value{};
  JsonReader reader;
  if (!reader.read(document.root(), value)) return reader.take_error();
  return value;
}

extern template bool JsonReader::read(const JsonNode&, Task&);
extern template bool JsonReader::read(const JsonNode&, Command&);
extern template bool JsonReader::read(const JsonNode&, Event&);
extern template Result<Task> from_json(std::string_view);
extern template Result<Project> from_json(std::string_view);
extern template Result<Filter> from_json(std::string_view);
extern template Result<Settings> from_json(std::string_view);
extern template Result<Patch<Task>> from_json(std::string_view);
extern template Result<Patch<Project>> from_json(std::string_view);
extern template Result<Patch<Filter>> from_json(std::string_view);
extern template Result<Patch<Settings>> from_json(std::string_view);
extern template Result<Command> from_json(std::string_view);
extern template Result<Context> from_json(std::string_view);
extern template Result<Request> from_json(std::string_view);
extern template Result<Event> from_json(std::string_view);
extern template Result<Entry> from_json(std::string_view);
extern template Result<Snapshot> from_json(std::string_view);
extern template Result<std::vector<Task>> from_json(std::string_view);
extern template Result<std::vector<Project>> from_json(std::string_view);
extern template Result<std::vector<Filter>> from_json(std::string_view);
extern template Result<std::vector<Command>> from_json(std::string_view);
extern template Result<std::vector<Request>> from_json(std::string_view);
extern template Result<std::vector<Event>> from_json(std::string_view);
extern template Result<std::vector<Entry>> from_json(std::string_view);

}  // namespace todo
