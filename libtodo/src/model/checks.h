// Checks that tasks, projects, filters and settings share. Each gives the flaw without its field.
#pragma once

#include "todo/time.h"
#include "todo/zone.h"

namespace todo {

using Flaw = std::optional<Error>;

// Of a line that a person wrote: 1 to `most` characters, no control characters, not only white
// space. `what` begins the message: "a title".
Flaw flaw_of_line(std::string_view text, std::size_t most, std::string_view what);

// Of longer text: valid UTF-8 of at most `most_bytes`.
Flaw flaw_of_text(std::string_view text, std::size_t most_bytes);

// Of a place among others, a fractional index: digits and letters, the last one not 0, or nothing.
Flaw flaw_of_order(std::string_view order);

// The years 0001 to 9999, and a zone that is known.
Flaw flaw_of_when(const When& when, const Zones& zones);
Flaw flaw_of_instant(Instant instant);
Flaw flaw_of_zone(std::string_view name, const Zones& zones);

// Whether `a` is later than `b`. A date and a time compare as days. A floating time and a zoned
// one cannot be compared: neither is later.
bool is_later(const When& a, const When& b, const Zones& zones);

// NFC, if it is UTF-8 at all.
void to_stored_form(std::string& line);

// Whether there is nothing but white space in `line`, which is UTF-8.
bool is_blank(std::string_view line);

}  // namespace todo
