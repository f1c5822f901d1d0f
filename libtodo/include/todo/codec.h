// Canonical JSON of every described value.
//
// Writing. Members come in the order of their table, keys of maps and sets by their bytes, without
// spaces, with the shortest escapes, without floating point. What is empty (no value, no text, no
// items) is left out if absent reads as empty. Variants carry the name of their alternative in
// "type". Integers are exact within +-(2^53 - 1).
//
// Reading takes any order and spacing, and refuses what is not exactly such a value. The error is
// the first of these:
//  - what is not JSON: broken syntax, text that is not Unicode, nesting deeper than 32;
//  - for each member in the order of its table: that it is there twice, that it is missing, or what
//    is wrong in it, a number with a fraction or exponent and `null` outside of a patch included;
//  - the first member that is unknown.
// Ids, instants, variants, values that hold such, and the `v` of an entry or snapshot have to be
// there; any other member reads as its default when it is absent. The nil UUID is no id. Another
// `v` is refused as `unsupported`.
//
// A patch holds the members that it sets; `null` sets one to its default, if it has one. For a
// keyed set or map a list is the whole of it (of a map: [["key","value"],...]), an object says what
// changes: {"add":[items],"remove":[keys]}, for a map {"key":"value","key that goes":null}. A set
// has at most 1000 items, none of them twice.
#pragma once

#include "todo/journal.h"

namespace todo {

// For Task, Project, Filter, Settings, Patch of these, Command, Event, Context, Request, Entry,
// Snapshot, Error, and vectors of Task, Project, Filter, Command, Event, Request and Entry.
template <class T>
std::string to_json(const T& value);

// For the same, except Error. The error's `field` is the RFC 6901 pointer of the member at fault.
// The nesting of what is read is bounded, so that no text can exhaust the stack.
template <class T>
Result<T> from_json(std::string_view text);

}  // namespace todo
