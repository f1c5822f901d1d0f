// Journals in one SQLite file (WAL), to be shared by processes of one machine.
//
// An append is on disk when it returns. Every payload has its SHA-256 beside it, and each entry a
// chain, the SHA-256 of the chain before it and its own digest: a payload may be erased without
// breaking it, but no entry changed, moved or left out without being noticed. Reading verifies the
// digests, `check` all of it.
//
// Threads: one call at a time, from any thread. Who wants to read while another thread appends
// opens a second store on the same file. A store must not be used across a fork.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "todo/journal.h"

namespace todo {
namespace sqlite {
class Journals;
}

enum class Durability : std::uint8_t {
  full,    // an append survives a power cut
  normal,  // it survives the death of the process; a power cut may take back the latest appends
};

struct SqliteOptions {
  Durability durability = Durability::full;
  std::chrono::milliseconds busy_timeout{5000};  // how long to wait for another process
  bool create = true;                            // if there is no file yet; readable by its owner
};

struct CheckReport {
  std::uint64_t workspaces = 0;
  std::uint64_t entries = 0;
  std::vector<std::string> flaws{};  // one sentence each; empty: all is as it was written
};

class SqliteStore final : public Store {
 public:
  // Brings an older file up to date. Refuses, and leaves as it is, a file that is not one of ours
  // (`corrupt`) or that a newer version has written (`unsupported`).
  static Result<std::unique_ptr<SqliteStore>> open(const std::filesystem::path& path,
                                                   const SqliteOptions& options = {});
  ~SqliteStore() override;

  Result<std::string> lineage(const WorkspaceId& workspace) override;
  Result<std::vector<Appended>> append(std::span<const Append> shares) override;
  Result<std::vector<Record>> read_after(const WorkspaceId& workspace, Seq after,
                                         std::size_t limit) override;
  Result<std::optional<Checkpoint>> checkpoint(const WorkspaceId& workspace) override;
  Result<void> put_checkpoint(const WorkspaceId& workspace, Checkpoint checkpoint) override;
  Result<void> compact(const WorkspaceId& workspace, Seq through) override;
  Result<std::uint64_t> foreign_appends() override;

  Result<std::vector<WorkspaceId>> workspaces();  // by id

  // Reads the whole file.
  Result<CheckReport> check();

  // Copies the journals as they are now into a new file, while others go on appending. Refuses
  // with `conflict` if there is a file of that name already.
  Result<void> backup(const std::filesystem::path& path);

  // To be called once on a file that was restored from a backup: the entries since then are gone,
  // so that whoever has seen them must load anew.
  Result<void> renew_lineages();

 private:
  explicit SqliteStore(std::unique_ptr<sqlite::Journals> journals);
  std::unique_ptr<sqlite::Journals> journals_;
};

}  // namespace todo
