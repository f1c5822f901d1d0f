// Canonical JSON of every described value.
//
// Members come in the order of their table, keys of maps by their bytes, no spaces, the shortest
// escapes, no floating point. What is empty (no value, no text, no items) is left out, except from
// a patch, where it is what is set; an absent member reads as its default. Variants carry the name
// of their alternative in "type". Integers are exact within +-(2^53 - 1).
//
// Reading refuses what is not exactly such a value: unknown members, duplicate keys, fractions and
// exponents, invalid UTF-8, lone surrogates, depth above 32. It accepts any order and spacing.
#pragma once

#include "todo/journal.h"

namespace todo {

// For Task, Project, Filter, Settings, Patch of these, Command, Event, Context, Request, Entry,
// Snapshot, Error, and vectors of Task, Project, Filter, Command, Event, Request and Entry.
template <class T>
std::string to_json(const T& value);

// The error's `field` is the RFC 6901 pointer of the member at fault.
template <class T>
Result<T> from_json(std::string_view text);

}  // namespace todo
