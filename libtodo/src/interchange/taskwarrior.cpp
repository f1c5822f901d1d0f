// All of an export: a JSON list, or an object on each line.
#include "taskwarrior.h"

#include <deque>

namespace todo {
namespace taskwarrior {
namespace {

// Taskwarrior writes most control characters into strings as they are, which JSON does not know.
std::string with_escaped_controls(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string strict;
  strict.reserve(text.size());
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    if (in_string && byte < 0x20) {
      (((strict += "\\u00") += digits[byte >> 4]) += digits[byte & 15]);
      continue;
    }
    strict += text[i];
    if (text[i] == '"') in_string = !in_string;
    else if (in_string && text[i] == '\\' && i + 1 < text.size()) strict += text[++i];
  }
  return strict;
}

class Export {
 public:
  explicit Export(const ImportContext& context) : context_(context) {}

  Result<Gathered> read(std::string_view text) {
    std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == text.npos || (text[begin] != '[' && text[begin] != '{')) {
      return Error{Errc::malformed,
                   "this is no export of Taskwarrior: it begins with neither [ nor {"};
    }
    Result<void> read = text[begin] == '[' ? read_list(text.substr(begin)) : read_lines(text);
    if (read.has_error()) return read.error();
    for (const Source& source : sources_) {
      gathered_.items.push_back(read_task(source, context_));
      const Item& item = gathered_.items.back();
      gathered_.named.emplace(item.source, item.task.id);
    }
    join_series(sources_, gathered_, context_);
    return std::move(gathered_);
  }

 private:
  struct Document {
    std::string text{};
    JsonDocument json{};
  };

  Result<const JsonNode*> parse(std::string_view text) {
    Document& document = documents_.emplace_back();
    document.text = with_escaped_controls(text);
    Result<void> read = document.json.read(document.text);
    if (read.has_error()) return read.error();
    return &document.json.root();
  }

  Result<void> read_list(std::string_view text) {
    Result<const JsonNode*> list = parse(text);
    if (list.has_error()) return list.error();
    std::uint32_t at = 0;
    for (const JsonNode* node = (*list)->first(); node != (*list)->end(); node = node->end())
      take(*node, ++at);
    return {};
  }

  // Older versions put a comma behind each line.
  Result<void> read_lines(std::string_view text) {
    std::uint32_t at = 0;
    std::optional<Error> first;
    while (!text.empty()) {
      ++at;
      std::size_t end = text.find('\n');
      std::string_view line = text.substr(0, end);
      text.remove_prefix(end == text.npos ? text.size() : end + 1);
      std::size_t last = line.find_last_not_of(" \t\r,");
      if (last == line.npos) continue;
      Result<const JsonNode*> node = parse(line.substr(0, last + 1));
      if (node.has_value()) {
        take(**node, at);
        continue;
      }
      if (!first) first = node.error();
      gathered_.losses.push_back({"", at, "", Fate::dropped, node.error().message});
    }
    if (sources_.empty() && first) return *first;
    return {};
  }

  void take(const JsonNode& node, std::uint32_t at) {
    Source source(at, node);
    std::string uuid = source.text("uuid");
    if (parse_uuid(uuid).has_value() && uuids_.insert(uuid).second)
      return sources_.push_back(std::move(source));
    gathered_.losses.push_back({uuid, at, "", Fate::dropped,
                                source.find("uuid") ? "its uuid is none, or there twice"
                                                    : "a task of Taskwarrior has a uuid"});
  }

  const ImportContext& context_;
  std::deque<Document> documents_;  // what the nodes in `sources_` lie in
  std::vector<Source> sources_;
  std::set<std::string> uuids_;
  Gathered gathered_;
};

}  // namespace
}  // namespace taskwarrior

Result<Gathered> gather_taskwarrior(std::string_view text, const ImportContext& context) {
  return taskwarrior::Export(context).read(text);
}

}  // namespace todo
