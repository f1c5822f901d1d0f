// What the sources of the model share about a Rule.
#pragma once

#include "todo/recurrence.h"

namespace todo {

// Puts the lists of `rule` in order, each item once.
void normalize(Rule& rule);

// Why `rule` cannot be, nullopt if it can; the message names the part at fault.
std::optional<Error> flaw_of(const Rule& rule);

// Steps that are shorter than a day: such a rule needs a time of day to begin at.
constexpr bool is_sub_daily(const Rule& rule) { return rule.frequency < Frequency::daily; }

}  // namespace todo
