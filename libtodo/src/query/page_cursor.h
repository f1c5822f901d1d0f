// Cursors: the place of the last task of a page, and which search it belongs to, as opaque text.
#pragma once

#include "query/place.h"

namespace todo::query {

// Of the texts that make a search what it is.
std::uint64_t fingerprint_of(std::initializer_list<std::string_view> texts);

std::string cursor_text(const Place& place, const Sort& sort, std::uint64_t fingerprint);

// Refuses as `invalid` what is not a cursor of this search.
Result<Place> read_cursor(std::string_view text, const Sort& sort, std::uint64_t fingerprint);

}  // namespace todo::query
