#include "todo/index.h"

#include "task_pool.h"

namespace todo {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr Instant some_time{};

TEST(TaskIndex, ShowsOpenTasksUnlessAStatusIsNamed) {
  TaskPool pool;
  pool.add("open");
  pool.add(Task{.title = "done", .status = Status::done, .completed_at = pool.now});
  pool.add(Task{.title = "cancelled", .status = Status::cancelled});
  pool.add(Task{.title = "gone", .deleted_at = some_time});
  pool.add(Task{.title = "done and gone", .status = Status::done, .deleted_at = some_time});

  EXPECT_EQ(pool.titles(""), "open,done,cancelled");
  EXPECT_EQ(pool.titles("-#x"), "open");
  EXPECT_EQ(pool.titles("is:open"), "open");
  EXPECT_EQ(pool.titles("is:closed"), "done,cancelled");
  EXPECT_EQ(pool.titles("status!=done"), "open,cancelled");
  EXPECT_EQ(pool.titles("is:any"), "open,done,cancelled");
  EXPECT_EQ(pool.titles("is:done"), "done");
  EXPECT_EQ(pool.titles("completed:today"), "done");
  EXPECT_EQ(pool.titles("is:deleted"), "gone,done and gone");
  EXPECT_EQ(pool.titles("is:deleted is:done"), "done and gone");
  EXPECT_EQ(pool.titles("is:deleted OR is:open"), "open,gone,done and gone");
}

TEST(TaskIndex, FindsWholeWordsWhateverTheirCaseAndAccents) {
  TaskPool pool;
  pool.add("Buy Oat Milk");
  pool.add("milkshake");
  pool.add(Task{.title = "notes", .notes = "get\n  oat\n milk"});
  pool.add("Caf\u00E9 au lait");

  EXPECT_EQ(pool.titles("MILK"), "Buy Oat Milk,notes");
  EXPECT_EQ(pool.titles("milk*"), "Buy Oat Milk,milkshake,notes");
  EXPECT_EQ(pool.titles("\"oat milk\""), "Buy Oat Milk,notes");
  EXPECT_EQ(pool.titles("\"milk oat\""), "");
  EXPECT_EQ(pool.titles("title:oat"), "Buy Oat Milk");
  EXPECT_EQ(pool.titles("notes:oat"), "notes");
  EXPECT_EQ(pool.titles("cafe"), "Caf\u00E9 au lait");
  EXPECT_EQ(pool.titles("ilk*"), "");
}

TEST(TaskIndex, FindsHostileTitlesByWhatTheySay) {
  TaskPool pool;
  const std::vector<std::string> titles = {"do not forget", "E-mail", "Re: x",   "C#",
                                           "bob@x.org",     "v1..2",  "Fix #42", "May I"};
  for (const std::string& title : titles) pool.add(title);
  for (const std::string& title : titles) {
    if (title == "Fix #42") continue;  // asks for the tag 42
    EXPECT_EQ(pool.titles(title), title);
  }
  EXPECT_EQ(pool.titles("\"Fix #42\""), "Fix #42");
  EXPECT_EQ(pool.titles("mail"), "E-mail");
}

TEST(TaskIndex, FindsCharactersWithinScriptsWithoutSpaces) {
  TaskPool pool;
  pool.add("\u725B\u4E73\u3092\u8CB7\u3046");  // "buy milk"
  EXPECT_NE(pool.titles("\u725B\u4E73"), "");
  EXPECT_NE(pool.titles("\u8CB7\u3046"), "");
  EXPECT_EQ(pool.titles("\u4E73\u725B"), "");
}

TEST(TaskIndex, TakesTheLastWordAsAPrefixWhileTyping) {
  TaskPool pool;
  pool.add("oat milk");
  Search search{*parse<Query>("oat mi")};
  EXPECT_TRUE(pool.index.find(search, pool.context())->tasks.empty());
  search.typing = true;
  EXPECT_EQ(pool.index.find(search, pool.context())->tasks.size(), 1u);
}

TEST(TaskIndex, FindsTagsAndProjectsWithWhatLiesWithinThem) {
  TaskPool pool;
  pool.add(Task{.title = "a", .tags = {"Home", "x"}, .project = numbered<ProjectId>(1)});
  pool.add(Task{.title = "b", .tags = {"homework"}, .project = numbered<ProjectId>(2)});
  pool.add(Task{.title = "c", .project = numbered<ProjectId>(3)});
  pool.add("d");
  pool.index.put(Project{.id = numbered<ProjectId>(1), .name = "Garden"});
  pool.index.put(Project{.id = numbered<ProjectId>(2), .name = "Garden.Pond"});
  pool.index.put(Project{.id = numbered<ProjectId>(3), .name = "Gardening"});

  EXPECT_EQ(pool.titles("#HOME"), "a");
  EXPECT_EQ(pool.titles("home"), "a");
  EXPECT_EQ(pool.titles("@garden"), "a,b");
  EXPECT_EQ(pool.titles("@garden.pond"), "b");
  EXPECT_EQ(pool.titles("pond"), "b");
  EXPECT_EQ(pool.titles("is:inbox"), "d");
  EXPECT_EQ(pool.titles("", "-project"), "c,b,a,d");

  pool.index.put(Project{.id = numbered<ProjectId>(1), .name = "Yard"});
  EXPECT_EQ(pool.titles("@garden"), "b");
  EXPECT_EQ(pool.titles("", "-project"), "a,c,b,d");
  pool.index.erase(numbered<ProjectId>(1));
  EXPECT_EQ(pool.titles("", "-project"), "c,b,a,d");
}

TEST(TaskIndex, ComparesPrioritiesAndEstimates) {
  TaskPool pool;
  pool.add(Task{.title = "a", .priority = Priority::high, .estimate = Duration{0, 1800}});
  pool.add(Task{.title = "b", .priority = Priority::low, .estimate = Duration{1, 0}});
  pool.add("c");
  EXPECT_EQ(pool.titles("priority>=medium"), "a");
  EXPECT_EQ(pool.titles("priority<high"), "b,c");
  EXPECT_EQ(pool.titles("priority:low..urgent"), "a,b");
  EXPECT_EQ(pool.titles("!none"), "c");
  EXPECT_EQ(pool.titles("estimate<=30min"), "a");
  EXPECT_EQ(pool.titles("estimate:24h"), "b");
  EXPECT_EQ(pool.titles("estimate!=1d"), "a,c");
}

TEST(TaskIndex, ComparesDatesAsWholeDaysOfTheOwner) {
  TaskPool pool;
  pool.settings.zone = "Europe/Paris";
  pool.add(Task{.title = "date", .due = AllDay{day(2026, 11, 23)}});
  // 23:30 in New York is 05:30 of the next day in Paris.
  Zoned abroad{day(2026, 11, 22) + hours{23} + minutes{30}, "America/New_York"};
  pool.add(Task{.title = "abroad", .due = abroad});
  pool.add(Task{.title = "floating", .due = Floating{day(2026, 11, 24) + hours{0}}});
  pool.add("none");

  EXPECT_EQ(pool.titles("due:today"), "date,abroad");
  EXPECT_EQ(pool.titles("due:2026-11-23"), "date,abroad");
  EXPECT_EQ(pool.titles("due<=today"), "date,abroad");
  EXPECT_EQ(pool.titles("due>today"), "floating");
  EXPECT_EQ(pool.titles("due!=today"), "floating,none");
  EXPECT_EQ(pool.titles("due:yesterday..+1d"), "date,abroad,floating");
  EXPECT_EQ(pool.titles("is:today"), "date,abroad");
  EXPECT_EQ(pool.titles("is:upcoming"), "floating");

  pool.settings.zone = "America/New_York";
  EXPECT_EQ(pool.titles("due:2026-11-22"), "abroad");
}

// 2026-11-23 is a Monday.
TEST(TaskIndex, ResolvesRelativeDays) {
  const std::vector<std::pair<std::string, Date>> days = {
      {"tomorrow", day(2026, 11, 24)}, {"yesterday", day(2026, 11, 22)},
      {"monday", day(2026, 11, 30)},   {"sunday", day(2026, 11, 29)},
      {"+7d", day(2026, 11, 30)},      {"-2w", day(2026, 11, 9)},
      {"+3m", day(2027, 2, 23)},       {"-1y", day(2025, 11, 23)},
      {"eow", day(2026, 11, 29)},      {"eom", day(2026, 11, 30)},
      {"eoy", day(2026, 12, 31)}};
  for (const auto& [text, date] : days) {
    TaskPool pool;
    pool.add(Task{.title = "before", .due = AllDay{date - std::chrono::days{1}}});
    pool.add(Task{.title = "on", .due = AllDay{date}});
    pool.add(Task{.title = "after", .due = AllDay{date + std::chrono::days{1}}});
    EXPECT_EQ(pool.titles("due:" + text), "on") << text;
  }
  TaskPool pool;
  pool.add(Task{.title = "saturday", .due = AllDay{day(2026, 11, 28)}});
  pool.settings.week_start = Weekday::sunday;
  EXPECT_EQ(pool.titles("due:eow"), "saturday");
  pool.now = utc(day(2026, 10, 31), hours{12});
  pool.add(Task{.title = "february", .due = AllDay{day(2027, 2, 28)}});
  EXPECT_EQ(pool.titles("due:+4m"), "february");
}

TEST(TaskIndex, HoldsADateOverdueFromTheNextMidnightAndATimeAtOnce) {
  TaskPool pool;
  pool.settings.zone = "Asia/Tokyo";
  pool.add(Task{.title = "date", .due = AllDay{day(2026, 11, 23)}});
  pool.add(Task{.title = "time", .due = Floating{day(2026, 11, 23) + hours{9}}});
  pool.add(Task{.title = "done", .status = Status::done, .due = AllDay{day(2026, 1, 1)}});

  pool.now = utc(day(2026, 11, 23), hours{0});  // 09:00 in Tokyo
  EXPECT_EQ(pool.titles("is:overdue"), "");
  pool.now += std::chrono::milliseconds{1};
  EXPECT_EQ(pool.titles("is:overdue"), "time");
  pool.now = utc(day(2026, 11, 23), hours{15});  // midnight
  EXPECT_EQ(pool.titles("is:overdue"), "date,time");
  EXPECT_EQ(pool.titles("is:overdue is:any"), "date,time");
}

TEST(TaskIndex, HoldsATaskBlockedWhileOneItWaitsForIsOpen) {
  TaskPool pool;
  Task& first = pool.add("first");
  pool.add(Task{.title = "second", .blocked_by = {first.id, numbered<TaskId>(99)}});
  EXPECT_EQ(pool.titles("is:blocked"), "second");
  first.status = Status::done;
  pool.index.put(first);
  EXPECT_EQ(pool.titles("is:blocked"), "");
  first.status = Status::open;
  pool.index.put(first);
  EXPECT_EQ(pool.titles("is:blocked"), "second");
  pool.index.erase(first.id);
  EXPECT_EQ(pool.titles("is:blocked"), "");
}

TEST(TaskIndex, FindsWhatATaskHas) {
  TaskPool pool;
  Task& parent = pool.add(Task{.title = "a", .notes = "n", .priority = Priority::low});
  pool.add(Task{.title = "b", .tags = {"x"}, .parent = parent.id});
  pool.add(Task{.title = "c", .start = AllDay{}, .reminders = {Reminder{}}});
  pool.add(Task{.title = "d", .due = AllDay{}, .recurrence = Recurrence{}, .estimate = Duration{}});
  const std::vector<std::pair<std::string, std::string>> answers = {
      {"has:notes", "a"},    {"has:priority", "a"}, {"has:tags", "b"},   {"has:parent", "b"},
      {"has:start", "c"},    {"has:reminder", "c"}, {"has:due", "d"},    {"has:recurrence", "d"},
      {"is:recurring", "d"}, {"has:estimate", "d"}, {"has:project", ""}, {"-has:due", "a,b,c"}};
  for (const auto& [query, titles] : answers) EXPECT_EQ(pool.titles(query), titles) << query;
  EXPECT_EQ(pool.titles("parent:" + to_text(parent.id)), "b");
}

TEST(TaskIndex, SortsDatesBeforeTheTimesOfTheirDayAndWhatIsMissingLast) {
  TaskPool pool;
  pool.settings.zone = "Europe/Paris";
  pool.add("none");
  pool.add(Task{.title = "next", .due = AllDay{day(2026, 11, 24)}});
  pool.add(Task{.title = "ten", .due = Floating{day(2026, 11, 23) + hours{10}}});
  Zoned tokyo{day(2026, 11, 23) + hours{17}, "Asia/Tokyo"};  // 09:00 in Paris
  pool.add(Task{.title = "nine", .due = tokyo});
  pool.add(Task{.title = "day", .due = AllDay{day(2026, 11, 23)}});

  EXPECT_EQ(pool.titles("", "due"), "day,nine,ten,next,none");
  EXPECT_EQ(pool.titles("", "-due"), "next,ten,nine,day,none");
}

TEST(TaskIndex, SortsTextByItsFoldedFormAndThenByItsBytes) {
  TaskPool pool;
  for (std::string title : {"b", "\u00C4a", "ab", "AA", "aa"}) pool.add(title);
  EXPECT_EQ(pool.titles("", "title"), "AA,aa,\u00C4a,ab,b");
  EXPECT_EQ(pool.titles("", "-title"), "b,ab,\u00C4a,aa,AA");
}

// A fractional index counts capitals before small letters.
TEST(TaskIndex, SortsTheOrderByHandByItsBytes) {
  TaskPool pool;
  pool.add(Task{.title = "2", .order = "a"});
  pool.add(Task{.title = "1", .order = "Z"});
  pool.add(Task{.title = "3", .order = "a0000000V"});
  pool.add(Task{.title = "4", .order = "a0000000a"});
  EXPECT_EQ(pool.titles("", "order"), "1,2,3,4");
}

TEST(TaskIndex, BreaksTiesByTheNextKeyAndThenById) {
  TaskPool pool;
  pool.add(Task{.title = "b", .priority = Priority::high});
  pool.add(Task{.title = "a", .priority = Priority::high});
  pool.add(Task{.title = "b", .priority = Priority::low});
  pool.add(Task{.title = "a", .priority = Priority::high});
  EXPECT_EQ(pool.titles("", "-priority,title"), "a,a,b,b");
  Result<Page> page = pool.find("", "-priority,title", 2);
  EXPECT_LT(page->tasks[0]->id, page->tasks[1]->id);
}

TEST(TaskIndex, FollowsChangesOfTasks) {
  TaskPool pool;
  Task& task = pool.add(Task{.title = "a", .due = AllDay{day(2026, 1, 2)}});
  Task& other = pool.add(Task{.title = "b", .due = AllDay{day(2026, 1, 3)}});
  EXPECT_EQ(pool.titles("a OR b", "due"), "a,b");
  // Both have changed before the first is put.
  task.due = AllDay{day(2026, 1, 4)};
  other.due = AllDay{day(2026, 1, 5)};
  other.title = "c";
  pool.index.put(task);
  pool.index.put(other);
  EXPECT_EQ(pool.titles("a OR b", "due"), "a");
  EXPECT_EQ(pool.titles("", "due"), "a,c");
  pool.index.erase(task.id);
  EXPECT_EQ(pool.titles("", "due"), "c");
  EXPECT_EQ(pool.index.size(), 1u);
}

// Orders are kept in parts of some hundreds of tasks.
TEST(TaskIndex, KeepsALongOrderWhileItGrowsAndShrinks) {
  TaskPool pool;
  EXPECT_EQ(pool.titles("", "-estimate"), "");  // the order is there before the tasks are
  constexpr std::int32_t count = 3000;
  for (std::int32_t i = 0; i < count; ++i)
    pool.add(Task{.title = "x", .estimate = Duration{0, i * 7 % count}});
  std::vector<std::int32_t> left;
  auto all = [&] {
    std::vector<std::int32_t> lengths;
    Search search{{}, *parse<Sort>("-estimate"), limits::page};
    do {
      Page page = *pool.index.find(search, pool.context());
      for (const Task* task : page.tasks) lengths.push_back(task->estimate->seconds);
      search.cursor = page.next;
    } while (!search.cursor.empty());
    return lengths;
  };
  for (std::int32_t i = count; i > 0; --i) left.push_back(i - 1);
  EXPECT_EQ(all(), left);
  left.clear();
  for (auto& [id, task] : pool.tasks) {
    if (task.estimate->seconds >= 100) pool.index.erase(id);
  }
  for (std::int32_t i = 100; i > 0; --i) left.push_back(i - 1);
  EXPECT_EQ(all(), left);
}

TEST(TaskIndex, GivesPagesAndSaysWhenThereIsNoMore) {
  TaskPool pool;
  for (std::string title : {"a", "b", "c", "d"}) pool.add(title);
  Result<Page> first = pool.find("", "-title", 3);
  ASSERT_EQ(first->tasks.size(), 3u);
  EXPECT_FALSE(first->next.empty());
  EXPECT_EQ(first->total, std::nullopt);
  Result<Page> second = pool.find("", "-title", 3, first->next);
  ASSERT_EQ(second->tasks.size(), 1u);
  EXPECT_EQ(second->tasks[0]->title, "a");
  EXPECT_EQ(second->next, "");
  EXPECT_EQ(pool.find("", "title", 4)->next, "");
}

TEST(TaskIndex, CountsAllThatMatchWhenAsked) {
  TaskPool pool;
  for (std::string title : {"a b", "a", "a c"}) pool.add(title);
  Search search{*parse<Query>("a"), {}, 1};
  search.count = true;
  Result<Page> page = pool.index.find(search, pool.context());
  EXPECT_EQ(page->total, 3u);
  search.cursor = page->next;
  EXPECT_EQ(pool.index.find(search, pool.context())->total, 3u);
}

TEST(TaskIndex, RefusesLimitsAndCursorsThatCannotBe) {
  TaskPool pool;
  for (std::string title : {"a", "b"}) pool.add(title);
  EXPECT_EQ(pool.find("", "", 0).error().field, "/limit");
  EXPECT_EQ(pool.find("", "", limits::page + 1).error().code, Errc::out_of_range);

  std::string cursor = pool.find("", "title", 1)->next;
  auto refused = [&](std::string_view query, std::string_view sort, std::string text) {
    Result<Page> page = pool.find(query, sort, 1, std::move(text));
    return page.has_error() && page.error().code == Errc::invalid &&
           page.error().field == "/cursor";
  };
  EXPECT_FALSE(refused("", "title", cursor));
  EXPECT_TRUE(refused("is:open", "title", cursor));
  EXPECT_TRUE(refused("", "-title", cursor));
  EXPECT_TRUE(refused("", "title", cursor + "A"));
  EXPECT_TRUE(refused("", "title", cursor.substr(0, cursor.size() - 2)));
  EXPECT_TRUE(refused("", "title", "!"));
  pool.settings.zone = "Asia/Tokyo";
  EXPECT_TRUE(refused("", "title", cursor));
}

TEST(TaskIndex, RefusesAZoneThatThereIsNot) {
  TaskPool pool;
  pool.settings.zone = "Mars/Base";
  EXPECT_EQ(pool.find("", "", 1).error().field, "/zone");
}

}  // namespace
}  // namespace todo
