#include "todo/zone.h"

#include "arguments.h"

namespace todo::conformance {

Answer offsets_of_zone(Arguments& given) {
  std::optional<Zone> zone = given.need_zone("zone");
  auto instants = given.need<std::vector<Instant>>("at");
  if (std::optional<Error> refusal = given.refusal()) return *refusal;
  std::vector<std::int64_t> offsets;
  for (Instant at : instants) offsets.push_back(zone->offset_at(at).count());
  return to_json(offsets);
}

Answer resolve_in_zone(Arguments& given) {
  std::optional<Zone> zone = given.need_zone("zone");
  auto times = given.need<std::vector<LocalTime>>("local");
  if (std::optional<Error> refusal = given.refusal()) return *refusal;
  std::vector<Instant> instants;
  for (LocalTime time : times) instants.push_back(zone->to_instant(time));
  return to_json(instants);
}

}  // namespace todo::conformance
