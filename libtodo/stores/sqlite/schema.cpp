#include "schema.h"

#include <SQLiteCpp/Transaction.h>

namespace todo::sqlite {
namespace {

constexpr std::int32_t application_id = 0x746f646f;  // "todo"

constexpr const char* first_version = R"sql(
CREATE TABLE workspace(
  number INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  lineage TEXT NOT NULL,
  base INTEGER NOT NULL,      -- entries up to this seq have been compacted away
  base_chain BLOB NOT NULL,   -- of the entry at base; at 0 SHA-256 of id
  newest INTEGER NOT NULL,
  newest_chain BLOB NOT NULL
) STRICT;
CREATE TABLE entry(
  place INTEGER PRIMARY KEY,  -- workspace.number << 40 | seq
  digest BLOB NOT NULL,       -- SHA-256 of payload
  chain BLOB NOT NULL,        -- SHA-256 of the chain before it and digest
  payload BLOB                -- NULL: erased
) STRICT;
CREATE TABLE checkpoint(
  workspace INTEGER PRIMARY KEY REFERENCES workspace,
  seq INTEGER NOT NULL,
  digest BLOB NOT NULL,       -- SHA-256 of payload
  payload BLOB NOT NULL
) STRICT;
)sql";

constexpr std::array<const char*, 1> all_migrations = {first_version};

std::int32_t number(SQLite::Database& file, const char* query) {
  return file.execAndGet(query).getInt();
}

// The version of the file, 0 if it is new.
Result<std::size_t> version_of(SQLite::Database& file, std::size_t known) {
  const Error foreign{Errc::corrupt, "the file is a database of another program"};
  std::int32_t id = number(file, "PRAGMA application_id");
  std::int32_t version = number(file, "PRAGMA user_version");
  if (id == 0 && version == 0) {
    if (number(file, "SELECT count(*) FROM sqlite_schema") > 0) return foreign;
    return std::size_t{0};
  }
  if (id != application_id || version < 1) return foreign;
  auto found = static_cast<std::size_t>(version);
  if (found <= known) return found;
  return Error{Errc::unsupported, "the journal file has version " + std::to_string(version) +
                                      ", this program knows versions up to " +
                                      std::to_string(known) + ": use a newer program"};
}

}  // namespace

std::span<const char* const> migrations() { return all_migrations; }

Result<void> migrate(SQLite::Database& file, std::span<const char* const> steps) {
  Result<std::size_t> version = version_of(file, steps.size());
  if (version.has_error()) return version.error();
  while (*version < steps.size()) {
    SQLite::Transaction transaction(file, SQLite::TransactionBehavior::IMMEDIATE);
    version = version_of(file, steps.size());  // another process may have been faster
    if (version.has_error()) return version.error();
    if (*version == steps.size()) break;
    file.exec(steps[*version]);
    file.exec("PRAGMA application_id = " + std::to_string(application_id));
    file.exec("PRAGMA user_version = " + std::to_string(++*version));
    transaction.commit();
  }
  return {};
}

}  // namespace todo::sqlite
