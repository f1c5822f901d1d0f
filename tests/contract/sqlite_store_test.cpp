#include "todo/sqlite_store.h"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "contract/store_contract.h"
#include "contract/temporary_folder.h"
#include "sqlite/schema.h"

namespace todo {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const WorkspaceId home = test_workspace(1);

std::unique_ptr<SqliteStore> open_store(const fs::path& path, const SqliteOptions& options = {}) {
  auto store = SqliteStore::open(path, options);
  EXPECT_TRUE(store.has_value()) << store.error().message;
  return store.has_value() ? std::move(*store) : nullptr;
}

class SqlitePlace final : public StorePlace {
 public:
  explicit SqlitePlace(Durability durability) : options_{.durability = durability} {}
  std::unique_ptr<Store> open() override { return open_store(folder_ / "journal", options_); }

 private:
  TemporaryFolder folder_;
  SqliteOptions options_;
};

const StoreKind full = {"full", [] { return std::make_unique<SqlitePlace>(Durability::full); }};
const StoreKind normal = {"normal",
                          [] { return std::make_unique<SqlitePlace>(Durability::normal); }};

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract, testing::Values(full, normal), kind_name);

class SqliteStoreTest : public testing::Test {
 protected:
  // Appends one record to `home`, whatever it holds.
  void append(SqliteStore& store, std::string payload) {
    Seq newest = store.read_after(home, 0, 100'000)->size();
    Append share{home, newest, {std::move(payload)}};
    auto outcomes = store.append({&share, 1});
    ASSERT_TRUE(outcomes.has_value()) << outcomes.error().message;
    ASSERT_EQ(outcomes->front(), Appended::yes);
  }
  std::size_t size(SqliteStore& store) { return store.read_after(home, 0, 100'000)->size(); }

  std::string content() {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void overwrite(const std::string& content) { std::ofstream(path_, std::ios::binary) << content; }
  void execute(const std::string& sql) {
    SQLite::Database(path_.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
  }
  Error refusal(const fs::path& path, const SqliteOptions& options = {}) {
    auto store = SqliteStore::open(path, options);
    EXPECT_TRUE(store.has_error());
    return store.has_error() ? store.error() : Error{};
  }

  TemporaryFolder folder_;
  fs::path path_ = folder_ / "journal";
};

TEST_F(SqliteStoreTest, MakesAFileForItsOwnerOnly) {
  auto store = open_store(path_);
  append(*store, "secret");
  for (const char* part : {"journal", "journal-wal", "journal-shm"}) {
    EXPECT_EQ(fs::status(folder_ / part).permissions(),
              fs::perms::owner_read | fs::perms::owner_write)
        << part;
  }
}

TEST_F(SqliteStoreTest, SaysWhatIsWrongWithThePath) {
  EXPECT_EQ(refusal(folder_ / "no/journal").code, Errc::not_found);
  EXPECT_THAT(refusal(folder_ / "no/journal").message, HasSubstr("/no does not exist"));
  EXPECT_EQ(refusal(folder_ / ".").code, Errc::invalid);
  EXPECT_THAT(refusal(folder_ / ".").message, HasSubstr("is a folder"));
  EXPECT_EQ(refusal(folder_ / "").code, Errc::invalid);
  EXPECT_EQ(refusal("/dev/null").code, Errc::invalid);
  EXPECT_EQ(refusal("/proc/journal").code, Errc::unavailable);
  EXPECT_THAT(refusal("/proc/journal").message, HasSubstr("/proc/journal cannot be created"));
  EXPECT_EQ(refusal(path_, {.create = false}).code, Errc::not_found);
  EXPECT_FALSE(fs::exists(path_));

  open_store(path_);
  EXPECT_EQ(refusal(path_ / "journal").code, Errc::invalid);
  EXPECT_THAT(refusal(path_ / "journal").message, HasSubstr("is not a folder"));
}

TEST_F(SqliteStoreTest, RefusesAFileThatMayNotBeWritten) {
  open_store(path_);
  fs::permissions(path_, fs::perms(0444));
  fs::permissions(folder_ / "", fs::perms(0755));
  const uid_t user = geteuid();
  if (user == 0) {  // who may write everything
    ASSERT_EQ(seteuid(65534), 0);
  }
  Error error = refusal(path_);
  ASSERT_EQ(seteuid(user), 0);
  EXPECT_EQ(error.code, Errc::unavailable);
  EXPECT_THAT(error.message, HasSubstr("may not be written"));
}

TEST_F(SqliteStoreTest, TakesNoNameForAnythingButAFile) {
  fs::path before = fs::current_path();
  fs::current_path(folder_ / "");
  append(*open_store(":memory:"), "kept");
  append(*open_store("file:other?mode=memory"), "kept");
  EXPECT_EQ(size(*open_store(":memory:")), 1u);
  EXPECT_EQ(size(*open_store("file:other?mode=memory")), 1u);
  fs::current_path(before);
}

TEST_F(SqliteStoreTest, RefusesAFileOfANewerVersionAndLeavesItAlone) {
  append(*open_store(path_), "old");
  execute("PRAGMA user_version = 99");
  const std::string before = content();
  Error error = refusal(path_);
  EXPECT_EQ(error.code, Errc::unsupported);
  EXPECT_THAT(error.message, HasSubstr("version 99, this program knows versions up to 1"));
  EXPECT_EQ(content(), before);
}

TEST_F(SqliteStoreTest, RefusesTheDatabaseOfAnotherProgramAndLeavesItAlone) {
  for (const char* sql : {"CREATE TABLE notes(text)", "PRAGMA application_id = 5",
                          "PRAGMA user_version = 1", "PRAGMA journal_mode = WAL"}) {
    execute(sql);
    const std::string before = content();
    EXPECT_EQ(refusal(path_).code, Errc::corrupt) << sql;
    EXPECT_EQ(content(), before) << sql;
  }
}

// The write-ahead log of a program that died holds its latest data: it is not ours to empty.
TEST_F(SqliteStoreTest, LeavesTheLogOfAnotherProgramAlone) {
  SQLite::Database other(path_.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  other.exec("PRAGMA journal_mode = WAL; CREATE TABLE notes(text)");
  const fs::path copy = folder_ / "copy";
  fs::copy_file(path_, copy);
  fs::copy_file(path_.string() + "-wal", copy.string() + "-wal");
  const auto size = fs::file_size(copy.string() + "-wal");
  EXPECT_EQ(refusal(copy).code, Errc::corrupt);
  EXPECT_EQ(fs::file_size(copy.string() + "-wal"), size);
}

TEST_F(SqliteStoreTest, RefusesAFileThatIsNoDatabaseAndLeavesItAlone) {
  const std::string text(5000, 'x');
  overwrite(text);
  EXPECT_EQ(refusal(path_).code, Errc::corrupt);
  EXPECT_EQ(content(), text);
}

TEST_F(SqliteStoreTest, TakesAnEmptyFileForANewOne) {
  overwrite("");
  append(*open_store(path_), "first");
  EXPECT_EQ(size(*open_store(path_)), 1u);
}

TEST_F(SqliteStoreTest, MigratesStepByStepAndKeepsTheLastGoodVersion) {
  append(*open_store(path_), "kept");
  std::vector<const char*> steps(sqlite::migrations().begin(), sqlite::migrations().end());
  steps.push_back("CREATE TABLE note(text); INSERT INTO note VALUES ('made')");
  steps.push_back("CREATE TABLE half(done); CREATE TABLE note(again)");
  {
    SQLite::Database file(path_.string(), SQLite::OPEN_READWRITE);
    EXPECT_THROW((void)sqlite::migrate(file, steps), SQLite::Exception);
    EXPECT_EQ(file.execAndGet("PRAGMA user_version").getInt(), 2);
    EXPECT_TRUE(file.tableExists("note"));
    EXPECT_FALSE(file.tableExists("half"));

    steps.back() = "ALTER TABLE note RENAME TO notes";
    EXPECT_TRUE(sqlite::migrate(file, steps).has_value());
    EXPECT_EQ(file.execAndGet("PRAGMA user_version").getInt(), 3);
    EXPECT_EQ(file.execAndGet("SELECT text FROM notes").getString(), "made");
    EXPECT_EQ(file.execAndGet("SELECT count(*) FROM entry").getInt(), 1);
  }
  EXPECT_EQ(refusal(path_).code, Errc::unsupported);
}

TEST_F(SqliteStoreTest, ChecksAJournalInUse) {
  auto store = open_store(path_);
  for (const char* payload : {"one", "two", "three", "four"}) append(*store, payload);
  ASSERT_TRUE(store->put_checkpoint(home, {3, "snapshot"}).has_value());
  ASSERT_TRUE(store->compact(home, 2).has_value());
  auto report = store->check();
  ASSERT_TRUE(report.has_value());
  EXPECT_THAT(report->flaws, testing::IsEmpty());
  EXPECT_EQ(report->workspaces, 1u);
  EXPECT_EQ(report->entries, 2u);
}

struct Damage {
  const char* name;
  const char* sql;
  const char* flaw;
};
void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name; }

class SqliteDamageTest : public SqliteStoreTest, public testing::WithParamInterface<Damage> {};

TEST_P(SqliteDamageTest, IsFoundByCheck) {
  auto store = open_store(path_);
  for (const char* payload : {"one", "two", "three", "four"}) append(*store, payload);
  ASSERT_TRUE(store->put_checkpoint(home, {3, "snapshot"}).has_value());
  execute(GetParam().sql);
  auto report = store->check();
  ASSERT_TRUE(report.has_value());
  EXPECT_THAT(report->flaws, testing::ElementsAre(HasSubstr(GetParam().flaw)));
}

constexpr Damage damages[] = {
    {"payload", "UPDATE entry SET payload = x'00' WHERE place & 255 = 2",
     "the payload of entry 2 was changed"},
    {"chain", "UPDATE entry SET chain = zeroblob(32) WHERE place & 255 = 2",
     "the chain is broken at entry 2"},
    {"digest", "UPDATE entry SET payload = NULL, digest = zeroblob(32) WHERE place & 255 = 3",
     "the chain is broken at entry 3"},
    {"beginning", "UPDATE workspace SET id = x'00112233445566778899aabbccddeeff'",
     "the chain begins with another workspace"},
    {"missing", "DELETE FROM entry WHERE place & 255 = 2", "entry 2 is missing"},
    {"end", "DELETE FROM entry WHERE place & 255 = 4", "does not end at entry 4"},
    {"checkpoint", "UPDATE checkpoint SET payload = x'00'", "the checkpoint was changed"},
    {"gap",
     "UPDATE workspace SET base = 2,"
     "  base_chain = (SELECT chain FROM entry WHERE place & 255 = 2);"
     "DELETE FROM entry WHERE place & 255 < 3; DELETE FROM checkpoint",
     "the checkpoint and the entries leave a gap"},
    {"stray", "INSERT INTO entry VALUES (99 << 40, zeroblob(32), zeroblob(32), NULL)",
     "entries of no workspace"},
};
INSTANTIATE_TEST_SUITE_P(Damages, SqliteDamageTest, testing::ValuesIn(damages),
                         [](const auto& damage) { return std::string(damage.param.name); });

TEST_F(SqliteStoreTest, ReadsNothingThatIsNotWhatWasWritten) {
  auto store = open_store(path_);
  for (const char* payload : {"one", "two", "three"}) append(*store, payload);
  ASSERT_TRUE(store->put_checkpoint(home, {3, "snapshot"}).has_value());

  execute("UPDATE entry SET payload = x'00' WHERE place & 255 = 2");
  EXPECT_EQ(store->read_after(home, 0, 10).error().code, Errc::corrupt);
  EXPECT_THAT(store->read_after(home, 0, 10).error().message, HasSubstr("after entry 1"));
  EXPECT_EQ(store->read_after(home, 2, 10)->size(), 1u);
  execute("DELETE FROM entry WHERE place & 255 = 3");
  EXPECT_EQ(store->read_after(home, 2, 10).error().code, Errc::corrupt);
  execute("UPDATE checkpoint SET payload = x'00'");
  EXPECT_EQ(store->checkpoint(home).error().code, Errc::corrupt);
}

TEST_F(SqliteStoreTest, FindsAFlippedBitInAPayload) {
  append(*open_store(path_), std::string(3000, 'p'));
  std::string damaged = content();
  std::size_t at = damaged.find("pppp");
  ASSERT_NE(at, std::string::npos);
  damaged[at + 1000] ^= 1;
  overwrite(damaged);
  auto store = open_store(path_);
  EXPECT_FALSE(store->check()->flaws.empty());
  EXPECT_EQ(store->read_after(home, 0, 10).error().code, Errc::corrupt);
}

TEST_F(SqliteStoreTest, NoticesAPageThatIsOverwritten) {
  {
    auto store = open_store(path_);
    for (int i = 0; i < 30; ++i) append(*store, std::string(900, 'p'));
  }
  const std::string sound = content();
  ASSERT_GE(sound.size(), 10 * 4096u);
  for (std::size_t page = 0; page < sound.size() / 4096; ++page) {
    std::string damaged = sound;
    damaged.replace(page * 4096, 4096, 4096, 'x');
    overwrite(damaged);
    auto store = SqliteStore::open(path_);
    if (store.has_error()) {
      EXPECT_EQ(store.error().code, Errc::corrupt) << "page " << page;
      continue;
    }
    auto report = (*store)->check();
    EXPECT_TRUE(report.has_error() ? report.error().code == Errc::corrupt : !report->flaws.empty())
        << "page " << page;
  }
}

// What retention will do: the chain holds, and whoever wants the entry starts from the checkpoint.
TEST_F(SqliteStoreTest, KeepsTheChainWhenAPayloadIsErased) {
  auto store = open_store(path_);
  for (const char* payload : {"one", "two", "three"}) append(*store, payload);
  execute("UPDATE entry SET payload = NULL WHERE place & 255 = 2");
  EXPECT_THAT(store->check()->flaws, testing::IsEmpty());
  EXPECT_EQ(store->read_after(home, 1, 10).error().code, Errc::not_found);
  EXPECT_EQ(store->read_after(home, 2, 10)->size(), 1u);
}

TEST_F(SqliteStoreTest, NamesItsWorkspaces) {
  auto store = open_store(path_);
  EXPECT_TRUE(store->workspaces()->empty());
  ASSERT_TRUE(store->lineage(test_workspace(7)).has_value());
  append(*store, "first");
  EXPECT_EQ(*store->workspaces(), (std::vector<WorkspaceId>{home, test_workspace(7)}));
}

TEST_F(SqliteStoreTest, BacksUpWhileOthersAppend) {
  auto store = open_store(path_);
  auto writer = open_store(path_);
  for (const char* payload : {"one", "two"}) append(*writer, payload);
  const fs::path backup = folder_ / "backup";
  ASSERT_TRUE(store->backup(backup).has_value());
  append(*writer, "three");

  auto copy = open_store(backup);
  EXPECT_EQ(size(*copy), 2u);
  EXPECT_THAT(copy->check()->flaws, testing::IsEmpty());
  EXPECT_EQ(*copy->lineage(home), *store->lineage(home));
  append(*copy, "another third");
  EXPECT_EQ(size(*store), 3u);
  EXPECT_EQ(fs::status(backup).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(SqliteStoreTest, BacksUpOverNothing) {
  auto store = open_store(path_);
  std::ofstream(folder_ / "backup") << "precious";
  EXPECT_EQ(store->backup(folder_ / "backup").error().code, Errc::conflict);
  EXPECT_EQ(fs::file_size(folder_ / "backup"), 8u);
  EXPECT_EQ(store->backup(path_).error().code, Errc::conflict);
  EXPECT_EQ(store->backup(folder_ / "no/backup").error().code, Errc::not_found);
  for (const auto& file : fs::directory_iterator(folder_ / "")) {
    EXPECT_NE(file.path().extension(), ".partial");
  }
}

TEST_F(SqliteStoreTest, GivesANewNameToTheHistoryOfARestoredFile) {
  auto store = open_store(path_);
  append(*store, "first");
  const std::string before = *store->lineage(home);
  ASSERT_TRUE(store->renew_lineages().has_value());
  EXPECT_NE(*store->lineage(home), before);
  EXPECT_EQ(size(*store), 1u);
}

TEST_F(SqliteStoreTest, SaysThatAnotherProcessIsWriting) {
  auto store = open_store(path_, {.busy_timeout = std::chrono::milliseconds{1}});
  SQLite::Database other(path_.string(), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  Append share{home, 0, {"late"}};
  auto outcomes = store->append({&share, 1});
  ASSERT_TRUE(outcomes.has_error());
  EXPECT_EQ(outcomes.error().code, Errc::unavailable);
  EXPECT_THAT(outcomes.error().message, HasSubstr("another process"));
  EXPECT_EQ(size(*store), 0u);
  other.exec("ROLLBACK");
  append(*store, "now");
}

// A limit on the size of files stands for a full disk.
TEST_F(SqliteStoreTest, LosesNothingWhenTheDiskIsFull) {
  auto store = open_store(path_);
  append(*store, "before");
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit tight = before;
  tight.rlim_cur = 200'000;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);

  Append share{home, 1, {"small", std::string(500'000, 'x')}};
  auto outcomes = store->append({&share, 1});
  EXPECT_EQ(size(*store), 1u);
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);

  ASSERT_TRUE(outcomes.has_error());
  EXPECT_EQ(outcomes.error().code, Errc::unavailable);
  EXPECT_EQ(store->append({&share, 1})->front(), Appended::yes);
  EXPECT_EQ(size(*store), 3u);
  EXPECT_THAT(store->check()->flaws, testing::IsEmpty());
}

}  // namespace
}  // namespace todo
