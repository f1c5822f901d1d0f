#include "arguments.h"

namespace todo::conformance {

Arguments::Arguments(const JsonNode& line) {
  for (const JsonNode* name = line.first(); name != line.end(); name = name->first()->end()) {
    const JsonNode* value = name->first();
    if (name->text != "op" && value->kind != JsonKind::null) left_.push_back({name->text, value});
  }
}

const JsonNode* Arguments::remove(std::string_view name) {
  auto found = std::find_if(left_.begin(), left_.end(),
                            [&](const Member& member) { return member.name == name; });
  if (found == left_.end()) return nullptr;
  const JsonNode* value = found->value;
  left_.erase(found);
  return value;
}

std::optional<Zone> Arguments::need_zone(std::string_view name) {
  std::optional<Zone> zone = Zones::embedded().find(need<std::string>(name));
  if (!zone) refuse(within(name, {Errc::not_found, "there is no such zone"}));
  return zone;
}

void Arguments::refuse(Error error) {
  if (!refusal_) refusal_ = std::move(error);
}

std::optional<Error> Arguments::refusal() {
  if (!left_.empty()) {
    refuse(within(left_.front().name, {Errc::unknown_member, "there is no such member"}));
  }
  return refusal_;
}

}  // namespace todo::conformance
