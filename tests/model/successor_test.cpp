#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "random_rules.h"
#include "sample_task.h"

namespace todo {
namespace {

using testing::ElementsAre;

const Zones& zones() { return Zones::embedded(); }
Zone paris() { return *zones().find("Europe/Paris"); }

std::optional<Task> successor(const Task& task, std::string_view now = "2026-01-01T00:00:00Z") {
  return successor_of(task, instant(now), paris(), zones());
}

// Its due date, "none" if there is no more.
std::string due_after(const Task& task, std::string_view now = "2026-01-01T00:00:00Z") {
  std::optional<Task> next = successor(task, now);
  return next ? to_text(*next->due) : "none";
}

// The due dates of the next `limit` tasks, each closed at `now`.
std::vector<std::string> chain(Task task, std::size_t limit,
                               std::string_view now = "2026-01-01T00:00:00Z") {
  std::vector<std::string> dates;
  while (dates.size() < limit) {
    std::optional<Task> next = successor(task, now);
    if (!next) break;
    task = *next;
    dates.push_back(to_text(*task.due));
  }
  return dates;
}

TEST(Successor, IsNoneOfATaskThatDoesNotRecurOrHasComeToItsEnd) {
  EXPECT_EQ(successor(sample_task()), std::nullopt);
  EXPECT_EQ(due_after(sample_series("2026-11-23", "FREQ=DAILY;COUNT=1")), "none");
  EXPECT_EQ(due_after(sample_series("9999-12-31", "FREQ=DAILY")), "none");
}

TEST(Successor, KeepsTheHourAcrossAChangeOfTheOffset) {
  EXPECT_THAT(chain(sample_series("2026-10-18T09:00:00[Europe/Paris]", "FREQ=WEEKLY"), 3),
              ElementsAre("2026-10-25T09:00:00[Europe/Paris]", "2026-11-01T09:00:00[Europe/Paris]",
                          "2026-11-08T09:00:00[Europe/Paris]"));
}

TEST(Successor, ComesBackFromAGapAndFromAShortMonth) {
  EXPECT_THAT(
      chain(sample_series("2026-03-28T02:30:00[Europe/Paris]", "FREQ=DAILY"), 2),
      ElementsAre("2026-03-29T03:30:00[Europe/Paris]", "2026-03-30T02:30:00[Europe/Paris]"));
  EXPECT_THAT(chain(sample_series("2026-01-31", "FREQ=MONTHLY;BYMONTHDAY=-1"), 2),
              ElementsAre("2026-02-28", "2026-03-31"));
}

// Two devices that complete the same occurrence offline make one task, not two.
TEST(Successor, HasAnIdThatDependsOnTheSeriesAndItsPredecessorOnly) {
  Task first = sample_series("2026-11-23", "FREQ=DAILY");
  Task second = *successor(first);
  EXPECT_EQ(second.id, named_id<TaskId>(first.id.bytes, to_text(first.id)));
  EXPECT_EQ(second.series, first.id);
  Task elsewhere = first;
  elsewhere.title = "Renamed";
  elsewhere.due = when("2026-12-24");
  EXPECT_EQ(successor(elsewhere, "2027-01-01T00:00:00Z")->id, second.id);

  Task third = *successor(second);
  EXPECT_EQ(third.id, named_id<TaskId>(first.id.bytes, to_text(second.id)));
  EXPECT_EQ(third.series, first.id);
}

TEST(Successor, TakesOverWhatBelongsToTheSeries) {
  Task task = sample_series("2026-11-23", "FREQ=DAILY");
  task.notes = "notes";
  task.priority = Priority::high;
  task.tags = {"home"};
  task.project = sample_id<ProjectId>(3);
  task.parent = sample_id<TaskId>(4);
  task.blocked_by = {sample_id<TaskId>(5)};
  task.estimate = Duration{0, 60};
  task.order = "V";
  task.attributes = {{"k", "v"}};
  task.status = Status::done;
  task.created_at = task.updated_at = task.completed_at = instant("2026-11-23T08:00:00Z");

  Task expected = task;
  expected.id = named_id<TaskId>(task.id.bytes, to_text(task.id));
  expected.status = Status::open;
  expected.blocked_by = {};
  expected.due = expected.occurrence = when("2026-11-24");
  expected.series = task.id;
  expected.created_at = expected.updated_at = instant("2026-11-23T09:00:00Z");
  expected.completed_at.reset();
  Task next = *successor(task, "2026-11-23T09:00:00Z");
  EXPECT_TRUE(next == expected);
  EXPECT_EQ(flaw_of(next, zones()), std::nullopt);
}

TEST(Successor, CountsFromTheGridHoweverOneDateWasEdited) {
  Task task = sample_series("2026-11-23T09:00:00", "FREQ=WEEKLY");
  task.due = when("2026-11-27T15:00:00");
  Task next = *successor(task);
  EXPECT_EQ(to_text(*next.due), "2026-11-30T09:00:00");
  next.due = when("2026-12-05");
  EXPECT_EQ(due_after(next), "2026-12-07T09:00:00");
}

TEST(Successor, CountsFromItsOwnDateIfThereIsNoAnchor) {
  Task task = sample_series("2026-11-23", "FREQ=DAILY;INTERVAL=2");
  task.recurrence->anchor.reset();
  EXPECT_THAT(chain(task, 2), ElementsAre("2026-11-25", "2026-11-27"));
  EXPECT_EQ(successor(task)->recurrence->anchor, when("2026-11-23"));
}

TEST(Successor, GivesARuleThatDoesNotMatchItsAnchorAllOfItsCount) {
  EXPECT_THAT(chain(sample_series("2026-11-25", "FREQ=WEEKLY;BYDAY=MO;COUNT=2"), 9),
              ElementsAre("2026-11-30", "2026-12-07"));
}

TEST(Successor, LeavesOutWhatIsExcluded) {
  Task task = sample_series("2026-11-23", "FREQ=DAILY");
  task.recurrence->exdates = {when("2026-11-24")};
  task.recurrence->rdates = {when("2026-11-24"), when("2026-11-23")};
  EXPECT_EQ(due_after(task), "2026-11-25");
}

TEST(Successor, MovesTheOtherDateByAsManyDays) {
  Task task = sample_series("2026-10-24T09:00:00[Europe/Paris]", "FREQ=DAILY");
  task.start = when("2026-10-23T20:00:00[Europe/Paris]");
  Task next = *successor(task);
  EXPECT_EQ(to_text(*next.start), "2026-10-24T20:00:00[Europe/Paris]");

  Task by_start = sample_series("2026-11-25", "FREQ=MONTHLY");
  by_start.recurrence->anchored_to = Moment::start;
  by_start.recurrence->anchor = by_start.start = when("2026-11-23");
  next = *successor(by_start);
  EXPECT_EQ(to_text(*next.start), "2026-12-23");
  EXPECT_EQ(to_text(*next.due), "2026-12-25");
}

TEST(Successor, NeverStartsAfterItIsDue) {
  Task task = sample_series("2026-11-23T09:00:00", "FREQ=DAILY");
  task.due = when("2026-11-23T18:00:00");
  task.start = when("2026-11-23T17:00:00");
  Task next = *successor(task);
  EXPECT_EQ(to_text(*next.due), "2026-11-24T09:00:00");
  EXPECT_EQ(next.start, next.due);
}

TEST(Successor, SchedulesRemindersAgain) {
  Task task = sample_series("2026-10-24T09:00:00[Europe/Paris]", "FREQ=DAILY");
  Reminder relative{.id = sample_id<ReminderId>(1),
                    .trigger = RelativeTrigger{Moment::due, {0, -600}},
                    .state = ReminderState::acknowledged,
                    .snoozed_until = Instant{},
                    .fired_at = Instant{}};
  // 20:00 by the wall clock of Paris, before and after the change of the offset.
  Reminder absolute{.id = sample_id<ReminderId>(2),
                    .trigger = AbsoluteTrigger{instant("2026-10-24T18:00:00.250Z")}};
  task.reminders = {relative, absolute};

  Task next = *successor(task);
  Reminder first{.id = named_id<ReminderId>(next.id.bytes, to_text(relative.id)),
                 .trigger = relative.trigger};
  Reminder second{.id = named_id<ReminderId>(next.id.bytes, to_text(absolute.id)),
                  .trigger = AbsoluteTrigger{instant("2026-10-25T19:00:00.250Z")}};
  EXPECT_EQ(next.reminders, (Reminders{first, second}));
}

TEST(Successor, IsNoneBeyondTheYear9999) {
  Task task = sample_series("9999-12-01", "FREQ=DAILY");
  task.recurrence->anchored_to = Moment::start;
  task.start = task.due;
  task.due = when("9999-12-31");
  EXPECT_EQ(successor(task), std::nullopt);

  task = sample_series("9999-12-01", "FREQ=DAILY");
  task.reminders = {{.id = sample_id<ReminderId>(1),
                     .trigger = AbsoluteTrigger{instant("9999-12-31T12:00:00Z")}}};
  EXPECT_EQ(successor(task), std::nullopt);
}

Task missed_series(Missed missed, std::string_view due = "2026-11-02T09:00:00[Europe/Paris]") {
  Task task = sample_series(due, "FREQ=WEEKLY");
  task.recurrence->missed = missed;
  return task;
}

TEST(MissedOccurrences, AreKept) {
  EXPECT_EQ(due_after(missed_series(Missed::keep), "2026-11-20T12:00:00Z"),
            "2026-11-09T09:00:00[Europe/Paris]");
}

TEST(MissedOccurrences, AreLeftForTheNextOne) {
  Task task = missed_series(Missed::next);
  EXPECT_EQ(due_after(task, "2026-11-20T12:00:00Z"), "2026-11-23T09:00:00[Europe/Paris]");
  EXPECT_EQ(due_after(task, "2026-11-23T07:59:59Z"), "2026-11-23T09:00:00[Europe/Paris]");
  EXPECT_EQ(due_after(task, "2026-11-23T08:00:00Z"), "2026-11-30T09:00:00[Europe/Paris]");
  // Closed before it was due.
  EXPECT_EQ(due_after(task, "2026-10-01T12:00:00Z"), "2026-11-09T09:00:00[Europe/Paris]");
  // Of a date, today is no more in the future.
  EXPECT_EQ(due_after(missed_series(Missed::next, "2026-11-02"), "2026-11-23T12:00:00Z"),
            "2026-11-30");
}

TEST(MissedOccurrences, CollapseIntoTheLatest) {
  Task task = missed_series(Missed::collapse);
  EXPECT_EQ(due_after(task, "2026-11-20T12:00:00Z"), "2026-11-16T09:00:00[Europe/Paris]");
  EXPECT_EQ(due_after(task, "2026-11-16T08:00:00Z"), "2026-11-16T09:00:00[Europe/Paris]");
  EXPECT_EQ(due_after(task, "2026-11-16T07:59:59Z"), "2026-11-09T09:00:00[Europe/Paris]");
  EXPECT_EQ(due_after(task, "2026-11-03T12:00:00Z"), "2026-11-09T09:00:00[Europe/Paris]");
  EXPECT_EQ(due_after(missed_series(Missed::collapse, "2026-11-02"), "2026-11-23T12:00:00Z"),
            "2026-11-23");

  Task ended = missed_series(Missed::collapse);
  ended.recurrence->rules[0].count = 3;
  EXPECT_EQ(due_after(ended, "2027-11-03T12:00:00Z"), "2026-11-16T09:00:00[Europe/Paris]");
}

// However much was missed, and by whatever rule: the answer is that of going there.
TEST(MissedOccurrences, CollapseIntoTheLatestOfRandomRules) {
  RandomRules random;
  SCOPED_TRACE(random.seed_note());
  for (int i = 0; i < 300; ++i) {
    // Times of an hour that comes twice would name two instants.
    std::string place = random.chance(50) ? "" : "[Europe/Paris]";
    Rule rule = random.rule(place.empty() ? Frequency::secondly : Frequency::daily);
    Task task = sample_series(to_text(random.time(2010, 2020)) + place, to_text(rule));
    std::vector<LocalTime> all =
        occurrences(*task.recurrence, local_time_of(*task.due), 50, paris());
    if (all.empty()) continue;
    std::size_t missed =
        static_cast<std::size_t>(random.number(0, static_cast<std::int64_t>(all.size()) - 1));
    task.recurrence->missed = Missed::collapse;
    std::optional<Task> next = successor(task, to_text(paris().to_instant(all[missed])));
    ASSERT_EQ(to_text(*next->due), to_text(all[missed]) + place)
        << to_text(task.recurrence->rules[0]) << " from " << to_text(*task.due);
  }
}

// The day is the one of the owner: at 23:30 UTC it is tomorrow in Paris.
TEST(MissedOccurrences, AreTakenByTheClockOfTheOwner) {
  EXPECT_EQ(due_after(missed_series(Missed::next, "2026-11-02"), "2026-11-22T22:30:00Z"),
            "2026-11-23");
  EXPECT_EQ(due_after(missed_series(Missed::next, "2026-11-02"), "2026-11-22T23:30:00Z"),
            "2026-11-30");
}

Task completion_series(std::string_view due, std::string_view rule) {
  Task task = sample_series(due, rule);
  task.recurrence->repeat_from = RepeatFrom::completion;
  return task;
}

TEST(RepeatFromCompletion, CountsFromTheDayOfCompletion) {
  Task task = completion_series("2026-11-02T09:00:00", "FREQ=DAILY;INTERVAL=3");
  EXPECT_EQ(due_after(task, "2026-11-20T17:00:00Z"), "2026-11-23T09:00:00");
  EXPECT_EQ(due_after(task, "2026-11-20T05:00:00Z"), "2026-11-23T09:00:00");
  EXPECT_EQ(due_after(task, "2026-10-20T05:00:00Z"), "2026-10-23T09:00:00");
  EXPECT_EQ(due_after(completion_series("2026-11-02", "FREQ=MONTHLY"), "2026-11-20T23:30:00Z"),
            "2026-12-21");
  EXPECT_EQ(due_after(completion_series("2026-11-02T09:00:00[America/New_York]", "FREQ=DAILY"),
                      "2026-11-21T03:00:00Z"),
            "2026-11-21T09:00:00[America/New_York]");
}

TEST(RepeatFromCompletion, KeepsToTheDaysOfItsRule) {
  Task task = completion_series("2026-11-02", "FREQ=WEEKLY;BYDAY=MO");
  EXPECT_EQ(due_after(task, "2026-11-20T12:00:00Z"), "2026-11-23");
  EXPECT_EQ(due_after(task, "2026-11-23T12:00:00Z"), "2026-11-30");
}

TEST(RepeatFromCompletion, CountsHoursFromTheMoment) {
  Task task = completion_series("2026-11-02T09:00:00", "FREQ=HOURLY;INTERVAL=4");
  EXPECT_EQ(due_after(task, "2026-11-20T13:37:00.500Z"), "2026-11-20T18:37:00");
}

TEST(RepeatFromCompletion, GoesOnFromItsNewDate) {
  Task task = completion_series("2026-11-02T09:00:00", "FREQ=DAILY;INTERVAL=3");
  Task next = *successor(task, "2026-11-20T17:00:00Z");
  EXPECT_EQ(next.recurrence->anchor, when("2026-11-23T09:00:00"));
  EXPECT_EQ(next.occurrence, when("2026-11-23T09:00:00"));
}

TEST(RepeatFromCompletion, KeepsItsTimeOfDayAfterAGap) {
  Task task = completion_series("2026-03-01T02:30:00[Europe/Paris]", "FREQ=DAILY");
  Task in_gap = *successor(task, "2026-03-28T12:00:00Z");
  EXPECT_EQ(to_text(*in_gap.due), "2026-03-29T03:30:00[Europe/Paris]");
  EXPECT_EQ(due_after(in_gap, "2026-03-29T12:00:00Z"), "2026-03-30T02:30:00[Europe/Paris]");
}

TEST(RepeatFromCompletion, CountsDown) {
  EXPECT_EQ(chain(completion_series("2026-11-02", "FREQ=DAILY;COUNT=3"), 9).size(), 2U);
  EXPECT_EQ(chain(completion_series("2026-11-04", "FREQ=WEEKLY;BYDAY=MO;COUNT=3"), 9).size(), 3U);
  Task next = *successor(completion_series("2026-11-02", "FREQ=DAILY;COUNT=3"));
  EXPECT_EQ(next.recurrence->rules[0].count, 2U);
}

TEST(RepeatFromCompletion, EndsAtItsUntil) {
  Task task = completion_series("2026-11-02", "FREQ=WEEKLY;UNTIL=20261130");
  EXPECT_EQ(due_after(task, "2026-11-23T12:00:00Z"), "2026-11-30");
  EXPECT_EQ(due_after(task, "2026-11-24T12:00:00Z"), "none");
}

// Whoever completes one task after the other goes along the occurrences, and leaves none out.
TEST(Successors, AreTheOccurrencesOfTheirSeries) {
  RandomRules random;
  SCOPED_TRACE(random.seed_note());
  const std::vector<std::string> places = {"", "[Europe/Paris]", "[America/New_York]"};
  for (int i = 0; i < 300; ++i) {
    std::string anchor = to_text(random.time(1995, 2035)) + random.one_of(places);
    Task task = sample_series(anchor, to_text(random.rule(Frequency::daily)));
    task.recurrence->missed = random.chance(50) ? Missed::keep : Missed::next;
    ASSERT_EQ(flaw_of(task, zones()), std::nullopt);

    const auto* zoned = std::get_if<Zoned>(&*task.due);
    std::optional<Zone> zone = zoned ? zones().find(zoned->zone) : paris();
    std::vector<std::string> expected;
    for (LocalTime time : occurrences(*task.recurrence, local_time_of(*task.due), 12, zone))
      expected.push_back(to_text(with_local_time(*task.due, time)));
    ASSERT_EQ(chain(task, 12, "1990-01-01T00:00:00Z"), expected)
        << to_text(task.recurrence->rules[0]) << " from " << anchor;
  }
}

// Whatever a person edits in between, what comes is a sound task.
TEST(Successors, AreWithoutAFlaw) {
  RandomRules random;
  SCOPED_TRACE(random.seed_note());
  for (int i = 0; i < 1000; ++i) {
    Task task = sample_series(to_text(random.time(1995, 2035)), to_text(random.rule()));
    task.recurrence->missed = static_cast<Missed>(random.number(0, 2));
    task.recurrence->repeat_from = static_cast<RepeatFrom>(random.number(0, 1));
    task.recurrence->anchored_to = static_cast<Moment>(random.number(0, 1));
    LocalTime start = random.time(1995, 2035);
    task.start = random.chance(50) ? When{Floating{start}} : When{Zoned{start, "Asia/Tokyo"}};
    task.due = with_local_time(*task.start, start + std::chrono::minutes{random.number(0, 5000)});
    ASSERT_EQ(flaw_of(task, zones()), std::nullopt);

    std::optional<Task> next = successor(task, "2026-11-23T10:00:00Z");
    if (!next) continue;
    std::optional<Error> flaw = flaw_of(*next, zones());
    ASSERT_EQ(flaw, std::nullopt) << flaw->message << ' ' << flaw->field << ": "
                                  << to_text(task.recurrence->rules[0]);
    ASSERT_TRUE(recurring_date(*next) == next->occurrence);
  }
}

}  // namespace
}  // namespace todo
