#include "../sim/any_command.h"
#include "scene.h"

namespace todo {
namespace {

using namespace testing;

TEST(Undo, RestoresWhatWasAndRedoesIt) {
  Scene scene;
  scene.hold(CreateTask{task(1, "water")});
  scene.context.now += std::chrono::hours{1};
  Events edited =
      scene.hold(EditTask{task_id(1), Patch<Task>().set(&Task::title, std::string("soak"))});
  Events undone = scene.hold(Undo{{phone, 2}, edited});
  EXPECT_EQ(scene[task_id(1)].title, "water");
  scene.hold(Undo{{phone, 3}, undone});
  EXPECT_EQ(scene[task_id(1)].title, "soak");
}

// Undo must not take back what somebody did since.
TEST(Undo, IsRefusedWithTheFieldThatChangedSince) {
  Scene scene;
  Task daily = task(1);
  daily.due = AllDay{day(2026, 11, 23)};
  daily.recurrence = repeating("FREQ=DAILY");
  scene.hold(CreateTask{daily});
  Events completed = scene.hold(Complete{task_id(1)});
  TaskId next = std::get<TaskCreated>(completed[1]).value.id;

  scene.hold(EditTask{next, Patch<Task>().set(&Task::title, std::string("mine now"))});
  Error refusal = scene.refuse(Undo{{phone, 2}, completed});
  EXPECT_EQ(refusal.code, Errc::conflict);
  EXPECT_EQ(refusal.field, "/events/1/task/title");
}

TEST(Undo, LetsOtherFieldsOfTheSameTaskBe) {
  Scene scene;
  scene.hold(CreateTask{task(1, "water")});
  Events edited =
      scene.hold(EditTask{task_id(1), Patch<Task>().set(&Task::title, std::string("soak"))});
  scene.hold(EditTask{task_id(1), Patch<Task>().set(&Task::priority, Priority::high)});
  scene.hold(Undo{{phone, 2}, edited});
  EXPECT_EQ(scene[task_id(1)].title, "water");
  EXPECT_EQ(scene[task_id(1)].priority, Priority::high);
}

TEST(Undo, OfACreationLeavesNoTask) {
  Scene scene;
  Events created = scene.hold(CreateTask{task(1)});
  scene.hold(Undo{{phone, 1}, created});
  EXPECT_TRUE(scene.workspace.tasks.empty());
}

// A task below one that was removed would be erased along with it.
TEST(Undo, BringsNothingBackBelowWhatWasRemovedSince) {
  Scene scene;
  scene.hold(CreateTask{task(1)});
  Task child = task(2);
  child.parent = task_id(1);
  scene.hold(CreateTask{child});
  Events removed = scene.hold(RemoveTask{task_id(2)});
  Events all = scene.hold(RemoveTask{task_id(1)});
  EXPECT_EQ(scene.refuse(Undo{{phone, 3}, removed}).field, "/events/0/task");

  scene.hold(Undo{{phone, 4}, all});
  scene.hold(Undo{{phone, 3}, removed});
  EXPECT_FALSE(scene[task_id(2)].deleted_at);
}

TEST(Undo, LeavesNoSubtaskBelowWhatItRemovesAgain) {
  Scene scene;
  scene.hold(CreateTask{task(1)});
  Events removed = scene.hold(RemoveTask{task_id(1)});
  Events restored = scene.hold(Undo{{phone, 2}, removed});
  Task child = task(2);
  child.parent = task_id(1);
  scene.hold(CreateTask{child});
  EXPECT_EQ(scene.refuse(Undo{{phone, 3}, restored}).field, "/events/0/task");
}

TEST(Undo, RemovesAgainForThirtyDaysFromThen) {
  Scene scene;
  scene.hold(CreateTask{task(1)});
  Events removed = scene.hold(RemoveTask{task_id(1)});
  Events restored = scene.hold(Undo{{phone, 2}, removed});
  scene.context.now += std::chrono::days{40};
  scene.hold(Undo{{phone, 3}, restored});
  EXPECT_EQ(scene[task_id(1)].deleted_at, scene.context.now);
  EXPECT_EQ(scene.hold(Advance{{task_id(1)}}), Events{});
}

TEST(Undo, RedoesASnoozeAfterItFired) {
  Scene scene;
  Task reminded = task(1);
  reminded.reminders.put({.id = {{7}}, .trigger = AbsoluteTrigger{noon}});
  scene.hold(CreateTask{reminded});
  scene.hold(Advance{{task_id(1)}});
  Events snoozed = scene.hold(Snooze{task_id(1), {{7}}, noon + std::chrono::hours{1}});
  Events undone = scene.hold(Undo{{phone, 3}, snoozed, "snooze"});
  scene.hold(Undo{{phone, 4}, undone, "undo"});
  EXPECT_EQ(scene[task_id(1)].reminders.begin()->state, ReminderState::scheduled);
}

TEST(Undo, NeverChangesAnId) {
  Scene scene;
  scene.hold(CreateTask{task(1)});
  TaskChanged forged{task_id(1), Patch<Task>().set(&Task::id, task_id(2)), {}};
  EXPECT_EQ(scene.refuse(Undo{{phone, 1}, {forged}}).field, "/events/0/before/id");
}

TEST(Undo, IsForTheDeviceThatAsked) {
  Scene scene;
  Events created = scene.hold(CreateTask{task(1)});
  scene.context.mutation.device = laptop;
  EXPECT_EQ(scene.refuse(Undo{{phone, 1}, created}).field, "/of/device");
}

// Replaying gives the same workspace, taking back event by event the one before, and undoing every
// entry from the last to the first the empty one.
void check_random_history(std::uint64_t seed) {
  SCOPED_TRACE("TODO_SEED=" + std::to_string(seed));
  sim::Random random(seed);
  Scene scene;
  std::vector<Entry> entries;
  for (std::uint64_t number = 1; number <= 60; ++number) {
    scene.context.now += std::chrono::seconds{random.below(86'400)};
    Workspace before = scene.workspace;
    Command command = sim::any_command(random, scene.workspace, scene.context.now, entries);
    Result<Events> events = scene.ask(command);
    if (events.has_error()) {
      EXPECT_EQ(scene.workspace, before) << "a refusal changes nothing";
      continue;
    }
    Workspace taken_back = scene.workspace;
    for (auto event = events->rbegin(); event != events->rend(); ++event)
      revert(taken_back, *event);
    EXPECT_EQ(taken_back, before);
    entries.push_back({.seq = entries.size() + 1,
                       .context = scene.context,
                       .command = std::string(name_of(command)),
                       .events = *events});
  }

  Workspace replayed;
  for (const Entry& entry : entries) {
    for (const Event& event : entry.events) evolve(replayed, event);
  }
  EXPECT_EQ(replayed, scene.workspace);

  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    Result<Events> undone = scene.ask(Undo{entry->context.mutation, entry->events, entry->command});
    ASSERT_TRUE(undone.has_value()) << "entry " << entry->seq << ": " << undone.error();
  }
  EXPECT_EQ(scene.workspace, Workspace{});
}

TEST(Undo, OfEverythingBackwardsLeavesTheEmptyWorkspace) {
  if (const char* seed = std::getenv("TODO_SEED"))
    return check_random_history(std::strtoull(seed, nullptr, 10));
  std::uint64_t seeds = std::getenv("TODO_LONG") ? 10'000 : 300;
  for (std::uint64_t seed = 0; seed < seeds && !HasFatalFailure(); ++seed)
    check_random_history(seed);
}

}  // namespace
}  // namespace todo
