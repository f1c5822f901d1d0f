// The module libtodo._ext: what the package libtodo is made of.
#include "convert.h"
#include "functions.h"
#include "todo/query.h"
#include "values.h"
#include "workspace.h"

namespace todo::python {
namespace {

std::size_t limit_from(py::handle limit) {
  return within_member("limit", [&] { return from_python<std::uint32_t>(limit); });
}

Instant time_or_clock(HostedWorkspace& workspace, py::handle now) {
  if (!now.is_none()) return within_member("now", [&] { return instant_from_python(now); });
  return std::max(clock_time(), workspace.latest());
}

// Of a request that has no name of its own: nobody repeats it.
Context context_of(HostedWorkspace& workspace, py::handle now) {
  return {.now = time_or_clock(workspace, now),
          .actor = "local",
          .origin = "python",
          .mutation = {{random_uuid()}, 1},
          .digest = {}};
}

Search search_from(const py::dict& given) {
  Search search;
  search.query = within_member(
      "where", [&] { return value_or_refuse(parse<Query>(text_from_python(given["where"]))); });
  std::string sort = within_member("sort", [&] { return text_from_python(given["sort"]); });
  if (!sort.empty())
    search.sort = within_member("sort", [&] { return value_or_refuse(parse<Sort>(sort)); });
  search.limit = limit_from(given["limit"]);
  search.cursor = text_from_python(given["cursor"]);
  search.count = bool_from_python(given["count"]);
  return search;
}

py::tuple page_of(const std::vector<Task>& tasks, const std::string& next,
                  std::optional<std::size_t> total) {
  py::list found;
  for (const Task& task : tasks) found.append(new_object(task));
  return py::make_tuple(found, text_to_python(next),
                        total ? py::object(py::int_(*total)) : py::object(py::none()));
}

py::tuple find_in_workspace(HostedWorkspace& workspace, py::handle now, const py::kwargs& given) {
  Search search = search_from(given);
  Found found = workspace.find(search, time_or_clock(workspace, now));
  return page_of(found.tasks, found.next, found.total);
}

// The same in a list of tasks.
py::tuple find_in_tasks(py::handle tasks, py::handle projects, py::handle settings, py::handle now,
                        const py::kwargs& given) {
  auto all = within_member("tasks", [&] { return list_from_python<Task>(tasks); });
  auto named = within_member("projects", [&] { return list_from_python<Project>(projects); });
  auto owner = within_member("settings", [&] { return from_python<Settings>(settings); });
  if (std::optional<Error> flaw = flaw_of(owner, Zones::embedded()))
    throw Refused(within("settings", *flaw));
  Instant time =
      now.is_none() ? clock_time() : within_member("now", [&] { return instant_from_python(now); });
  TaskIndex index;
  for (const Project& project : named) index.put(project);
  for (const Task& task : all) index.put(task);
  Page page = value_or_refuse(index.find(search_from(given), {time, owner, Zones::embedded()}));
  std::vector<Task> found;
  for (const Task* task : page.tasks) found.push_back(*task);
  return page_of(found, page.next, page.total);
}

std::unique_ptr<HostedWorkspace> open_workspace(const py::bytes& path, py::handle workspace,
                                                py::handle durable) {
  return std::make_unique<HostedWorkspace>(OpenOptions{
      .path = path,
      .workspace = within_member("workspace", [&] { return from_python<WorkspaceId>(workspace); }),
      .durable = within_member("durable", [&] { return bool_from_python(durable); })});
}

template <class Method>
void define(py::class_<HostedWorkspace>& type, const char* name, Method method) {
  type.def(name, method, py::call_guard<Entered>());
}

// What its name says of each type is in workspace.h; here are only the conversions.
void bind_requests(py::class_<HostedWorkspace>& type) {
  define(type, "apply", [](HostedWorkspace& self, py::handle command, py::handle now) {
    auto asked = from_python<Command>(command);
    return to_python(self.apply(std::move(asked), context_of(self, now)));
  });
  define(type, "ask", [](HostedWorkspace& self, py::handle request) {
    auto asked = from_python<Request>(request);
    return to_python(self.apply(std::move(asked.command), std::move(asked.context)));
  });
  define(type, "undo", [](HostedWorkspace& self, py::handle mutation, py::handle now) {
    auto of = from_python<Mutation>(mutation);
    return to_python(self.undo(of, context_of(self, now)));
  });
  define(type, "due", [](HostedWorkspace& self, py::handle now, py::handle limit) {
    return to_python(self.due(time_or_clock(self, now), limit_from(limit)));
  });
  define(type, "next_due", [](HostedWorkspace& self) { return to_python(self.next_due()); });
  define(type, "listen", [](HostedWorkspace& self, bool on) { self.listen(on); });
  define(type, "take_delivered",
         [](HostedWorkspace& self) { return to_python(self.take_delivered()); });
  type.def_property_readonly("has_delivered", &HostedWorkspace::has_delivered);
  define(type, "refresh", &HostedWorkspace::refresh);
  define(type, "checkpoint", [](HostedWorkspace& self) { return to_python(self.checkpoint()); });
  define(type, "close", &HostedWorkspace::close);
  type.def_property_readonly("closed", &HostedWorkspace::is_closed);
}

Import read_import(HostedWorkspace& workspace, py::handle format, py::handle text,
                   py::handle name_space, py::handle now) {
  auto kind = within_member("format", [&] { return from_python<ImportFormat>(format); });
  std::string read = within_member("text", [&] { return text_from_python(text); });
  IdBytes source = within_member("namespace", [&] { return uuid_from_python(name_space); });
  return workspace.read_import(kind, read, time_or_clock(workspace, now), source);
}

void bind_reads(py::class_<HostedWorkspace>& type) {
  define(type, "find", find_in_workspace);
  define(type, "get", [](HostedWorkspace& self, py::handle id) {
    auto asked = from_python<TaskId>(id);
    return to_python(self.task(asked));
  });
  define(
      type, "read_import",
      [](HostedWorkspace& self, py::handle format, py::handle text, py::handle name_space,
         py::handle now) { return to_python(read_import(self, format, text, name_space, now)); });
  define(type, "entries_after", [](HostedWorkspace& self, py::handle after, py::handle limit) {
    auto seq = within_member("after", [&] { return from_python<Seq>(after); });
    return to_python(self.entries_after(seq, limit_from(limit)));
  });
  define(type, "tasks", [](HostedWorkspace& self) { return to_python(self.tasks()); });
  define(type, "projects", [](HostedWorkspace& self) { return to_python(self.projects()); });
  define(type, "filters", [](HostedWorkspace& self) { return to_python(self.filters()); });
  define(type, "settings", [](HostedWorkspace& self) { return to_python(self.settings()); });
  define(type, "snapshot", [](HostedWorkspace& self) { return to_python(self.snapshot()); });
}

// What a callback raises is reported and stops nothing, unless it ends the program. It may take as
// long as it likes, so this does not count as a call that is inside, and has nothing to let go.
void tell(py::handle callback, py::handle entry) {
  PyObject* result = PyObject_CallOneArg(callback.ptr(), entry.ptr());
  if (result) Py_DECREF(result);
  else if (PyErr_ExceptionMatches(PyExc_Exception)) PyErr_WriteUnraisable(callback.ptr());
  else throw py::error_already_set();
}

}  // namespace

void bind_workspace(py::module_& module) {
  py::class_<HostedWorkspace> type(module, "Workspace", "A workspace over a store.");
  type.def(py::init(&open_workspace), py::call_guard<Entered>());
  bind_requests(type);
  bind_reads(type);
  module.def("find_in_tasks", find_in_tasks, py::call_guard<Entered>());
  module.def("tell", tell);
  module.attr("has_sqlite") = has_sqlite();
}

namespace {

void fill(py::module_& module) {
  py::register_exception_translator([](std::exception_ptr failure) {
    try {
      if (failure) std::rethrow_exception(failure);
    } catch (const Refused&) {
      raise_current_exception();
    }
  });
  import_types();
  bind_values(module);
  bind_functions(module);
  bind_workspace(module);
  py::module_::import("atexit").attr("register")(py::cpp_function(&Entered::end));
  py::module_ os = py::module_::import("os");
  if (py::hasattr(os, "register_at_fork")) {
    os.attr("register_at_fork")(py::arg("after_in_child") =
                                    py::cpp_function(&Entered::begin_in_child));
  }
}

}  // namespace
}  // namespace todo::python

// What PYBIND11_MODULE would write, but for the first line: pybind11 waits for ever in a
// subinterpreter, and its objects must not be shared between interpreters anyway.
PyMODINIT_FUNC PyInit__ext() {
  using namespace todo::python;
  if (PyInterpreterState_Get() != PyInterpreterState_Main()) {
    PyErr_SetString(PyExc_ImportError, "libtodo does not run in a subinterpreter");
    return nullptr;
  }
  return guarded(static_cast<PyObject*>(nullptr), [] {
    static py::module_::module_def definition;
    py::detail::get_internals();
    auto module = py::module_::create_extension_module(
        "_ext", "The compiled half of libtodo. Import libtodo instead.", &definition);
    fill(module);
    return module.release().ptr();
  });
}
