// Journals in memory: for tests, for programs that keep their data elsewhere, and as the shortest
// answer to what a Store does.
#pragma once

#include <deque>
#include <map>

#include "todo/journal.h"

namespace todo {

// What any number of MemoryStores share, as connections share a database. Outlives them.
//
// Threads: one call at a time, over all stores on the same journals.
class MemoryJournals {
 public:
  // Lineages are named after `origin`. A host whose journals are not the continuation of earlier
  // ones passes random bytes, so that nobody takes them for that.
  explicit MemoryJournals(const IdBytes& origin = {}) : origin_(origin) {}

 private:
  friend class MemoryStore;
  struct Journal {
    Seq newest = 0;
    std::deque<Record> records{};  // without gaps, the last one is `newest`
    std::optional<Checkpoint> checkpoint{};
  };

  IdBytes origin_;
  std::map<WorkspaceId, Journal> journals_{};
  std::uint64_t appends_ = 0;
};

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(MemoryJournals& journals) : all_(&journals) {}

  Result<std::string> lineage(const WorkspaceId& workspace) override;
  Result<std::vector<Appended>> append(std::span<const Append> shares) override;
  Result<std::vector<Record>> read_after(const WorkspaceId& workspace, Seq after,
                                         std::size_t limit) override;
  Result<std::optional<Checkpoint>> checkpoint(const WorkspaceId& workspace) override;
  Result<void> put_checkpoint(const WorkspaceId& workspace, Checkpoint checkpoint) override;
  Result<void> compact(const WorkspaceId& workspace, Seq through) override;
  Result<std::uint64_t> foreign_appends() override;

 private:
  MemoryJournals* all_;
  std::uint64_t own_appends_ = 0;
};

}  // namespace todo
