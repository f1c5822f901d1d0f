// Closing a task, and what comes again.
#include "scene.h"

namespace todo {
namespace {

using namespace testing;
using std::chrono::days;
using std::chrono::hours;

// What cannot be written cannot be read again either: a series ends with the calendar.
TEST(Complete, EndsASeriesAtTheEndOfTheCalendar) {
  Scene scene;
  Task daily = task(1);
  daily.due = Zoned{LocalTime{day(9999, 12, 30)} + hours{9}, "America/New_York"};
  daily.recurrence = repeating("FREQ=DAILY");
  Instant last{std::chrono::sys_days{std::chrono::year{9999} / 12 / 31} + hours{1}};
  daily.reminders.put({.id = {{7}}, .trigger = AbsoluteTrigger{last}});
  scene.hold(CreateTask{daily});
  EXPECT_EQ(scene.hold(Complete{task_id(1)}).size(), 1u);
}

// Two devices that complete one occurrence must make one successor, so its id is not a new one.
TEST(Complete, MakesOneSuccessorAndOnlyOnce) {
  Scene scene;
  Task weekly = task(1);
  weekly.due = Zoned{LocalTime{day(2026, 10, 19)} + hours{9}, "Europe/Paris"};
  weekly.recurrence = repeating("FREQ=WEEKLY");
  scene.hold(CreateTask{weekly});

  Events events = scene.hold(Complete{task_id(1)});
  ASSERT_EQ(events.size(), 2u);
  const Task& next = std::get<TaskCreated>(events[1]).value;
  EXPECT_EQ(next.id, named_id<TaskId>(task_id(1).bytes, to_text(task_id(1))));
  // The clocks of Paris went back on 25 October; nine o'clock stays nine o'clock.
  EXPECT_EQ(next.due, (When{Zoned{LocalTime{day(2026, 10, 26)} + hours{9}, "Europe/Paris"}}));
  EXPECT_EQ(scene.hold(Complete{task_id(1)}), Events{});

  scene.hold(Reopen{task_id(1)});
  EXPECT_EQ(scene.hold(Complete{task_id(1)}).size(), 1u) << "the successor is there already";
}

TEST(Complete, TakesUpAgainASuccessorThatWasRemoved) {
  Scene scene;
  Task daily = task(1);
  daily.due = AllDay{day(2026, 11, 23)};
  daily.recurrence = repeating("FREQ=DAILY");
  scene.hold(CreateTask{daily});
  TaskId next = std::get<TaskCreated>(scene.hold(Complete{task_id(1)})[1]).value.id;
  scene.hold(RemoveTask{next});
  scene.hold(Reopen{task_id(1)});
  scene.hold(Complete{task_id(1)});
  EXPECT_FALSE(scene[next].deleted_at);
}

TEST(Complete, TakesUpAgainASuccessorWithItsSubtasks) {
  Scene scene;
  Task daily = task(1), step = task(2);
  daily.due = AllDay{day(2026, 11, 23)};
  daily.recurrence = repeating("FREQ=DAILY");
  step.parent = task_id(1);
  scene.hold(CreateTask{daily});
  scene.hold(CreateTask{step});
  scene.hold(Complete{task_id(1), true});
  TaskId next = named_id<TaskId>(task_id(1).bytes, to_text(task_id(1)));
  TaskId next_step = named_id<TaskId>(next.bytes, to_text(task_id(2)));
  scene.hold(RemoveTask{next});
  scene.hold(Reopen{task_id(1)});
  scene.hold(Complete{task_id(1), true});
  EXPECT_FALSE(scene[next_step].deleted_at);
}

// Somebody moved a subtask of the next occurrence out, and the occurrence itself is gone.
TEST(Complete, LeavesAloneWhatHasTheIdOfASubtask) {
  Scene scene;
  Task daily = task(1), step = task(2);
  daily.due = AllDay{day(2026, 11, 23)};
  daily.recurrence = repeating("FREQ=DAILY");
  step.parent = task_id(1);
  scene.hold(CreateTask{daily});
  scene.hold(CreateTask{step});
  scene.hold(Complete{task_id(1), true});
  TaskId next = named_id<TaskId>(task_id(1).bytes, to_text(task_id(1)));
  TaskId next_step = named_id<TaskId>(next.bytes, to_text(task_id(2)));
  scene.hold(EditTask{next_step, Patch<Task>{}
                                     .set(&Task::parent, std::optional<TaskId>{})
                                     .set(&Task::title, std::string("precious"))});
  scene.hold(RemoveTask{next});
  scene.context.now += days{31};
  scene.hold(Advance{{next}});
  scene.hold(Reopen{task_id(1)});
  scene.hold(Complete{task_id(1), true});
  EXPECT_EQ(scene[next_step].title, "precious");
}

TEST(Complete, CanBeUndoneWhereItFreesASuccessorFromARemovedParent) {
  Scene scene;
  Task daily = task(1);
  daily.parent = task_id(9);
  daily.due = AllDay{day(2026, 11, 23)};
  daily.recurrence = repeating("FREQ=DAILY");
  scene.hold(CreateTask{task(9)});
  scene.hold(CreateTask{daily});
  TaskId next = std::get<TaskCreated>(scene.hold(Complete{task_id(1)})[1]).value.id;
  scene.hold(EditTask{task_id(1), Patch<Task>{}.set(&Task::parent, std::optional<TaskId>{})});
  scene.hold(RemoveTask{task_id(9)});
  scene.hold(Reopen{task_id(1)});
  Events completed = scene.hold(Complete{task_id(1)});
  EXPECT_FALSE(scene[next].deleted_at);
  EXPECT_FALSE(scene[next].parent);
  scene.hold(Undo{{phone, 6}, completed});
  EXPECT_TRUE(scene[next].deleted_at);
}

TEST(Complete, RefusesToEndASeriesBecauseAnotherTaskHasTheId) {
  Scene scene;
  Task daily = task(1);
  daily.due = AllDay{day(2026, 11, 23)};
  daily.recurrence = repeating("FREQ=DAILY");
  scene.hold(CreateTask{daily});
  Task squatter = task(2);
  squatter.id = named_id<TaskId>(task_id(1).bytes, to_text(task_id(1)));
  scene.hold(CreateTask{squatter});
  EXPECT_EQ(scene.refuse(Complete{task_id(1)}).code, Errc::conflict);
  EXPECT_EQ(scene[task_id(1)].status, Status::open);
}

TEST(Complete, WantsSubtasksClosedOrACascade) {
  Scene scene;
  scene.hold(CreateTask{task(1)});
  Task child = task(2);
  child.parent = task_id(1);
  scene.hold(CreateTask{child});

  EXPECT_EQ(scene.refuse(Complete{task_id(1)}).code, Errc::conflict);
  scene.hold(Complete{task_id(1), true});
  EXPECT_EQ(scene[task_id(2)].status, Status::done);
}

// "Pack for the trip" with its list comes again with its list, unticked.
TEST(Complete, RepeatsSubtasksReopened) {
  Scene scene;
  Task weekly = task(1);
  weekly.due = AllDay{day(2026, 11, 23)};
  weekly.recurrence = repeating("FREQ=WEEKLY");
  scene.hold(CreateTask{weekly});
  Task child = task(2), grandchild = task(3);
  child.parent = task_id(1);
  child.due = AllDay{day(2026, 11, 22)};
  grandchild.parent = task_id(2);
  scene.hold(CreateTask{child});
  scene.hold(CreateTask{grandchild});

  scene.hold(Complete{task_id(1), true});
  TaskId next = named_id<TaskId>(task_id(1).bytes, to_text(task_id(1)));
  TaskId next_child = named_id<TaskId>(next.bytes, to_text(task_id(2)));
  TaskId next_grandchild = named_id<TaskId>(next.bytes, to_text(task_id(3)));
  EXPECT_EQ(scene[next_child].parent, next);
  EXPECT_EQ(scene[next_child].status, Status::open);
  EXPECT_EQ(scene[next_child].due, When{AllDay{day(2026, 11, 29)}});
  EXPECT_EQ(scene[next_grandchild].parent, next_child);
}

// A daily step of a weekly task was done on two days and is open on the third.
TEST(Complete, RepeatsASubtaskThatRecursOnceAndAsASeries) {
  Scene scene;
  Task weekly = task(1), step = task(2);
  weekly.due = AllDay{day(2026, 11, 29)};
  weekly.recurrence = repeating("FREQ=WEEKLY");
  step.parent = task_id(1);
  step.due = AllDay{day(2026, 11, 23)};
  step.recurrence = repeating("FREQ=DAILY");
  scene.hold(CreateTask{weekly});
  scene.hold(CreateTask{step});
  TaskId second = std::get<TaskCreated>(scene.hold(Complete{task_id(2)})[1]).value.id;
  TaskId third = std::get<TaskCreated>(scene.hold(Complete{second})[1]).value.id;

  scene.hold(Complete{task_id(1), true});
  TaskId next = named_id<TaskId>(task_id(1).bytes, to_text(task_id(1)));
  std::vector<Task> again;
  for (const auto& [id, task] : scene.workspace.tasks) {
    if (task.parent == next) again.push_back(task);
  }
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].id, named_id<TaskId>(next.bytes, to_text(third)));
  EXPECT_EQ(again[0].due, When{AllDay{day(2026, 11, 30)}}) << "as the first one, a week later";
  ASSERT_TRUE(again[0].recurrence);
  EXPECT_EQ(again[0].recurrence->anchor, again[0].due);
}

// Three daily steps from the day of completion; the first one of the next week counts three again.
TEST(Complete, RepeatsASubtaskWithTheWholeOfItsSeries) {
  Scene scene;
  Task weekly = task(1), counted = task(2), ended = task(3);
  weekly.due = AllDay{day(2026, 11, 29)};
  weekly.recurrence = repeating("FREQ=WEEKLY");
  counted.parent = ended.parent = task_id(1);
  counted.due = ended.due = AllDay{day(2026, 11, 23)};
  counted.recurrence = repeating("FREQ=DAILY;COUNT=3");
  counted.recurrence->repeat_from = RepeatFrom::completion;
  ended.recurrence = repeating("FREQ=DAILY;UNTIL=20261125");
  for (const Task& task : {weekly, counted, ended}) scene.hold(CreateTask{task});
  TaskId second = std::get<TaskCreated>(scene.hold(Complete{task_id(2)})[1]).value.id;
  TaskId ended_second = std::get<TaskCreated>(scene.hold(Complete{task_id(3)})[1]).value.id;
  scene.hold(RemoveTask{task_id(3)});

  scene.hold(Complete{task_id(1), true});
  TaskId next = named_id<TaskId>(task_id(1).bytes, to_text(task_id(1)));
  const Task& counted_again = scene[named_id<TaskId>(next.bytes, to_text(second))];
  const Task& ended_again = scene[named_id<TaskId>(next.bytes, to_text(ended_second))];
  EXPECT_EQ(to_text(counted_again.recurrence->rules[0]), "FREQ=DAILY;COUNT=3");
  EXPECT_EQ(to_text(ended_again.recurrence->rules[0]), "FREQ=DAILY;UNTIL=20261202");
  for (const Task* again : {&counted_again, &ended_again})
    EXPECT_EQ(again->due, When{AllDay{day(2026, 11, 30)}});
}

TEST(Cancel, EndsASeriesAndSkipDoesNot) {
  Scene scene;
  Task daily = task(1);
  daily.due = AllDay{day(2026, 11, 23)};
  daily.recurrence = repeating("FREQ=DAILY");
  scene.hold(CreateTask{daily});
  EXPECT_EQ(scene.hold(Skip{task_id(1)}).size(), 2u);
  TaskId next = named_id<TaskId>(task_id(1).bytes, to_text(task_id(1)));
  EXPECT_EQ(scene.hold(Cancel{next}).size(), 1u);

  scene.hold(CreateTask{task(2)});
  EXPECT_EQ(scene.refuse(Skip{task_id(2)}).field, "/task");
}
}  // namespace
}  // namespace todo
