#include "interchange/scene.h"

namespace todo::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

std::string uuid(int number) {
  std::string digits = std::to_string(number);
  return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

// An object with a uuid, a description and further members.
std::string task(int number, const std::string& members = "",
                 const std::string& status = "pending") {
  return R"({"uuid":")" + uuid(number) + R"(","description":"T)" + std::to_string(number) +
         R"(","status":")" + status + '"' + (members.empty() ? "" : ",") + members + "}";
}

struct Taskwarrior : ::testing::Test, Scene {
  Taskwarrior() : Scene(ImportFormat::taskwarrior) {}

  const Task& only(const std::string& members) {
    import("[" + task(1, members) + "]");
    return of(1);
  }
  const Task& of(int number) const { return (*this)[uuid(number)]; }
};

TEST_F(Taskwarrior, RefusesATextThatIsNoExport) {
  for (std::string_view text : {"", "hello", "[{]", "{\"a\"", "BEGIN:VCALENDAR"})
    EXPECT_EQ(refusal(text).code, Errc::malformed) << text;
  EXPECT_EQ(refusal("[]"), Error{});
}

TEST_F(Taskwarrior, ReadsRawControlCharactersInStrings) {
  const Task& read = only("\"x\":\"a\x01\x1f\n\\u0002\\\"b\"");
  EXPECT_THAT(read.attributes, ElementsAre(Pair("taskwarrior.x", "a\x01\x1f\n\x02\"b")));
}

TEST_F(Taskwarrior, ReadsAnObjectOnEachLineAndSaysWhichIsBroken) {
  import(task(1) + ",\n\n{broken\n" + task(2) + "\n");
  EXPECT_EQ(workspace.tasks.size(), 2U);
  ASSERT_EQ(last.losses.size(), 1U);
  EXPECT_EQ(last.losses.front().at, 3U);
}

TEST_F(Taskwarrior, SaysWhichItemsAreNoTasks) {
  import("[1,{},{\"uuid\":\"no\"}," + task(1) + "," + task(1) + "]");
  EXPECT_EQ(workspace.tasks.size(), 1U);
  std::vector<std::uint32_t> places;
  for (const Loss& loss : last.losses) places.push_back(loss.at);
  EXPECT_THAT(places, ElementsAre(1, 2, 3, 5));
}

TEST_F(Taskwarrior, MakesDatesOfLocalMidnightsOnly) {
  EXPECT_EQ(text_of(only(R"("due":"20270103T230000Z","scheduled":"20270102T230001Z")").due),
            "2027-01-04");
  EXPECT_EQ(text_of(of(1).start), "2027-01-03T00:00:01[Europe/Paris]");
}

TEST_F(Taskwarrior, SaysWhenATimeIsTheSecondOfTwoEqualOnes) {
  only(R"("due":"20271031T013000Z")");
  EXPECT_THAT(rows(uuid(1)), ElementsAre("changed due"));
}

TEST_F(Taskwarrior, KeepsWhatIsNoTime) {
  const Task& read = only(R"("due":"soon","entry":5)");
  EXPECT_THAT(read.attributes,
              ElementsAre(Pair("taskwarrior.due", "soon"), Pair("taskwarrior.entry", "5")));
}

TEST_F(Taskwarrior, ReadsDependenciesAsAListAndWithCommas) {
  import("[" + task(3, R"("depends":[")" + uuid(2) + "\",\"" + uuid(1) + R"("])") + "," +
         task(2, R"("depends":")" + uuid(1) + "," + uuid(9) + "\"") + "," + task(1) + "]");
  EXPECT_EQ(of(3).blocked_by, (Links{id(uuid(1)), id(uuid(2))}));
  EXPECT_EQ(of(2).blocked_by, Links{id(uuid(1))});
  EXPECT_THAT(rows(uuid(2)), ElementsAre("kept depends"));
}

TEST_F(Taskwarrior, JoinsProjectsOfOneFoldedName) {
  workspace.projects[{{7}}] = {{{7}}, "Heim", ""};
  import("[" + task(1, R"("project":"HEIM")") + "," + task(2, R"("project":"Heim.Garten")") + "," +
         task(3, R"("project":"heim.garten")") + "]");
  EXPECT_EQ(workspace.projects.size(), 2U);
  EXPECT_EQ(of(1).project, ProjectId{{7}});
  EXPECT_EQ(of(2).project, of(3).project);
}

TEST_F(Taskwarrior, KeepsTheNameOfAProjectThatCannotBe) {
  const Task& read = only("\"project\":\"a\tb\"");
  EXPECT_EQ(read.project, std::nullopt);
  EXPECT_THAT(read.attributes, ElementsAre(Pair("taskwarrior.project", "a\tb")));
}

TEST_F(Taskwarrior, SaysThatATabInADescriptionIsGone) {
  import("[{\"uuid\":\"" + uuid(1) + "\",\"description\":\"a\tb\",\"status\":\"pending\"}]");
  EXPECT_EQ(of(1).title, "a b");
  EXPECT_THAT(rows(uuid(1)), ElementsAre("changed description"));
}

TEST_F(Taskwarrior, SaysThatTwoTagsAreOne) {
  EXPECT_EQ(only(R"("tags":["Home","HOME"])").tags, Tags{"Home"});
  EXPECT_THAT(rows(uuid(1)), ElementsAre("derived tags"));
}

TEST_F(Taskwarrior, CancelsWhatWasDeleted) {
  import("[" + task(1, R"("end":"20261101T080000Z")", "deleted") + "]");
  EXPECT_EQ(of(1).status, Status::cancelled);
  EXPECT_EQ(of(1).deleted_at, std::nullopt);
  EXPECT_THAT(rows(uuid(1)), ElementsAre("changed status"));
}

// The template 1 with the given period, due at nine on 31 October.
std::string origin(const std::string& recur, const std::string& members = "",
                   const std::string& status = "recurring") {
  return task(1, R"("due":"20261031T080000Z","recur":")" + recur + '"' + members, status);
}
std::string instance(int number, const std::string& due, const std::string& status = "pending") {
  return task(number,
              R"("due":")" + due + R"(","recur":"weekly","parent":")" + uuid(1) + R"(","imask":)" +
                  std::to_string(number - 2),
              status);
}

std::string rule_of(const std::string& recur) {
  Scene scene(ImportFormat::taskwarrior);
  scene.import("[" + origin(recur) + "]");
  const std::optional<Recurrence>& recurrence = scene[uuid(1)].recurrence;
  return recurrence ? to_text(recurrence->rules.front()) : "";
}

TEST_F(Taskwarrior, ReadsPeriodsAsRules) {
  EXPECT_EQ(rule_of("daily"), "FREQ=DAILY");
  EXPECT_EQ(rule_of("weekdays"), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
  EXPECT_EQ(rule_of("2wks"), "FREQ=WEEKLY;INTERVAL=2");
  EXPECT_EQ(rule_of("3 days"), "FREQ=DAILY;INTERVAL=3");
  EXPECT_EQ(rule_of("fortnight"), "FREQ=WEEKLY;INTERVAL=2");
  EXPECT_EQ(rule_of("quarterly"), "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1");
  EXPECT_EQ(rule_of("2q"), "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=-1");
  EXPECT_EQ(rule_of("P1M"), "FREQ=MONTHLY;BYMONTHDAY=-1");
  EXPECT_EQ(rule_of("PT1H"), "FREQ=HOURLY");
  EXPECT_EQ(rule_of("PT30M"), "FREQ=MINUTELY;INTERVAL=30");
  EXPECT_EQ(rule_of("P2Y"), "FREQ=YEARLY;INTERVAL=2");
  EXPECT_EQ(rule_of("P1Y2M"), "");
  EXPECT_EQ(rule_of("0d"), "");
  EXPECT_EQ(rule_of("1.5 days"), "");
  EXPECT_EQ(rule_of("sometimes"), "");
}

TEST_F(Taskwarrior, MakesATemplateWithoutInstancesTheNextTaskOfItsSeries) {
  import("[" + origin("weekly", R"(,"mask":"+X","until":"20270101T000000Z")") + "]");
  EXPECT_EQ(text_of(of(1).due), "2026-11-14T09:00:00[Europe/Paris]");
  EXPECT_EQ(to_text(of(1).recurrence->rules.front()), "FREQ=WEEKLY;UNTIL=20270101T000000Z");
  EXPECT_EQ(text_of(of(1).recurrence->anchor), "2026-10-31T09:00:00[Europe/Paris]");
}

TEST_F(Taskwarrior, LetsTheLatestInstanceCarryTheSeries) {
  import("[" + instance(3, "20261107T080000Z") + "," + origin("weekly", R"(,"mask":"--")") + "," +
         instance(2, "20261031T080000Z") + "," + task(9, R"("depends":[")" + uuid(1) + "\"]") +
         "]");
  EXPECT_FALSE(has(uuid(1)));
  EXPECT_EQ(of(2).recurrence, std::nullopt);
  EXPECT_NE(of(3).recurrence, std::nullopt);
  EXPECT_EQ(of(2).series, id(uuid(1)));
  EXPECT_EQ(text_of(of(3).occurrence), "2026-11-07T09:00:00[Europe/Paris]");
  EXPECT_EQ(of(9).blocked_by, Links{id(uuid(3))});  // the series goes on there
}

// Whoever completes the last one here gets the same task.
TEST_F(Taskwarrior, MakesTheNextOneAsTheEngineWould) {
  std::string text = "[" + origin("weekly") + "," + instance(2, "20261031T080000Z");
  Scene here(ImportFormat::taskwarrior);
  here.import(text + "]");
  Result<Events> events =
      decide(here.workspace, Complete{id(uuid(2))}, {.now = noon}, Zones::embedded());
  for (const Event& event : *events) evolve(here.workspace, event);

  text = "[" + origin("weekly") + "," + instance(2, "20261031T080000Z", "completed") + "]";
  import(text);
  ASSERT_EQ(workspace.tasks.size(), 2U);
  for (const auto& [task_id, task] : workspace.tasks) {
    ASSERT_EQ(here.workspace.tasks.count(task_id), 1U);
    EXPECT_EQ(here.workspace.tasks.at(task_id).due, task.due);
    EXPECT_EQ(here.workspace.tasks.at(task_id).recurrence, task.recurrence);
  }
  import(text);
  EXPECT_THAT(last.commands, IsEmpty());
}

TEST_F(Taskwarrior, KeepsWhatATemplateSaysOtherwiseThanItsLatestInstance) {
  import("[" +
         origin("weekly", R"(,"who":"Ann","annotations":[{"entry":"20261101T080000Z",)"
                          R"("description":"mind the gap"}])") +
         "," + instance(2, "20261031T080000Z") + "]");
  EXPECT_EQ(of(2).notes, "2026-11-01 09:00:00 mind the gap");
  EXPECT_THAT(of(2).attributes, Contains(Pair("taskwarrior.template.who", "Ann")));
  EXPECT_THAT(rows(uuid(1)), Contains("kept who"));
}

TEST_F(Taskwarrior, EndsASeriesWhoseTemplateWasDeleted) {
  import("[" + origin("weekly", "", "deleted") + "," + instance(2, "20261031T080000Z") + "]");
  EXPECT_EQ(of(1).status, Status::cancelled);
  EXPECT_EQ(of(2).recurrence, std::nullopt);
  EXPECT_EQ(of(2).series, id(uuid(1)));
}

TEST_F(Taskwarrior, GoesOnWithoutATemplateThatIsNotInTheExport) {
  import("[" + instance(2, "20261031T080000Z") + "," + instance(3, "20261107T080000Z") + "]");
  EXPECT_EQ(of(2).recurrence, std::nullopt);
  EXPECT_EQ(to_text(of(3).recurrence->rules.front()), "FREQ=WEEKLY");
}

TEST_F(Taskwarrior, SurvivesNumbersBeyondReason) {
  std::string wild =
      R"("due":"20261031T080000Z","recur":"daily","imask":4294967296,"parent":")" + uuid(1) + '"';
  import("[" + origin("daily") + "," + task(2, wild) + "]");
  EXPECT_EQ(text_of(of(2).occurrence), "2026-10-31T09:00:00[Europe/Paris]");
}

TEST_F(Taskwarrior, DropsWhatIsNeitherTextNorNumber) {
  only(R"("x":{"a":1},"y":[[1]],"z":null)");
  EXPECT_THAT(rows(uuid(1)), ElementsAre("dropped x", "dropped y", "dropped z"));
}

}  // namespace
}  // namespace todo::testing
