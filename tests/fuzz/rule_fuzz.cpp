// Input of three lines: a rule, the anchor, and the time after which to look (the last two may be
// left out). Whatever it is, reading ends, writing what was read gives the same rule again, and
// looking for occurrences ends.
#include <cstdint>

#include "todo/recurrence.h"

namespace {

using namespace todo;

std::string_view take_line(std::string_view& text) {
  std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  return line;
}

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void look(const Recurrence& recurrence, std::optional<LocalTime> after,
          const std::optional<Zone>& zone) {
  constexpr std::size_t limit = 5;
  std::vector<LocalTime> found = occurrences(recurrence, after, limit, zone);
  require(found.size() <= limit);
  require(found.empty() || !after || found.front() > *after);
  for (LocalTime time : found) require(time < last_date + std::chrono::days{1});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  Result<Rule> rule = parse<Rule>(take_line(text));
  if (rule.has_error()) {
    require(!rule.error().message.empty());
    return 0;
  }
  Result<Rule> again = parse<Rule>(to_text(*rule));
  require(again.has_value() && *again == *rule);

  Recurrence recurrence;
  recurrence.rules = {*rule};
  Result<When> anchor = parse<When>(take_line(text));
  recurrence.anchor = anchor ? *anchor : When{Floating{}};
  if (flaw_of(recurrence)) return 0;
  std::optional<Zone> zone;
  if (const auto* zoned = std::get_if<Zoned>(&*recurrence.anchor))
    zone = Zones::embedded().find(zoned->zone);
  Result<LocalTime> after = parse<LocalTime>(take_line(text));
  look(recurrence, after ? std::optional(*after) : std::nullopt, zone);
  return 0;
}
