#pragma once

#include <pybind11/pybind11.h>

namespace todo::python {

// The class of each described value, enumeration and patch.
void bind_values(pybind11::module_& module);

}  // namespace todo::python
