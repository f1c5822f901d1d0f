#include "scene.h"

namespace todo {
namespace {

using namespace testing;
using std::chrono::days;
using std::chrono::hours;

// An importer knows when a task was made; a person who adds one does not say.
TEST(Create, FillsInOnlyWhatIsLeftOut) {
  Scene scene;
  scene.hold(CreateTask{task(1, "Cafe\xCC\x81")});  // e and an accent of its own
  EXPECT_EQ(scene[task_id(1)].title, "Caf\xC3\xA9");
  EXPECT_EQ(scene[task_id(1)].created_at, noon);

  Task imported = task(2);
  imported.created_at = noon - days{100};
  imported.status = Status::done;
  scene.hold(CreateTask{imported});
  EXPECT_EQ(scene[task_id(2)].created_at, noon - days{100});
  EXPECT_EQ(scene[task_id(2)].completed_at, noon);
}

TEST(Create, AnchorsARecurrenceAtTheDueDate) {
  Scene scene;
  Task weekly = task(1);
  weekly.due = AllDay{day(2026, 11, 27)};
  weekly.recurrence = repeating("FREQ=WEEKLY");
  scene.hold(CreateTask{weekly});
  EXPECT_EQ(scene[task_id(1)].recurrence->anchor, weekly.due);

  // Moving one occurrence leaves the others where they are.
  scene.hold(EditTask{task_id(1), Patch<Task>().set(&Task::due, AllDay{day(2026, 11, 30)})});
  EXPECT_EQ(scene[task_id(1)].recurrence->anchor, weekly.due);
}

// A new rule counts from the date it was given with: that date must not come a second time.
TEST(Edit, GoesOnFromTheDateOfANewRule) {
  Scene scene;
  Task daily = task(1);
  daily.due = AllDay{day(2026, 11, 23)};
  daily.recurrence = repeating("FREQ=DAILY");
  scene.hold(CreateTask{daily});
  TaskId next = std::get<TaskCreated>(scene.hold(Complete{task_id(1)})[1]).value.id;

  auto weekly = Patch<Task>()
                    .set(&Task::due, AllDay{day(2026, 12, 1)})
                    .set(&Task::recurrence, repeating("FREQ=WEEKLY"));
  scene.hold(EditTask{next, weekly});
  TaskId third = std::get<TaskCreated>(scene.hold(Complete{next})[1]).value.id;
  EXPECT_EQ(scene[third].due, When{AllDay{day(2026, 12, 8)}});
}

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

TEST(Create, RefusesATakenIdAndUnknownReferences) {
  Scene scene;
  scene.hold(CreateTask{task(1)});
  EXPECT_EQ(scene.refuse(CreateTask{task(1)}),
            (Error{Errc::conflict, "the id is taken", "/task/id"}));

  Task lost = task(2);
  lost.parent = task_id(9);
  EXPECT_EQ(scene.refuse(CreateTask{lost}).field, "/task/parent");
  lost = task(2);
  lost.project = ProjectId{{9}};
  EXPECT_EQ(scene.refuse(CreateTask{lost}).field, "/task/project");
  lost = task(2);
  lost.blocked_by = {task_id(1), task_id(9)};
  EXPECT_EQ(scene.refuse(CreateTask{lost}).field, "/task/blocked_by/1");
}

// An event that held the whole task would make the journal grow with its notes, not its changes.
TEST(Edit, KeepsOnlyWhatChanged) {
  Scene scene;
  Task tagged = task(1);
  tagged.tags = {"home", "late"};
  scene.hold(CreateTask{tagged});
  scene.context.now += hours{1};

  auto patch =
      Patch<Task>().set(&Task::priority, Priority::none).set(&Task::tags, Tags{"home", "new"});
  Events events = scene.hold(EditTask{task_id(1), patch});
  ASSERT_EQ(events.size(), 1u);
  const auto& changed = std::get<TaskChanged>(events[0]);
  KeyedChange<Tags> after{.put = {"new"}, .erase = {"late"}};
  EXPECT_EQ(*changed.after.get(&Task::tags), after);
  EXPECT_FALSE(changed.after.sets(index_of(&Task::priority)));
  EXPECT_EQ(scene.hold(EditTask{task_id(1), patch}), Events{});
}

// Two devices that each add a tag both succeed.
TEST(Edit, AddsAndRemovesKeysWithoutTheRest) {
  Scene scene;
  Task tagged = task(1);
  tagged.tags = {"home"};
  scene.hold(CreateTask{tagged});
  KeyedChange<Tags> add{.put = {"garden"}, .erase = {"HOME"}};
  scene.hold(EditTask{task_id(1), Patch<Task>().set(&Task::tags, add)});
  EXPECT_EQ(scene[task_id(1)].tags, (Tags{"garden"}));
}

TEST(Edit, LeavesToOtherCommandsWhatIsTheirs) {
  Scene scene;
  scene.hold(CreateTask{task(1)});
  auto status = Patch<Task>().set(&Task::status, Status::done);
  EXPECT_EQ(scene.refuse(EditTask{task_id(1), status}).field, "/patch/status");
  auto deleted = Patch<Task>().set(&Task::deleted_at, noon);
  EXPECT_EQ(scene.refuse(EditTask{task_id(1), deleted}).field, "/patch/deleted_at");
}

TEST(Edit, RefusesCirclesOfParentsAndOfBlockers) {
  Scene scene;
  scene.hold(CreateTask{task(1)});
  Task child = task(2);
  child.parent = task_id(1);
  child.blocked_by = {task_id(1)};
  scene.hold(CreateTask{child});

  auto below_itself = Patch<Task>().set(&Task::parent, task_id(2));
  EXPECT_EQ(scene.refuse(EditTask{task_id(1), below_itself}).field, "/patch/parent");
  auto circle = Patch<Task>().set(&Task::blocked_by, Links{task_id(2)});
  EXPECT_EQ(scene.refuse(EditTask{task_id(1), circle}).field, "/patch/blocked_by/0");
}

TEST(Create, NestsSixteenLevelsAndNoMore) {
  Scene scene;
  scene.hold(CreateTask{task(1)});
  for (std::uint8_t level = 2; level <= 16; ++level) {
    Task below = task(level);
    below.parent = task_id(static_cast<std::uint8_t>(level - 1));
    scene.hold(CreateTask{below});
  }
  Task too_deep = task(17);
  too_deep.parent = task_id(16);
  EXPECT_EQ(scene.refuse(CreateTask{too_deep}).field, "/task/parent");
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

TEST(Remove, TakesTheSubtreeAndRestoreBringsBackThat) {
  Scene scene;
  scene.hold(CreateTask{task(1)});
  for (int number : {2, 3}) {
    Task child = task(static_cast<std::uint8_t>(number));
    child.parent = task_id(1);
    scene.hold(CreateTask{child});
  }
  scene.hold(RemoveTask{task_id(3)});
  scene.context.now += hours{1};
  EXPECT_EQ(scene.hold(RemoveTask{task_id(1)}).size(), 2u);
  EXPECT_EQ(scene.refuse(Complete{task_id(1)}).code, Errc::conflict);
  EXPECT_EQ(scene.refuse(Restore{task_id(2)}).code, Errc::conflict) << "its parent is not there";

  scene.hold(Restore{task_id(1)});
  EXPECT_FALSE(scene[task_id(2)].deleted_at);
  EXPECT_TRUE(scene[task_id(3)].deleted_at) << "it was removed before, on its own";
}

// A copy of a workspace holds subtasks that were removed along with their parents.
TEST(Create, TakesWhatWasRemovedBelowWhatWasRemoved) {
  Scene scene;
  Task parent = task(1);
  parent.deleted_at = noon;
  scene.hold(CreateTask{parent});
  Task child = task(2);
  child.parent = task_id(1);
  EXPECT_EQ(scene.refuse(CreateTask{child}).field, "/task/parent");
  child.deleted_at = noon;
  scene.hold(CreateTask{child});

  scene.hold(Restore{task_id(1)});
  EXPECT_FALSE(scene[task_id(2)].deleted_at);
}

TEST(Advance, ErasesWhatWasRemovedThirtyDaysAgo) {
  Scene scene;
  scene.hold(CreateTask{task(1)});
  scene.hold(RemoveTask{task_id(1)});
  scene.context.now += days{30} - hours{1};
  EXPECT_EQ(scene.hold(Advance{{task_id(1)}}), Events{});
  scene.context.now += hours{1};
  Events erased = scene.hold(Advance{{task_id(1)}});
  EXPECT_TRUE(scene.workspace.tasks.empty());
  EXPECT_EQ(scene.refuse(Undo{{}, erased}).field, "/events/0");
}

TEST(Advance, LeavesNothingWaitingForWhatItErases) {
  Scene scene;
  Task waiting = task(2);
  waiting.blocked_by.put(task_id(1));
  scene.hold(CreateTask{task(1)});
  scene.hold(CreateTask{waiting});
  scene.hold(RemoveTask{task_id(1)});
  scene.context.now += days{30};
  scene.hold(Advance{{task_id(1)}});
  EXPECT_TRUE(scene[task_id(2)].blocked_by.empty());
}

Task with_reminder(std::uint8_t number) {
  Task reminded = task(number);
  reminded.due = Floating{LocalTime{day(2026, 11, 23)} + hours{15}};
  reminded.reminders.put({.id = {{7}}, .trigger = RelativeTrigger{Moment::due, {0, -3600}}});
  return reminded;
}

TEST(Advance, FiresAReminderOnce) {
  Scene scene;
  scene.hold(CreateTask{with_reminder(1)});  // at 14:00 UTC
  scene.context.now = noon + hours{2} - std::chrono::milliseconds{1};
  EXPECT_EQ(scene.hold(Advance{{task_id(1)}}), Events{});
  scene.context.now = noon + hours{2};
  Events fired = scene.hold(Advance{{task_id(1)}});
  EXPECT_EQ(scene[task_id(1)].reminders.begin()->state, ReminderState::fired);
  EXPECT_EQ(scene.hold(Advance{{task_id(1)}}), Events{});
  EXPECT_EQ(scene.refuse(Undo{{}, fired}).field, "/events/0");
}

TEST(Reminder, SnoozedFiresAgainAndAcknowledgedDoesNot) {
  Scene scene;
  scene.hold(CreateTask{with_reminder(1)});
  scene.context.now = noon + hours{2};
  scene.hold(Advance{{task_id(1)}});
  EXPECT_EQ(scene.refuse(Snooze{task_id(1), {{7}}, noon}).field, "/until");
  EXPECT_EQ(scene.refuse(Snooze{task_id(1), {{8}}, noon + hours{9}}).field, "/reminder");

  scene.hold(Snooze{task_id(1), {{7}}, noon + hours{3}});
  scene.context.now = noon + hours{3};
  EXPECT_EQ(scene.hold(Advance{{task_id(1)}}).size(), 1u);
  scene.hold(Acknowledge{task_id(1), {{7}}});
  EXPECT_EQ(scene.hold(Advance{{task_id(1)}}), Events{});
}

TEST(Reminder, HasItsStateFromWhatHappenedAndNotFromAnEdit) {
  Scene scene;
  scene.hold(CreateTask{with_reminder(1)});
  Reminder asked{.id = {{7}},
                 .trigger = RelativeTrigger{Moment::due, {0, -3600}},
                 .state = ReminderState::fired,
                 .fired_at = noon};
  Patch<Task> patch;
  patch.set(&Task::reminders, Reminders{asked});
  EXPECT_EQ(scene.hold(EditTask{task_id(1), patch}), Events{});

  scene.context.now = noon + hours{2};
  scene.hold(Advance{{task_id(1)}});
  asked.trigger = RelativeTrigger{Moment::due, {0, -60}};
  patch.set(&Task::reminders, Reminders{asked});
  scene.hold(EditTask{task_id(1), patch});
  EXPECT_EQ(scene[task_id(1)].reminders.begin()->state, ReminderState::scheduled);
}

TEST(Reminder, IsSetAgainWhenItsDateMovesAhead) {
  Scene scene;
  scene.hold(CreateTask{with_reminder(1)});
  scene.context.now = noon + hours{2};
  scene.hold(Advance{{task_id(1)}});
  scene.hold(Snooze{task_id(1), {{7}}, noon + hours{3}});
  auto later = Patch<Task>().set(&Task::due, Floating{LocalTime{day(2026, 11, 24)}});
  scene.hold(EditTask{task_id(1), later});
  EXPECT_FALSE(scene[task_id(1)].reminders.begin()->snoozed_until);
  EXPECT_EQ(scene[task_id(1)].reminders.begin()->state, ReminderState::scheduled);
}

// One that cannot be read would be found out by whoever opens it, and not by whoever wrote it.
TEST(Filters, HoldOnlyWhatCanBeSearchedFor) {
  Scene scene;
  const FilterId id{{61}};
  scene.hold(Create<Filter>{{.id = id, .name = "Soon", .query = "due<=+7d", .sort = "due"}});
  auto query = Patch<Filter>().set(&Filter::query, std::string("due:someday"));
  EXPECT_EQ(scene.refuse(Edit<Filter>{id, query}).field, "/patch/query");
  auto sort = Patch<Filter>().set(&Filter::sort, std::string("colour"));
  EXPECT_EQ(scene.refuse(Edit<Filter>{id, sort}).field, "/patch/sort");
  scene.hold(Edit<Filter>{id, Patch<Filter>().set(&Filter::query, std::string())});
}

TEST(Projects, HaveUniqueNamesAndLeaveTheirTasksBehind) {
  Scene scene;
  scene.hold(Create<Project>{{{{51}}, "Garden", ""}});
  EXPECT_EQ(scene.refuse(CreateTask{task(51)}).field, "/task/id") << "ids are of one kind only";
  EXPECT_EQ(scene.refuse(Create<Project>{{{{52}}, "garden", ""}}).field, "/project/name");
  Task planted = task(1);
  planted.project = ProjectId{{51}};
  scene.hold(CreateTask{planted});
  scene.hold(Remove<Project>{{{51}}});
  EXPECT_FALSE(scene[task_id(1)].project);
}

TEST(Settings, WantAKnownZone) {
  Scene scene;
  auto nowhere = Patch<Settings>().set(&Settings::zone, std::string("Europe/Atlantis"));
  EXPECT_EQ(scene.refuse(EditSettings{nowhere}).field, "/patch/zone");
}

// Half a batch is what nobody asked for.
TEST(Batch, HoldsWholeOrNotAtAll) {
  Scene scene;
  Workspace before = scene.workspace;
  Batch half{{CreateTask{task(1)}, EditTask{task_id(2), {}}}};
  EXPECT_EQ(scene.refuse(half).field, "/commands/1/task");
  EXPECT_EQ(scene.workspace, before);

  Task child = task(2);
  child.parent = task_id(1);
  scene.hold(Batch{{CreateTask{task(1)}, CreateTask{child}, Complete{task_id(1), true}}});
  EXPECT_EQ(scene[task_id(2)].status, Status::done);
  EXPECT_EQ(scene.refuse(Batch{{Batch{}}}).field, "/commands/0");
}

}  // namespace
}  // namespace todo
