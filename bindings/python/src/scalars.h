// Values that Python has types of its own for: text, numbers, uuid.UUID and those of datetime.
//
// Reading refuses what would lose something: microseconds where seconds or milliseconds count, a
// fixed offset where the name of a zone is needed, the second of two equal wall-clock times.
#pragma once

#include "errors.h"
#include "todo/id.h"
#include "todo/recurrence.h"

namespace todo::python {

// Looks up the Python types; once, when the module is imported.
void import_types();

std::string_view type_name_of(py::handle value);
[[noreturn]] void refuse_type(std::string_view expected, py::handle given);

py::object text_to_python(std::string_view text);
std::string text_from_python(py::handle from);

// Within +-(2^53 - 1), as in every face.
std::int64_t integer_from_python(py::handle from, std::int64_t least, std::int64_t most);
bool bool_from_python(py::handle from);

py::object uuid_to_python(const IdBytes& bytes);
IdBytes uuid_from_python(py::handle from);

// date, naive datetime, and datetime with a ZoneInfo.
py::object when_to_python(const When& when);
When when_from_python(py::handle from);

py::object date_to_python(Date date);
py::object local_time_to_python(LocalTime time);
LocalTime local_time_from_python(py::handle from);  // a naive datetime, or a date: its midnight

py::object instant_to_python(Instant instant);
Instant instant_from_python(py::handle from);

py::object duration_to_python(const Duration& duration);
Duration duration_from_python(py::handle from);

py::object time_of_day_to_python(const TimeOfDay& time);
TimeOfDay time_of_day_from_python(py::handle from);

py::object rule_to_python(const Rule& rule);
Rule rule_from_python(py::handle from);

// By Python's clock and its source of random bits.
Instant clock_time();
RandomBits random_bits();
IdBytes random_uuid();  // UUIDv4

}  // namespace todo::python
