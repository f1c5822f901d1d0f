#include "contract/store_contract.h"

#include <algorithm>

#include "contract/faulty_store.h"

namespace todo {
namespace {

using Payloads = std::vector<std::string>;
using Outcomes = std::vector<Appended>;

const WorkspaceId home = test_workspace(1);
const WorkspaceId work = test_workspace(2);

Outcomes append(Store& store, const std::vector<Append>& shares) {
  Result<Outcomes> outcomes = store.append(shares);
  EXPECT_TRUE(outcomes.has_value()) << outcomes.error().message;
  return outcomes.has_value() ? *outcomes : Outcomes{};
}
Appended append(Store& store, const WorkspaceId& workspace, Seq after, Payloads payloads) {
  Outcomes outcomes = append(store, {Append{workspace, after, std::move(payloads)}});
  return outcomes.size() == 1 ? outcomes.front() : Appended::conflict;
}

std::vector<Record> read(Store& store, const WorkspaceId& workspace, Seq after,
                         std::size_t limit = 1000) {
  Result<std::vector<Record>> records = store.read_after(workspace, after, limit);
  EXPECT_TRUE(records.has_value()) << records.error().message;
  return records.has_value() ? *records : std::vector<Record>{};
}

Payloads numbered(std::size_t count) {
  Payloads payloads;
  for (std::size_t i = 1; i <= count; ++i) payloads.push_back("{\"n\":" + std::to_string(i) + "}");
  return payloads;
}

template <class T>
Errc refusal_of(const Result<T>& result) {
  EXPECT_TRUE(result.has_error());
  return result.has_error() ? result.error().code : Errc{};
}

TEST_P(StoreContract, KnowsNothingOfAWorkspaceThatIsNew) {
  EXPECT_EQ(read(*store_, home, 0), std::vector<Record>{});
  EXPECT_EQ(read(*store_, home, 7), std::vector<Record>{});
  auto checkpoint = store_->checkpoint(home);
  ASSERT_TRUE(checkpoint.has_value());
  EXPECT_FALSE(checkpoint->has_value());
}

TEST_P(StoreContract, GivesBackTheBytesThatWereAppended) {
  std::string bytes("\0\xff\"{} \n\xc3\xa9", 9);
  EXPECT_EQ(append(*store_, home, 0, {"first", bytes, ""}), Appended::yes);
  EXPECT_EQ(append(*store_, home, 3, {"fourth"}), Appended::yes);
  EXPECT_EQ(read(*store_, home, 0),
            (std::vector<Record>{{1, "first"}, {2, bytes}, {3, ""}, {4, "fourth"}}));
  EXPECT_EQ(read(*store_, home, 2), (std::vector<Record>{{3, ""}, {4, "fourth"}}));
  EXPECT_EQ(read(*store_, home, 4), std::vector<Record>{});
}

TEST_P(StoreContract, TakesNothingAfterASeqThatIsNotTheNewest) {
  ASSERT_EQ(append(*store_, home, 0, numbered(2)), Appended::yes);
  EXPECT_EQ(append(*store_, home, 0, {"stale"}), Appended::conflict);
  EXPECT_EQ(append(*store_, home, 1, {"stale", "stale"}), Appended::conflict);
  EXPECT_EQ(append(*store_, home, 3, {"ahead"}), Appended::conflict);
  EXPECT_EQ(append(*store_, work, 1, {"ahead"}), Appended::conflict);
  EXPECT_EQ(read(*store_, home, 0).size(), 2u);
  EXPECT_EQ(read(*store_, work, 0).size(), 0u);
}

TEST_P(StoreContract, LetsOneOfTwoStoresWinEachSeq) {
  std::unique_ptr<Store> other = place_->open();
  EXPECT_EQ(append(*store_, home, 0, {"mine"}), Appended::yes);
  EXPECT_EQ(append(*other, home, 0, {"late"}), Appended::conflict);
  EXPECT_EQ(read(*other, home, 0), (std::vector<Record>{{1, "mine"}}));
  EXPECT_EQ(append(*other, home, 1, {"theirs"}), Appended::yes);
  EXPECT_EQ(append(*store_, home, 1, {"late"}), Appended::conflict);
  EXPECT_EQ(read(*store_, home, 1), (std::vector<Record>{{2, "theirs"}}));
}

TEST_P(StoreContract, TakesTheSharesThatFitAndNoneOfTheOthers) {
  const WorkspaceId garden = test_workspace(3);
  ASSERT_EQ(append(*store_, work, 0, {"before"}), Appended::yes);
  EXPECT_EQ(append(*store_, {{home, 0, {"a", "b"}}, {work, 0, {"stale"}}, {garden, 0, {"c"}}}),
            (Outcomes{Appended::yes, Appended::conflict, Appended::yes}));
  EXPECT_EQ(read(*store_, home, 0), (std::vector<Record>{{1, "a"}, {2, "b"}}));
  EXPECT_EQ(read(*store_, work, 0), (std::vector<Record>{{1, "before"}}));
  EXPECT_EQ(read(*store_, garden, 0), (std::vector<Record>{{1, "c"}}));
}

TEST_P(StoreContract, TakesSharesOfOneWorkspaceInTheirOrder) {
  EXPECT_EQ(append(*store_, {{home, 0, {"a"}}, {home, 1, {"b"}}, {home, 1, {"stale"}}}),
            (Outcomes{Appended::yes, Appended::yes, Appended::conflict}));
  EXPECT_EQ(read(*store_, home, 0), (std::vector<Record>{{1, "a"}, {2, "b"}}));
}

TEST_P(StoreContract, AppendsNothingIfThereIsNothingToAppend) {
  EXPECT_EQ(append(*store_, std::vector<Append>{}), Outcomes{});
  EXPECT_EQ(append(*store_, home, 0, {}), Appended::yes);
  EXPECT_EQ(append(*store_, home, 1, {}), Appended::conflict);
  EXPECT_EQ(append(*store_, home, 0, {"first"}), Appended::yes);
}

// Who hears nothing asks again: the journal says whether it was taken, and takes nothing twice.
TEST_P(StoreContract, TellsWhatBecameOfAnAppendWithoutAnAnswer) {
  FaultyStore faulty(*store_);
  const std::vector<Append> share = {{home, 0, {"once"}}};
  faulty.fail_next_append(FaultyStore::Fault::before);
  EXPECT_EQ(refusal_of(faulty.append(share)), Errc::unavailable);
  EXPECT_EQ(read(faulty, home, 0).size(), 0u);

  faulty.fail_next_append(FaultyStore::Fault::after);
  EXPECT_EQ(refusal_of(faulty.append(share)), Errc::unavailable);
  EXPECT_EQ(append(faulty, share), Outcomes{Appended::conflict});
  EXPECT_EQ(read(faulty, home, 0), (std::vector<Record>{{1, "once"}}));
}

TEST_P(StoreContract, KeepsEverythingWhenItIsOpenedAgain) {
  ASSERT_EQ(append(*store_, home, 0, numbered(3)), Appended::yes);
  ASSERT_TRUE(store_->put_checkpoint(home, {2, "snapshot"}).has_value());
  const std::string lineage = *store_->lineage(home);
  store_.reset();

  store_ = place_->open();
  EXPECT_EQ(read(*store_, home, 0).size(), 3u);
  EXPECT_EQ((*store_->checkpoint(home))->seq, 2u);
  EXPECT_EQ((*store_->checkpoint(home))->payload, "snapshot");
  EXPECT_EQ(*store_->lineage(home), lineage);
  EXPECT_EQ(append(*store_, home, 3, {"more"}), Appended::yes);
}

TEST_P(StoreContract, NamesEachHistoryForGood) {
  const std::string lineage = *store_->lineage(home);
  EXPECT_FALSE(lineage.empty());
  EXPECT_NE(*store_->lineage(work), lineage);
  ASSERT_EQ(append(*store_, home, 0, {"first"}), Appended::yes);
  EXPECT_EQ(*store_->lineage(home), lineage);
  EXPECT_EQ(*place_->open()->lineage(home), lineage);

  std::unique_ptr<StorePlace> elsewhere = GetParam().make_place();
  EXPECT_NE(*elsewhere->open()->lineage(home), lineage);
}

TEST_P(StoreContract, KeepsTheNewestCheckpoint) {
  ASSERT_EQ(append(*store_, home, 0, numbered(5)), Appended::yes);
  ASSERT_TRUE(store_->put_checkpoint(home, {3, "three"}).has_value());
  ASSERT_TRUE(store_->put_checkpoint(home, {2, "late"}).has_value());
  EXPECT_EQ((*store_->checkpoint(home))->payload, "three");
  ASSERT_TRUE(store_->put_checkpoint(home, {5, "five"}).has_value());
  EXPECT_EQ((*store_->checkpoint(home))->seq, 5u);
  EXPECT_EQ((*store_->checkpoint(home))->payload, "five");
  EXPECT_FALSE(store_->checkpoint(work)->has_value());
}

TEST_P(StoreContract, RefusesACheckpointBeyondTheNewestRecord) {
  ASSERT_EQ(append(*store_, home, 0, numbered(2)), Appended::yes);
  EXPECT_EQ(refusal_of(store_->put_checkpoint(home, {3, "early"})), Errc::invalid);
  EXPECT_EQ(refusal_of(store_->put_checkpoint(work, {1, "early"})), Errc::invalid);
  EXPECT_FALSE(store_->checkpoint(home)->has_value());
}

TEST_P(StoreContract, CompactsUpToTheCheckpointAndNotBeyond) {
  ASSERT_EQ(append(*store_, home, 0, numbered(5)), Appended::yes);
  EXPECT_EQ(refusal_of(store_->compact(home, 1)), Errc::invalid);
  ASSERT_TRUE(store_->put_checkpoint(home, {3, "snapshot"}).has_value());
  EXPECT_EQ(refusal_of(store_->compact(home, 4)), Errc::invalid);
  EXPECT_EQ(read(*store_, home, 0).size(), 5u);

  ASSERT_TRUE(store_->compact(home, 3).has_value());
  EXPECT_EQ(refusal_of(store_->read_after(home, 0, 10)), Errc::not_found);
  EXPECT_EQ(refusal_of(store_->read_after(home, 2, 10)), Errc::not_found);
  EXPECT_EQ(read(*store_, home, 3), (std::vector<Record>{{4, "{\"n\":4}"}, {5, "{\"n\":5}"}}));
  EXPECT_TRUE(store_->compact(home, 2).has_value());
}

TEST_P(StoreContract, GoesOnAfterEverythingWasCompacted) {
  ASSERT_EQ(append(*store_, home, 0, numbered(3)), Appended::yes);
  ASSERT_TRUE(store_->put_checkpoint(home, {3, "snapshot"}).has_value());
  ASSERT_TRUE(store_->compact(home, 3).has_value());
  store_ = place_->open();
  EXPECT_EQ(read(*store_, home, 3), std::vector<Record>{});
  EXPECT_EQ(append(*store_, home, 0, {"stale"}), Appended::conflict);
  EXPECT_EQ(append(*store_, home, 3, {"more"}), Appended::yes);
  EXPECT_EQ(read(*store_, home, 3), (std::vector<Record>{{4, "more"}}));
}

TEST_P(StoreContract, NoticesTheAppendsOfOthersAndNotItsOwn) {
  std::unique_ptr<Store> other = place_->open();
  const std::uint64_t before = *store_->foreign_appends();
  ASSERT_EQ(append(*store_, home, 0, {"mine"}), Appended::yes);
  EXPECT_EQ(*store_->foreign_appends(), before);

  ASSERT_EQ(append(*other, work, 0, {"theirs"}), Appended::yes);
  const std::uint64_t after = *store_->foreign_appends();
  EXPECT_NE(after, before);
  EXPECT_EQ(*store_->foreign_appends(), after);

  // Also if its own append came between theirs and the question.
  ASSERT_EQ(append(*other, work, 1, {"theirs"}), Appended::yes);
  ASSERT_EQ(append(*store_, home, 1, {"mine"}), Appended::yes);
  EXPECT_NE(*store_->foreign_appends(), after);
}

TEST_P(StoreContract, KeepsAMebibyteInOneRecord) {
  std::string big(1 << 20, 'x');
  big[12'345] = '\0';
  ASSERT_EQ(append(*store_, home, 0, {"small", big, big}), Appended::yes);
  ASSERT_TRUE(store_->put_checkpoint(home, {3, big}).has_value());
  std::vector<Record> records = read(*store_, home, 1);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_TRUE(records[0].payload == big && records[1].payload == big);
  EXPECT_TRUE((*store_->checkpoint(home))->payload == big);
}

TEST_P(StoreContract, GivesTenThousandRecordsInPages) {
  const Payloads payloads = numbered(10'000);
  ASSERT_EQ(append(*store_, home, 0, payloads), Appended::yes);
  EXPECT_EQ(read(*store_, home, 0, 0).size(), 0u);

  Seq after = 0;
  for (std::size_t pages = 1;; ++pages) {
    std::vector<Record> page = read(*store_, home, after, 768);
    for (const Record& record : page) {
      ASSERT_EQ(record.seq, ++after);
      ASSERT_EQ(record.payload, payloads[after - 1]);
    }
    if (page.size() == 768) continue;
    EXPECT_EQ(pages, 10'000u / 768 + 1);
    break;
  }
  EXPECT_EQ(after, 10'000u);
}

}  // namespace
}  // namespace todo
