// Files that are built into the program; CMake writes them as text.
#pragma once

namespace todo::server {

extern const char component_schemas_json[];  // of the values of libtodo, by todo-describe
extern const char extra_schemas_json[];      // docs/schemas.json
extern const char reference_html[];          // docs/reference.html, and what it loads
extern const char reference_css[];
extern const char reference_js[];

}  // namespace todo::server
