#include "todo/task.h"

#include <gmock/gmock.h>

#include "sample_task.h"

namespace todo {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using testing::AnyOf;

// "code /field" of the flaw, "none" if there is none.
std::string flaw(const Task& task) {
  std::optional<Error> found = flaw_of(task, Zones::embedded());
  return found ? std::string(name_of(found->code)) + ' ' + found->field : "none";
}

// The flaw of the sample with one change.
template <class Change>
std::string flaw_with(Change change) {
  Task task = sample_task();
  change(task);
  return flaw(task);
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(TaskNormalize, PutsTitleAndTagsIntoNfc) {
  Task task = sample_task();
  task.title = "Cafe\u0301";
  task.tags = {"o\u0308l", "\u00f6l", "Home"};
  normalize(task);
  EXPECT_EQ(task.title, "Caf\u00e9");
  EXPECT_EQ(task.tags, (Tags{"\u00f6l", "Home"}));
}

TEST(TaskNormalize, EndsLinesOfNotesWithLf) {
  Task task = sample_task();
  task.notes = "a\r\nb\rc\n\r\r\n";
  normalize(task);
  EXPECT_EQ(task.notes, "a\nb\nc\n\n\n");
  Task again = task;
  normalize(again);
  EXPECT_TRUE(again == task);
}

TEST(TaskNormalize, PutsListsOfRulesInOrder) {
  Task task = sample_series("2026-11-23", "FREQ=YEARLY");
  task.recurrence->rules[0].by_month = {12, 1, 12};
  EXPECT_EQ(flaw(task), "invalid /recurrence/rules/0");
  normalize(task);
  EXPECT_EQ(flaw(task), "none");
  EXPECT_EQ(to_text(task.recurrence->rules[0]), "FREQ=YEARLY;BYMONTH=1,12");
}

TEST(TaskNormalize, LeavesWhatIsNotUtf8ToTheCheck) {
  Task task = sample_task();
  task.title = "\xff";
  task.tags = {"\xc3"};
  normalize(task);
  EXPECT_EQ(task.title, "\xff");
  EXPECT_EQ(flaw(task), "malformed /title");
}

TEST(Tags, AreOneIfTheyDifferInCaseOnly) {
  Tags tags = {"Home", "HOME", "office"};
  EXPECT_EQ(tags.size(), 2U);
  EXPECT_TRUE(tags.contains("home"));
  tags.erase("OFFICE");
  EXPECT_EQ(tags, (Tags{"HOME"}));
}

TEST(TaskFlaw, IsNoneOfASmallTaskNorOfAFullOne) {
  EXPECT_EQ(flaw(sample_task()), "none");

  Task task = sample_series("2026-11-23T09:00:00[Europe/Paris]", "FREQ=WEEKLY");
  task.notes = "# Where\n\t- in the kitchen";
  task.priority = Priority::high;
  task.tags = {"home", "a.b/c-d_1"};
  task.project = sample_id<ProjectId>(7);
  task.parent = sample_id<TaskId>(8);
  task.blocked_by = {sample_id<TaskId>(9)};
  task.start = when("2026-11-22");
  task.reminders = {
      {.id = sample_id<ReminderId>(1), .trigger = RelativeTrigger{Moment::due, {0, -600}}},
      {.id = sample_id<ReminderId>(2), .trigger = RelativeTrigger{Moment::start, {}}},
      {.id = sample_id<ReminderId>(3), .trigger = AbsoluteTrigger{}}};
  task.series = sample_id<TaskId>(10);
  task.occurrence = task.due;
  task.estimate = Duration{0, 1800};
  task.order = "a0V";
  task.attributes = {{"x-source", "paper"}};
  task.created_at = task.updated_at = task.completed_at = task.deleted_at = Instant{};
  task.status = Status::done;
  EXPECT_EQ(flaw(task), "none");
}

TEST(TaskFlaw, ComesInTheOrderOfTheTable) {
  Task task;
  EXPECT_EQ(flaw(task), "missing /id");
  task.id = sample_id<TaskId>(1);
  EXPECT_EQ(flaw(task), "missing /title");
  task.title = "x";
  task.order = "!";
  task.tags = {"!"};
  EXPECT_EQ(flaw(task), "invalid /tags/0");
}

TEST(TaskFlaw, LimitsTheTitle) {
  auto title = [](std::string text) {
    return flaw_with([&](Task& task) { task.title = std::move(text); });
  };
  EXPECT_EQ(title("x"), "none");
  EXPECT_EQ(title(repeated("\u00e9", limits::title)), "none");
  EXPECT_EQ(title(repeated("\u00e9", limits::title + 1)), "out_of_range /title");
  EXPECT_EQ(title(""), "missing /title");
  EXPECT_EQ(title(" \u00a0\u3000"), "invalid /title");
  for (std::string control : {"a\nb", "a\tb", "a\x7f", "a\u0085", "a\u2028"})
    EXPECT_EQ(title(control), "invalid /title") << control;
  EXPECT_EQ(title("a\xc3"), "malformed /title");
}

TEST(TaskFlaw, LimitsNotes) {
  auto notes = [](std::string text) {
    return flaw_with([&](Task& task) { task.notes = std::move(text); });
  };
  EXPECT_EQ(notes(std::string(limits::notes_bytes, 'x')), "none");
  EXPECT_EQ(notes(std::string(limits::notes_bytes + 1, 'x')), "out_of_range /notes");
  EXPECT_EQ(notes(std::string("a\0b", 3)), "invalid /notes");
  EXPECT_EQ(notes("\xed\xa0\x80"), "malformed /notes");
}

// A member that is added to the table may have no limit of its own yet. In a journal it has to be
// JSON all the same, and no request may grow it without end.
TEST(TaskFlaw, LimitsEveryText) {
  for_each_field<Task>([](std::size_t, const auto& field) {
    Task task = sample_task();
    auto& member = task.*field.member;
    if constexpr (std::is_same_v<decltype(member), std::string&>) {
      const std::string name = " /" + std::string(field.name);
      member = "\xff";
      EXPECT_THAT(flaw(task), AnyOf("malformed" + name, "invalid" + name));
      member = std::string(limits::text_bytes + 1, 'a');
      EXPECT_EQ(flaw(task), "out_of_range" + name);
    }
  });
}

TEST(TaskFlaw, LimitsTags) {
  auto tag = [](std::string text) {
    return flaw_with([&](Task& task) { task.tags = {std::move(text)}; });
  };
  for (std::string good :
       {"a", "7", "Stra\u00dfe", "\u0939\u093f\u0928\u094d\u0926\u0940", "\u4ed5\u4e8b", "-_./"})
    EXPECT_EQ(tag(good), "none") << good;
  for (std::string bad : {"a b", "#a", "a,b", "a\n", "\U0001f600"})
    EXPECT_EQ(tag(bad), "invalid /tags/0") << bad;
  EXPECT_EQ(tag(""), "missing /tags/0");
  EXPECT_EQ(tag("a\xff"), "malformed /tags/0");
  EXPECT_EQ(tag(repeated("\u00e9", limits::tag)), "none");
  EXPECT_EQ(tag(repeated("\u00e9", limits::tag + 1)), "out_of_range /tags/0");

  auto many = [](std::size_t count) {
    return flaw_with([&](Task& task) {
      for (std::size_t i = 0; i < count; ++i) task.tags.put("t" + std::to_string(i));
    });
  };
  EXPECT_EQ(many(limits::tags), "none");
  EXPECT_EQ(many(limits::tags + 1), "out_of_range /tags");
  EXPECT_EQ(flaw_with([](Task& task) { task.tags = {"a", "b", "c!"}; }), "invalid /tags/2");
}

TEST(TaskFlaw, KeepsATaskFromBeingItsOwnParentOrBlocker) {
  EXPECT_EQ(flaw_with([](Task& task) { task.parent = task.id; }), "invalid /parent");
  EXPECT_EQ(flaw_with([](Task& task) {
              task.blocked_by = {sample_id<TaskId>(0), task.id, sample_id<TaskId>(2)};
            }),
            "invalid /blocked_by/1");
  auto many = [](std::size_t count) {
    return flaw_with([&](Task& task) {
      for (std::size_t i = 0; i < count; ++i)
        task.blocked_by.put(sample_id<TaskId>(static_cast<std::uint8_t>(100 + i)));
    });
  };
  EXPECT_EQ(many(limits::links), "none");
  EXPECT_EQ(many(limits::links + 1), "out_of_range /blocked_by");
}

TEST(TaskFlaw, WantsDatesOfTheCalendarInZonesThatAreKnown) {
  auto due = [](When date) { return flaw_with([&](Task& task) { task.due = date; }); };
  EXPECT_EQ(due(AllDay{first_date}), "none");
  EXPECT_EQ(due(AllDay{first_date - days{1}}), "out_of_range /due");
  EXPECT_EQ(due(AllDay{last_date}), "none");
  EXPECT_EQ(due(AllDay{last_date + days{1}}), "out_of_range /due");
  EXPECT_EQ(due(Floating{last_date + days{1}}), "out_of_range /due");
  EXPECT_EQ(due(when("2026-11-23T09:00:00[Europe/Pari]")), "not_found /due");
  EXPECT_EQ(due(when("2026-11-23T09:00:00[Europe/Belfast]")), "none");
}

TEST(TaskFlaw, WantsTheStartNotAfterTheDueDate) {
  auto dates = [](std::string_view start, std::string_view due) {
    return flaw_with([&](Task& task) {
      task.start = when(start);
      task.due = when(due);
    });
  };
  EXPECT_EQ(dates("2026-11-23", "2026-11-23"), "none");
  EXPECT_EQ(dates("2026-11-24", "2026-11-23"), "invalid /due");
  EXPECT_EQ(dates("2026-11-23T09:00:00", "2026-11-23T09:00:00"), "none");
  EXPECT_EQ(dates("2026-11-23T09:00:01", "2026-11-23T09:00:00"), "invalid /due");
  EXPECT_EQ(dates("2026-11-23T09:00:00", "2026-11-23"), "none");
  EXPECT_EQ(dates("2026-11-23", "2026-11-22T09:00:00[Europe/Paris]"), "invalid /due");
  EXPECT_EQ(dates("2026-11-23T09:00:00[Europe/Paris]", "2026-11-23T08:00:00[Europe/London]"),
            "none");
  EXPECT_EQ(dates("2026-11-23T09:00:01[Europe/Paris]", "2026-11-23T08:00:00[Europe/London]"),
            "invalid /due");
  EXPECT_EQ(dates("2026-11-23T09:00:00", "2026-11-22T08:00:00[Europe/London]"), "none");
}

std::string flaw_of_reminder(const Reminder& reminder) {
  return flaw_with([&](Task& task) {
    task.due = when("2026-11-23");
    task.reminders = {reminder};
  });
}

TEST(TaskFlaw, LimitsReminders) {
  auto id = sample_id<ReminderId>(1);
  auto offset = [&](Duration duration) {
    return flaw_of_reminder({.id = id, .trigger = RelativeTrigger{Moment::due, duration}});
  };
  EXPECT_EQ(offset({-3650, 0}), "none");
  EXPECT_EQ(offset({3650, 0}), "none");
  EXPECT_EQ(offset({-3650, -1}), "out_of_range /reminders/0/trigger/offset");
  EXPECT_EQ(offset({3651, 0}), "out_of_range /reminders/0/trigger/offset");
  EXPECT_EQ(offset({1, -1}), "invalid /reminders/0/trigger/offset");
  EXPECT_EQ(offset({0, 86'400}), "invalid /reminders/0/trigger/offset");
  EXPECT_EQ(flaw_of_reminder({.trigger = AbsoluteTrigger{}}), "missing /reminders/0/id");
  EXPECT_EQ(flaw_of_reminder({.id = id, .trigger = RelativeTrigger{Moment::start, {}}}),
            "invalid /reminders/0/trigger/to");
  Instant beyond = instant("9999-12-31T23:59:59.999Z") + milliseconds{1};
  EXPECT_EQ(flaw_of_reminder({.id = id, .trigger = AbsoluteTrigger{beyond - milliseconds{1}}}),
            "none");
  EXPECT_EQ(flaw_of_reminder({.id = id, .trigger = AbsoluteTrigger{beyond}}),
            "out_of_range /reminders/0/trigger/at");
  EXPECT_EQ(flaw_of_reminder({.id = id, .snoozed_until = beyond}),
            "out_of_range /reminders/0/snoozed_until");
  EXPECT_EQ(flaw_of_reminder({.id = id, .fired_at = beyond}), "out_of_range /reminders/0/fired_at");

  auto many = [](std::size_t count) {
    return flaw_with([&](Task& task) {
      for (std::size_t i = 1; i <= count; ++i) {
        task.reminders.put({.id = sample_id<ReminderId>(static_cast<std::uint8_t>(i)),
                            .trigger = AbsoluteTrigger{}});
      }
    });
  };
  EXPECT_EQ(many(limits::reminders), "none");
  EXPECT_EQ(many(limits::reminders + 1), "out_of_range /reminders");
}

TEST(TaskFlaw, WantsTheDateThatARecurrenceGives) {
  Task task = sample_series("2026-11-23", "FREQ=DAILY");
  EXPECT_EQ(flaw(task), "none");
  task.recurrence->anchored_to = Moment::start;
  EXPECT_EQ(flaw(task), "missing /start");
  task.recurrence->anchored_to = Moment::due;
  task.due.reset();
  EXPECT_EQ(flaw(task), "missing /due");
}

TEST(TaskFlaw, ChecksTheRecurrence) {
  EXPECT_EQ(flaw(sample_series("2026-11-23", "FREQ=HOURLY")), "invalid /recurrence/rules/0");
  EXPECT_EQ(flaw(sample_series("2026-11-23T09:00:00", "FREQ=HOURLY")), "none");

  Task without_anchor = sample_series("2026-11-23", "FREQ=HOURLY");
  without_anchor.recurrence->anchor.reset();
  EXPECT_EQ(flaw(without_anchor), "invalid /recurrence/rules/0");

  Task unknown_zone = sample_series("2026-11-23", "FREQ=DAILY");
  unknown_zone.recurrence->anchor = when("2026-11-23T09:00:00[No/Where]");
  EXPECT_EQ(flaw(unknown_zone), "not_found /recurrence/anchor");
}

TEST(TaskFlaw, WantsTheOccurrenceOfALaterTaskOfASeries) {
  Task task = sample_series("2026-11-23", "FREQ=DAILY");
  task.series = sample_id<TaskId>(2);
  EXPECT_EQ(flaw(task), "missing /occurrence");
  task.occurrence = when("2026-11-23");
  EXPECT_EQ(flaw(task), "none");
  task.series = task.id;
  EXPECT_EQ(flaw(task), "invalid /series");
  task.series.reset();
  EXPECT_EQ(flaw(task), "none");
  task.occurrence = AllDay{last_date + days{1}};
  EXPECT_EQ(flaw(task), "out_of_range /occurrence");
}

TEST(TaskFlaw, LimitsTheEstimate) {
  auto estimate = [](Duration duration) {
    return flaw_with([&](Task& task) { task.estimate = duration; });
  };
  EXPECT_EQ(estimate({0, 1}), "none");
  EXPECT_EQ(estimate({3650, 0}), "none");
  EXPECT_EQ(estimate({3650, 1}), "out_of_range /estimate");
  EXPECT_EQ(estimate({0, 0}), "out_of_range /estimate");
  EXPECT_EQ(estimate({-1, 0}), "out_of_range /estimate");
  EXPECT_EQ(estimate({0, -1}), "out_of_range /estimate");
  EXPECT_EQ(estimate({-1, 1}), "invalid /estimate");
}

TEST(TaskFlaw, WantsAFractionalIndexAsOrder) {
  auto order = [](std::string text) {
    return flaw_with([&](Task& task) { task.order = std::move(text); });
  };
  EXPECT_EQ(order(""), "none");
  EXPECT_EQ(order("09azAZ1"), "none");
  EXPECT_EQ(order(std::string(limits::order_bytes, 'V')), "none");
  EXPECT_EQ(order(std::string(limits::order_bytes + 1, 'V')), "out_of_range /order");
  EXPECT_EQ(order("V0"), "invalid /order");
  EXPECT_EQ(order("a b"), "invalid /order");
  EXPECT_EQ(order("\u00e9"), "invalid /order");
}

TEST(TaskFlaw, LimitsAttributes) {
  auto attribute = [](std::string name, std::string value) {
    return flaw_with([&](Task& task) { task.attributes = {{std::move(name), std::move(value)}}; });
  };
  std::string longest_name(limits::attribute_name_bytes, 'n');
  EXPECT_EQ(attribute(longest_name, std::string(limits::attribute_bytes, 'v')), "none");
  EXPECT_EQ(attribute(longest_name + 'n', ""), "out_of_range /attributes");
  EXPECT_EQ(attribute("a/b", std::string(limits::attribute_bytes + 1, 'v')),
            "out_of_range /attributes/a~1b");
  EXPECT_EQ(attribute("", "v"), "missing /attributes/");
  EXPECT_EQ(attribute("a", "\xff"), "malformed /attributes/a");
  EXPECT_EQ(attribute("\xff", "a"), "malformed /attributes");

  auto many = [](std::size_t count) {
    return flaw_with([&](Task& task) {
      for (std::size_t i = 0; i < count; ++i) task.attributes[std::to_string(i)] = "v";
    });
  };
  EXPECT_EQ(many(limits::attributes), "none");
  EXPECT_EQ(many(limits::attributes + 1), "out_of_range /attributes");
}

TEST(TaskFlaw, WantsATimeOfCompletionOfClosedTasksAndOfNoOthers) {
  auto closed = [](Status status, std::optional<Instant> at) {
    return flaw_with([&](Task& task) {
      task.status = status;
      task.completed_at = at;
    });
  };
  EXPECT_EQ(closed(Status::open, Instant{}), "invalid /completed_at");
  EXPECT_EQ(closed(Status::done, {}), "missing /completed_at");
  EXPECT_EQ(closed(Status::cancelled, {}), "missing /completed_at");
  EXPECT_EQ(closed(Status::cancelled, Instant{}), "none");
}

TEST(TaskFlaw, LimitsTimes) {
  Instant before = Instant{first_date.time_since_epoch()} - milliseconds{1};
  EXPECT_EQ(flaw_with([&](Task& task) { task.created_at = before; }), "out_of_range /created_at");
  EXPECT_EQ(flaw_with([&](Task& task) { task.created_at = before + milliseconds{1}; }), "none");
  EXPECT_EQ(flaw_with([&](Task& task) { task.updated_at = before; }), "out_of_range /updated_at");
  EXPECT_EQ(flaw_with([&](Task& task) { task.completed_at = before; }),
            "out_of_range /completed_at");
  EXPECT_EQ(flaw_with([&](Task& task) { task.deleted_at = before; }), "out_of_range /deleted_at");
}

}  // namespace
}  // namespace todo
