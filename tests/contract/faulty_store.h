// A store whose appends fail when told to: what a lost connection or a full disk looks like.
#pragma once

#include "todo/journal.h"

namespace todo {

class FaultyStore final : public Store {
 public:
  enum class Fault : std::uint8_t {
    before,  // nothing is appended
    after,   // all is appended, but nobody is told
  };
  explicit FaultyStore(Store& inner) : inner_(&inner) {}

  void fail_next_append(Fault fault) { fault_ = fault; }
  std::size_t appends() const { return appends_; }

  Result<std::string> lineage(const WorkspaceId& workspace) override {
    return inner_->lineage(workspace);
  }
  Result<std::vector<Appended>> append(std::span<const Append> shares) override {
    ++appends_;
    std::optional<Fault> fault = std::exchange(fault_, std::nullopt);
    const Error lost{Errc::unavailable, "the connection was lost"};
    if (fault == Fault::before) return lost;
    Result<std::vector<Appended>> outcomes = inner_->append(shares);
    if (fault == Fault::after) return lost;
    return outcomes;
  }
  Result<std::vector<Record>> read_after(const WorkspaceId& workspace, Seq after,
                                         std::size_t limit) override {
    return inner_->read_after(workspace, after, limit);
  }
  Result<std::optional<Checkpoint>> checkpoint(const WorkspaceId& workspace) override {
    return inner_->checkpoint(workspace);
  }
  Result<void> put_checkpoint(const WorkspaceId& workspace, Checkpoint checkpoint) override {
    return inner_->put_checkpoint(workspace, std::move(checkpoint));
  }
  Result<void> compact(const WorkspaceId& workspace, Seq through) override {
    return inner_->compact(workspace, through);
  }
  Result<std::uint64_t> foreign_appends() override { return inner_->foreign_appends(); }

 private:
  Store* inner_;
  std::optional<Fault> fault_{};
  std::size_t appends_ = 0;
};

}  // namespace todo
