#include "errors.h"

#include "scalars.h"

namespace todo::python {
namespace {

void raise(const Error& error) {
  py::object make = py::module_::import("libtodo._errors").attr("error_of");
  py::object exception = make(text_to_python(name_of(error.code)), text_to_python(error.message),
                              text_to_python(error.field));
  PyErr_SetObject(py::type::handle_of(exception).ptr(), exception.ptr());
}

}  // namespace

void raise_current_exception() {
  try {
    throw;
  } catch (const Refused& refused) {
    try {
      raise(refused.error());
    } catch (py::error_already_set& failure) {
      failure.restore();
    }
  } catch (py::error_already_set& failure) {
    failure.restore();
  } catch (const std::bad_alloc&) {
    PyErr_NoMemory();
  } catch (const std::exception& failure) {
    PyErr_SetString(PyExc_RuntimeError, failure.what());
  }
}

}  // namespace todo::python
