// Questions about dates, which need no tasks.
#include "replica.h"

namespace todo::wasm {

Result<std::vector<std::string>> Replica::answer(const GiveZones&) const {
  std::vector<std::string_view> names = session_.zones().names();
  return std::vector<std::string>(names.begin(), names.end());
}

Result<std::vector<std::int32_t>> Replica::answer(const GiveOffsets& call) const {
  Result<Zone> zone = zone_of(call.zone);
  if (zone.has_error()) return within("zone", zone.error());
  std::vector<std::int32_t> offsets;
  for (Instant at : call.at)
    offsets.push_back(static_cast<std::int32_t>(zone->offset_at(at).count()));
  return offsets;
}

Result<std::vector<LocalTime>> Replica::answer(const GiveLocalTimes& call) const {
  Result<Zone> zone = zone_of(call.zone);
  if (zone.has_error()) return within("zone", zone.error());
  std::vector<LocalTime> times;
  for (Instant at : call.at) times.push_back(zone->to_local(at));
  return times;
}

Result<std::vector<Instant>> Replica::answer(const GiveInstants& call) const {
  Result<Zone> zone = zone_of(call.zone);
  if (zone.has_error()) return within("zone", zone.error());
  std::vector<Instant> instants;
  for (const When& when : call.at) {
    const auto* zoned = std::get_if<Zoned>(&when);
    Result<Zone> of_when = zoned ? zone_of(zoned->zone) : zone;
    if (of_when.has_error()) return within("at", within(instants.size(), of_when.error()));
    instants.push_back(within_calendar(of_when->to_instant(local_time_of(when))));
  }
  return instants;
}

Result<std::vector<Instant>> Replica::answer(const Resolve& call) const {
  Result<Zone> zone = zone_of(call.zone);
  if (zone.has_error()) return within("zone", zone.error());
  std::vector<Instant> instants;
  for (LocalTime time : call.local) instants.push_back(within_calendar(zone->to_instant(time)));
  return instants;
}

Result<std::vector<When>> Replica::answer(const GiveOccurrences& call) const {
  Result<std::vector<When>> dates = dates_of(call.dates, call.limit);
  if (dates.has_error()) return within("dates", dates.error());
  return dates;
}

Result<std::optional<When>> Replica::answer(const GiveNextOccurrence& call) const {
  Result<std::vector<When>> dates = dates_of(call.dates, 1);
  if (dates.has_error()) return within("dates", dates.error());
  return dates->empty() ? std::optional<When>() : dates->front();
}

Result<std::vector<When>> Replica::dates_of(const Dates& dates, std::size_t limit) const {
  Recurrence recurrence = dates.recurrence;
  if (!recurrence.anchor) recurrence.anchor = dates.date;
  if (!recurrence.anchor)
    return Error{Errc::missing, "a recurrence needs a date to count from", "/date"};
  if (auto flaw = flaw_of(recurrence)) return within("recurrence", *flaw);
  const auto* zoned = std::get_if<Zoned>(&*recurrence.anchor);
  Result<Zone> zone = zone_of(zoned ? zoned->zone : "");
  if (zone.has_error()) return within("recurrence", within("anchor", zone.error()));

  std::optional<LocalTime> after;
  if (dates.after) after = local_time_of(*dates.after);
  std::vector<When> given;
  for (LocalTime time : occurrences(recurrence, after, limit, *zone))
    given.push_back(dates.local ? Floating{time} : with_local_time(*recurrence.anchor, time));
  return given;
}

Result<Zone> Replica::zone_of(std::string_view name) const {
  std::string_view wanted = name.empty() ? std::string_view(workspace().settings.zone) : name;
  std::optional<Zone> zone = session_.zones().find(wanted);
  if (!zone) return Error{Errc::not_found, "there is no such zone"};
  return *zone;
}

}  // namespace todo::wasm
