#include "todo/session.h"

#include "scene.h"

namespace todo {
namespace {

using namespace testing;

Context by(DeviceId device, std::uint64_t number, Instant now = noon) {
  return {.now = now, .actor = "ann", .mutation = {device, number}};
}
DeviceId one_request(std::uint8_t name, std::uint8_t version) {
  DeviceId device{{name}};
  device.bytes[6] = static_cast<std::uint8_t>(version << 4);
  return device;
}
void settle(Session& session) { session.commit_own(session.append().back().seq); }

// A server that answers before the store has the entry has lied when it crashes.
TEST(Session, AnswersOnlyWhatIsDurable) {
  Session session;
  ASSERT_TRUE(session.ask({by(phone, 1), CreateTask{task(1)}}).has_value());
  View seen = session.view();
  EXPECT_TRUE(session.take_answers().empty());
  EXPECT_EQ(session.standing(seen), Standing::waits);

  settle(session);
  std::vector<Answer> answers = session.take_answers();
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].mutation, (Mutation{phone, 1}));
  EXPECT_EQ(session.standing(seen), Standing::stands);
}

// Another replica was first: each caller gets the answer that is true now.
TEST(Session, DecidesAgainWhatCameSecond) {
  Session first, second;
  (void)first.ask({by(phone, 1), CreateTask{task(1)}});
  (void)second.ask({by(laptop, 1), CreateTask{task(1)}});
  View seen = second.view();

  second.commit(first.append());
  EXPECT_EQ(second.standing(seen), Standing::fell);
  EXPECT_EQ(second.append().at(0).refusal->field, "/task/id");
}

// If-Match: both have read version 1, and one of them was first.
TEST(Session, RefusesWhatExpectedAnotherVersionAlsoWhenItDecidesAgain) {
  Session first, second;
  (void)first.ask({by(phone, 1), CreateTask{task(1)}});
  second.commit(first.append());
  first.commit_own(1);
  auto rename = [](DeviceId device, std::uint64_t number, std::string title) {
    return Request{by(device, number),
                   EditTask{task_id(1), Patch<Task>{}.set(&Task::title, std::move(title))},
                   Version{EntityId{task_id(1).bytes}, 1}};
  };
  (void)first.ask(rename(phone, 2, "one"));
  (void)second.ask(rename(laptop, 1, "two"));
  EXPECT_FALSE(second.foreseen().refusal);
  second.commit(first.append());
  ASSERT_TRUE(second.foreseen().refusal);
  EXPECT_EQ(second.foreseen().refusal->field, "/expects");
}

TEST(Session, GivesOneAppendAtATimeAndTheSameAgainIfItFailed) {
  Session session;
  (void)session.ask({by(phone, 1), CreateTask{task(1)}});
  std::vector<Entry> out = session.append();
  (void)session.ask({by(phone, 2), CreateTask{task(2)}});
  EXPECT_TRUE(session.append().empty());
  session.append_failed();
  EXPECT_EQ(session.append().size(), 2u);
}

TEST(Session, AnswersARepeatedRequestAndDoesItOnce) {
  Session session;
  Request request{by(phone, 1), CreateTask{task(1)}};
  (void)session.ask(request);
  (void)session.ask(request);
  EXPECT_EQ(session.append().size(), 1u);
  session.commit_own(1);
  EXPECT_EQ(session.take_answers().size(), 1u);
  (void)session.ask(request);
  EXPECT_EQ(session.take_answers().at(0).seq, 1u);
  EXPECT_EQ(session.ask({by(phone, 3), CreateTask{task(3)}}).error().code, Errc::conflict);
}

TEST(Session, WritesDownWhatWasAskedWhetherItHeldOrNot) {
  Session session;
  (void)session.ask({by(phone, 1), CreateTask{task(1)}});
  (void)session.ask({by(phone, 2), Complete{task_id(9)}});
  (void)session.ask({by(phone, 3), Batch{{Complete{task_id(1)}}}});
  std::vector<Entry> entries = session.append();
  EXPECT_EQ(entries[0].command, "create");
  EXPECT_EQ(entries[1].command, "complete");
  EXPECT_TRUE(entries[1].refusal);
  EXPECT_EQ(entries[2].command, "batch");
}

TEST(Session, TakesADecisionThatWasMadeBefore) {
  Session session;
  Request request{by(phone, 1), CreateTask{task(1)}};
  Result<Events> decision =
      decide(session.workspace(), request.command, request.context, session.zones());
  ASSERT_TRUE(session.ask(request, std::move(decision)).has_value());
  Session other;
  ASSERT_TRUE(other.ask(request).has_value());
  EXPECT_EQ(session.append(), other.append());
}

TEST(Session, KeepsAFlawedContextOutOfTheJournal) {
  Session session;
  auto flaw = [&](auto change) {
    Request request{by(phone, 1), CreateTask{task(1)}};
    change(request.context);
    Result<void> asked = session.ask(std::move(request));
    return asked.has_error() ? asked.error().field : "none";
  };
  EXPECT_EQ(flaw([](Context& c) { c.actor = std::string(201, 'a'); }), "/context/actor");
  EXPECT_EQ(flaw([](Context& c) { c.origin = "two\nlines"; }), "/context/origin");
  EXPECT_EQ(flaw([](Context& c) { c.digest = "\xff"; }), "/context/digest");
  EXPECT_EQ(flaw([](Context& c) { c.mutation.device = {}; }), "/context/mutation/device");
  EXPECT_EQ(flaw([](Context& c) { c.mutation.number = 0; }), "/context/mutation/number");
  EXPECT_EQ(flaw([](Context& c) {
              c.mutation = {one_request(1, 5), 2};
            }),
            "/context/mutation/number");
  EXPECT_EQ(flaw([](Context& c) { c.now = Instant::max(); }), "/context/now");
  EXPECT_TRUE(session.append().empty());
}

// The clock of the journal forgets, so that every replica forgets the same.
TEST(Session, ForgetsAnIdempotencyKeyAfterThirtyDays) {
  Session session;
  DeviceId key = one_request(1, 5), other = one_request(2, 5), nameless = one_request(3, 4);
  (void)session.ask({by(key, 1), CreateTask{task(1)}});
  (void)session.ask({by(nameless, 1), CreateTask{task(2)}});
  settle(session);
  EXPECT_NE(session.last_answer(key), nullptr);
  EXPECT_EQ(session.last_answer(nameless), nullptr);

  (void)session.ask({by(other, 1, noon + std::chrono::days{31}), CreateTask{task(3)}});
  settle(session);
  EXPECT_EQ(session.last_answer(key), nullptr);
  EXPECT_EQ(Session(session.snapshot()).last_answer(key), nullptr);
}

// Somebody's clock was set back: what is forgotten goes by the order of the journal all the same.
TEST(Session, ForgetsTheSameFromASnapshotAsFromTheJournal) {
  using std::chrono::days;
  Session session;
  DeviceId first = one_request(1, 5), second = one_request(2, 5);
  (void)session.ask({by(first, 1, noon + days{100}), CreateTask{task(1)}});
  (void)session.ask({by(second, 1, noon + days{50}), CreateTask{task(2)}});
  settle(session);
  Session loaded(session.snapshot());
  for (Session* one : {&session, &loaded}) {
    (void)one->ask({by(phone, 1, noon + days{85}), CreateTask{task(3)}});
    settle(*one);
  }
  EXPECT_EQ(session.snapshot(), loaded.snapshot());
  EXPECT_EQ(loaded.durable_at(), noon + days{100});
}

TEST(Session, KnowsTheVersionOfEachTaskAlsoAfterARebase) {
  Session session, other;
  (void)session.ask({by(phone, 1), CreateTask{task(1)}});
  std::vector<Entry> created = session.append();
  session.commit(created);
  other.commit(created);
  (void)session.ask(
      {by(phone, 2), EditTask{task_id(1), Patch<Task>().set(&Task::priority, Priority::high)}});
  EXPECT_EQ(session.version_of({task_id(1).bytes}), 2u);

  (void)other.ask({by(laptop, 1), RemoveTask{task_id(1)}});
  session.commit(other.append());
  EXPECT_EQ(session.version_of({task_id(1).bytes}), 2u) << "the removal; the edit is refused";
  EXPECT_TRUE(session.append().at(0).refusal);
}

TEST(Session, GoesOnFromASnapshotAsFromTheJournal) {
  Session session;
  (void)session.ask({by(phone, 1), CreateTask{task(1)}});
  settle(session);
  (void)session.ask({by(phone, 2), CreateTask{task(2)}});  // pending: not in the snapshot
  Session again(session.snapshot());
  EXPECT_EQ(again.durable(), 1u);
  EXPECT_EQ(again.workspace().tasks.size(), 1u);
  EXPECT_EQ(again.last_number(phone), 1u);
  EXPECT_EQ(again.version_of({task_id(1).bytes}), 1u);
  EXPECT_EQ(session.workspace().tasks.size(), 2u);

  again.commit(session.append());
  EXPECT_EQ(again.workspace(), session.workspace());
}

// Whoever keeps an index must hear of what a rebase took back as well.
TEST(Session, TellsWhichTasksItShowsDifferently) {
  Session session, other;
  (void)session.ask({by(phone, 1), CreateTask{task(1)}});
  EXPECT_EQ(session.take_touched().tasks, std::vector{task_id(1)});
  (void)other.ask({by(laptop, 1), CreateTask{task(2)}});
  session.commit(other.append());
  std::vector<TaskId> touched = session.take_touched().tasks;
  EXPECT_NE(std::find(touched.begin(), touched.end(), task_id(1)), touched.end());
  EXPECT_NE(std::find(touched.begin(), touched.end(), task_id(2)), touched.end());
}

}  // namespace
}  // namespace todo
