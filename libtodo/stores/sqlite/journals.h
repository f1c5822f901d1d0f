// The journals in an open file. Members throw what SQLiteCpp throws: `guarded` turns it into
// errors.
#pragma once

#include "connection.h"
#include "hash.h"

namespace todo::sqlite {

class Journals {
 public:
  explicit Journals(std::unique_ptr<SQLite::Database> file) : file_(std::move(file)) {}

  std::string lineage(const WorkspaceId& id);
  std::vector<Appended> append(std::span<const Append> shares);
  Result<std::vector<Record>> read_after(const WorkspaceId& id, Seq after, std::size_t limit);
  Result<std::optional<Checkpoint>> checkpoint(const WorkspaceId& id);
  Result<void> put_checkpoint(const WorkspaceId& id, const Checkpoint& checkpoint);
  Result<void> compact(const WorkspaceId& id, Seq through);
  std::uint64_t data_version();
  std::vector<WorkspaceId> workspaces();
  void renew_lineages();

  SQLite::Database& file() { return *file_; }

 private:
  struct Row {  // of a workspace
    std::int64_t number = 0;
    std::string lineage{};
    Seq base = 0;
    Seq newest = 0;
    Digest newest_chain{};
  };
  class Transaction;

  std::optional<Row> find(const WorkspaceId& id);
  Row create(const WorkspaceId& id);
  Appended append(const Append& share);
  SQLite::Statement prepare(const char* query) { return {*file_, query}; }

  std::unique_ptr<SQLite::Database> file_;
  Hasher hasher_{};

  SQLite::Statement begin_ = prepare("BEGIN IMMEDIATE");
  SQLite::Statement commit_ = prepare("COMMIT");
  SQLite::Statement rollback_ = prepare("ROLLBACK");
  SQLite::Statement data_version_ = prepare("PRAGMA data_version");
  SQLite::Statement find_workspace_ =
      prepare("SELECT number, lineage, base, newest, newest_chain FROM workspace WHERE id = ?");
  SQLite::Statement add_workspace_ = prepare(
      "INSERT INTO workspace(id, lineage, base, base_chain, newest, newest_chain) "
      "VALUES (?1, ?2, 0, ?3, 0, ?3)");
  SQLite::Statement add_entry_ =
      prepare("INSERT INTO entry(place, digest, chain, payload) VALUES (?, ?, ?, ?)");
  SQLite::Statement advance_ =
      prepare("UPDATE workspace SET newest = ?, newest_chain = ? WHERE number = ?");
  // Gives a row even if there is no entry, so that both are of one snapshot.
  SQLite::Statement read_entries_ = prepare(
      "SELECT base, newest, place, digest, payload FROM workspace LEFT JOIN entry "
      "ON place > (number << 40 | ?2) AND place < (number + 1 << 40) "
      "WHERE id = ?1 ORDER BY place LIMIT ?3");
  SQLite::Statement read_checkpoint_ = prepare(
      "SELECT seq, digest, payload FROM checkpoint JOIN workspace ON workspace = number "
      "WHERE id = ?");
  SQLite::Statement put_checkpoint_ = prepare(
      "INSERT INTO checkpoint(workspace, seq, digest, payload) VALUES (?, ?, ?, ?) "
      "ON CONFLICT DO UPDATE SET seq = excluded.seq, digest = excluded.digest, "
      "payload = excluded.payload WHERE excluded.seq >= seq");
  SQLite::Statement raise_base_ = prepare(
      "UPDATE workspace SET base = ?1, base_chain = (SELECT chain FROM entry WHERE place = ?2) "
      "WHERE number = ?3");
  SQLite::Statement delete_entries_ = prepare("DELETE FROM entry WHERE place > ? AND place <= ?");
};

}  // namespace todo::sqlite
