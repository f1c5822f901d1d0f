#include "functions.h"

#include "convert.h"
#include "todo/index.h"
#include "todo/zone.h"

namespace todo::python {
namespace {

constexpr std::int64_t most_occurrences = 100'000;

const Zones& zones() { return Zones::embedded(); }

Zone zone_named(const std::string& name, std::string field = {}) {
  std::optional<Zone> zone = zones().find(name);
  if (!zone) refuse(Errc::not_found, "there is no such zone", std::move(field));
  return *zone;
}

// What is asked of a recurrence: that it can be, and on which clock it runs.
struct Clock {
  const Recurrence& recurrence;
  std::optional<Zone> zone{};

  Clock(const Recurrence& of, py::handle owner_zone) : recurrence(of) {
    if (!of.anchor) refuse(Errc::missing, "an anchor is needed to count from", "/anchor");
    if (const auto* zoned = std::get_if<Zoned>(&*of.anchor))
      zone = zone_named(zoned->zone, "/anchor");
    else if (!owner_zone.is_none()) zone = zone_named(text_from_python(owner_zone), "/zone");
    if (std::optional<Error> flaw = flaw_of(of)) throw Refused(*flaw);
  }

  bool is_zoned() const { return std::holds_alternative<Zoned>(*recurrence.anchor); }

  // `moment` on the wall clock of the anchor.
  LocalTime local(const When& moment) const {
    const auto* zoned = std::get_if<Zoned>(&moment);
    if (!zoned) return local_time_of(moment);
    if (!is_zoned())
      refuse(Errc::invalid, "expected a date or a time without a zone, as the anchor is");
    const auto* anchor = std::get_if<Zoned>(&*recurrence.anchor);
    if (zoned->zone == anchor->zone) return zoned->time;
    return zone->to_local(zone_named(zoned->zone).to_instant(zoned->time));
  }
  std::optional<LocalTime> local_after(py::handle moment) const {
    if (moment.is_none()) return std::nullopt;
    return within_member("after", [&] { return local(when_from_python(moment)); });
  }

  py::object when(LocalTime time) const {
    return when_to_python(with_local_time(*recurrence.anchor, time));
  }
};

std::size_t limit_from(py::handle limit) {
  return within_member("limit", [&] {
    return static_cast<std::size_t>(integer_from_python(limit, 0, most_occurrences));
  });
}

py::object list_occurrences(py::handle self, py::handle after, py::handle limit, py::handle zone) {
  const auto recurrence = from_python<Recurrence>(self);
  Clock clock(recurrence, zone);
  py::list whens;
  for (LocalTime time :
       occurrences(recurrence, clock.local_after(after), limit_from(limit), clock.zone))
    whens.append(clock.when(time));
  return whens;
}

py::object list_local_times(py::handle self, py::handle after, py::handle limit, py::handle zone) {
  const auto recurrence = from_python<Recurrence>(self);
  Clock clock(recurrence, zone);
  py::list times;
  for (LocalTime time :
       occurrences(recurrence, clock.local_after(after), limit_from(limit), clock.zone))
    times.append(local_time_to_python(time));
  return times;
}

py::object first_after(py::handle self, py::handle after, py::handle zone) {
  const auto recurrence = from_python<Recurrence>(self);
  Clock clock(recurrence, zone);
  std::optional<LocalTime> next = next_after(recurrence, clock.local_after(after), clock.zone);
  return next ? clock.when(*next) : py::none();
}

// Both ends may be among them.
py::object list_between(py::handle self, py::handle first, py::handle last, py::handle limit,
                        py::handle zone) {
  const auto recurrence = from_python<Recurrence>(self);
  Clock clock(recurrence, zone);
  auto begin = within_member("first", [&] { return clock.local(when_from_python(first)); });
  auto end = within_member("last", [&] { return clock.local(when_from_python(last)); });
  py::list whens;
  std::size_t most = limit_from(limit);
  for (LocalTime time :
       occurrences(recurrence, begin - std::chrono::seconds{1}, most, clock.zone)) {
    if (time > end) break;
    whens.append(clock.when(time));
  }
  return whens;
}

void add_method(py::handle type, const char* name, py::cpp_function function) {
  type.attr(name) = std::move(function);
}

void bind_recurrence(py::module_& module) {
  py::object type = module.attr("Recurrence");
  py::is_method method(type);
  py::call_guard<Entered> guard;
  add_method(type, "occurrences",
             py::cpp_function(list_occurrences, py::name("occurrences"), method, guard,
                              py::arg("after") = py::none(), py::kw_only(), py::arg("limit") = 100,
                              py::arg("zone") = py::none(),
                              "The first `limit` occurrences after `after`, or from the first one "
                              "on; as dates or times of the kind of the anchor."));
  add_method(type, "local_times",
             py::cpp_function(list_local_times, py::name("local_times"), method, guard,
                              py::arg("after") = py::none(), py::kw_only(), py::arg("limit") = 100,
                              py::arg("zone") = py::none(),
                              "The same as naive datetimes on the wall clock of the anchor."));
  add_method(
      type, "after",
      py::cpp_function(first_after, py::name("after"), method, guard, py::arg("after") = py::none(),
                       py::kw_only(), py::arg("zone") = py::none(),
                       "The first occurrence after `after`; None if there is no more."));
  add_method(type, "between",
             py::cpp_function(list_between, py::name("between"), method, guard, py::arg("first"),
                              py::arg("last"), py::kw_only(), py::arg("limit") = 1000,
                              py::arg("zone") = py::none(),
                              "The first `limit` occurrences from `first` to `last`, both "
                              "included."));
}

template <class T>
py::object from_text(py::handle text) {
  return to_python(value_or_refuse(parse<T>(text_from_python(text))));
}
template <class T>
py::object as_text(py::handle value) {
  return text_to_python(to_text(from_python<T>(value)));
}

py::object local_time_from_text(py::handle text) {
  return local_time_to_python(value_or_refuse(parse<LocalTime>(text_from_python(text))));
}

py::object canonical_query(py::handle text) {
  return text_to_python(to_text(value_or_refuse(parse<Query>(text_from_python(text)))));
}
py::object canonical_rule(py::handle text) {
  return text_to_python(to_text(rule_from_python(text)));
}

py::object zone_offset(py::handle name, py::handle at) {
  Zone zone = within_member("zone", [&] { return zone_named(text_from_python(name)); });
  Instant instant = within_member("at", [&] { return instant_from_python(at); });
  auto offset = static_cast<std::int32_t>(zone.offset_at(instant).count());
  return duration_to_python({0, offset});
}

py::object zone_instant(py::handle name, py::handle local) {
  Zone zone = within_member("zone", [&] { return zone_named(text_from_python(name)); });
  LocalTime time = within_member("local", [&] { return local_time_from_python(local); });
  return instant_to_python(within_calendar(zone.to_instant(time)));
}

py::object zone_names() {
  py::list names;
  for (std::string_view name : zones().names()) names.append(text_to_python(name));
  return names;
}

template <class Function, class... Extra>
void define(py::module_& module, const char* name, Function function, const Extra&... extra) {
  module.def(name, function, py::call_guard<Entered>(), extra...);
}

}  // namespace

void bind_functions(py::module_& module) {
  bind_recurrence(module);
  define(module, "parse_when", from_text<When>, py::arg("text"),
         "Reads a date, a local time, or a local time in a zone, as JSON has them.");
  define(module, "format_when", as_text<When>, py::arg("when"),
         "The text of a date or datetime: \"2026-11-23T09:00:00[Europe/Paris]\".");
  define(module, "parse_local_time", local_time_from_text, py::arg("text"),
         "Reads a local time: \"2026-11-23T09:00:00\".");
  define(module, "parse_instant", from_text<Instant>, py::arg("text"),
         "Reads an instant in UTC: \"2026-11-23T09:00:00Z\".");
  define(module, "format_instant", as_text<Instant>, py::arg("instant"), "The text of an instant.");
  define(module, "parse_duration", from_text<Duration>, py::arg("text"),
         "Reads a duration as in ISO 8601: \"-PT30M\".");
  define(module, "format_duration", as_text<Duration>, py::arg("duration"),
         "The text of a duration.");
  define(module, "format_query", canonical_query, py::arg("query"),
         "The canonical text of a query; raises InvalidValue with the character at fault.");
  define(module, "canonical_rule", canonical_rule, py::arg("text"),
         "The canonical text of a rule.");
  define(module, "zone_names", zone_names, "The IANA names of all zones, sorted.");
  define(module, "zone_offset", zone_offset, py::arg("zone"), py::arg("at"),
         "How far a zone is east of UTC at an instant.");
  define(module, "zone_instant", zone_instant, py::arg("zone"), py::arg("local"),
         "The instant of a local time; in a gap by the offset before it, of two the first.");
  module.attr("zone_version") = text_to_python(zones().version());
}

}  // namespace todo::python
