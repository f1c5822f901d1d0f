// A store that shares its journals with others on other threads, one call at a time.
#pragma once

#include <mutex>

#include "todo/journal.h"

namespace todo::server {

class LockedStore final : public Store {
 public:
  LockedStore(std::unique_ptr<Store> store, std::mutex& mutex)
      : store_(std::move(store)), mutex_(mutex) {}

  Result<std::string> lineage(const WorkspaceId& workspace) override {
    std::lock_guard lock(mutex_);
    return store_->lineage(workspace);
  }
  Result<std::vector<Appended>> append(std::span<const Append> shares) override {
    std::lock_guard lock(mutex_);
    return store_->append(shares);
  }
  Result<std::vector<Record>> read_after(const WorkspaceId& workspace, Seq after,
                                         std::size_t limit) override {
    std::lock_guard lock(mutex_);
    return store_->read_after(workspace, after, limit);
  }
  Result<std::optional<Checkpoint>> checkpoint(const WorkspaceId& workspace) override {
    std::lock_guard lock(mutex_);
    return store_->checkpoint(workspace);
  }
  Result<void> put_checkpoint(const WorkspaceId& workspace, Checkpoint checkpoint) override {
    std::lock_guard lock(mutex_);
    return store_->put_checkpoint(workspace, std::move(checkpoint));
  }
  Result<void> compact(const WorkspaceId& workspace, Seq through) override {
    std::lock_guard lock(mutex_);
    return store_->compact(workspace, through);
  }
  Result<std::uint64_t> foreign_appends() override {
    std::lock_guard lock(mutex_);
    return store_->foreign_appends();
  }

 private:
  std::unique_ptr<Store> store_;
  std::mutex& mutex_;
};

}  // namespace todo::server
