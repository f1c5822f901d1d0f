// Answers each line of standard input by one line; tests/conformance/README.md has the protocol.
#include <array>
#include <iostream>

#include "arguments.h"

namespace todo::conformance {
namespace {

struct NamedOperation {
  std::string_view name;
  Operation operation;
};
constexpr std::array operations = {
    NamedOperation{"recurrence.expand", expand_recurrence},
    NamedOperation{"recurrence.next", next_of_recurrence},
    NamedOperation{"recurrence.format", format_rule},
    NamedOperation{"zone.offset", offsets_of_zone},
    NamedOperation{"zone.resolve", resolve_in_zone},
    NamedOperation{"query", run_query},
    NamedOperation{"query.format", format_query},
    NamedOperation{"workspace", run_workspace},
    NamedOperation{"workspace.try", try_texts},
    NamedOperation{"codec.read", read_and_write},
    NamedOperation{"interchange.import", import_text},
};

const JsonNode* find_op(const JsonNode& line) {
  for (const JsonNode* name = line.first(); name != line.end(); name = name->first()->end()) {
    if (name->text == "op") return name->first();
  }
  return nullptr;
}

Answer answer_to(const std::string& text) {
  JsonDocument line;
  Result<void> read = line.read(text);
  if (read.has_error()) return read.error();
  if (line.root().kind != JsonKind::object) return Error{Errc::wrong_type, "expected an object"};
  const JsonNode* op = find_op(line.root());
  auto found = std::find_if(operations.begin(), operations.end(), [&](const NamedOperation& other) {
    return op && op->kind == JsonKind::text && other.name == op->text;
  });
  if (found == operations.end()) return Error{Errc::unknown_name, "there is no such op", "/op"};
  Arguments arguments(line.root());
  return found->operation(arguments);
}

void answer_lines() {
  for (std::string line; std::getline(std::cin, line);) {
    Answer answer = answer_to(line);
    if (answer.has_value()) std::cout << R"({"ok":)" << *answer << "}" << std::endl;
    else std::cout << R"({"error":)" << to_json(answer.error()) << "}" << std::endl;
  }
}

}  // namespace
}  // namespace todo::conformance

int main() {
  std::ios::sync_with_stdio(false);
  todo::conformance::answer_lines();
  return std::cout ? 0 : 1;
}
