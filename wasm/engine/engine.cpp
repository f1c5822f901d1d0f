// The border to JavaScript: one text in, one text out. An instance of the module is one replica,
// which ends with its instance.
//
// The host writes a call (calls.h) as UTF-8 to `reserve(size)`, then `call()` gives the address of
// the answer, {"ok":...} or {"error":{...}}, and `answer_size()` its length. An address 0 says that
// memory has run out: the instance may hold half of a change and is not to be used again.
#include <new>

#include "replica.h"
#include "todo/json_reader.h"
#include "todo/json_writer.h"

namespace todo::wasm {
namespace {

struct Instance {
  Replica replica{};
  std::string asked{};
  std::string answered{};
} instance;

template <class T>
std::string text_of(const Result<T>& result) {
  if (result.has_error()) return "{\"error\":" + to_json(result.error()) + '}';
  if constexpr (std::is_void_v<T>) return "{\"ok\":null}";
  else return "{\"ok\":" + to_json(*result) + '}';
}

template <class T>
std::string read_again(const std::string& text) {
  return text_of(from_json<T>(text));
}

std::string answer_to(Read& call) {
  static constexpr std::array as_json = {
      read_again<Task>,     read_again<Patch<Task>>, read_again<Project>, read_again<Filter>,
      read_again<Settings>, read_again<Command>,     read_again<Request>, read_again<Event>,
      read_again<Entry>,    read_again<Snapshot>};
  if (call.as == ValueType::rule) return text_of(parse<Rule>(call.text));
  if (call.as == ValueType::query) return text_of(parse<Query>(call.text));
  return as_json[static_cast<std::size_t>(call.as)](call.text);
}

template <class C>
std::string answer_to(C& call) {
  return text_of(instance.replica.answer(std::move(call)));
}

std::string answer_to_text(std::string_view text) {
  Result<Call> call = from_json<Call>(text);
  if (call.has_error()) return text_of(Result<void>(call.error()));
  return std::visit([](auto& asked) { return answer_to(asked); }, *call);
}

}  // namespace
}  // namespace todo::wasm

extern "C" {

[[clang::export_name("reserve")]] char* todo_reserve(std::size_t size) {
  try {
    todo::wasm::instance.asked.resize(size);
    return todo::wasm::instance.asked.data();
  } catch (const std::exception&) {
    return nullptr;
  }
}

[[clang::export_name("call")]] const char* todo_call() {
  try {
    todo::wasm::instance.answered = todo::wasm::answer_to_text(todo::wasm::instance.asked);
    return todo::wasm::instance.answered.c_str();
  } catch (const std::exception&) {
    return nullptr;
  }
}

[[clang::export_name("answer_size")]] std::size_t todo_answer_size() {
  return todo::wasm::instance.answered.size();
}
}
