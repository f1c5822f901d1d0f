// What a line asks for, and how it is answered.
#pragma once

#include <string>
#include <vector>

#include "todo/json_reader.h"
#include "todo/json_writer.h"

namespace todo::conformance {

// The members of a line besides "op"; null is as good as absent. The first refusal is kept. An
// operation asks for it once it has taken all that it knows: what is left then is unknown.
class Arguments {
 public:
  explicit Arguments(const JsonNode& line);  // an object

  // `value` if it is absent.
  template <class T>
  T take(std::string_view name, T value = {}) {
    if (const JsonNode* node = remove(name)) read(name, *node, value);
    return value;
  }

  // Refused if it is absent.
  template <class T>
  T need(std::string_view name) {
    T value{};
    if (const JsonNode* node = remove(name)) read(name, *node, value);
    else refuse(within(name, {Errc::missing, "this member has to be there"}));
    return value;
  }

  // A list, or its only item.
  template <class T>
  std::vector<T> take_list(std::string_view name) {
    const JsonNode* node = remove(name);
    std::vector<T> items;
    if (!node) return items;
    if (node->kind == JsonKind::list) read(name, *node, items);
    else read(name, *node, items.emplace_back());
    return items;
  }

  // The zone that a member names; nullopt only with a refusal.
  std::optional<Zone> need_zone(std::string_view name);

  void refuse(Error error);
  std::optional<Error> refusal();

 private:
  struct Member {
    std::string_view name;
    const JsonNode* value;
  };

  const JsonNode* remove(std::string_view name);

  template <class T>
  void read(std::string_view name, const JsonNode& node, T& value) {
    JsonReader reader;
    if (!reader.read(node, value)) refuse(within(name, reader.take_error()));
  }

  std::vector<Member> left_;
  std::optional<Error> refusal_;
};

// Canonical JSON of the answer, or why there is none.
using Answer = Result<std::string>;
using Operation = Answer (*)(Arguments& given);

Answer expand_recurrence(Arguments& given);
Answer next_of_recurrence(Arguments& given);
Answer format_rule(Arguments& given);
Answer offsets_of_zone(Arguments& given);
Answer resolve_in_zone(Arguments& given);
Answer run_query(Arguments& given);
Answer format_query(Arguments& given);
Answer run_workspace(Arguments& given);
Answer try_texts(Arguments& given);
Answer read_and_write(Arguments& given);
Answer import_text(Arguments& given);

}  // namespace todo::conformance
