#include "todo/memory_store.h"

#include <algorithm>

namespace todo {

Result<std::string> MemoryStore::lineage(const WorkspaceId& workspace) {
  return uuid_text(named_uuid(all_->origin_, to_text(workspace)));
}

Result<std::vector<Appended>> MemoryStore::append(std::span<const Append> shares) {
  std::vector<Appended> outcomes;
  for (const Append& share : shares) {
    MemoryJournals::Journal& journal = all_->journals_[share.workspace];
    bool taken = share.after == journal.newest;
    outcomes.push_back(taken ? Appended::yes : Appended::conflict);
    if (!taken) continue;
    for (const std::string& payload : share.payloads) {
      journal.records.push_back({++journal.newest, payload});
      ++all_->appends_;
      ++own_appends_;
    }
  }
  return outcomes;
}

Result<std::vector<Record>> MemoryStore::read_after(const WorkspaceId& workspace, Seq after,
                                                    std::size_t limit) {
  std::vector<Record> records;
  auto found = all_->journals_.find(workspace);
  if (found == all_->journals_.end() || after >= found->second.newest) return records;

  const MemoryJournals::Journal& journal = found->second;
  Seq compacted = journal.newest - journal.records.size();
  if (after < compacted) {
    return Error{Errc::not_found,
                 "these entries have been compacted away, start from the "
                 "checkpoint"};
  }
  auto first = journal.records.begin() + static_cast<std::ptrdiff_t>(after - compacted);
  auto count = std::min<Seq>(limit, journal.newest - after);
  records.assign(first, first + static_cast<std::ptrdiff_t>(count));
  return records;
}

Result<std::optional<Checkpoint>> MemoryStore::checkpoint(const WorkspaceId& workspace) {
  auto found = all_->journals_.find(workspace);
  if (found == all_->journals_.end()) return std::optional<Checkpoint>{};
  return found->second.checkpoint;
}

Result<void> MemoryStore::put_checkpoint(const WorkspaceId& workspace, Checkpoint checkpoint) {
  MemoryJournals::Journal& journal = all_->journals_[workspace];
  if (checkpoint.seq > journal.newest) {
    return Error{Errc::invalid, "a checkpoint cannot be beyond the newest entry"};
  }
  if (journal.checkpoint && checkpoint.seq < journal.checkpoint->seq) return {};
  journal.checkpoint = std::move(checkpoint);
  return {};
}

Result<void> MemoryStore::compact(const WorkspaceId& workspace, Seq through) {
  MemoryJournals::Journal& journal = all_->journals_[workspace];
  if (through > 0 && (!journal.checkpoint || through > journal.checkpoint->seq)) {
    return Error{Errc::invalid, "entries beyond the checkpoint cannot be compacted away"};
  }
  while (!journal.records.empty() && journal.records.front().seq <= through) {
    journal.records.pop_front();
  }
  return {};
}

Result<std::uint64_t> MemoryStore::foreign_appends() { return all_->appends_ - own_appends_; }

}  // namespace todo
