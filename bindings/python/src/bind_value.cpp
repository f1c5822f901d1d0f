#include "bind_value.h"

namespace todo::python {
namespace {

constexpr unsigned long value_flags = Py_TPFLAGS_DEFAULT;
constexpr unsigned long base_flags =
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION;

// Python keeps the text: it is never freed.
const char* lasting(const std::string& text) { return (new std::string(text))->c_str(); }

PyTypeObject* type_from(py::module_& module, const std::string& name, const std::string& doc,
                        std::size_t size, unsigned long flags, std::vector<PyType_Slot> slots,
                        const std::string& base) {
  slots.push_back({Py_tp_doc, const_cast<char*>(lasting(doc))});
  slots.push_back({0, nullptr});
  PyType_Spec spec{lasting("libtodo." + name), static_cast<int>(size), 0,
                   static_cast<unsigned int>(flags), slots.data()};
  py::tuple bases;
  if (!base.empty()) bases = py::make_tuple(module.attr(base.c_str()));
  PyObject* type = PyType_FromSpecWithBases(&spec, base.empty() ? nullptr : bases.ptr());
  if (!type) throw py::error_already_set();
  module.add_object(name.c_str(), py::handle(type));
  return reinterpret_cast<PyTypeObject*>(type);
}

py::dict described(const ClassText& text, const char* kind) {
  py::list members;
  for (const MemberText& member : text.members) {
    members.append(py::dict(py::arg("name") = member.name, py::arg("doc") = member.doc,
                            py::arg("read") = member.type.read,
                            py::arg("given") = member.type.given,
                            py::arg("required") = member.required));
  }
  return py::dict(py::arg("kind") = kind, py::arg("name") = text.name, py::arg("doc") = text.doc,
                  py::arg("base") = text.base, py::arg("members") = members,
                  py::arg("positional") = text.positional);
}

// What make_stub.py turns into the stub.
void remember(py::module_& module, const ClassText& text, const char* kind) {
  if (!py::hasattr(module, "_tables")) module.attr("_tables") = py::list();
  py::list(module.attr("_tables")).append(described(text, kind));
}

std::string doc_with_members(const ClassText& text) {
  std::string doc = text.doc;
  for (const MemberText& member : text.members) {
    doc += "\n" + std::string(doc == text.doc ? "\n" : "") + member.name + ": " + member.doc;
  }
  return doc;
}

bool is_empty(py::handle value) {
  if (value.is_none()) return true;
  if (!PyUnicode_Check(value.ptr()) && !PyTuple_Check(value.ptr()) &&
      !PyAnySet_Check(value.ptr()) && !PyMapping_Check(value.ptr()))
    return false;
  return py::len(value) == 0;
}

}  // namespace

PyTypeObject* make_class(py::module_& module, const ClassText& text, std::size_t size,
                         const std::vector<PyType_Slot>& slots) {
  PyTypeObject* type =
      type_from(module, text.name, doc_with_members(text), size, value_flags, slots, text.base);
  if (text.positional) {
    py::tuple match(text.members.size());
    for (std::size_t i = 0; i < match.size(); ++i) match[i] = text.members[i].name;
    py::handle(reinterpret_cast<PyObject*>(type)).attr("__match_args__") = match;
  }
  remember(module, text, text.is_patch ? "patch" : "value");
  return type;
}

void make_base(py::module_& module, const std::string& name, const std::string& doc,
               const std::vector<PyType_Slot>& slots) {
  type_from(module, name, doc, sizeof(PyObject), base_flags, slots, "");
  remember(module, {.name = name, .doc = doc}, "base");
}

void make_enum(py::module_& module, std::string_view name, std::string_view doc,
               std::span<const std::string_view> names, PyObject** members) {
  py::object make = py::module_::import("libtodo._names").attr("make_enum");
  py::list texts;
  for (std::string_view text : names) texts.append(text_to_python(text));
  py::object type = make(text_to_python(name), texts, text_to_python(doc));
  for (py::handle text : texts) *members++ = type(text).release().ptr();
  module.add_object(std::string(name).c_str(), type);
  ClassText described{.name = std::string(name), .doc = std::string(doc)};
  for (std::string_view text : names) described.members.push_back({.name = std::string(text)});
  remember(module, described, "enum");
}

std::string class_name(std::string_view tag) {
  std::string name;
  bool begins_word = true;
  for (char c : tag) {
    if (c != '_') name += begins_word ? static_cast<char>(c - 'a' + 'A') : c;
    begins_word = c == '_';
  }
  return name;
}

py::object repr_of(PyObject* object) {
  py::handle self(object);
  py::str text(py::str(self.get_type().attr("__name__")) + py::str("("));
  py::list parts;
  auto add = [&](py::handle name, py::handle value) {
    if (!is_empty(value)) parts.append(py::str(name) + py::str("=") + py::repr(value));
  };
  if (PyMapping_Check(object)) {
    for (py::handle name : self) parts.append(py::str(name) + py::str("=") + py::repr(self[name]));
  } else {
    for (const PyGetSetDef* member = Py_TYPE(object)->tp_getset; member->name; ++member)
      add(py::str(member->name), self.attr(member->name));
  }
  return text + py::str(", ").attr("join")(parts) + py::str(")");
}

py::tuple reduced(PyTypeObject* type, const std::string& json) {
  py::object restore = py::module_::import("libtodo._names").attr("restore");
  py::handle itself(reinterpret_cast<PyObject*>(type));
  return py::make_tuple(restore, py::make_tuple(itself, text_to_python(json)));
}

GivenMembers::GivenMembers(const ClassText& text, PyObject* positional, PyObject* named)
    : left_(named ? py::reinterpret_steal<py::dict>(PyDict_Copy(named)) : py::dict()) {
  auto given = py::reinterpret_borrow<py::tuple>(positional);
  if (given.size() > (text.positional ? text.members.size() : 0)) {
    refuse(Errc::wrong_type, text.positional
                                 ? "there are too many arguments for a " + text.name
                                 : "a " + text.name + " takes its members by name only");
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    py::object name = text_to_python(text.members[i].name);
    if (left_.contains(name))
      refuse(Errc::malformed, "this member is there twice", "/" + text.members[i].name);
    left_[name] = given[i];
  }
}

py::object GivenMembers::take(std::string_view name) {
  py::object key = text_to_python(name);
  if (!left_.contains(key)) return {};
  py::object value = left_[key];
  PyDict_DelItem(left_.ptr(), key.ptr());
  return value;
}

void GivenMembers::expect_none_left() const {
  for (const auto& [name, value] : left_) {
    throw Refused(within(text_from_python(py::str(name)),
                         {Errc::unknown_member, "there is no such member", {}}));
  }
}

py::object read_only(py::dict dict) {
  return py::reinterpret_steal<py::object>(PyDictProxy_New(dict.ptr()));
}

py::object new_change(py::object add, py::object remove) {
  return py::module_::import("libtodo._names").attr("Change")(std::move(add), std::move(remove));
}

bool is_change(py::handle from) {
  return py::isinstance(from, py::module_::import("libtodo._names").attr("Change"));
}

py::tuple items_from_python(py::handle from) {
  PyObject* several = from.ptr();
  if (!PyList_Check(several) && !PyTuple_Check(several) && !PyAnySet_Check(several))
    refuse_type("list, tuple or set", from);
  PyObject* items = PySequence_Tuple(several);
  if (!items) throw py::error_already_set();
  return py::reinterpret_steal<py::tuple>(items);
}

std::vector<std::pair<py::object, py::object>> pairs_from_python(py::handle from) {
  py::object mapping = py::module_::import("collections.abc").attr("Mapping");
  if (!py::isinstance(from, mapping)) refuse_type("dict", from);
  std::vector<std::pair<py::object, py::object>> pairs;
  for (const auto& [key, value] : py::dict(py::reinterpret_borrow<py::object>(from))) {
    pairs.emplace_back(py::reinterpret_borrow<py::object>(key),
                       py::reinterpret_borrow<py::object>(value));
  }
  return pairs;
}

}  // namespace todo::python
