// Makes the Python class of each described value and of its patch from its field table.
//
// An object holds the C++ value and never changes, so that it needs no lock and can be a key of a
// dict. Attributes are made when they are asked for. There are no subclasses.
#pragma once

#include <functional>

#include "convert.h"
#include "todo/json_reader.h"
#include "todo/json_writer.h"
#include "type_text.h"

namespace todo::python {

struct MemberText {
  std::string name{};
  std::string doc{};
  TypeText type{};
  bool required = false;
};

// Of the non-template half: all that a class needs besides its slots.
struct ClassText {
  std::string name{};
  std::string doc{};
  std::string base{};  // empty: object
  std::vector<MemberText> members{};
  bool positional = false;  // members may be given by position
  bool is_patch = false;
};

PyTypeObject* make_class(py::module_& module, const ClassText& text, std::size_t size,
                         const std::vector<PyType_Slot>& slots);

// A base class without instances of its own.
void make_base(py::module_& module, const std::string& name, const std::string& doc,
               const std::vector<PyType_Slot>& slots);

void make_enum(py::module_& module, std::string_view name, std::string_view doc,
               std::span<const std::string_view> names, PyObject** members);

// "create_project" is the class CreateProject.
std::string class_name(std::string_view tag);

py::object repr_of(PyObject* object);

// What pickle needs to make the object again.
py::tuple reduced(PyTypeObject* type, const std::string& json);

// Which variant T is an alternative of; T itself if of none.
template <class T, class V>
inline constexpr bool is_alternative = false;
template <class T, class... A>
inline constexpr bool is_alternative<T, std::variant<A...>> = (std::is_same_v<T, A> || ...);
template <class T>
using VariantOf = std::conditional_t<
    is_alternative<T, Command>, Command,
    std::conditional_t<is_alternative<T, Event>, Event,
                       std::conditional_t<is_alternative<T, Trigger>, Trigger, T>>>;

template <class T>
std::string json_of(const T& value) {
  if constexpr (std::is_same_v<VariantOf<T>, T>) return to_json(value);
  else return to_json(VariantOf<T>(value));
}

template <class T>
T read_json(py::handle from) {
  std::string text = text_from_python(from);
  if constexpr (!std::is_same_v<T, Error>) {
    return value_or_refuse(from_json<T>(text));
  } else {  // no Result can hold one as its value
    JsonDocument document;
    value_or_refuse(document.read(text));
    JsonReader reader;
    Error error;
    if (!reader.read(document.root(), error)) throw Refused(reader.take_error());
    return error;
  }
}

template <class T>
py::object object_from_json(py::handle text) {
  auto read = read_json<VariantOf<T>>(text);
  if constexpr (std::is_same_v<VariantOf<T>, T>) {
    return new_object(std::move(read));
  } else {
    py::object object = to_python(read);
    if (!value_if<T>(object)) refuse_type(class_of<T>->tp_name, object);
    return object;
  }
}

// Members by name, taken out as the table asks for them.
class GivenMembers {
 public:
  GivenMembers(const ClassText& text, PyObject* positional, PyObject* named);
  explicit GivenMembers(const py::dict& named)
      : left_(py::reinterpret_steal<py::dict>(PyDict_Copy(named.ptr()))) {}

  // Null if it is absent.
  py::object take(std::string_view name);
  void expect_none_left() const;

 private:
  py::dict left_;
};

template <class T>
inline constexpr bool names_itself = std::is_same_v<T, Task> || std::is_same_v<T, Project> ||
                                     std::is_same_v<T, Filter> || std::is_same_v<T, Reminder>;

// What decides refuses it as well; here it bounds how deep a value can be, so that destroying one
// cannot exhaust the stack.
inline void expect_no_batch_within(const Batch& batch) {
  for (std::size_t i = 0; i < batch.commands.size(); ++i) {
    if (!std::holds_alternative<Batch>(batch.commands[i])) continue;
    throw Refused(
        within("commands", within(i, {Errc::invalid, "a batch holds no other batch", {}})));
  }
}

// What is left out of a new value gets its default, and a new id.
template <class T>
T changed_value(T value, GivenMembers& given, bool is_new) {
  for_each_field<T>([&](auto index, const auto& field) {
    using M = MemberType<T, index>;
    within_member(field.name, [&] {
      py::object member = given.take(field.name);
      if (member) {
        value.*field.member = from_python<M>(member);
      } else if (is_new && is_required<M>()) {
        if constexpr (is_id<M> && names_itself<T>) {
          value.*field.member = new_id<M>(clock_time(), random_bits());
        } else {
          refuse(Errc::missing, "this member has to be there");
        }
      }
    });
  });
  given.expect_none_left();
  if constexpr (std::is_same_v<T, Batch>) expect_no_batch_within(value);
  return value;
}

template <class T>
Patch<T> patch_of(GivenMembers& given) {
  Patch<T> patch;
  for_each_field<T>([&](auto index, const auto& field) {
    using M = MemberType<T, index>;
    py::object member = given.take(field.name);
    if (!member) return;
    within_member(field.name, [&] {
      if constexpr (Keyed<M>) {
        patch.template put<index>(change_from_python<M>(member));
      } else if (member.is_none() && !is_required<M>()) {
        patch.template put<index>(T{}.*field.member);
      } else {
        patch.template put<index>(from_python<M>(member));
      }
    });
  });
  given.expect_none_left();
  return patch;
}

template <class T>
py::dict members_of_patch(const Patch<T>& patch) {
  py::dict members;
  patch.for_each([&](auto, const auto& field, const auto& change) {
    members[text_to_python(field.name)] = to_python(change);
  });
  return members;
}

// What every class has, whatever its members are.
template <class T>
struct CommonSlots {
  static void dealloc(PyObject* object) {
    PyTypeObject* type = Py_TYPE(object);
    reinterpret_cast<ValueObject<T>*>(object)->value.~T();
    type->tp_free(object);
    Py_DECREF(type);
  }

  static PyObject* compare(PyObject* left, PyObject* right, int how) {
    const T* other = value_if<T>(right);
    if (!other || (how != Py_EQ && how != Py_NE)) Py_RETURN_NOTIMPLEMENTED;
    bool equal = value_in<T>(left) == *other;
    return PyBool_FromLong(equal == (how == Py_EQ));
  }

  static Py_hash_t hash(PyObject* object) {
    return guarded(Py_hash_t{-1}, [&] {
      auto bits = static_cast<Py_hash_t>(std::hash<std::string>{}(json_of(value_in<T>(object))));
      return bits == -1 ? Py_hash_t{-2} : bits;
    });
  }

  static PyObject* repr(PyObject* object) {
    return guarded<>(static_cast<PyObject*>(nullptr),
                     [&] { return repr_of(object).release().ptr(); });
  }

  static PyObject* write(PyObject* object, PyObject*) {
    return guarded(static_cast<PyObject*>(nullptr),
                   [&] { return text_to_python(json_of(value_in<T>(object))).release().ptr(); });
  }

  static PyObject* read(PyObject*, PyObject* text) {
    return guarded(static_cast<PyObject*>(nullptr),
                   [&] { return object_from_json<T>(text).release().ptr(); });
  }

  static PyObject* reduce(PyObject* object, PyObject*) {
    return guarded(static_cast<PyObject*>(nullptr), [&] {
      return reduced(class_of<T>, json_of(value_in<T>(object))).release().ptr();
    });
  }

  static PyObject* itself(PyObject* object, PyObject*) {
    Py_INCREF(object);
    return object;
  }

  static std::vector<PyMethodDef> methods() {
    return {
        {"to_json", write, METH_NOARGS, "The canonical JSON text of this value."},
        {"from_json", read, METH_O | METH_STATIC,
         "from_json(text)\n\nReads JSON text; raises InvalidValue with the member at fault."},
        {"__reduce__", reduce, METH_NOARGS, "For pickle."},
        {"__copy__", itself, METH_NOARGS, "The object itself: it never changes."},
        {"__deepcopy__", itself, METH_O, "The object itself: it never changes."},
    };
  }
};

template <class F>
void* slot(F* function) {
  return reinterpret_cast<void*>(function);
}

template <class T>
std::vector<PyType_Slot> common_slots() {
  return {{Py_tp_dealloc, slot(CommonSlots<T>::dealloc)},
          {Py_tp_richcompare, slot(CommonSlots<T>::compare)},
          {Py_tp_hash, slot(CommonSlots<T>::hash)},
          {Py_tp_repr, slot(CommonSlots<T>::repr)}};
}

// One for each class, for as long as the process lives: Python keeps pointers into it.
template <class T>
ClassText& text_of_class() {
  static ClassText text;
  return text;
}

template <class T>
struct ValueSlots {
  static PyObject* create(PyTypeObject*, PyObject* arguments, PyObject* keywords) {
    return guarded(static_cast<PyObject*>(nullptr), [&] {
      GivenMembers given(text_of_class<T>(), arguments, keywords);
      return new_object(changed_value(T{}, given, true)).release().ptr();
    });
  }

  static PyObject* replace(PyObject* object, PyObject* arguments, PyObject* keywords) {
    return guarded(static_cast<PyObject*>(nullptr), [&] {
      GivenMembers given(text_of_class<T>(), arguments, keywords);
      return new_object(changed_value(T(value_in<T>(object)), given, false)).release().ptr();
    });
  }

  template <std::size_t index>
  static PyObject* member(PyObject* object, void*) {
    return guarded(static_cast<PyObject*>(nullptr), [&] {
      const T& value = value_in<T>(object);
      return to_python(value.*std::get<index>(fields<T>).member).release().ptr();
    });
  }

  static std::vector<PyMethodDef> methods() {
    std::vector<PyMethodDef> all = CommonSlots<T>::methods();
    auto function = reinterpret_cast<PyCFunction>(slot(replace));
    for (const char* name : {"replace", "__replace__"}) {
      all.push_back({name, function, METH_VARARGS | METH_KEYWORDS,
                     "A copy in which the members that are given have new values."});
    }
    return all;
  }
};

template <class T>
struct PatchSlots {
  using P = Patch<T>;

  static PyObject* create(PyTypeObject*, PyObject* arguments, PyObject* keywords) {
    return guarded(static_cast<PyObject*>(nullptr), [&] {
      GivenMembers given(text_of_class<P>(), arguments, keywords);
      return new_object(patch_of<T>(given)).release().ptr();
    });
  }

  static PyObject* item(PyObject* object, PyObject* name) {
    return guarded(static_cast<PyObject*>(nullptr), [&] {
      py::dict members = members_of_patch(value_in<P>(object));
      PyObject* found = PyDict_GetItemWithError(members.ptr(), name);
      if (found) Py_INCREF(found);
      else if (!PyErr_Occurred()) PyErr_SetObject(PyExc_KeyError, name);
      return found;
    });
  }

  static PyObject* iterate(PyObject* object) {
    return guarded(static_cast<PyObject*>(nullptr),
                   [&] { return PyObject_GetIter(members_of_patch(value_in<P>(object)).ptr()); });
  }

  static PyObject* keys(PyObject* object, PyObject*) {
    return guarded(static_cast<PyObject*>(nullptr),
                   [&] { return PyDict_Keys(members_of_patch(value_in<P>(object)).ptr()); });
  }

  static PyObject* items(PyObject* object, PyObject*) {
    return guarded(static_cast<PyObject*>(nullptr),
                   [&] { return PyDict_Items(members_of_patch(value_in<P>(object)).ptr()); });
  }

  static std::vector<PyMethodDef> methods() {
    std::vector<PyMethodDef> all = CommonSlots<P>::methods();
    all.push_back({"keys", keys, METH_NOARGS, "The names of the members that it sets."});
    all.push_back({"items", items, METH_NOARGS, "These names with what it sets them to."});
    return all;
  }

  static Py_ssize_t size(PyObject* object) {
    Py_ssize_t count = 0;
    value_in<P>(object).for_each([&](auto, const auto&, const auto&) { ++count; });
    return count;
  }
};

// The members of T as the class of T or of its patch has them.
template <class T>
ClassText describe(std::string name, std::string doc) {
  ClassText text{.name = std::move(name), .doc = std::move(doc)};
  for_each_field<T>([&](auto index, const auto& field) {
    using M = MemberType<T, index>;
    bool is_made = is_id<M> && names_itself<T>;
    text.members.push_back({std::string(field.name), std::string(field.doc), type_text<M>(),
                            is_required<M>() && !is_made});
  });
  return text;
}

// Getters by the table; Python keeps pointers to them.
template <class T>
std::vector<PyGetSetDef>& getters(const ClassText& text) {
  static std::vector<PyGetSetDef> all;
  for_each_field<T>([&](auto index, const auto&) {
    const MemberText& member = text.members[index];
    all.push_back({member.name.c_str(), ValueSlots<T>::template member<index>, nullptr,
                   member.doc.c_str(), nullptr});
  });
  all.push_back({});
  return all;
}

template <class T>
std::vector<PyMethodDef>& lasting_methods(std::vector<PyMethodDef> methods) {
  static std::vector<PyMethodDef> all;
  all = std::move(methods);
  all.push_back({});
  return all;
}

template <class T>
void bind_value(py::module_& module, std::string name, std::string doc) {
  ClassText& text = text_of_class<T>() = describe<T>(std::move(name), std::move(doc));
  if constexpr (!std::is_same_v<VariantOf<T>, T>) {
    text.base = type_name<VariantOf<T>>;
    text.positional = true;
  }
  std::vector<PyType_Slot> slots = common_slots<T>();
  slots.push_back({Py_tp_new, slot(ValueSlots<T>::create)});
  slots.push_back({Py_tp_getset, getters<T>(text).data()});
  slots.push_back({Py_tp_methods, lasting_methods<T>(ValueSlots<T>::methods()).data()});
  class_of<T> = make_class(module, text, sizeof(ValueObject<T>), slots);
}

template <class T>
void bind_patch(py::module_& module) {
  using P = Patch<T>;
  std::string name(type_name<T>);
  ClassText& text = text_of_class<P>() =
      describe<T>(name + "Patch", "New values for some members of a " + name +
                                      "; None sets one to its default. A read-only mapping.");
  text.is_patch = true;
  std::vector<PyType_Slot> slots = common_slots<P>();
  slots.push_back({Py_tp_new, slot(PatchSlots<T>::create)});
  slots.push_back({Py_mp_subscript, slot(PatchSlots<T>::item)});
  slots.push_back({Py_mp_length, slot(PatchSlots<T>::size)});
  slots.push_back({Py_tp_iter, slot(PatchSlots<T>::iterate)});
  slots.push_back({Py_tp_methods, lasting_methods<P>(PatchSlots<T>::methods()).data()});
  class_of<P> = make_class(module, text, sizeof(ValueObject<P>), slots);
}

}  // namespace todo::python
