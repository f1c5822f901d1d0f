#include "scene.h"
#include "todo/reminder_queue.h"

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
TEST(Edit, GoesOnFromTheDateOfARuleAfterOneWithout) {
  Scene scene;
  Task daily = task(1);
  daily.due = AllDay{day(2026, 11, 23)};
  daily.recurrence = repeating("FREQ=DAILY");
  scene.hold(CreateTask{daily});
  TaskId second = std::get<TaskCreated>(scene.hold(Complete{task_id(1)})[1]).value.id;
  auto recurrence = [](auto value) {
    return Patch<Task>{}.set(&Task::recurrence, std::optional<Recurrence>(value));
  };
  scene.hold(EditTask{second, recurrence(std::nullopt)});
  Patch<Task> weekly = recurrence(repeating("FREQ=WEEKLY"));
  weekly.set(&Task::due, std::optional<When>{AllDay{day(2026, 12, 1)}});
  scene.hold(EditTask{second, weekly});
  Task next = std::get<TaskCreated>(scene.hold(Complete{second})[1]).value;
  EXPECT_EQ(next.due, When{AllDay{day(2026, 12, 8)}});
}

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
  EXPECT_EQ(scene.refuse(Undo{{}, erased, "advance"}).field, "/of");
}

// Each of these would take hours if each command looked at what all others did.
TEST(Batch, HasItsWorkBounded) {
  Scene scene;
  Batch chain, again;
  for (std::uint32_t i = 0; i < limits::batch / 10; ++i) {
    Task link = task(1);
    link.id.bytes[14] = static_cast<std::uint8_t>(i >> 8), link.id.bytes[15] = i & 0xff;
    if (i > 0) link.blocked_by.put(std::get<CreateTask>(chain.commands.back()).value.id);
    chain.commands.push_back(CreateTask{link});
  }
  scene.hold(chain);

  Task parent = task(2);
  scene.hold(CreateTask{parent});
  for (std::uint8_t i = 3; i < 253; ++i) {
    Task child = task(i);
    child.parent = task_id(2);
    child.status = Status::done;
    scene.hold(CreateTask{child});
  }
  for (std::size_t i = 0; i < limits::batch / 2; ++i) {
    again.commands.push_back(Complete{task_id(2)});
    again.commands.push_back(Reopen{task_id(2)});
  }
  EXPECT_EQ(scene.refuse(again).code, Errc::out_of_range);
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
  EXPECT_EQ(scene.refuse(Undo{{}, fired, "advance"}).field, "/of");
}

TEST(Reminder, SnoozedFiresAgainAndAcknowledgedDoesNot) {
  Scene scene;
  scene.hold(CreateTask{with_reminder(1)});
  scene.context.now = noon + hours{2};
  scene.hold(Advance{{task_id(1)}});
  EXPECT_EQ(scene.refuse(Snooze{task_id(1), {{7}}, noon}).field, "/until");
  EXPECT_EQ(scene.refuse(Snooze{task_id(1), {{7}}, noon + days{3'650'000}}).field, "/until");
  EXPECT_EQ(scene.refuse(Snooze{task_id(1), {{8}}, noon + hours{9}}).field, "/reminder");

  scene.hold(Snooze{task_id(1), {{7}}, noon + hours{3}});
  scene.context.now = noon + hours{3};
  EXPECT_EQ(scene.hold(Advance{{task_id(1)}}).size(), 1u);
  scene.hold(Acknowledge{task_id(1), {{7}}});
  EXPECT_EQ(scene.hold(Advance{{task_id(1)}}), Events{});
}

TEST(Reminder, IsDueWithinTheCalendarAtItsLast) {
  Workspace workspace;
  Task last = task(1);
  last.due = Zoned{LocalTime{last_date} + hours{23}, "America/Los_Angeles"};
  Reminder reminder{.id = {{7}}, .trigger = RelativeTrigger{Moment::due, {0, 0}}};
  auto due = due_at(reminder, last, workspace.settings, Zones::embedded());
  ASSERT_TRUE(due);
  EXPECT_EQ(to_text(*due), "9999-12-31T23:59:59.999Z");
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
