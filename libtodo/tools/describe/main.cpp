// Describes the values of libtodo to other languages, from their field tables.
#include <cstdio>
#include <string_view>

#include "describe/generators.h"

namespace {

constexpr const char* usage =
    "Usage: todo-describe typescript|json-schema|openapi\n"
    "\n"
    "Writes to standard output:\n"
    "  typescript   types of all values, a module\n"
    "  json-schema  one JSON Schema (2020-12) with all values under $defs\n"
    "  openapi      the same schemas as an object for components.schemas of OpenAPI 3.1\n";

std::string text_for(std::string_view language) {
  todo::describe::Catalog catalog;
  if (language == "typescript") return typescript(catalog);
  if (language == "openapi") return json_schemas(catalog, "#/components/schemas/") + '\n';
  if (language == "json-schema") {
    return R"({"$schema":"https://json-schema.org/draft/2020-12/schema","$defs":)" +
           json_schemas(catalog, "#/$defs/") + "}\n";
  }
  return "";
}

}  // namespace

int main(int count, char** arguments) {
  std::string text = count == 2 ? text_for(arguments[1]) : "";
  if (text.empty()) return std::fputs(usage, stderr), 2;
  bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  return written && std::fflush(stdout) == 0 ? 0 : 1;
}
