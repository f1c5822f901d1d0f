// The tables, and how those of older versions become today's.
#pragma once

#include <SQLiteCpp/Database.h>

#include <span>

#include "todo/journal.h"

namespace todo::sqlite {

// Entries are clustered by workspace: `place` is the number of the workspace and the seq.
inline constexpr int seq_bits = 40;
inline constexpr Seq max_seq = (Seq{1} << seq_bits) - 1;

inline std::int64_t place_of(std::int64_t workspace, Seq seq) {
  return static_cast<std::int64_t>(static_cast<Seq>(workspace) << seq_bits | seq);
}
inline Seq seq_at(std::int64_t place) { return static_cast<Seq>(place) & max_seq; }

// The nth step makes version n + 1 of version n.
std::span<const char* const> migrations();

// Brings the file to the version of the last step, each step in a transaction of its own. Refuses,
// before it changes anything, a file of others and one of a newer version.
Result<void> migrate(SQLite::Database& file, std::span<const char* const> steps);

}  // namespace todo::sqlite
