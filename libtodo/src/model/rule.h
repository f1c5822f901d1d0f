// What the sources of the model share about a Rule.
#pragma once

#include "todo/recurrence.h"

namespace todo {

// Puts the lists of `rule` in order, each item once.
void normalize(Rule& rule);

// Why `rule` cannot be, nullopt if it can; the message names the part at fault.
std::optional<Error> flaw_of(const Rule& rule);

// Ends the rules of `recurrence` by an UNTIL where they end by a COUNT, so that whoever asks it
// many times has it counted once. It needs an anchor.
void replace_counts(Recurrence& recurrence, const std::optional<Zone>& zone);

// Steps that are shorter than a day: such a rule needs a time of day to begin at.
constexpr bool is_sub_daily(const Rule& rule) { return rule.frequency < Frequency::daily; }

}  // namespace todo
