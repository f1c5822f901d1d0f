#pragma once

#include <pybind11/pybind11.h>

namespace todo::python {

// What needs no workspace: recurrence, zones, queries, and values as text.
void bind_functions(pybind11::module_& module);

// The class that libtodo.Todo is made of.
void bind_workspace(pybind11::module_& module);

}  // namespace todo::python
