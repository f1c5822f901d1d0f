// JSON text taken apart, strictly (RFC 8259), before any of it gets a meaning.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "todo/error.h"

namespace todo {

enum class JsonKind : std::uint8_t { null, boolean, number, text, list, object };

// A value. What is in it follows it: the items of a list, or the members of an object, each of them
// its name (a text) and then its value.
struct JsonNode {
  std::string_view text{};  // of a text what it means; of a number or boolean as it is written
  std::uint32_t size = 1;   // in nodes, with all that is in it
  JsonKind kind = JsonKind::null;

  const JsonNode* first() const { return this + 1; }
  const JsonNode* end() const { return this + size; }  // the first behind it
};

class JsonDocument {
 public:
  // Reads `text`, which must outlive the nodes. Refuses as `malformed`, with a pointer, what is not
  // JSON, is nested deeper than 32, or has text that is not Unicode. Numbers may have any size and
  // names may come twice: whoever gives them a meaning judges that.
  Result<void> read(std::string_view text);

  const JsonNode& root() const { return nodes_.front(); }

  JsonDocument() = default;
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;

 private:
  std::vector<JsonNode> nodes_;
  std::string unescaped_;  // text that was written with escapes
};

}  // namespace todo
