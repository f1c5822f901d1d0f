#include "todo/sqlite_store.h"

#include "backup.h"
#include "check.h"
#include "errors.h"
#include "journals.h"

namespace todo {

using sqlite::guarded;

SqliteStore::SqliteStore(std::unique_ptr<sqlite::Journals> journals)
    : journals_(std::move(journals)) {}

SqliteStore::~SqliteStore() = default;

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::filesystem::path& path,
                                                       const SqliteOptions& options) {
  return guarded([&]() -> Result<std::unique_ptr<SqliteStore>> {
    auto file = sqlite::connect(path, options);
    if (file.has_error()) return file.error();
    auto journals = std::make_unique<sqlite::Journals>(std::move(*file));
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(journals)));
  });
}

Result<std::string> SqliteStore::lineage(const WorkspaceId& workspace) {
  return guarded([&]() -> Result<std::string> { return journals_->lineage(workspace); });
}

Result<std::vector<Appended>> SqliteStore::append(std::span<const Append> shares) {
  return guarded([&]() -> Result<std::vector<Appended>> { return journals_->append(shares); });
}

Result<std::vector<Record>> SqliteStore::read_after(const WorkspaceId& workspace, Seq after,
                                                    std::size_t limit) {
  return guarded([&] { return journals_->read_after(workspace, after, limit); });
}

Result<std::optional<Checkpoint>> SqliteStore::checkpoint(const WorkspaceId& workspace) {
  return guarded([&] { return journals_->checkpoint(workspace); });
}

Result<void> SqliteStore::put_checkpoint(const WorkspaceId& workspace, Checkpoint checkpoint) {
  return guarded([&] { return journals_->put_checkpoint(workspace, checkpoint); });
}

Result<void> SqliteStore::compact(const WorkspaceId& workspace, Seq through) {
  return guarded([&] { return journals_->compact(workspace, through); });
}

Result<std::uint64_t> SqliteStore::foreign_appends() {
  return guarded([&]() -> Result<std::uint64_t> { return journals_->data_version(); });
}

Result<std::vector<WorkspaceId>> SqliteStore::workspaces() {
  return guarded([&]() -> Result<std::vector<WorkspaceId>> { return journals_->workspaces(); });
}

Result<CheckReport> SqliteStore::check() {
  return guarded([&]() -> Result<CheckReport> { return sqlite::check(journals_->file()); });
}

Result<void> SqliteStore::backup(const std::filesystem::path& path) {
  return guarded([&] { return sqlite::backup(journals_->file(), path); });
}

Result<void> SqliteStore::renew_lineages() {
  return guarded([&]() -> Result<void> {
    journals_->renew_lineages();
    return {};
  });
}

}  // namespace todo
