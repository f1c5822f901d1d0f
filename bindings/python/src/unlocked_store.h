// A store that lets other Python threads run while it waits for its disk.
#pragma once

#include <memory>

#include "gil.h"
#include "todo/journal.h"

namespace todo::python {

class UnlockedStore final : public Store {
 public:
  explicit UnlockedStore(std::unique_ptr<Store> store) : store_(std::move(store)) {}

  Result<std::string> lineage(const WorkspaceId& workspace) override {
    Unlocked others;
    return store_->lineage(workspace);
  }
  Result<std::vector<Appended>> append(std::span<const Append> shares) override {
    Unlocked others;
    return store_->append(shares);
  }
  Result<std::vector<Record>> read_after(const WorkspaceId& workspace, Seq after,
                                         std::size_t limit) override {
    Unlocked others;
    return store_->read_after(workspace, after, limit);
  }
  Result<std::optional<Checkpoint>> checkpoint(const WorkspaceId& workspace) override {
    Unlocked others;
    return store_->checkpoint(workspace);
  }
  Result<void> put_checkpoint(const WorkspaceId& workspace, Checkpoint checkpoint) override {
    Unlocked others;
    return store_->put_checkpoint(workspace, std::move(checkpoint));
  }
  Result<void> compact(const WorkspaceId& workspace, Seq through) override {
    Unlocked others;
    return store_->compact(workspace, through);
  }
  Result<std::uint64_t> foreign_appends() override {
    Unlocked others;
    return store_->foreign_appends();
  }

 private:
  std::unique_ptr<Store> store_;
};

}  // namespace todo::python
