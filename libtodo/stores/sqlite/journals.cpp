#include "journals.h"

#include <algorithm>

#include "schema.h"

namespace todo::sqlite {

// All that is done until `commit`, or nothing of it.
class Journals::Transaction {
 public:
  explicit Transaction(Journals& journals) : journals_(journals) { Query(journals.begin_).run(); }
  ~Transaction() {
    if (open_) journals_.rollback_.tryExecuteStep();  // fails if SQLite has rolled back already
    journals_.rollback_.tryReset();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit() {
    Query(journals_.commit_).run();
    open_ = false;
  }

 private:
  Journals& journals_;
  bool open_ = true;
};

std::string Journals::lineage(const WorkspaceId& id) {
  if (std::optional<Row> row = find(id)) return row->lineage;
  Transaction transaction(*this);
  std::optional<Row> row = find(id);  // another process may have been faster
  if (!row) row = create(id);
  transaction.commit();
  return row->lineage;
}

std::vector<Appended> Journals::append(std::span<const Append> shares) {
  std::vector<Appended> outcomes;
  if (shares.empty()) return outcomes;
  Transaction transaction(*this);
  for (const Append& share : shares) outcomes.push_back(append(share));
  transaction.commit();
  return outcomes;
}

Appended Journals::append(const Append& share) {
  std::optional<Row> row = find(share.workspace);
  if ((row ? row->newest : 0) != share.after) return Appended::conflict;
  if (share.payloads.empty()) return Appended::yes;
  if (!row) row = create(share.workspace);

  for (const std::string& payload : share.payloads) {
    Link link = hasher_.link(row->newest_chain, payload);
    std::int64_t place = place_of(row->number, ++row->newest);
    Query(add_entry_).bind(place).bind(link.digest).bind(link.chain).bind(payload).run();
    row->newest_chain = link.chain;
  }
  auto newest = static_cast<std::int64_t>(row->newest);
  Query(advance_).bind(newest).bind(row->newest_chain).bind(row->number).run();
  return Appended::yes;
}

Result<std::vector<Record>> Journals::read_after(const WorkspaceId& id, Seq after,
                                                 std::size_t limit) {
  const Error gone{Errc::not_found,
                   "these entries have been compacted away, start from the checkpoint"};
  auto damaged_after = [](Seq seq) {
    return Error{Errc::corrupt, "the journal is damaged after entry " + std::to_string(seq)};
  };
  std::vector<Record> records;
  if (limit == 0) return records;

  Seq last = after;
  Seq newest = after;
  Query query(read_entries_);
  query.bind(id.bytes).bind(static_cast<std::int64_t>(std::min(after, max_seq)));
  query.bind(static_cast<std::int64_t>(std::min<std::uint64_t>(limit, max_seq)));
  while (query.next()) {
    if (static_cast<Seq>(query.integer(0)) > after) return gone;
    newest = static_cast<Seq>(query.integer(1));
    if (query.is_null(2)) break;  // no entries
    if (query.is_null(4)) return gone;
    Record record{seq_at(query.integer(2)), query.bytes(4)};
    bool sound = record.seq == last + 1 && hasher_.digest(record.payload) == query.array<32>(3);
    if (!sound) return damaged_after(last);
    last = record.seq;
    records.push_back(std::move(record));
  }
  if (records.size() < limit && last < newest) return damaged_after(last);
  return records;
}

Result<std::optional<Checkpoint>> Journals::checkpoint(const WorkspaceId& id) {
  Query query(read_checkpoint_);
  if (!query.bind(id.bytes).next()) return std::optional<Checkpoint>{};
  Checkpoint found{static_cast<Seq>(query.integer(0)), query.bytes(2)};
  if (hasher_.digest(found.payload) != query.array<32>(1)) {
    return Error{Errc::corrupt, "the checkpoint is damaged"};
  }
  return std::optional(std::move(found));
}

Result<void> Journals::put_checkpoint(const WorkspaceId& id, const Checkpoint& checkpoint) {
  Transaction transaction(*this);
  std::optional<Row> row = find(id);
  if (checkpoint.seq > (row ? row->newest : 0)) {
    return Error{Errc::invalid, "a checkpoint cannot be beyond the newest entry"};
  }
  if (!row) row = create(id);
  Digest digest = hasher_.digest(checkpoint.payload);
  auto seq = static_cast<std::int64_t>(checkpoint.seq);
  Query(put_checkpoint_).bind(row->number).bind(seq).bind(digest).bind(checkpoint.payload).run();
  transaction.commit();
  return {};
}

Result<void> Journals::compact(const WorkspaceId& id, Seq through) {
  Transaction transaction(*this);
  std::optional<Row> row = find(id);
  if (through <= (row ? row->base : 0)) return {};

  auto checkpoint_seq = [&] {
    Query query(read_checkpoint_);
    return query.bind(id.bytes).next() ? static_cast<Seq>(query.integer(0)) : 0;
  };
  if (through > checkpoint_seq()) {
    return Error{Errc::invalid, "entries beyond the checkpoint cannot be compacted away"};
  }
  std::int64_t last = place_of(row->number, through);
  Query(raise_base_).bind(static_cast<std::int64_t>(through)).bind(last).bind(row->number).run();
  Query(delete_entries_).bind(place_of(row->number, row->base)).bind(last).run();
  transaction.commit();
  return {};
}

// SQLite's own count of the commits of other connections, as far as this one has noticed any.
std::uint64_t Journals::data_version() {
  Query query(data_version_);
  query.next();
  return static_cast<std::uint64_t>(query.integer(0));
}

std::vector<WorkspaceId> Journals::workspaces() {
  std::vector<WorkspaceId> ids;
  SQLite::Statement statement = prepare("SELECT id FROM workspace ORDER BY id");
  Query query(statement);
  while (query.next()) ids.push_back({query.array<16>(0)});
  return ids;
}

void Journals::renew_lineages() {
  SQLite::Statement statement = prepare("UPDATE workspace SET lineage = ? WHERE id = ?");
  Transaction transaction(*this);
  for (const WorkspaceId& id : workspaces()) {
    std::string lineage = random_uuid();
    Query(statement).bind_text(lineage).bind(id.bytes).run();
  }
  transaction.commit();
}

std::optional<Journals::Row> Journals::find(const WorkspaceId& id) {
  Query query(find_workspace_);
  if (!query.bind(id.bytes).next()) return std::nullopt;
  Row row;
  row.number = query.integer(0);
  row.lineage = query.bytes(1);
  row.base = static_cast<Seq>(query.integer(2));
  row.newest = static_cast<Seq>(query.integer(3));
  row.newest_chain = query.array<32>(4);
  return row;
}

Journals::Row Journals::create(const WorkspaceId& id) {
  Row row;
  row.lineage = random_uuid();
  row.newest_chain = hasher_.beginning_of(id);
  Query(add_workspace_).bind(id.bytes).bind_text(row.lineage).bind(row.newest_chain).run();
  row.number = file_->getLastInsertRowid();
  return row;
}

}  // namespace todo::sqlite
