#pragma once

#include <string>

#include "describe/catalog.h"

namespace todo::describe {

std::string typescript(const Catalog& catalog);

// A schema of each definition by its name, as a JSON object. `path` is where they will lie.
std::string json_schemas(const Catalog& catalog, const std::string& path);

}  // namespace todo::describe
