#include "scalars.h"

#include <datetime.h>

#include <algorithm>
#include <limits>

namespace todo::python {
namespace {

using namespace std::chrono;

// Borrowed for ever: a module that is imported stays.
struct Types {
  PyObject* uuid{};
  PyObject* zone_info{};
  PyObject* utc{};
  PyObject* rule{};
};
Types types;

PyObject* lasting(const char* module, const char* name) {
  return py::object(py::module_::import(module).attr(name)).release().ptr();
}

py::object stolen(PyObject* object) {
  if (!object) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(object);
}

bool is_instance(py::handle value, PyObject* type) {
  int answer = PyObject_IsInstance(value.ptr(), type);
  if (answer < 0) throw py::error_already_set();
  return answer == 1;
}

py::object zone_to_python(const std::string& name) {
  try {
    return py::reinterpret_borrow<py::object>(types.zone_info)(name);
  } catch (py::error_already_set& failure) {
    if (!failure.matches(PyExc_LookupError) && !failure.matches(PyExc_ValueError)) throw;
    refuse(Errc::unsupported,
           "this Python has no rules for the zone " + name + ": install the package tzdata");
  }
}

// The time zone of a datetime, None if it has none.
py::object zone_of(py::handle moment) { return moment.attr("tzinfo"); }

std::string zone_from_python(py::handle zone) {
  if (is_instance(zone, types.zone_info)) {
    py::object key = zone.attr("key");
    if (key.is_none()) refuse(Errc::invalid, "expected a ZoneInfo that has a name");
    return text_from_python(key);
  }
  if (zone.equal(py::handle(types.utc))) return "UTC";
  refuse(Errc::invalid, "expected a zone with a name (zoneinfo.ZoneInfo), not a fixed offset");
}

LocalTime whole_seconds_of(py::handle moment) {
  PyObject* at = moment.ptr();
  if (PyDateTime_DATE_GET_MICROSECOND(at) != 0)
    refuse(Errc::invalid, "expected whole seconds: use .replace(microsecond=0)");
  if (PyDateTime_DATE_GET_FOLD(at) != 0)
    refuse(Errc::invalid, "fold=1 is not supported: a time that comes twice is the first");
  local_days day{year{PyDateTime_GET_YEAR(at)} /
                 month{static_cast<unsigned>(PyDateTime_GET_MONTH(at))} /
                 std::chrono::day{static_cast<unsigned>(PyDateTime_GET_DAY(at))}};
  return day + hours{PyDateTime_DATE_GET_HOUR(at)} + minutes{PyDateTime_DATE_GET_MINUTE(at)} +
         seconds{PyDateTime_DATE_GET_SECOND(at)};
}

Date date_from(py::handle date) {
  PyObject* at = date.ptr();
  return local_days{year{PyDateTime_GET_YEAR(at)} /
                    month{static_cast<unsigned>(PyDateTime_GET_MONTH(at))} /
                    std::chrono::day{static_cast<unsigned>(PyDateTime_GET_DAY(at))}};
}

// A datetime with `zone`, which may be None.
py::object datetime_to_python(LocalTime time, microseconds fraction, py::handle zone) {
  auto day = floor<days>(time);
  year_month_day date{day};
  hh_mm_ss clock{time - day};
  return stolen(PyDateTimeAPI->DateTime_FromDateAndTime(
      static_cast<int>(date.year()), static_cast<int>(unsigned(date.month())),
      static_cast<int>(unsigned(date.day())), static_cast<int>(clock.hours().count()),
      static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
      static_cast<int>(fraction.count()), zone.ptr(), PyDateTimeAPI->DateTimeType));
}

}  // namespace

void import_types() {
  PyDateTime_IMPORT;
  if (!PyDateTimeAPI) throw py::error_already_set();
  types.uuid = lasting("uuid", "UUID");
  types.zone_info = lasting("zoneinfo", "ZoneInfo");
  types.utc = PyDateTime_TimeZone_UTC;
  types.rule = lasting("libtodo._names", "Rule");
}

std::string_view type_name_of(py::handle value) { return Py_TYPE(value.ptr())->tp_name; }

void refuse_type(std::string_view expected, py::handle given) {
  std::string message("expected ");
  message.append(expected).append(", not ").append(type_name_of(given));
  refuse(Errc::wrong_type, std::move(message));
}

py::object text_to_python(std::string_view text) {
  return stolen(PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), nullptr));
}

std::string text_from_python(py::handle from) {
  if (!PyUnicode_Check(from.ptr())) refuse_type("str", from);
  Py_ssize_t size = 0;
  const char* text = PyUnicode_AsUTF8AndSize(from.ptr(), &size);
  if (text) return {text, static_cast<std::size_t>(size)};
  py::error_already_set failure;
  if (!failure.matches(PyExc_UnicodeError)) throw failure;
  refuse(Errc::malformed, "this text is not Unicode: it has half of a surrogate pair");
}

std::int64_t integer_from_python(py::handle from, std::int64_t least, std::int64_t most) {
  if (!PyLong_Check(from.ptr()) || PyBool_Check(from.ptr())) refuse_type("int", from);
  int overflow = 0;
  std::int64_t number = PyLong_AsLongLongAndOverflow(from.ptr(), &overflow);
  if (overflow == 0 && number == -1 && PyErr_Occurred()) throw py::error_already_set();
  if (overflow != 0 || number < least || number > most) {
    refuse(Errc::out_of_range, "expected " + std::to_string(least) + " to " + std::to_string(most));
  }
  return number;
}

bool bool_from_python(py::handle from) {
  if (!PyBool_Check(from.ptr())) refuse_type("bool", from);
  return from.ptr() == Py_True;
}

py::object uuid_to_python(const IdBytes& bytes) {
  py::bytes raw(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return py::reinterpret_borrow<py::object>(types.uuid)(py::arg("bytes") = raw);
}

IdBytes uuid_from_python(py::handle from) {
  IdBytes id{};
  if (PyUnicode_Check(from.ptr())) {
    id = value_or_refuse(parse_uuid(text_from_python(from)));
  } else if (is_instance(from, types.uuid)) {
    py::object raw = from.attr("bytes");
    if (!PyBytes_Check(raw.ptr()) || PyBytes_GET_SIZE(raw.ptr()) != 16)
      refuse(Errc::invalid, "this UUID does not have 16 bytes");
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(PyBytes_AS_STRING(raw.ptr()));
    std::copy(bytes, bytes + id.size(), id.begin());
  } else {
    refuse_type("uuid.UUID", from);
  }
  if (id == IdBytes{}) refuse(Errc::invalid, "the nil UUID names nothing");
  return id;
}

py::object date_to_python(Date date) {
  year_month_day parts{date};
  return stolen(PyDateTimeAPI->Date_FromDate(
      static_cast<int>(parts.year()), static_cast<int>(unsigned(parts.month())),
      static_cast<int>(unsigned(parts.day())), PyDateTimeAPI->DateType));
}

py::object local_time_to_python(LocalTime time) {
  return datetime_to_python(time, microseconds{0}, py::none());
}

LocalTime local_time_from_python(py::handle from) {
  if (PyDateTime_Check(from.ptr())) {
    if (!zone_of(from).is_none())
      refuse(Errc::invalid, "expected a local time: a datetime without a time zone");
    return whole_seconds_of(from);
  }
  if (!PyDate_Check(from.ptr())) refuse_type("datetime.datetime", from);
  return date_from(from);
}

py::object when_to_python(const When& when) {
  if (const auto* day = std::get_if<AllDay>(&when)) return date_to_python(day->date);
  if (const auto* zoned = std::get_if<Zoned>(&when))
    return datetime_to_python(zoned->time, microseconds{0}, zone_to_python(zoned->zone));
  return local_time_to_python(std::get_if<Floating>(&when)->time);
}

When when_from_python(py::handle from) {
  if (PyDateTime_Check(from.ptr())) {
    py::object zone = zone_of(from);
    if (zone.is_none()) return Floating{whole_seconds_of(from)};
    return Zoned{whole_seconds_of(from), zone_from_python(zone)};
  }
  if (!PyDate_Check(from.ptr())) refuse_type("datetime.date or datetime.datetime", from);
  return AllDay{date_from(from)};
}

py::object instant_to_python(Instant instant) {
  auto second = floor<seconds>(instant);
  return datetime_to_python(LocalTime{second.time_since_epoch()}, instant - second, types.utc);
}

Instant instant_from_python(py::handle from) {
  if (!PyDateTime_Check(from.ptr())) refuse_type("datetime.datetime", from);
  py::object zone = zone_of(from);
  if (zone.is_none() || zone_from_python(zone) != "UTC") {
    refuse(Errc::invalid, "expected an instant in UTC: use .astimezone(datetime.timezone.utc)");
  }
  microseconds fraction{PyDateTime_DATE_GET_MICROSECOND(from.ptr())};
  if (fraction % milliseconds{1} != microseconds{0}) {
    refuse(Errc::invalid, "expected whole milliseconds: use .replace(microsecond=0)");
  }
  py::object whole = from.attr("replace")(py::arg("microsecond") = 0, py::arg("fold") = 0);
  if (!PyDateTime_Check(whole.ptr())) refuse_type("datetime.datetime", whole);
  return Instant{whole_seconds_of(whole).time_since_epoch() +
                 duration_cast<milliseconds>(fraction)};
}

py::object duration_to_python(const Duration& duration) {
  return stolen(PyDateTimeAPI->Delta_FromDelta(duration.days, duration.seconds, 0, 1,
                                               PyDateTimeAPI->DeltaType));
}

Duration duration_from_python(py::handle from) {
  if (!PyDelta_Check(from.ptr())) refuse_type("datetime.timedelta", from);
  if (PyDateTime_DELTA_GET_MICROSECONDS(from.ptr()) != 0)
    refuse(Errc::invalid, "expected whole seconds");
  constexpr std::int64_t day = 86'400;
  std::int64_t total =
      PyDateTime_DELTA_GET_DAYS(from.ptr()) * day + PyDateTime_DELTA_GET_SECONDS(from.ptr());
  return {static_cast<std::int32_t>(total / day), static_cast<std::int32_t>(total % day)};
}

py::object time_of_day_to_python(const TimeOfDay& time) {
  hh_mm_ss clock{time.since_midnight};
  return stolen(PyDateTimeAPI->Time_FromTime(static_cast<int>(clock.hours().count()),
                                             static_cast<int>(clock.minutes().count()), 0, 0,
                                             Py_None, PyDateTimeAPI->TimeType));
}

TimeOfDay time_of_day_from_python(py::handle from) {
  PyObject* at = from.ptr();
  if (!PyTime_Check(at)) refuse_type("datetime.time", from);
  if (!zone_of(from).is_none()) refuse(Errc::invalid, "expected a time without a time zone");
  if (PyDateTime_TIME_GET_SECOND(at) != 0 || PyDateTime_TIME_GET_MICROSECOND(at) != 0)
    refuse(Errc::invalid, "expected whole minutes");
  return {hours{PyDateTime_TIME_GET_HOUR(at)} + minutes{PyDateTime_TIME_GET_MINUTE(at)}};
}

py::object rule_to_python(const Rule& rule) {
  return py::reinterpret_borrow<py::object>(types.rule)(text_to_python(to_text(rule)));
}

Rule rule_from_python(py::handle from) {
  return value_or_refuse(parse<Rule>(text_from_python(from)));
}

Instant clock_time() {
  py::object now = py::module_::import("time").attr("time_ns")();
  return Instant{milliseconds{py::cast<std::int64_t>(now) / 1'000'000}};
}

namespace {

template <std::size_t size>
std::array<std::uint8_t, size> random_bytes() {
  py::object drawn = py::module_::import("secrets").attr("token_bytes")(size);
  std::string bytes = py::cast<py::bytes>(drawn);
  std::array<std::uint8_t, size> random{};
  std::copy_n(bytes.begin(), std::min(size, bytes.size()), random.begin());
  return random;
}

}  // namespace

RandomBits random_bits() { return random_bytes<std::tuple_size_v<RandomBits>>(); }

IdBytes random_uuid() {
  IdBytes id = random_bytes<std::tuple_size_v<IdBytes>>();
  id[6] = static_cast<std::uint8_t>((id[6] & 0x0f) | 0x40);
  id[8] = static_cast<std::uint8_t>((id[8] & 0x3f) | 0x80);
  return id;
}

}  // namespace todo::python
