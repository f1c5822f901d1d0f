#include "todo/codec.h"

#include <gmock/gmock.h>

namespace todo {
namespace {

using namespace std::chrono_literals;

constexpr TaskId one{{1}};
constexpr std::string_view one_text = "01000000-0000-0000-0000-000000000000";
constexpr Instant noon = std::chrono::sys_days{2026y / 11 / 23} + 12h;

// `text` with each $ replaced by the id of a task.
std::string with_id(std::string_view text) {
  std::string filled;
  for (char c : text) {
    if (c == '$') filled += one_text;
    else filled += c;
  }
  return filled;
}

TEST(CodecWrites, MembersInTheOrderOfTheTableAndLeavesOutWhatIsEmpty) {
  Task task{.id = one, .title = "milk"};
  task.due = Zoned{std::chrono::local_days{2026y / 11 / 23} + 9h, "Europe/Paris"};
  task.tags = {"shop", "home"};
  task.created_at = noon;
  EXPECT_EQ(to_json(task),
            with_id(R"({"id":"$","title":"milk","status":"open","priority":"none",)"
                    R"("tags":["home","shop"],"due":"2026-11-23T09:00:00[Europe/Paris]",)"
                    R"("created_at":"2026-11-23T12:00:00Z"})"));
}

TEST(CodecWrites, TheShortestEscapes) {
  Filter filter{.id = {{1}}, .name = std::string("\"\\/\b\f\n\r\t\0\x1f\x7f", 11)};
  EXPECT_EQ(to_json(filter),
            with_id(R"({"id":"$","name":"\"\\/\b\f\n\r\t\u0000\u001f)") + "\x7f\"}");
}

TEST(CodecWrites, VariantsTaggedByType) {
  EXPECT_EQ(to_json(Command{Complete{.task = one, .cascade = true}}),
            with_id(R"({"type":"complete","task":"$","cascade":true})"));
  Reminder reminder{.id = {{1}}, .trigger = RelativeTrigger{Moment::start, {0, -3600}}};
  Task task{.id = one, .title = "t", .reminders = {reminder}};
  EXPECT_THAT(to_json(task),
              testing::HasSubstr(
                  with_id(R"("reminders":[{"id":"$","trigger":{"type":"relative","to":"start",)"
                          R"("offset":"-PT1H"},"state":"scheduled"}])")));
}

// A member whose default is not empty would read as that default.
TEST(CodecWrites, AnEmptyTextWhoseDefaultIsNotEmpty) {
  Settings settings{.zone = "", .locale = "de"};
  EXPECT_THAT(to_json(settings), testing::StartsWith(R"({"zone":"","locale":"de")"));
  EXPECT_EQ(*from_json<Settings>(to_json(settings)), settings);
}

TEST(CodecWrites, OnlyWhatAPatchSetsAndNullForWhatItClears) {
  Patch<Task> patch;
  patch.set(&Task::title, "").set(&Task::due, std::nullopt).set(&Task::priority, Priority::high);
  EXPECT_EQ(to_json(patch), R"({"title":"","priority":"high","due":null})");
}

TEST(CodecWrites, ChangesOfASetByKeyAndNeverTheWholeSet) {
  Task before{.id = one, .tags = {"a", "b"}, .attributes = {{"k", "1"}, {"z", "1"}}};
  Task after{.id = one, .tags = {"b", "c"}, .attributes = {{"a", "1"}, {"k", "2"}}};
  EXPECT_EQ(to_json(Patch<Task>::difference(before, after)),
            R"({"tags":{"add":["c"],"remove":["a"]},"attributes":{"a":"1","k":"2","z":null}})");
}

TEST(CodecWrites, AWholeSetAsAListWithItsChangesDone) {
  Patch<Task> patch;
  patch.set(&Task::tags, KeyedChange<Tags>{.all = Tags{"a", "b"}, .put = {"c"}, .erase = {"a"}});
  patch.set(&Task::attributes, Attributes{{"k", "v"}, {"l", ""}});
  EXPECT_EQ(to_json(patch), R"({"tags":["b","c"],"attributes":[["k","v"],["l",""]]})");
}

TEST(CodecReads, AnyOrderAndSpacing) {
  std::string text = with_id(
      " { \"patch\" : { \"due\":null,\r\n\"title\" : \"\\u0061\\/\" } ,\t"
      "\"task\":\"$\",\"type\":\"edit\"}\n");
  Result<Command> read = from_json<Command>(text);
  ASSERT_TRUE(read.has_value()) << read.error().field << ": " << read.error().message;
  EXPECT_EQ(to_json(*read),
            with_id(R"({"type":"edit","task":"$","patch":{"title":"a/","due":null}})"));
}

TEST(CodecReads, EscapedSurrogatePairsAndRawTextAlike) {
  auto name_in = [](std::string_view text) { return from_json<Patch<Filter>>(text); };
  EXPECT_EQ(*name_in(R"({"name":"\ud83d\uDE00"})"), *name_in("{\"name\":\"\U0001F600\"}"));
  EXPECT_EQ(to_json(*name_in(R"({"name":"\u0000"})")), R"({"name":"\u0000"})");
}

TEST(CodecReads, NullInAPatchAsTheDefaultOfTheMember) {
  Result<Patch<Task>> read =
      from_json<Patch<Task>>(R"({"title":null,"status":null,"tags":null,"attributes":null})");
  ASSERT_TRUE(read.has_value()) << read.error().message;
  Task task{
      .id = one, .title = "t", .status = Status::done, .tags = {"a"}, .attributes = {{"k", "v"}}};
  read->apply_to(task);
  EXPECT_EQ(task, Task{.id = one});
  EXPECT_EQ(to_json(*from_json<Patch<Settings>>(R"({"zone":null})")), R"({"zone":"UTC"})");
}

TEST(CodecReads, AnAbsentMemberAsItsDefault) {
  Result<Task> read = from_json<Task>(with_id(R"({"id":"$"})"));
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(*read, Task{.id = one});
}

template <class T>
void expect_refused(std::string_view json, Errc code, std::string_view field) {
  Result<T> read = from_json<T>(with_id(json));
  ASSERT_TRUE(read.has_error()) << json;
  EXPECT_EQ(name_of(read.error().code), name_of(code)) << json << ": " << read.error().message;
  EXPECT_EQ(read.error().field, field) << json << ": " << read.error().message;
}
constexpr auto refused = expect_refused<Command>;

TEST(CodecRefuses, WhatIsNotJson) {
  for (std::string_view text : {"",
                                " ",
                                "nul",
                                "{",
                                "[]]",
                                "{}{}",
                                "{\"type\"}",
                                "{type:1}",
                                "{\"a\":1,}",
                                "[1,]",
                                "01",
                                "+1",
                                "1.",
                                ".5",
                                "1e",
                                "'a'",
                                "\"",
                                "{\"type\":\"\x01\"}",
                                "\xef\xbb\xbf{}",
                                "// a"})
    EXPECT_EQ(from_json<Command>(text).error().code, Errc::malformed) << text;
}

TEST(CodecRefuses, TextThatIsNotUnicodeAndNamesItsMember) {
  for (std::string_view bad :
       {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\\ud800",
        "\\udc00\\ud800", "\\ud800x", "\\ud800\\n", "\\u12g4", "\\u12", "\\x", "\n"}) {
    std::string text = R"({"type":"create","task":{"id":"$","tags":["a",")" + std::string(bad);
    refused(text + "\"]}}", Errc::malformed, "/task/tags/1");
  }
}

TEST(CodecRefuses, DepthAbove32) {
  auto nested = [](int batches) {  // two levels for each
    std::string text = R"({"type":"complete","task":"$"})";
    for (int i = 0; i < batches; ++i) text = R"({"type":"batch","commands":[)" + text + "]}";
    return with_id(text);
  };
  EXPECT_TRUE(from_json<Command>(nested(15)).has_value());
  EXPECT_EQ(from_json<Command>(nested(16)).error().code, Errc::malformed);
  std::string brackets(1'000'000, '[');
  EXPECT_EQ(from_json<std::vector<Task>>(brackets).error().message, "nested deeper than 32");
}

TEST(CodecRefuses, NumbersThatAreNotExactIntegers) {
  for (std::string_view number :
       {"1.0", "1.5", "1e0", "1E2", "1e400", "-0", "\"1\"", "null", "true"})
    expect_refused<Entry>(R"({"v":1,"seq":)" + std::string(number) + "}", Errc::wrong_type, "/seq");
  for (std::string_view number : {"9007199254740992", "-1", "99999999999999999999999"})
    expect_refused<Entry>(R"({"v":1,"seq":)" + std::string(number) + "}", Errc::out_of_range,
                          "/seq");
  expect_refused<Entry>(R"({"v":4294967297})", Errc::out_of_range, "/v");
}

TEST(CodecRefuses, AMemberThatIsThereTwice) {
  refused(R"({"type":"complete","task":"$","task":"$"})", Errc::malformed, "/task");
  refused(R"({"type":"complete","task":"$","type":"complete"})", Errc::malformed, "/type");
  refused(R"({"type":"edit","task":"$","patch":{"due":null,"\u0064ue":null}})", Errc::malformed,
          "/patch/due");
  refused(R"({"type":"create","task":{"id":"$","attributes":{"k":"1","k":"2"}}})", Errc::malformed,
          "/task/attributes/k");
  refused(R"({"type":"edit","task":"$","patch":{"attributes":{"k":null,"k":"2"}}})",
          Errc::malformed, "/patch/attributes/k");
}

TEST(CodecRefuses, UnknownMembersAndNames) {
  refused(R"({"type":"complete","task":"$","whole":true})", Errc::unknown_member, "/whole");
  refused(R"({"type":"create","task":{"id":"$","a/b~c":1}})", Errc::unknown_member,
          "/task/a~1b~0c");
  refused(R"({"type":"edit","task":"$","patch":{"tags":{"put":[]}}})", Errc::unknown_member,
          "/patch/tags/put");
  refused(R"({"type":"finish"})", Errc::unknown_name, "/type");
  refused(R"({"type":"create","task":{"id":"$","priority":"High"}})", Errc::unknown_name,
          "/task/priority");
}

TEST(CodecRefuses, WrongTypes) {
  refused("[]", Errc::wrong_type, "");
  refused(R"({"type":7})", Errc::wrong_type, "/type");
  refused(R"({"type":"complete","task":7})", Errc::wrong_type, "/task");
  refused(R"({"type":"complete","task":"$","cascade":1})", Errc::wrong_type, "/cascade");
  refused(R"({"type":"create","task":{"id":"$","due":null}})", Errc::wrong_type, "/task/due");
  refused(R"({"type":"edit","task":"$","patch":{"id":null}})", Errc::wrong_type, "/patch/id");
  refused(R"({"type":"create","task":{"id":"$","tags":{"add":[]}}})", Errc::wrong_type,
          "/task/tags");
  refused(R"({"type":"create","task":{"id":"$","attributes":{"k":null}}})", Errc::wrong_type,
          "/task/attributes/k");
  refused(R"({"type":"edit","task":"$","patch":{"tags":{"remove":[7]}}})", Errc::wrong_type,
          "/patch/tags/remove/0");
  refused(R"({"type":"batch","commands":[{"type":"skip","task":"$"},null]})", Errc::wrong_type,
          "/commands/1");
}

TEST(CodecRefuses, MissingMembersThatHaveNoDefault) {
  refused("{}", Errc::missing, "/type");
  refused(R"({"type":"complete"})", Errc::missing, "/task");
  refused(R"({"type":"create"})", Errc::missing, "/task");
  refused(R"({"type":"create","task":{"title":"t"}})", Errc::missing, "/task/id");
  refused(R"({"type":"snooze","task":"$","reminder":"$"})", Errc::missing, "/until");
  refused(R"({"type":"create","task":{"id":"$","reminders":[{"id":"$"}]}})", Errc::missing,
          "/task/reminders/0/trigger");
  expect_refused<Entry>(R"({"seq":1})", Errc::missing, "/v");
  expect_refused<Entry>(R"({"v":1,"seq":1})", Errc::missing, "/context");
  expect_refused<Context>(R"({"now":"2026-11-23T12:00:00Z"})", Errc::missing, "/mutation");
}

TEST(CodecRefuses, WhatItsTextFormDoesNotAllow) {
  refused(R"({"type":"complete","task":"00000000-0000-0000-0000-000000000000"})", Errc::invalid,
          "/task");
  refused(R"({"type":"complete","task":"01000000-0000-0000-0000-00000000000A"})", Errc::malformed,
          "/task");
  refused(R"({"type":"edit","task":"$","patch":{"due":"2026-02-30"}})", Errc::out_of_range,
          "/patch/due");
  refused(R"({"type":"edit","task":"$","patch":{"estimate":"PT60M"}})", Errc::malformed,
          "/patch/estimate");
  refused(R"({"type":"create","task":{"id":"$","recurrence":{"rules":["FREQ=DAILY","FREQ"]}}})",
          Errc::malformed, "/task/recurrence/rules/1");
}

TEST(CodecRefuses, AKeyThatIsInAListTwice) {
  refused(R"({"type":"create","task":{"id":"$","tags":["home","home"]}})", Errc::invalid,
          "/task/tags/1");
  refused(R"({"type":"edit","task":"$","patch":{"tags":{"remove":["a","b","a"]}}})", Errc::invalid,
          "/patch/tags/remove/2");
  refused(R"({"type":"edit","task":"$","patch":{"attributes":[["k","1"],["k","2"]]}})",
          Errc::invalid, "/patch/attributes/1");
  refused(R"({"type":"edit","task":"$","patch":{"attributes":[["k"]]}})", Errc::invalid,
          "/patch/attributes/0");
}

// Sets are sorted vectors: a long list in the wrong order would keep a server busy.
TEST(CodecRefuses, SetsOfMoreThan1000Items) {
  std::string tags;
  for (int i = 0; i <= 1000; ++i) tags += (i ? ",\"t" : "\"t") + std::to_string(i) + '"';
  refused(R"({"type":"create","task":{"id":"$","tags":[)" + tags + "]}}", Errc::out_of_range,
          "/task/tags/1000");
}

// A program that corrects the error it is told should come closer to the end of its form.
TEST(CodecRefuses, TheFirstErrorInTheOrderOfTheTable) {
  refused(R"({"what":1,"task":{"due":7,"priority":"x","title":7},"type":"create"})", Errc::missing,
          "/task/id");
  refused(R"({"what":1,"task":{"id":"$","due":7,"priority":"x"},"type":"create"})",
          Errc::unknown_name, "/task/priority");
  refused(R"({"what":1,"task":{"id":"$","due":7,"due":7,"a":1},"type":"create"})", Errc::malformed,
          "/task/due");
  refused(R"({"what":1,"task":{"id":"$","a":1},"type":"create"})", Errc::unknown_member, "/task/a");
  refused(R"({"what":1,"task":{"id":"$"},"type":"create"})", Errc::unknown_member, "/what");
}

TEST(CodecRefuses, AnotherVersionOfTheFormatBeforeAllElse) {
  expect_refused<Entry>(R"({"new":1,"v":2,"context":7})", Errc::unsupported, "/v");
  expect_refused<Snapshot>(R"({"v":0})", Errc::unsupported, "/v");
}

}  // namespace
}  // namespace todo
