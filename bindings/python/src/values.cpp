#include "values.h"

#include "bind_value.h"
#include "todo/interchange.h"

namespace todo::python {
namespace {

template <class E>
void bind_enum(py::module_& module, std::string_view doc) {
  make_enum(module, type_name<E>, doc, names<E>, members_of<E>.data());
}

template <class T>
void bind_named(py::module_& module, const char* doc) {
  bind_value<T>(module, std::string(type_name<T>), doc);
}

// The base class of the alternatives of V, which reads any of them.
template <class V>
struct BaseSlots {
  static PyObject* read(PyObject*, PyObject* text) {
    return guarded(static_cast<PyObject*>(nullptr), [&] {
      auto value = value_or_refuse(from_json<V>(text_from_python(text)));
      return to_python(value).release().ptr();
    });
  }
};

template <class V>
void bind_base(py::module_& module, const char* doc) {
  std::vector<PyMethodDef>& methods = lasting_methods<V>(
      {{"from_json", BaseSlots<V>::read, METH_O | METH_STATIC,
        "from_json(text)\n\nReads JSON text; raises InvalidValue with the member at fault."}});
  make_base(module, std::string(type_name<V>), doc, {{Py_tp_methods, methods.data()}});
}

template <class V>
struct Alternatives;
template <class... A>
struct Alternatives<std::variant<A...>> {
  static void bind(py::module_& module, std::span<const char* const, sizeof...(A)> docs) {
    std::size_t index = 0;
    auto bind_one = [&]<class T>(std::type_identity<T>) {
      std::string name(type_name<T>);
      if (name.empty()) name = class_name(names<std::variant<A...>>[index]);
      bind_value<T>(module, std::move(name), docs[index++]);
    };
    (bind_one(std::type_identity<A>{}), ...);
  }
};

template <class V>
void bind_variant(py::module_& module, const char* doc,
                  std::span<const char* const, std::variant_size_v<V>> docs) {
  bind_base<V>(module, doc);
  Alternatives<V>::bind(module, docs);
}

constexpr std::array<const char*, std::variant_size_v<Trigger>> trigger_docs = {
    "Some time before or after a date of the task.", "At an instant."};

constexpr std::array<const char*, std::variant_size_v<Command>> command_docs = {
    "Creates a task.",
    "Changes members of a task.",
    "Removes a task with its subtasks; they can be restored for 30 days.",
    "Closes a task as done; if it recurs, its successor is made.",
    "Closes a task that will not be done; a series ends with it.",
    "Opens a closed task again; its successor stays.",
    "Cancels an open occurrence and makes its successor.",
    "Takes back a removed task with the subtasks removed along with it.",
    "Lets a reminder fire again later.",
    "Says that somebody saw a reminder.",
    "Creates a project.",
    "Changes members of a project.",
    "Removes a project; its tasks go to the inbox.",
    "Saves a filter.",
    "Changes members of a saved filter.",
    "Removes a saved filter.",
    "Changes the owner's settings.",
    "Does what is due: fires reminders, erases what was removed long ago.",
    "Takes back what a request did; undoing the undo is redo.",
    "Several commands, done whole or not at all."};

constexpr std::array<const char*, std::variant_size_v<Event>> event_docs = {
    "A task was created.",          "Members of a task changed.",    "A task was erased.",
    "A project was created.",       "Members of a project changed.", "A project was removed.",
    "A filter was saved.",          "Members of a filter changed.",  "A filter was removed.",
    "The owner's settings changed."};

void bind_enums(py::module_& module) {
  bind_enum<Errc>(module, "What kind of refusal an error is.");
  bind_enum<Status>(module, "Whether a task is to be done.");
  bind_enum<Priority>(module, "How much a task matters, from none to urgent.");
  bind_enum<ReminderState>(module, "Whether a reminder has fired, and whether somebody saw it.");
  bind_enum<Weekday>(module, "A day of the week.");
  bind_enum<Moment>(module, "Which of the two dates of a task.");
  bind_enum<RepeatFrom>(module, "Which date the next occurrence counts from.");
  bind_enum<Missed>(module, "What becomes of the occurrences that nobody completed in time.");
  bind_enum<ImportFormat>(module, "What kind of file an import reads.");
  bind_enum<Fate>(module, "What became of something that an import read.");
}

}  // namespace

void bind_values(py::module_& module) {
  bind_enums(module);
  bind_variant<Trigger>(module, "When a reminder is due.", trigger_docs);
  bind_named<Reminder>(module, "A reminder of a task, with its own state.");
  bind_named<Recurrence>(module, "How a task comes again. The text of a rule is read as one.");
  bind_named<Task>(module, "A task. A new one gets an id of its own unless it is given.");
  bind_named<Project>(module, "A project: what tasks can belong to.");
  bind_named<Filter>(module, "A saved filter.");
  bind_named<Settings>(module, "The settings of the owner of a workspace.");
  bind_patch<Task>(module);
  bind_patch<Project>(module);
  bind_patch<Filter>(module);
  bind_patch<Settings>(module);
  bind_value<Error>(module, "Refusal", "Why a request was refused.");
  bind_named<Mutation>(module, "The name of one request: the nth of a device.");
  bind_named<Context>(module, "Who asked, when and under which name.");
  bind_variant<Event>(module, "What happened.", event_docs);
  bind_variant<Command>(module, "What may be asked.", command_docs);
  bind_named<Request>(module, "A command with its context.");
  bind_named<Entry>(module, "An entry of the journal: one request and what came of it.");
  bind_named<Answer>(module, "What became of a request.");
  bind_named<Version>(module, "The last entry that changed something.");
  bind_named<Loss>(module, "Something that an import did not take over as it was.");
  bind_named<Import>(module, "What an import would do, and what would be lost.");
  bind_named<Snapshot>(module, "The whole state at one entry of the journal.");
}

}  // namespace todo::python
