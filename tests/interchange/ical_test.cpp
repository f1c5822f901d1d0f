#include "interchange/scene.h"

namespace todo::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::Pair;

// Lines of a VTODO with the UID "a".
std::string todo(const std::string& lines, const std::string& uid = "a") {
  return "BEGIN:VTODO\r\nUID:" + uid + "\r\n" + lines + "END:VTODO\r\n";
}
std::string calendar(const std::string& components) {
  return "BEGIN:VCALENDAR\r\n" + components + "END:VCALENDAR\r\n";
}

struct Ical : ::testing::Test, Scene {
  Ical() : Scene(ImportFormat::ical) {}

  const Task& task(const std::string& lines) {
    import(calendar(todo(lines)));
    return (*this)["a"];
  }
};

TEST_F(Ical, RefusesATextWithoutACalendarOrATask) {
  for (std::string_view text :
       {"", "\n", "hello", "[]", "SUMMARY:a\r\n", "BEGIN:VEVENT\nEND:VEVENT"})
    EXPECT_EQ(refusal(text).code, Errc::malformed) << text;
  EXPECT_EQ(refusal(calendar("")), Error{});
}

TEST_F(Ical, JoinsFoldedLinesEvenInTheMiddleOfACharacter) {
  std::string text = calendar(todo("SUMMARY:Gr\xc3\r\n \xbc\r\n\tn\r\n"));
  import(text);
  EXPECT_EQ((*this)["a"].title, "Grün");
}

TEST_F(Ical, ReadsLinesThatEndByLfAlone) {
  import("BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:a\nSUMMARY:Milk\nEND:VTODO\nEND:VCALENDAR");
  EXPECT_EQ((*this)["a"].title, "Milk");
}

TEST_F(Ical, UnescapesText) {
  const Task& read = task("SUMMARY:a\\, b\\; c \\\\n\r\nDESCRIPTION:one\\ntwo\\Nthree\\x\r\n");
  EXPECT_EQ(read.title, "a, b; c \\n");
  EXPECT_EQ(read.notes, "one\ntwo\nthree\\x");
}

TEST_F(Ical, ReadsQuotedParametersWithSeparatorsAndCarets) {
  const Task& read = task("DUE;X-A=\"b:c;d^'e^n\";VALUE=DATE:20270102\r\n");
  EXPECT_EQ(text_of(read.due), "2027-01-02");
  EXPECT_THAT(read.attributes, ElementsAre(Pair("ical.due;x-a", "b:c;d\"e\n")));
}

TEST_F(Ical, TellsTheKindsOfWhenApart) {
  EXPECT_EQ(text_of(task("DUE;VALUE=DATE:20270102\r\n").due), "2027-01-02");
  Scene floating(ImportFormat::ical), zoned(format), utc(format), prefixed(format), other(format);
  floating.import(todo("DUE:20270102T090000\r\n"));
  zoned.import(todo("DUE;TZID=America/New_York:20270102T090000\r\n"));
  utc.import(todo("DUE:20270102T090000Z\r\n"));
  prefixed.import(todo("DUE;TZID=/mozilla.org/2005/Asia/Tokyo:20270102T090000\r\n"));
  other.import(todo("DUE;TZID=My Zone:20270102T090000\r\n"));
  EXPECT_EQ(text_of(floating["a"].due), "2027-01-02T09:00:00");
  EXPECT_EQ(text_of(zoned["a"].due), "2027-01-02T09:00:00[America/New_York]");
  EXPECT_EQ(text_of(utc["a"].due), "2027-01-02T09:00:00[UTC]");
  EXPECT_EQ(text_of(prefixed["a"].due), "2027-01-02T09:00:00[Asia/Tokyo]");
  EXPECT_EQ(text_of(other["a"].due), "2027-01-02T09:00:00");
  EXPECT_THAT(prefixed.rows("a"), Contains("changed DUE;TZID"));
  EXPECT_THAT(other.rows("a"), Contains("changed DUE;TZID"));
  EXPECT_THAT(zoned.rows("a"), Not(Contains("changed DUE;TZID")));
}

TEST_F(Ical, MapsEachPriorityAndKeepsTheNumbersThatItMerges) {
  using enum Priority;
  constexpr std::array meanings = {none, urgent, high, high, high, medium, low, low, low, low};
  for (std::size_t number = 0; number < meanings.size(); ++number) {
    Scene scene(ImportFormat::ical);
    std::string digit = std::to_string(number);
    scene.import(todo("PRIORITY:" + digit + "\r\n"));
    EXPECT_EQ(scene["a"].priority, meanings[number]) << number;
    bool is_exact = number == 0 || number == 1 || number == 3 || number == 5 || number == 9;
    EXPECT_EQ(scene["a"].attributes.count("ical.priority"), is_exact ? 0U : 1U) << number;
  }
}

TEST_F(Ical, TakesTheStatusFromACompletionWithoutOne) {
  const Task& read = task("COMPLETED:20261101T080000Z\r\n");
  EXPECT_EQ(read.status, Status::done);
  EXPECT_EQ(to_text(*read.completed_at), "2026-11-01T08:00:00Z");
}

TEST_F(Ical, DoesNotCompleteATaskThatSaysItIsOpen) {
  const Task& read = task("STATUS:NEEDS-ACTION\r\nCOMPLETED:20261101T080000Z\r\n");
  EXPECT_EQ(read.status, Status::open);
  EXPECT_THAT(rows("a"), Contains("kept COMPLETED"));
}

TEST_F(Ical, AddsADurationToTheStartOnTheCalendarAndThenByTheClock) {
  // The clock goes forward on 28 March 2027: a day keeps the hour, 24 hours do not.
  EXPECT_EQ(text_of(task("DTSTART;TZID=Europe/Paris:20270327T120000\r\nDURATION:P1D\r\n").due),
            "2027-03-28T12:00:00[Europe/Paris]");
  Scene hours(ImportFormat::ical);
  hours.import(todo("DTSTART;TZID=Europe/Paris:20270327T120000\r\nDURATION:PT23H\r\n"));
  EXPECT_EQ(text_of(hours["a"].due), "2027-03-28T12:00:00[Europe/Paris]");
}

TEST_F(Ical, MakesTagsOfCategoriesAndKeepsWhatItHadToChange) {
  const Task& read = task("CATEGORIES:Home,HOME,Big\\, red car,!!\r\nCATEGORIES:work\r\n");
  EXPECT_EQ(read.tags, (Tags{"Home", "Big-red-car", "work"}));
  EXPECT_THAT(read.attributes, ElementsAre(Pair("ical.categories", "Big, red car"),
                                           Pair("ical.categories.2", "!!")));
}

TEST_F(Ical, AnchorsARuleToTheStartIfThereIsOne) {
  const Task& read =
      task("DTSTART:20270104T090000\r\nDUE:20270105T180000\r\nRRULE:FREQ=WEEKLY\r\n");
  EXPECT_EQ(read.recurrence->anchored_to, Moment::start);
  EXPECT_EQ(text_of(read.recurrence->anchor), "2027-01-04T09:00:00");
}

TEST_F(Ical, ReadsExdatesInUtcAndAsDatesInTheZoneOfTheTask) {
  const Task& read = task(
      "DUE;TZID=Europe/Paris:20270104T090000\r\nRRULE:FREQ=WEEKLY\r\n"
      "EXDATE:20270111T080000Z\r\nEXDATE;VALUE=DATE:20270118\r\n");
  EXPECT_EQ(read.recurrence->exdates, (std::vector{when("2027-01-11T09:00:00[Europe/Paris]"),
                                                   when("2027-01-18T09:00:00[Europe/Paris]")}));
}

TEST_F(Ical, KeepsARuleThatIsRefusedAndLetsTheTaskComeOnce) {
  const Task& read = task("DUE:20270104T090000\r\nRRULE:FREQ=SOMETIMES\r\n");
  EXPECT_EQ(read.recurrence, std::nullopt);
  EXPECT_THAT(read.attributes, ElementsAre(Pair("ical.rrule", "FREQ=SOMETIMES")));
}

TEST_F(Ical, LeavesOutTheDatesThatStandForThemselves) {
  std::string series = todo("DUE:20270104T090000\r\nRRULE:FREQ=WEEKLY\r\n");
  std::string first = todo("RECURRENCE-ID:20270104T090000\r\nSTATUS:COMPLETED\r\n");
  std::string third = todo("RECURRENCE-ID:20270118T090000\r\nDUE:20270119T100000\r\n");
  import(calendar(third + series + first));
  ASSERT_EQ(workspace.tasks.size(), 3U);
  const Task& live = (*this)["a"];
  EXPECT_EQ(text_of(live.due), "2027-01-11T09:00:00");
  EXPECT_EQ(live.recurrence->exdates.size(), 2U);
  const Task& moved = (*this)["a\n2027-01-18T09:00:00"];
  EXPECT_EQ(moved.series, id("a"));
  EXPECT_EQ(text_of(moved.occurrence), "2027-01-18T09:00:00");
  EXPECT_EQ(text_of(moved.due), "2027-01-19T10:00:00");
}

TEST_F(Ical, TakesAnEndlessNumberOfPropertiesInReasonableTime) {
  std::string lines;
  for (int i = 0; i < 30'000; ++i) lines += "X-" + std::to_string(i) + ":1\r\n";
  for (int i = 0; i < 30'000; ++i) lines += "SUMMARY:" + std::to_string(i) + "\r\n";
  EXPECT_EQ(task(lines).title, "0");
}

std::string alarm(const std::string& lines) {
  return "BEGIN:VALARM\r\nACTION:DISPLAY\r\n" + lines + "END:VALARM\r\n";
}

TEST_F(Ical, MakesRemindersOfAlarms) {
  const Task& read = task("DTSTART:20270104T090000\r\nDUE:20270105T180000\r\n" +
                          alarm("TRIGGER:-P1W\r\n") + alarm("TRIGGER;RELATED=END:-PT15M\r\n") +
                          alarm("TRIGGER;VALUE=DATE-TIME:20270103T070000Z\r\n"));
  std::vector<Trigger> triggers;
  for (const Reminder& reminder : read.reminders) triggers.push_back(reminder.trigger);
  EXPECT_THAT(triggers, ::testing::UnorderedElementsAre(
                            Trigger{RelativeTrigger{Moment::start, {-7, 0}}},
                            Trigger{RelativeTrigger{Moment::due, {0, -900}}},
                            Trigger{AbsoluteTrigger{*parse<Instant>("2027-01-03T07:00:00Z")}}));
}

// An import of last year's tasks would ring for each of them.
TEST_F(Ical, SilencesAlarmsWhoseTimeHasPassed) {
  const Task& read = task("DUE:20260105T180000\r\n" + alarm("TRIGGER;RELATED=END:-PT15M\r\n"));
  EXPECT_EQ(read.reminders.begin()->state, ReminderState::acknowledged);
  EXPECT_THAT(rows("a"), Contains("changed VALARM.1"));
}

TEST_F(Ical, LetsAlarmsRingForTheDateThatASeriesGoesOnFrom) {
  import(calendar(todo("DUE:20261109T090000\r\nRRULE:FREQ=WEEKLY;INTERVAL=4\r\n" +
                       alarm("TRIGGER;RELATED=END:-PT15M\r\n")) +
                  todo("RECURRENCE-ID:20261109T090000\r\nSTATUS:COMPLETED\r\n")));
  EXPECT_EQ(text_of((*this)["a"].due), "2026-12-07T09:00:00");
  EXPECT_EQ((*this)["a"].reminders.begin()->state, ReminderState::scheduled);
}

TEST_F(Ical, SaysWhichAlarmsAreNoReminders) {
  task(alarm("TRIGGER:-PT15M\r\n") + alarm(""));
  EXPECT_THAT(rows("a"), IsSupersetOf({"dropped VALARM.1", "dropped VALARM.2"}));
}

TEST_F(Ical, ImportsTheOthersWhenAComponentIsBroken) {
  std::string text =
      "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:lost\r\n" + todo("", "b") + "BEGIN:VTODO\r\nUID:cut";
  import(text);
  EXPECT_EQ(workspace.tasks.size(), 1U);
  EXPECT_TRUE(has("b"));
  EXPECT_EQ(last.losses.front().at, 2U);
  EXPECT_THAT(rows("lost"), ElementsAre("dropped VTODO"));
  EXPECT_THAT(rows("cut"), ElementsAre("dropped VTODO"));
}

TEST_F(Ical, SaysWhichLinesAreNone) {
  import(calendar(todo("what is this\r\nSUMMARY:a\xff\r\nSUMMARY:ok\r\n")));
  EXPECT_EQ((*this)["a"].title, "ok");
  std::vector<std::uint32_t> lines;
  for (const Loss& loss : last.losses) {
    if (loss.fate == Fate::dropped) lines.push_back(loss.at);
  }
  EXPECT_THAT(lines, ElementsAre(4, 5));
}

TEST_F(Ical, LinksForwardsBackwardsAndToNowhere) {
  import(calendar(todo("RELATED-TO:b\r\nRELATED-TO;RELTYPE=DEPENDS-ON:c\r\n") +
                  todo("RELATED-TO;RELTYPE=CHILD:c\r\n", "b") + todo("", "c") +
                  todo("RELATED-TO:gone\r\nRELATED-TO;RELTYPE=SIBLING:a\r\n", "d")));
  EXPECT_EQ((*this)["a"].parent, id("b"));
  EXPECT_EQ((*this)["a"].blocked_by, Links{id("c")});
  EXPECT_EQ((*this)["c"].parent, id("b"));
  EXPECT_EQ((*this)["d"].parent, std::nullopt);
  EXPECT_EQ((*this)["d"].attributes.count("ical.related-to.2"), 1U);
}

TEST_F(Ical, BreaksRingsOfParentsAndOfBlockers) {
  import(calendar(todo("RELATED-TO:b\r\n") + todo("RELATED-TO:a\r\n", "b") +
                  todo("RELATED-TO;RELTYPE=DEPENDS-ON:d\r\n", "c") +
                  todo("RELATED-TO;RELTYPE=DEPENDS-ON:c\r\n", "d") +
                  todo("RELATED-TO;RELTYPE=DEPENDS-ON:e\r\nRELATED-TO:e\r\n", "e")));
  EXPECT_EQ(workspace.tasks.size(), 5U);
  EXPECT_NE((*this)["a"].parent.has_value(), (*this)["b"].parent.has_value());
  EXPECT_EQ((*this)["c"].blocked_by.size() + (*this)["d"].blocked_by.size(), 1U);
}

// "Move house" waits for its own subtasks: neither can be created with the other one there.
TEST_F(Ical, LetsAParentWaitForItsChild) {
  import(calendar(todo("RELATED-TO;RELTYPE=DEPENDS-ON:b\r\n") + todo("RELATED-TO:a\r\n", "b")));
  EXPECT_EQ((*this)["a"].blocked_by, Links{id("b")});
  EXPECT_EQ((*this)["b"].parent, id("a"));
  std::size_t tasks = workspace.tasks.size();
  import(calendar(todo("RELATED-TO;RELTYPE=DEPENDS-ON:b\r\n") + todo("RELATED-TO:a\r\n", "b")));
  EXPECT_THAT(last.commands, IsEmpty());
  EXPECT_EQ(workspace.tasks.size(), tasks);
}

TEST_F(Ical, NestsAtMostAsDeepAsTasksDo) {
  std::string text;
  for (int level = 0; level < 20; ++level) {
    text += todo("RELATED-TO:" + std::to_string(level + 1) + "\r\n", std::to_string(level));
  }
  import(calendar(text));
  EXPECT_EQ(workspace.tasks.size(), 20U);
}

TEST_F(Ical, LeavesWhatIsThereAndSaysThatTheSourceIsNewer) {
  import(calendar(todo("SUMMARY:old\r\nLAST-MODIFIED:20261101T000000Z\r\n")));
  import(calendar(todo("SUMMARY:new\r\nLAST-MODIFIED:20261102T000000Z\r\n")));
  EXPECT_THAT(last.commands, IsEmpty());
  EXPECT_EQ((*this)["a"].title, "old");
  EXPECT_THAT(rows("a"), ElementsAre("dropped "));
}

TEST_F(Ical, LinksToWhatWasImportedEarlier) {
  import(calendar(todo("", "parent")));
  import(calendar(todo("RELATED-TO:parent\r\n")));
  EXPECT_EQ((*this)["a"].parent, id("parent"));
}

TEST_F(Ical, FitsWhatIsTooLongAndSaysSo) {
  const Task& read =
      task("SUMMARY:" + std::string(1500, 'x') + "\r\nX-BIG:" + std::string(20'000, 'y') +
           "\r\nDESCRIPTION:" + std::string(70'000, 'z') + "\r\n");
  EXPECT_EQ(read.title.size(), limits::title);
  EXPECT_EQ(read.notes.size(), limits::notes_bytes);
  EXPECT_THAT(read.notes, ::testing::StartsWith(std::string(500, 'x') + "\nz"));
  EXPECT_THAT(rows("a"), ElementsAre("changed SUMMARY", "dropped X-BIG", "dropped DESCRIPTION"));
}

TEST_F(Ical, KeepsAStartThatIsAfterTheDueDate) {
  const Task& read = task("DTSTART;VALUE=DATE:20270105\r\nDUE;VALUE=DATE:20270104\r\n");
  EXPECT_EQ(read.start, std::nullopt);
  EXPECT_THAT(read.attributes, ElementsAre(Pair("ical.dtstart", "2027-01-05")));
}

TEST_F(Ical, TakesTheFirstOfTwoTasksWithOneUid) {
  import(calendar(todo("SUMMARY:one\r\n") + todo("SUMMARY:two\r\n")));
  EXPECT_EQ((*this)["a"].title, "one");
  EXPECT_THAT(rows("a"), ElementsAre("dropped "));
}

TEST_F(Ical, RefusesMoreThanABatchHolds) {
  std::string text;
  for (std::size_t i = 0; i <= limits::batch; ++i) text += todo("", std::to_string(i));
  EXPECT_EQ(refusal(calendar(text)).code, Errc::out_of_range);
}

}  // namespace
}  // namespace todo::testing
