// The days of the query language: "today", "+3m", "eow".
#pragma once

#include "todo/query.h"

namespace todo::query {

// The error says what a day looks like; its field is empty.
Result<Day> read_day(std::string_view text);

std::string day_text(const Day& day);

// The day that is meant on `today`.
Date day_on(const Day& day, Date today, Weekday week_start);

}  // namespace todo::query
