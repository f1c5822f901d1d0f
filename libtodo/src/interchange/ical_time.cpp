// Dates and times of iCalendar.
#include "ical_todo.h"

namespace todo::ical {
namespace {

// An IANA name, also behind a prefix like "/mozilla.org/20050126_1/Europe/Paris".
std::string zone_of(std::string_view tzid, const Zones& zones) {
  while (!zones.find(tzid)) {
    std::size_t slash = tzid.find('/');
    if (slash == tzid.npos) return {};
    tzid.remove_prefix(slash + 1);
  }
  return std::string(tzid);
}

std::string what(const Property& property, std::string_view parameter) {
  return property.name + ';' + std::string(parameter);
}

}  // namespace

std::optional<When> read_when(Todo& todo, const Property& property) {
  std::optional<BasicTime> read = read_basic_time(property.value);
  if (!read) {
    keep_property(todo.item, property, "it is no date or time");
    return {};
  }
  return when_of(todo, property, *read);
}

When when_of(Todo& todo, const Property& property, const BasicTime& read) {
  if (read.is_date) return AllDay{std::chrono::floor<std::chrono::days>(read.time)};
  if (read.is_utc) return Zoned{read.time, "UTC"};
  std::string_view tzid = property.parameter("TZID");
  if (tzid.empty()) return Floating{read.time};

  std::string zone = zone_of(tzid, todo.context.zones);
  if (zone.empty()) {
    todo.item.report(what(property, "TZID"), Fate::changed,
                     "there is no IANA zone of this name: the time is in no zone");
    return Floating{read.time};
  }
  if (zone != tzid)
    todo.item.report(what(property, "TZID"), Fate::changed, "it means the zone " + zone);
  return Zoned{read.time, zone};
}

std::optional<Instant> read_instant(Todo& todo, const Property& property) {
  std::optional<BasicTime> read = read_basic_time(property.value);
  if (read && read->is_utc) return instant_of(*read);
  std::optional<When> when;
  if (!read || !(when = read_when(todo, property))) {
    keep_property(todo.item, property, "it is no time in UTC");
    return {};
  }
  todo.item.report(property.name, Fate::changed, "it is not in UTC, as it should be");
  const auto* zoned = std::get_if<Zoned>(&*when);
  Zone zone = zoned ? *todo.context.zones.find(zoned->zone) : owner_zone(todo.context);
  return zone.to_instant(local_time_of(*when));
}

std::optional<When> as_kind_of(const When& like, const When& when, const ImportContext& context) {
  const auto* zoned_like = std::get_if<Zoned>(&like);
  const auto* zoned = std::get_if<Zoned>(&when);
  if (like.index() == when.index() && (!zoned || zoned->zone == zoned_like->zone)) return when;

  LocalTime time = local_time_of(when);
  if (std::holds_alternative<AllDay>(like)) return with_local_time(like, time);
  if (std::holds_alternative<AllDay>(when)) {
    LocalTime own = local_time_of(like);
    return with_local_time(like, time + (own - std::chrono::floor<std::chrono::days>(own)));
  }
  if (!zoned) return with_local_time(like, time);
  if (!zoned_like) return {};
  std::optional<Zone> from = context.zones.find(zoned->zone);
  std::optional<Zone> to = context.zones.find(zoned_like->zone);
  if (!from || !to) return {};
  return with_local_time(like, to->to_local(from->to_instant(time)));
}

}  // namespace todo::ical
