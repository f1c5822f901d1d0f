// From C++ to Python and back, for every type that shape.h tells apart.
//
//   textual and simple types    those of scalars.h
//   enumeration                 a member of its class, which is a str; any str is read
//   described value, patch      an object of its class (bind_value.h)
//   variant                     an object of the class of the alternative
//   optional                    None
//   vector, set of values       tuple
//   set of texts or ids         frozenset
//   text map                    a read-only mapping
//   change of the last three    the whole, or a Change(add, remove)
//
// A list, tuple, set or frozenset is read where several are expected.
#pragma once

#include <limits>
#include <vector>

#include "scalars.h"
#include "todo/journal.h"
#include "todo/json_reader.h"
#include "todo/shape.h"

namespace todo::python {

// The Python class of a described value or patch; set when the module is imported, for ever.
template <class T>
inline PyTypeObject* class_of = nullptr;

// The members of an enumeration, in order.
template <class E>
inline std::array<PyObject*, names<E>.size()> members_of{};

// An object of the class of T: a value that never changes.
template <class T>
struct ValueObject {
  PyObject_HEAD T value;
};

template <class T>
const T& value_in(PyObject* object) {
  return reinterpret_cast<ValueObject<T>*>(object)->value;
}

// nullptr if `from` is none of class T.
template <class T>
const T* value_if(py::handle from) {
  return Py_TYPE(from.ptr()) == class_of<T> ? &value_in<T>(from.ptr()) : nullptr;
}

template <class T>
py::object new_object(T value) {
  PyObject* object = class_of<T>->tp_alloc(class_of<T>, 0);
  if (!object) throw py::error_already_set();
  new (&reinterpret_cast<ValueObject<T>*>(object)->value) T(std::move(value));
  return py::reinterpret_steal<py::object>(object);
}

// What an id of this type names, where Python may give the thing itself.
template <class I>
struct ThingNamed {
  using Type = void;
};
template <>
struct ThingNamed<TaskId> {
  using Type = Task;
};
template <>
struct ThingNamed<ProjectId> {
  using Type = Project;
};
template <>
struct ThingNamed<FilterId> {
  using Type = Filter;
};
template <>
struct ThingNamed<ReminderId> {
  using Type = Reminder;
};
template <class I>
using NamedBy = typename ThingNamed<I>::Type;

inline constexpr std::size_t most_items = 1000;  // of a set, as in the codec

template <class T>
py::object to_python(const T& value);
template <class T>
T from_python(py::handle from);

py::object read_only(py::dict dict);
py::object new_change(py::object add, py::object remove);
bool is_change(py::handle from);

// The items of a list, tuple, set or frozenset.
py::tuple items_from_python(py::handle from);
// Pairs of a mapping.
std::vector<std::pair<py::object, py::object>> pairs_from_python(py::handle from);

template <class List>
py::object list_to_python(const List& items) {
  py::tuple tuple(static_cast<std::size_t>(std::distance(items.begin(), items.end())));
  std::size_t index = 0;
  for (const auto& item : items) tuple[index++] = to_python(item);
  return tuple;
}

template <class T>
inline constexpr bool is_hashed = std::is_same_v<T, std::string> || is_id<T>;

template <class Keys>
py::object keys_to_python(const Keys& keys) {
  return py::reinterpret_steal<py::object>(PyFrozenSet_New(list_to_python(keys).ptr()));
}

template <class S>
py::object set_to_python(const S& set) {
  if constexpr (is_hashed<typename S::Item>) return keys_to_python(set);
  else return list_to_python(set);
}

inline py::object map_to_python(const Attributes& map) {
  py::dict dict;
  for (const auto& [key, value] : map) dict[text_to_python(key)] = text_to_python(value);
  return read_only(std::move(dict));
}

template <class S>
py::object change_to_python(const KeyedChange<S>& change) {
  if (!change.all) return new_change(to_python(change.put), keys_to_python(change.erase));
  S whole = *change.all;
  change.apply_to(whole);
  return to_python(whole);
}

template <class... A>
py::object variant_to_python(const std::variant<A...>& variant) {
  return std::visit([](const auto& value) { return new_object(value); }, variant);
}

template <class T>
py::object to_python(const T& value) {
  if constexpr (std::is_same_v<T, std::string>) return text_to_python(value);
  else if constexpr (std::is_same_v<T, Instant>) return instant_to_python(value);
  else if constexpr (std::is_same_v<T, When>) return when_to_python(value);
  else if constexpr (std::is_same_v<T, Duration>) return duration_to_python(value);
  else if constexpr (std::is_same_v<T, TimeOfDay>) return time_of_day_to_python(value);
  else if constexpr (std::is_same_v<T, Rule>) return rule_to_python(value);
  else if constexpr (is_id<T>) return uuid_to_python(value.bytes);
  else if constexpr (std::is_same_v<T, bool>) return py::bool_(value);
  else if constexpr (std::is_integral_v<T>) return py::int_(value);
  else if constexpr (NamedEnum<T>)
    return py::reinterpret_borrow<py::object>(members_of<T>[static_cast<std::size_t>(value)]);
  else if constexpr (NamedVariant<T>) return variant_to_python(value);
  else if constexpr (is_optional<T>) return value ? to_python(*value) : py::none();
  else if constexpr (is_vector<T>) return list_to_python(value);
  else if constexpr (is_keyed_set<T>) return set_to_python(value);
  else if constexpr (is_text_map<T>) return map_to_python(value);
  else if constexpr (is_keyed_change<T>) return change_to_python(value);
  else return new_object(value);
}

template <class I>
I id_from_python(py::handle from) {
  using Thing = NamedBy<I>;
  if constexpr (!std::is_void_v<Thing>) {
    if (const Thing* thing = value_if<Thing>(from)) return thing->id;
  }
  return {uuid_from_python(from)};
}

template <class T>
T integer_from_python_as(py::handle from) {
  constexpr std::int64_t exact = (std::int64_t{1} << 53) - 1;
  using Limits = std::numeric_limits<T>;
  constexpr std::int64_t least =
      std::cmp_less(Limits::min(), -exact) ? -exact : static_cast<std::int64_t>(Limits::min());
  constexpr std::int64_t most =
      std::cmp_greater(Limits::max(), exact) ? exact : static_cast<std::int64_t>(Limits::max());
  return static_cast<T>(integer_from_python(from, least, most));
}

template <class E>
E enum_from_python(py::handle from) {
  std::string name = text_from_python(from);
  JsonReader reader;
  E value{};
  if (!reader.read({.text = name, .kind = JsonKind::text}, value))
    throw Refused(reader.take_error());
  return value;
}

template <class V>
struct VariantFromPython;
template <class... A>
struct VariantFromPython<std::variant<A...>> {
  static std::variant<A...> read(py::handle from) {
    std::variant<A...> variant;
    auto read_if_it = [&]<class T>(std::type_identity<T>) {
      const T* value = value_if<T>(from);
      if (value) variant = *value;
      return value != nullptr;
    };
    if ((read_if_it(std::type_identity<A>{}) || ...)) return variant;
    refuse_type(type_name<std::variant<A...>>, from);
  }
};

template <class T>
std::vector<T> list_from_python(py::handle from) {
  std::vector<T> items;
  for (py::handle item : items_from_python(from)) {
    items.push_back(within_member(items.size(), [&] { return from_python<T>(item); }));
  }
  return items;
}

template <class S>
S set_from_python(py::handle from) {
  S set;
  std::size_t index = 0;
  for (py::handle node : items_from_python(from)) {
    within_member(index++, [&] {
      auto item = from_python<typename S::Item>(node);
      if (set.size() >= most_items) refuse(Errc::out_of_range, "expected at most 1000 items");
      if (set.contains(S::key_of(item))) refuse(Errc::invalid, "this is in the list twice");
      set.put(std::move(item));
    });
  }
  return set;
}

inline Attributes map_from_python(py::handle from) {
  Attributes map;
  for (const auto& [key, value] : pairs_from_python(from)) {
    std::string name = text_from_python(key);
    map[name] = within_member(name, [&, &item = value] { return text_from_python(item); });
  }
  return map;
}

template <class S>
KeyedChange<S> change_from_python(py::handle from) {
  if (!is_change(from)) {
    return {.all = from.is_none() ? S{} : from_python<S>(from), .put = {}, .erase = {}};
  }
  using Key = typename KeyedChange<S>::Key;
  KeyedChange<S> change;
  py::object add = from.attr("add");
  py::object remove = from.attr("remove");
  bool adds = !(py::isinstance<py::tuple>(add) && py::len(add) == 0);
  if (adds) change.put = within_member("add", [&] { return from_python<S>(add); });
  within_member("remove", [&] {
    KeyedSet<Key> keys = set_from_python<KeyedSet<Key>>(remove);
    change.erase.assign(keys.begin(), keys.end());
  });
  return change;
}

inline Recurrence recurrence_from_python(py::handle from) {
  if (const Recurrence* recurrence = value_if<Recurrence>(from)) return *recurrence;
  if (!PyUnicode_Check(from.ptr())) refuse_type("Recurrence, or the text of a rule", from);
  Recurrence recurrence;
  recurrence.rules.push_back(rule_from_python(from));
  return recurrence;
}

template <class T>
Patch<T> patch_from_members(const py::dict& members);

template <class T>
T object_from_python(py::handle from) {
  if (const T* value = value_if<T>(from)) return *value;
  refuse_type(class_of<T>->tp_name, from);
}

template <class T>
T from_python(py::handle from) {
  if constexpr (std::is_same_v<T, std::string>) return text_from_python(from);
  else if constexpr (std::is_same_v<T, Instant>) return instant_from_python(from);
  else if constexpr (std::is_same_v<T, When>) return when_from_python(from);
  else if constexpr (std::is_same_v<T, Duration>) return duration_from_python(from);
  else if constexpr (std::is_same_v<T, TimeOfDay>) return time_of_day_from_python(from);
  else if constexpr (std::is_same_v<T, Rule>) return rule_from_python(from);
  else if constexpr (std::is_same_v<T, Recurrence>) return recurrence_from_python(from);
  else if constexpr (is_id<T>) return id_from_python<T>(from);
  else if constexpr (std::is_same_v<T, bool>) return bool_from_python(from);
  else if constexpr (std::is_integral_v<T>) return integer_from_python_as<T>(from);
  else if constexpr (NamedEnum<T>) return enum_from_python<T>(from);
  else if constexpr (NamedVariant<T>) return VariantFromPython<T>::read(from);
  else if constexpr (is_optional<T>)
    return from.is_none() ? T{} : T{from_python<typename T::value_type>(from)};
  else if constexpr (is_vector<T>) return list_from_python<typename T::value_type>(from);
  else if constexpr (is_keyed_set<T>) return set_from_python<T>(from);
  else if constexpr (is_text_map<T>) return map_from_python(from);
  else if constexpr (is_keyed_change<T>) return change_from_python<T>(from);
  else if constexpr (is_patch<T>) return T(object_from_python<T>(from));
  else return object_from_python<T>(from);
}

}  // namespace todo::python
