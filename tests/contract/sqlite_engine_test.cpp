// Engines over one SQLite file, as two programs of one person share it.

#include <gtest/gtest.h>

#include "contract/temporary_folder.h"
#include "engine/scene.h"
#include "todo/engine.h"
#include "todo/sqlite_store.h"

namespace todo {
namespace {

using namespace ::todo::testing;

const WorkspaceId home{{1}};

TEST(SqliteEngines, ShowTheSameTasksWhoeverChangesThem) {
  TemporaryFolder folder;
  auto one_store = *SqliteStore::open(folder / "journal");
  auto other_store = *SqliteStore::open(folder / "journal");
  Engine one = *Engine::open(*one_store, home);
  Engine other = *Engine::open(*other_store, home);

  for (std::uint8_t i = 1; i <= 20; ++i) {
    Engine& engine = i % 3 == 0 ? one : other;
    const DeviceId device = i % 3 == 0 ? phone : laptop;
    Context context{.now = noon, .mutation = {device, engine.next_number(device)}};
    Result<Entry> entry = engine.apply(CreateTask{task(i)}, context);
    ASSERT_TRUE(entry.has_value()) << entry.error();
    EXPECT_EQ(entry->seq, i);
  }
  ASSERT_TRUE(one.refresh().has_value());
  ASSERT_TRUE(other.refresh().has_value());
  EXPECT_EQ(one.workspace().tasks.size(), 20u);
  EXPECT_EQ(one.workspace(), other.workspace());
  EXPECT_EQ(Engine::open(*one_store, home)->workspace(), one.workspace());
  EXPECT_TRUE(one_store->check()->flaws.empty());
}

}  // namespace
}  // namespace todo
