#include "todo/recurrence.h"

#include "arguments.h"

namespace todo::conformance {
namespace {

struct Asked {
  Recurrence recurrence{};
  std::optional<Zone> zone{};
  std::optional<LocalTime> after{};
};

// What is not a date is on the wall clock of the zone, if there is one.
When in_zone(const When& when, const std::string& zone) {
  if (zone.empty() || !std::holds_alternative<Floating>(when)) return when;
  return Zoned{local_time_of(when), zone};
}
std::vector<When> in_zone(std::vector<When> list, const std::string& zone) {
  for (When& when : list) when = in_zone(when, zone);
  return list;
}

Asked take(Arguments& given) {
  Asked asked;
  auto start = given.need<When>("start");
  auto zone = given.take<std::string>("zone");
  if (!zone.empty() && !(asked.zone = Zones::embedded().find(zone)))
    given.refuse({Errc::not_found, "there is no such zone", "/zone"});
  asked.recurrence.anchor = in_zone(start, zone);
  asked.recurrence.rules = given.take_list<Rule>("rule");
  asked.recurrence.rdates = in_zone(given.take_list<When>("rdate"), zone);
  asked.recurrence.exdates = in_zone(given.take_list<When>("exdate"), zone);
  if (!given.take_list<std::string>("exrule").empty())
    given.refuse({Errc::unsupported, "EXRULE is not supported", "/exrule"});
  asked.after = given.take<std::optional<LocalTime>>("after");
  if (std::optional<Error> flaw = flaw_of(asked.recurrence)) given.refuse(*std::move(flaw));
  return asked;
}

}  // namespace

Answer expand_recurrence(Arguments& given) {
  Asked asked = take(given);
  auto limit = given.take<std::uint32_t>("limit", 100);
  if (std::optional<Error> refusal = given.refusal()) return *refusal;
  return to_json(occurrences(asked.recurrence, asked.after, limit, asked.zone));
}

Answer next_of_recurrence(Arguments& given) {
  Asked asked = take(given);
  if (std::optional<Error> refusal = given.refusal()) return *refusal;
  return to_json(next_after(asked.recurrence, asked.after, asked.zone));
}

Answer format_rule(Arguments& given) {
  auto rule = given.need<Rule>("rule");
  if (std::optional<Error> refusal = given.refusal()) return *refusal;
  return to_json(rule);
}

}  // namespace todo::conformance
