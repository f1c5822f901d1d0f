#include "model/checks.h"
#include "todo/text.h"
#include "todo/workspace.h"

namespace todo {
namespace {

Flaw flaw_of_name(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > limits::context_text_bytes) {
    std::string most = std::to_string(limits::context_text_bytes);
    return Error{Errc::out_of_range, "at most " + most + " bytes"};
  }
  return flaw_of_line(text, limits::context_text_bytes, "it");
}

Flaw flaw_of_device(const DeviceId& device) {
  if (device.version() == 7 || is_of_one_request(device)) return {};
  return Error{Errc::invalid, "a device is a UUID of version 7, 5 or 4"};
}

Flaw flaw_of_number(const Mutation& mutation) {
  if (mutation.number == 0) return Error{Errc::out_of_range, "requests are counted from 1"};
  if (mutation.number == 1 || !is_of_one_request(mutation.device)) return {};
  return Error{Errc::out_of_range, "a device of version 5 or 4 has one request, number 1"};
}

}  // namespace

std::optional<Error> flaw_of(const Context& context) {
  const std::pair<std::string_view, Flaw> flaws[] = {
      {"now", flaw_of_instant(context.now)},
      {"actor", flaw_of_name(context.actor)},
      {"origin", flaw_of_name(context.origin)},
      {"mutation/device", flaw_of_device(context.mutation.device)},
      {"mutation/number", flaw_of_number(context.mutation)},
      {"digest", flaw_of_name(context.digest)}};
  for (const auto& [member, flaw] : flaws) {
    if (flaw) return Error{flaw->code, flaw->message, "/" + std::string(member)};
  }
  return {};
}

}  // namespace todo
