// SqliteStore between processes: several that append to one file, and one that is killed.

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <random>
#include <thread>

#include "contract/store_contract.h"
#include "contract/temporary_folder.h"
#include "todo/sqlite_store.h"

namespace todo {
namespace {

namespace fs = std::filesystem;

const WorkspaceId home = test_workspace(1);

// Runs `act` in another process, which ends with it.
template <class Act>
pid_t in_process(const Act& act) {
  pid_t child = fork();
  if (child != 0) return child;
  act();
  _exit(0);
}

bool ended_well(pid_t child) {
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::unique_ptr<SqliteStore> open_or_exit(const fs::path& path) {
  auto store = SqliteStore::open(path);
  if (store.has_error()) _exit(2);
  return std::move(*store);
}

// Appends `count` payloads named after `writer`, each after what is the newest by then.
void append_among_others(const fs::path& path, char writer, int count) {
  auto store = open_or_exit(path);
  Seq newest = 0;
  for (int i = 0; i < count;) {
    Append share{home, newest, {writer + std::to_string(i)}};
    auto outcomes = store->append({&share, 1});
    if (outcomes.has_error()) _exit(3);
    if (outcomes->front() == Appended::yes) {
      ++newest;
      ++i;
    } else {
      newest += store->read_after(home, newest, 10'000)->size();
    }
  }
}

// They even make the file together.
TEST(SqliteProcesses, LoseNothingWhenTheyAppendToOneFile) {
  constexpr int count = 100;
  TemporaryFolder folder;
  const fs::path path = folder / "journal";
  std::vector<pid_t> children;
  for (char writer : {'a', 'b', 'c', 'd'}) {
    children.push_back(in_process([&] { append_among_others(path, writer, count); }));
  }
  for (pid_t child : children) EXPECT_TRUE(ended_well(child));

  auto store = SqliteStore::open(path);
  ASSERT_TRUE(store.has_value());
  std::map<char, int> next;
  for (const Record& record : *(*store)->read_after(home, 0, 10'000)) {
    char writer = record.payload[0];
    EXPECT_EQ(record.payload, writer + std::to_string(next[writer]++));
  }
  for (char writer : {'a', 'b', 'c', 'd'}) EXPECT_EQ(next[writer], count);
  EXPECT_THAT((*store)->check()->flaws, testing::IsEmpty());
}

// Appends for ever, from one to three at a time, and says each seq once it is on disk.
void append_and_tell(const fs::path& path, int tell) {
  auto store = open_or_exit(path);
  Seq newest = store->read_after(home, 0, 1'000'000)->size();
  for (;;) {
    Append share{home, newest, std::vector<std::string>(newest % 3 + 1, std::string(500, 'x'))};
    auto outcomes = store->append({&share, 1});
    if (outcomes.has_error() || outcomes->front() != Appended::yes) _exit(4);
    newest += share.payloads.size();
    if (write(tell, &newest, sizeof newest) != sizeof newest) _exit(5);
  }
}

Seq last_told(int tell) {
  Seq last = 0;
  for (Seq seq = 0; read(tell, &seq, sizeof seq) == sizeof seq;) last = seq;
  return last;
}

TEST(SqliteProcesses, TakeBackupsOfAFileThatOthersAreAppendingTo) {
  TemporaryFolder folder;
  const fs::path path = folder / "journal";
  auto store = std::move(*SqliteStore::open(path));
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  pid_t child = in_process([&] { append_and_tell(path, ends[1]); });
  close(ends[1]);
  for (int i = 0; i < 5; ++i) {
    Seq told = 0;
    ASSERT_EQ(read(ends[0], &told, sizeof told), static_cast<ssize_t>(sizeof told));
    const fs::path backup = folder / ("backup" + std::to_string(i));
    Result<void> done = store->backup(backup);
    ASSERT_TRUE(done.has_value()) << done.error().message;
    auto copy = std::move(*SqliteStore::open(backup));
    EXPECT_GE(copy->read_after(home, 0, 1'000'000)->size(), told);
    EXPECT_THAT(copy->check()->flaws, testing::IsEmpty());
  }
  kill(child, SIGKILL);
  close(ends[0]);
  waitpid(child, nullptr, 0);
}

// As a server does: one store for the thread that commits, one for the thread that reads.
TEST(SqliteThreads, ReadThroughOneStoreWhileAnotherAppends) {
  constexpr Seq count = 200;
  TemporaryFolder folder;
  const fs::path path = folder / "journal";
  auto writer = std::move(*SqliteStore::open(path, {.durability = Durability::normal}));
  auto reader = std::move(*SqliteStore::open(path));
  std::thread writing([&] {
    for (Seq seq = 0; seq < count; ++seq) {
      Append share{home, seq, {std::to_string(seq + 1)}};
      if (auto taken = writer->append({&share, 1}); taken.has_error()) return;
    }
  });
  Seq seen = 0;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (seen < count && std::chrono::steady_clock::now() < deadline) {
    for (const Record& record : *reader->read_after(home, seen, 1000)) {
      EXPECT_EQ(record.payload, std::to_string(++seen));
    }
  }
  writing.join();
  EXPECT_EQ(seen, count);
}

TEST(SqliteProcesses, LoseNothingThatWasAcknowledgedWhenTheyAreKilled) {
  const char* long_run = std::getenv("TODO_LONG");
  const int kills = long_run && std::string_view(long_run) == "1" ? 300 : 10;
  TemporaryFolder folder;
  const fs::path path = folder / "journal";
  std::mt19937 random(20261123);
  Seq durable = 0;
  for (int i = 0; i < kills; ++i) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    pid_t child = in_process([&] { append_and_tell(path, ends[1]); });
    close(ends[1]);
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 50'000));
    kill(child, SIGKILL);
    durable = std::max(durable, last_told(ends[0]));
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "exit " << WEXITSTATUS(status);

    auto store = SqliteStore::open(path);
    ASSERT_TRUE(store.has_value()) << store.error().message;
    Seq found = (*store)->read_after(home, 0, 1'000'000)->size();
    ASSERT_GE(found, durable) << "after kill " << i;
    ASSERT_THAT((*store)->check()->flaws, testing::IsEmpty());
    durable = found;
  }
  EXPECT_GT(durable, 0u);
}

}  // namespace
}  // namespace todo
