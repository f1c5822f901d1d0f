// Random tasks against random queries, beside a scan that shares no code with the index.
// TODO_SEED=n runs one seed again.
#include <cstdlib>
#include <random>
#include <set>

#include "naive_scan.h"

namespace todo {
namespace {

using std::chrono::days;
using std::chrono::minutes;

std::uint64_t chosen_seed() {
  if (const char* given = std::getenv("TODO_SEED")) return std::strtoull(given, nullptr, 10);
  return std::random_device{}();
}

// A workspace of few words, days and names, so that much matches and much is equal.
class World {
 public:
  explicit World(std::uint64_t seed) : bits_(seed) { move_clock(); }

  std::size_t below(std::size_t end) { return bits_() % end; }
  bool chance(int percent) { return static_cast<int>(below(100)) < percent; }
  const std::string& one_of(const std::vector<std::string>& items) {
    return items[below(items.size())];
  }

  QueryContext context() const { return {now_, settings_, Zones::embedded()}; }
  NaiveScan naive() const { return {tasks_, projects_, context()}; }
  TaskIndex& index() { return index_; }
  const std::map<TaskId, Task>& tasks() const { return tasks_; }

  void move_clock() { now_ = utc(date(), minutes{below(1440)}); }
  void move_house() {
    settings_.zone = one_of(zones_);
    settings_.week_start = static_cast<Weekday>(below(7));
  }
  void change_task();
  void change_project();

  std::string query_text(int depth = 0);
  std::string sort_text();

 private:
  Date date() { return day(2026, 3, 20) + days{below(25)}; }
  When when();
  std::string words();
  std::string day_text();
  std::string term();
  std::string ordered(const std::string& field, std::string value, const std::string& last);
  void fill(Task& task);
  template <class I>
  I id(std::size_t end) {
    return numbered<I>(below(end) + 1);
  }

  // Chile's clocks go back at midnight on 5 April 2026, so that a day ends twice.
  const std::vector<std::string> zones_ = {"UTC", "Europe/Paris", "America/Santiago",
                                           "Pacific/Kiritimati", "Asia/Kolkata"};
  const std::vector<std::string> vocabulary_ = {
      "milk", "Milk",  "milkshake", "oat", "E-mail", "C#",  "caf\u00E9", "cafe",
      "Re:",  "v1..2", "bob@x.org", "May", "I",      "not", "42",        "stra\u00DFe"};
  const std::vector<std::string> tags_ = {"home", "Work", "caf\u00E9", "a.b", "42"};
  const std::vector<std::string> names_ = {"Home", "home.garden", "Homework", "caf\u00E9 bar",
                                           "Work.Reports.2026"};

  std::mt19937_64 bits_;
  std::map<TaskId, Task> tasks_;
  std::map<ProjectId, Project> projects_;
  Settings settings_;
  Instant now_{};
  TaskIndex index_;
};

When World::when() {
  LocalTime time = date() + minutes{15 * below(96)};
  if (chance(40)) return AllDay{date()};
  if (chance(40)) return Floating{time};
  return Zoned{time, one_of(zones_)};
}

std::string World::words() {
  std::string words = one_of(vocabulary_);
  while (chance(50)) words += (chance(80) ? " " : "\t \n") + one_of(vocabulary_);
  return words;
}

void World::fill(Task& task) {
  auto maybe = [&](auto make) { return chance(50) ? std::optional{make()} : std::nullopt; };
  auto moment = [&] { return when(); };
  auto instant = [&] { return utc(date(), minutes{below(1440)}); };
  task.title = words();
  task.notes = chance(30) ? words() : "";
  task.status = chance(60) ? Status::open : chance(60) ? Status::done : Status::cancelled;
  task.priority = static_cast<Priority>(below(5));
  task.tags = {};
  while (chance(40)) task.tags.put(one_of(tags_));
  task.project = maybe([&] { return id<ProjectId>(5); });
  task.parent = maybe([&] { return id<TaskId>(3); });
  task.blocked_by = {};
  if (chance(30)) task.blocked_by.put(id<TaskId>(90));
  task.start = maybe(moment);
  task.due = maybe(moment);
  task.reminders = chance(20) ? Reminders{Reminder{}} : Reminders{};
  task.recurrence = chance(20) ? std::optional{Recurrence{}} : std::nullopt;
  task.estimate = maybe([&] { return Duration{0, static_cast<std::int32_t>(900 * below(5))}; });
  task.order = chance(30) ? "" : std::string(1 + below(2), "aZb"[below(3)]);
  task.created_at = maybe(instant);
  task.updated_at = maybe(instant);
  task.completed_at = maybe(instant);
  task.deleted_at = chance(15) ? std::optional{instant()} : std::nullopt;
}

void World::change_task() {
  TaskId changed = id<TaskId>(90);
  if (chance(20)) {
    tasks_.erase(changed);
    index_.erase(changed);
    return;
  }
  Task& task = tasks_[changed];
  task.id = changed;
  if (task.title.empty() || chance(50)) fill(task);
  else if (chance(50)) task.due = when();
  else task.title = words();
  index_.put(task);
}

void World::change_project() {
  ProjectId changed = id<ProjectId>(5);
  if (chance(20)) {
    projects_.erase(changed);
    index_.erase(changed);
    return;
  }
  Project& project = projects_[changed];
  project = {.id = changed, .name = one_of(names_)};
  index_.put(project);
}

std::string World::day_text() {
  static const std::vector<std::string> days_of_language = {
      "today", "tomorrow", "yesterday", "monday", "sunday", "eow",
      "eom",   "eoy",      "+1m",       "-3d",    "+1w",    "-1y"};
  return chance(40) ? to_text(date()) : one_of(days_of_language);
}

std::string World::ordered(const std::string& field, std::string value, const std::string& last) {
  static const std::vector<std::string> operators = {":", "=", "!=", "<", "<=", ">", ">="};
  if (chance(25)) return field + ":" + value + ".." + last;
  return field + one_of(operators) + value;
}

std::string World::term() {
  static const std::vector<std::string> date_fields = {"due", "start", "created", "updated",
                                                       "completed"};
  static const std::vector<std::string> lengths = {"15min", "30min", "1h", "0s"};
  auto name = [&](const auto& all) { return std::string(all[below(all.size())]); };
  switch (below(11)) {
    case 0:
      return name(names<TaskState>).insert(0, "is:");
    case 1:
      return name(names<TaskPart>).insert(0, "has:");
    case 2:
      return "#\"" + one_of(tags_) + "\"";
    case 3:
      return "@\"" + one_of(names_) + "\"";
    case 4:
      return ordered("priority", name(names<Priority>), name(names<Priority>));
    case 5:
      return ordered("estimate", one_of(lengths), one_of(lengths));
    case 6:
      return "parent:" + to_text(id<TaskId>(3));
    case 7:
      return (chance(50) ? "title:" : "notes:") + one_of(vocabulary_);
    case 8:
      return one_of(vocabulary_).substr(0, 3) + "*";
    case 9:
      return "\"" + words() + "\"";
    default:
      return ordered(one_of(date_fields), day_text(), day_text());
  }
}

std::string World::query_text(int depth) {
  if (depth == 0 && chance(5)) return "";
  if (depth == 3 || chance(35)) return (chance(20) ? "-" : "") + term();
  std::string text = query_text(depth + 1);
  do text += (chance(50) ? " " : " OR ") + query_text(depth + 1);
  while (chance(30));
  return depth == 0 ? text : (chance(20) ? "NOT (" : "(") + text + ")";
}

std::string World::sort_text() {
  Sort sort;
  while (chance(60)) {
    SortKey key{static_cast<SortField>(below(names<SortField>.size())), chance(50)};
    bool taken = std::any_of(sort.begin(), sort.end(),
                             [&](const SortKey& other) { return other.field == key.field; });
    if (!taken) sort.push_back(key);
  }
  return to_text(sort);
}

std::vector<TaskId> ids_of(const Page& page) {
  std::vector<TaskId> ids;
  for (const Task* task : page.tasks) ids.push_back(task->id);
  return ids;
}

// All pages, one behind the other.
std::vector<TaskId> all_pages(World& world, Search search) {
  std::vector<TaskId> all;
  do {
    Result<Page> page = world.index().find(search, world.context());
    EXPECT_TRUE(page.has_value()) << page.error().message;
    std::vector<TaskId> ids = ids_of(*page);
    all.insert(all.end(), ids.begin(), ids.end());
    search.cursor = page->next;
  } while (!search.cursor.empty());
  return all;
}

TEST(TaskIndexRandomly, AnswersAsAScanDoesPageByPageAfterAnyChanges) {
  std::uint64_t seed = chosen_seed();
  SCOPED_TRACE("TODO_SEED=" + std::to_string(seed));
  World world(seed);
  for (int round = 0; round < 600 && !testing::Test::HasFailure(); ++round) {
    for (std::size_t i = world.below(8); i > 0; --i) world.change_task();
    if (world.chance(10)) world.change_project();
    if (world.chance(5)) world.move_house();
    if (world.chance(20)) world.move_clock();

    std::string text = world.query_text();
    Result<Query> query = parse<Query>(text);
    ASSERT_TRUE(query.has_value()) << text << ": " << query.error().message;
    Search search{*query, *parse<Sort>(world.sort_text()), 1 + world.below(20)};
    search.count = world.chance(20);
    std::vector<TaskId> expected = world.naive().answer(*query, search.sort);
    EXPECT_EQ(all_pages(world, search), expected) << text << " by " << to_text(search.sort);
    Result<Page> first = world.index().find(search, world.context());
    EXPECT_EQ(first->total, search.count ? std::optional{expected.size()} : std::nullopt) << text;
  }
}

TEST(QueryTextRandomly, IsAFixedPoint) {
  std::uint64_t seed = chosen_seed();
  SCOPED_TRACE("TODO_SEED=" + std::to_string(seed));
  World world(seed);
  for (int round = 0; round < 2000 && !testing::Test::HasFailure(); ++round) {
    std::string text = world.query_text();
    Query query = *parse<Query>(text);
    std::string canonical = to_text(query);
    Result<Query> again = parse<Query>(canonical);
    ASSERT_TRUE(again.has_value()) << canonical << ": " << again.error().message;
    EXPECT_EQ(*again, query) << text << " became " << canonical;
    EXPECT_EQ(to_text(*again), canonical);
  }
}

// Whoever reads page by page while others work must see each task that stays as it is exactly once.
TEST(TaskIndexRandomly, NeitherMissesNorRepeatsATaskThatDoesNotChangeBetweenPages) {
  std::uint64_t seed = chosen_seed();
  SCOPED_TRACE("TODO_SEED=" + std::to_string(seed));
  World world(seed);
  for (int i = 0; i < 300; ++i) world.change_task();
  for (int round = 0; round < 200 && !testing::Test::HasFailure(); ++round) {
    Search search{*parse<Query>("is:any"), *parse<Sort>(world.sort_text()), 1 + world.below(15)};
    const std::map<TaskId, Task> before = world.tasks();
    std::map<TaskId, int> seen;
    std::set<TaskId> changed;
    do {
      Page page = *world.index().find(search, world.context());
      for (TaskId id : ids_of(page)) ++seen[id];
      search.cursor = page.next;
      for (std::size_t i = world.below(4); i > 0; --i) world.change_task();
      for (const auto& [id, task] : before) {
        auto now = world.tasks().find(id);
        if (now == world.tasks().end() || !(now->second == task)) changed.insert(id);
      }
    } while (!search.cursor.empty());
    for (const auto& [id, task] : before) {
      if (changed.contains(id) || task.deleted_at) continue;
      EXPECT_EQ(seen[id], 1) << to_text(id) << " by " << to_text(search.sort);
    }
  }
}

}  // namespace
}  // namespace todo
