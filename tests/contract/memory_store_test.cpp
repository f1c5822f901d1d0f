#include "todo/memory_store.h"

#include "contract/store_contract.h"

namespace todo {
namespace {

class MemoryPlace final : public StorePlace {
 public:
  explicit MemoryPlace(const IdBytes& origin) : journals_(origin) {}
  std::unique_ptr<Store> open() override { return std::make_unique<MemoryStore>(journals_); }

 private:
  MemoryJournals journals_;
};

const StoreKind memory_stores = {"memory", [origin = IdBytes{}]() mutable {
                                   ++origin[0];
                                   return std::make_unique<MemoryPlace>(origin);
                                 }};

INSTANTIATE_TEST_SUITE_P(Memory, StoreContract, testing::Values(memory_stores), kind_name);

// So that a scenario gives the same text each time it is run.
TEST(MemoryStore, NamesTheSameHistoryOfTheSameOrigin) {
  MemoryJournals one;
  MemoryJournals same;
  MemoryJournals other{{1}};
  const WorkspaceId home = test_workspace(1);
  EXPECT_EQ(*MemoryStore(one).lineage(home), *MemoryStore(same).lineage(home));
  EXPECT_NE(*MemoryStore(one).lineage(home), *MemoryStore(other).lineage(home));
}

}  // namespace
}  // namespace todo
