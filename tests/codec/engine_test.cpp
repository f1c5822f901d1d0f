#include "todo/engine.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

#include "contract/faulty_store.h"
#include "engine/scene.h"
#include "todo/memory_store.h"

namespace todo {
namespace {

using ::testing::HasSubstr;
using namespace ::todo::testing;

const WorkspaceId home{{1}};

// Keeps what it is told.
struct Listener final : EventSink {
  void deliver(const WorkspaceId& workspace, const Entry& entry) override {
    EXPECT_EQ(workspace, home);
    seqs.push_back(entry.seq);
  }
  std::vector<Seq> seqs{};
};

class EngineTest : public ::testing::Test {
 protected:
  Engine open(Store& store) {
    Result<Engine> engine = Engine::open(store, home);
    EXPECT_TRUE(engine.has_value()) << engine.error();
    return *std::move(engine);
  }

  // The context of the next request of `device`.
  Context next(const Engine& engine, const DeviceId& device) {
    return {.now = noon, .actor = "ann", .mutation = {device, engine.next_number(device)}};
  }

  Entry hold(Engine& engine, Command command, const DeviceId& device = phone) {
    Result<Entry> entry = engine.apply(std::move(command), next(engine, device));
    EXPECT_TRUE(entry.has_value()) << entry.error();
    return entry.has_value() ? *entry : Entry{};
  }

  std::vector<std::string> payloads(Seq after = 0) {
    std::vector<std::string> payloads;
    for (Record& record : *store_.read_after(home, after, 1'000'000)) {
      payloads.push_back(std::move(record.payload));
    }
    return payloads;
  }

  MemoryJournals journals_{};
  MemoryStore store_{journals_};
};

TEST_F(EngineTest, AppendsTheEntryThatItGives) {
  Engine engine = open(store_);
  Entry first = hold(engine, CreateTask{task(1)});
  Entry second = hold(engine, Complete{task_id(1)});
  EXPECT_EQ(first.seq, 1u);
  EXPECT_EQ(second.context.mutation, (Mutation{phone, 2}));
  EXPECT_EQ(engine.workspace().tasks.at(task_id(1)).status, Status::done);
  EXPECT_EQ(payloads(), (std::vector<std::string>{to_json(first), to_json(second)}));
  EXPECT_EQ(*engine.entries_after(1, 10), std::vector<Entry>{second});
}

TEST_F(EngineTest, ComesBackAsItWas) {
  Engine before = open(store_);
  for (std::uint8_t i = 1; i <= 5; ++i) hold(before, CreateTask{task(i)});
  hold(before, Complete{task_id(3)});
  Engine after = open(store_);
  EXPECT_EQ(after.workspace(), before.workspace());
  EXPECT_EQ(after.next_number(phone), 7u);
  EXPECT_EQ(after.session().snapshot(), before.session().snapshot());
}

TEST_F(EngineTest, OpensFromACheckpointAndTheEntriesAfterIt) {
  Engine before = open(store_);
  for (std::uint8_t i = 1; i <= 3; ++i) hold(before, CreateTask{task(i)});
  EXPECT_EQ(*before.checkpoint(), 3u);
  hold(before, Complete{task_id(2)});
  ASSERT_TRUE(store_.compact(home, 3).has_value());
  Engine after = open(store_);
  EXPECT_EQ(after.session().snapshot(), before.session().snapshot());
  EXPECT_EQ(hold(after, Complete{task_id(1)}).seq, 5u);
}

TEST_F(EngineTest, OpensAJournalOfMoreThanOnePage) {
  Engine before = open(store_);
  hold(before, CreateTask{task(1)});
  for (int i = 0; i < 2500; ++i) {
    Patch<Task> patch;
    patch.set(&Task::notes, std::to_string(i));
    hold(before, EditTask{task_id(1), std::move(patch)});
  }
  Engine after = open(store_);
  EXPECT_EQ(after.session().durable(), 2501u);
  EXPECT_EQ(after.workspace(), before.workspace());
}

// A late copy of a refused request must not be accepted after its asker was told no.
TEST_F(EngineTest, WritesARefusalIntoTheJournalAndGivesItAgain) {
  Engine engine = open(store_);
  const Context context = next(engine, phone);
  Result<Entry> refused = engine.apply(Complete{task_id(1)}, context);
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().code, Errc::not_found);
  EXPECT_EQ(payloads().size(), 1u);

  hold(engine, CreateTask{task(1)}, laptop);
  Result<Entry> again = engine.apply(Complete{task_id(1)}, context);
  ASSERT_TRUE(again.has_error());
  EXPECT_EQ(again.error(), refused.error());
  EXPECT_EQ(payloads().size(), 2u);
}

TEST_F(EngineTest, KeepsTheRefusalOfARequestWithoutANameOutOfTheJournal) {
  Engine engine = open(store_);
  const DeviceId nameless{{9, 0, 0, 0, 0, 0, 0x40}};
  EXPECT_TRUE(engine.apply(Complete{task_id(1)}, next(engine, nameless)).has_error());
  EXPECT_TRUE(payloads().empty());
  hold(engine, CreateTask{task(1)}, nameless);
  EXPECT_EQ(payloads().size(), 1u);
}

TEST_F(EngineTest, GivesTheFirstEntryToTheSameRequestAgain) {
  Engine engine = open(store_);
  const Context context = next(engine, phone);
  Entry first = *engine.apply(CreateTask{task(1)}, context);
  EXPECT_EQ(*engine.apply(CreateTask{task(1)}, context), first);
  EXPECT_EQ(*open(store_).apply(CreateTask{task(1)}, context), first);
  EXPECT_EQ(payloads().size(), 1u);
}

TEST_F(EngineTest, RefusesANumberThatLeavesOneOut) {
  Engine engine = open(store_);
  Context context = next(engine, phone);
  context.mutation.number = 2;
  EXPECT_EQ(engine.apply(CreateTask{task(1)}, context).error().code, Errc::conflict);
  EXPECT_TRUE(payloads().empty());
}

TEST_F(EngineTest, TakesInWhatOthersDidBeforeItDecides) {
  MemoryStore other_store(journals_);
  Engine mine = open(store_);
  Engine theirs = open(other_store);
  hold(mine, CreateTask{task(1)});
  EXPECT_EQ(hold(theirs, Complete{task_id(1)}, laptop).seq, 2u);
  EXPECT_EQ(mine.workspace().tasks.at(task_id(1)).status, Status::open);
  ASSERT_TRUE(mine.refresh().has_value());
  EXPECT_EQ(mine.workspace(), theirs.workspace());
}

// A store that lets others come first, once.
class OvertakenStore final : public Store {
 public:
  OvertakenStore(Store& inner, std::function<void()> overtake)
      : inner_(&inner), overtake_(std::move(overtake)) {}
  Result<std::vector<Appended>> append(std::span<const Append> shares) override {
    if (overtake_) std::exchange(overtake_, nullptr)();
    return inner_->append(shares);
  }
  Result<std::string> lineage(const WorkspaceId& id) override { return inner_->lineage(id); }
  Result<std::vector<Record>> read_after(const WorkspaceId& id, Seq after,
                                         std::size_t limit) override {
    return inner_->read_after(id, after, limit);
  }
  Result<std::optional<Checkpoint>> checkpoint(const WorkspaceId& id) override {
    return inner_->checkpoint(id);
  }
  Result<void> put_checkpoint(const WorkspaceId& id, Checkpoint checkpoint) override {
    return inner_->put_checkpoint(id, std::move(checkpoint));
  }
  Result<void> compact(const WorkspaceId& id, Seq through) override {
    return inner_->compact(id, through);
  }
  Result<std::uint64_t> foreign_appends() override { return inner_->foreign_appends(); }

 private:
  Store* inner_;
  std::function<void()> overtake_;
};

TEST_F(EngineTest, DecidesAgainWhenOthersComeFirst) {
  MemoryStore other_store(journals_);
  Engine theirs = open(other_store);
  hold(theirs, CreateTask{task(1)}, laptop);
  OvertakenStore overtaken(store_, [&] { hold(theirs, Complete{task_id(1)}, laptop); });
  Engine mine = open(overtaken);

  Entry entry = hold(mine, Complete{task_id(1)});
  EXPECT_EQ(entry.seq, 3u);
  EXPECT_TRUE(entry.events.empty());  // it was true already
  ASSERT_TRUE(theirs.refresh().has_value());
  EXPECT_EQ(mine.workspace(), theirs.workspace());
}

// The process that overtakes compacts at once: what it appended can only be had from the
// checkpoint.
TEST_F(EngineTest, GoesOnFromACheckpointWhenOthersHaveCompactedTheJournal) {
  MemoryStore other_store(journals_);
  Engine theirs = open(other_store);
  OvertakenStore overtaken(store_, [&] {
    hold(theirs, CreateTask{task(1)}, laptop);
    hold(theirs, CreateTask{task(2)}, laptop);
    ASSERT_TRUE(theirs.checkpoint().has_value());
    ASSERT_TRUE(other_store.compact(home, 2).has_value());
  });
  Engine mine = open(overtaken);
  EXPECT_EQ(hold(mine, CreateTask{task(3)}).seq, 3u);
  EXPECT_EQ(mine.workspace().tasks.size(), 3u);
}

class EngineFaultTest : public EngineTest,
                        public ::testing::WithParamInterface<FaultyStore::Fault> {
 protected:
  FaultyStore faulty_{store_};
  Engine engine_ = open(faulty_);
};

TEST_P(EngineFaultTest, SettlesTheRequestOnceWhenItIsAskedAgain) {
  const Context context = next(engine_, phone);
  faulty_.fail_next_append(GetParam());
  Result<Entry> lost = engine_.apply(CreateTask{task(1)}, context);
  ASSERT_TRUE(lost.has_error());
  EXPECT_EQ(lost.error().code, Errc::unavailable);
  EXPECT_EQ(engine_.workspace().tasks.size(), 1u);

  Result<Entry> entry = engine_.apply(CreateTask{task(1)}, context);
  ASSERT_TRUE(entry.has_value()) << entry.error();
  EXPECT_EQ(entry->seq, 1u);
  EXPECT_EQ(payloads(), std::vector<std::string>{to_json(*entry)});
}

TEST_P(EngineFaultTest, SettlesTheRequestBeforeTheNextOne) {
  Listener listener;
  engine_.add_sink(listener);
  faulty_.fail_next_append(GetParam());
  ASSERT_TRUE(engine_.apply(CreateTask{task(1)}, next(engine_, phone)).has_error());
  EXPECT_EQ(hold(engine_, Complete{task_id(1)}).seq, 2u);
  EXPECT_EQ(listener.seqs, (std::vector<Seq>{1, 2}));
  EXPECT_EQ(open(store_).workspace(), engine_.workspace());
}

TEST_P(EngineFaultTest, LetsOthersComeBetween) {
  MemoryStore other_store(journals_);
  Engine theirs = open(other_store);
  faulty_.fail_next_append(GetParam());
  ASSERT_TRUE(engine_.apply(CreateTask{task(1)}, next(engine_, phone)).has_error());
  hold(theirs, CreateTask{task(2)}, laptop);
  ASSERT_TRUE(engine_.refresh().has_value());
  ASSERT_TRUE(theirs.refresh().has_value());
  EXPECT_EQ(payloads().size(), 2u);
  EXPECT_EQ(engine_.workspace(), theirs.workspace());
  EXPECT_TRUE(engine_.session().requests().empty());
}

INSTANTIATE_TEST_SUITE_P(Faults, EngineFaultTest,
                         ::testing::Values(FaultyStore::Fault::before, FaultyStore::Fault::after));

TEST_F(EngineTest, UndoesAndRedoes) {
  Engine engine = open(store_);
  hold(engine, CreateTask{task(1)});
  Entry done = hold(engine, Complete{task_id(1)});

  Result<Entry> undone = engine.undo(done.context.mutation, next(engine, phone));
  ASSERT_TRUE(undone.has_value()) << undone.error();
  EXPECT_EQ(undone->undoes, done.context.mutation);
  EXPECT_EQ(engine.workspace().tasks.at(task_id(1)).status, Status::open);
  Result<Entry> redone = engine.undo(undone->context.mutation, next(engine, phone));
  ASSERT_TRUE(redone.has_value()) << redone.error();
  EXPECT_EQ(engine.workspace().tasks.at(task_id(1)).status, Status::done);
}

TEST_F(EngineTest, UndoesWhatWasDoneLongAgoAsFarAsItIsKept) {
  Engine engine = open(store_);
  Entry first = hold(engine, CreateTask{task(1)});
  Entry second = hold(engine, CreateTask{task(2)});
  for (int i = 0; i < 1200; ++i) hold(engine, Complete{task_id(1)}, laptop);
  ASSERT_TRUE(engine.checkpoint().has_value());
  ASSERT_TRUE(store_.compact(home, 1).has_value());

  EXPECT_EQ(engine.undo(first.context.mutation, next(engine, phone)).error().code, Errc::not_found);
  EXPECT_TRUE(engine.undo(second.context.mutation, next(engine, phone)).has_value());
  EXPECT_EQ(engine.workspace().tasks.count(task_id(2)), 0u);
  EXPECT_EQ(engine.undo({laptop, 5000}, next(engine, phone)).error().code, Errc::not_found);
}

TEST_F(EngineTest, TellsItsSinksOfEachEntryOnceAndInOrder) {
  MemoryStore other_store(journals_);
  Engine theirs = open(other_store);
  Engine mine = open(store_);
  Listener listener;
  mine.add_sink(listener);
  hold(mine, CreateTask{task(1)});
  hold(theirs, CreateTask{task(2)}, laptop);
  hold(mine, CreateTask{task(3)});
  ASSERT_TRUE(mine.refresh().has_value());
  EXPECT_EQ(listener.seqs, (std::vector<Seq>{1, 2, 3}));
}

class EngineFindTest : public EngineTest {
 protected:
  std::vector<TaskId> find(Engine& engine, std::string_view query) {
    Result<Page> page = engine.find({.query = *parse<Query>(query)}, noon);
    EXPECT_TRUE(page.has_value()) << page.error();
    std::vector<TaskId> ids;
    if (page.has_error()) return ids;
    for (const Task* task : page->tasks) ids.push_back(task->id);
    std::sort(ids.begin(), ids.end());
    return ids;
  }
  using Ids = std::vector<TaskId>;
};

TEST_F(EngineFindTest, FindsTasksAsTheyAreNow) {
  Engine engine = open(store_);
  hold(engine, CreateTask{task(1, "milk")});
  hold(engine, CreateTask{task(2, "oat milk")});
  hold(engine, CreateTask{task(3, "bread")});
  EXPECT_EQ(find(engine, "milk is:open"), (Ids{task_id(1), task_id(2)}));
  Entry done = hold(engine, Complete{task_id(1)});
  EXPECT_EQ(find(engine, "milk is:open"), Ids{task_id(2)});
  ASSERT_TRUE(engine.undo(done.context.mutation, next(engine, phone)).has_value());
  hold(engine, RemoveTask{task_id(2)});
  EXPECT_EQ(find(engine, "milk is:open"), Ids{task_id(1)});
}

TEST_F(EngineFindTest, FindsWhatOthersDidAndWhatWasLoaded) {
  MemoryStore other_store(journals_);
  Engine mine = open(store_);
  Engine theirs = open(other_store);
  hold(theirs, CreateTask{task(1, "milk")}, laptop);
  ASSERT_TRUE(mine.refresh().has_value());
  EXPECT_EQ(find(mine, "milk"), Ids{task_id(1)});

  ASSERT_TRUE(theirs.checkpoint().has_value());
  hold(theirs, CreateTask{task(2, "more milk")}, laptop);
  Engine loaded = open(store_);
  EXPECT_EQ(find(loaded, "milk"), (Ids{task_id(1), task_id(2)}));
}

// Undoing a create leaves no task, also none that the index could still point to.
TEST_F(EngineFindTest, FindsNothingOfATaskThatIsGone) {
  Engine engine = open(store_);
  Entry made = hold(engine, CreateTask{task(1, "milk")});
  EXPECT_EQ(find(engine, "milk"), Ids{task_id(1)});
  Entry undone = *engine.undo(made.context.mutation, next(engine, phone));
  EXPECT_EQ(find(engine, "milk"), Ids{});
  ASSERT_TRUE(engine.undo(undone.context.mutation, next(engine, phone)).has_value());
  EXPECT_EQ(find(engine, "milk"), Ids{task_id(1)});
}

TEST_F(EngineFindTest, KnowsProjectsByTheirNamesOfToday) {
  Engine engine = open(store_);
  const Project project{.id = {{7}}, .name = "Home"};
  Task in_project = task(1);
  in_project.project = project.id;
  hold(engine, Create<Project>{project});
  hold(engine, CreateTask{in_project});
  EXPECT_EQ(find(engine, "@Home"), Ids{task_id(1)});

  Patch<Project> patch;
  patch.set(&Project::name, "Garden");
  hold(engine, Edit<Project>{project.id, patch});
  EXPECT_EQ(find(engine, "@Home"), Ids{});
  EXPECT_EQ(find(engine, "@Garden"), Ids{task_id(1)});
  hold(engine, Remove<Project>{project.id});
  EXPECT_EQ(find(engine, "@Garden"), Ids{});
  EXPECT_EQ(find(engine, "is:inbox"), Ids{task_id(1)});
}

// Nobody skips an entry: a journal that cannot be read whole is not served.
TEST_F(EngineTest, RefusesAJournalWithAnEntryItCannotRead) {
  Engine engine = open(store_);
  std::string payload = to_json(hold(engine, CreateTask{task(1)}));
  const std::string broken = payload.substr(0, 40);
  std::string newer = payload;
  newer.insert(newer.rfind('}'), ",\"mood\":1");

  struct Case {
    std::string payload;
    Errc code;
    std::string message;
  };
  for (const Case& c : {Case{broken, Errc::corrupt, "entry 2 cannot be read"},
                        Case{newer, Errc::unsupported, "mood"},
                        Case{payload, Errc::corrupt, "in the place of another"}}) {
    MemoryJournals journals;
    MemoryStore store(journals);
    Append share{home, 0, {payload, c.payload}};
    ASSERT_TRUE(store.append({&share, 1}).has_value());
    Result<Engine> refused = Engine::open(store, home);
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().code, c.code);
    EXPECT_THAT(refused.error().message, HasSubstr(c.message));
  }
}

TEST_F(EngineTest, RefusesACheckpointThatItCannotRead) {
  Engine engine = open(store_);
  hold(engine, CreateTask{task(1)});
  Snapshot snapshot = engine.session().snapshot();
  snapshot.seq = 7;
  for (const std::string& payload : {std::string("{"), to_json(snapshot)}) {
    ASSERT_TRUE(store_.put_checkpoint(home, {1, payload}).has_value());
    EXPECT_EQ(Engine::open(store_, home).error().code, Errc::corrupt);
  }
}

}  // namespace
}  // namespace todo
