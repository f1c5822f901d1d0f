#include "todo/projection.h"

#include "../sim/any_command.h"
#include "scene.h"

namespace todo {
namespace {

using namespace testing;

std::vector<std::string> titles(Projection& projection, const Session& session, Instant now) {
  Search search{.query = *parse<Query>("is:any OR is:deleted"),
                .sort = *parse<Sort>("project,due,title"),
                .limit = limits::page};
  std::vector<std::string> titles;
  Result<Page> page = projection.find(session, search, now);
  EXPECT_TRUE(page.has_value());
  for (const Task* task : page->tasks) titles.push_back(task->title + to_text(task->id));
  return titles;
}

// A list on a screen must never show what a rebase took back, nor a reminder that was moved.
void check_random_history(std::uint64_t seed) {
  SCOPED_TRACE("TODO_SEED=" + std::to_string(seed));
  sim::Random random(seed);
  Session session, foreign;
  Projection projection;
  Instant now = noon;
  for (std::uint64_t number = 1; number <= 40; ++number) {
    now += std::chrono::minutes{random.below(600)};
    Context here{.now = now, .mutation = {phone, number}};
    Context there{.now = now, .mutation = {laptop, number}};
    (void)session.ask({here, sim::any_command(random, session.workspace(), now)});
    (void)foreign.ask({there, sim::any_command(random, foreign.workspace(), now)});
    projection.follow(session);
    session.commit(foreign.append());
    foreign.commit_own(session.durable());
    std::vector<Entry> own = session.append();
    session.commit(own);
    foreign.commit(own);
    projection.follow(session);
  }

  Session again(session.snapshot());
  Projection fresh;
  fresh.follow(again);
  EXPECT_EQ(titles(projection, session, now), titles(fresh, again, now));
  EXPECT_EQ(projection.reminders().next_due(), fresh.reminders().next_due());
  Instant later = now + std::chrono::days{9999};
  EXPECT_EQ(projection.reminders().due(later, 1000), fresh.reminders().due(later, 1000));
}

TEST(Projection, EqualsOneMadeAnewAfterForeignEntriesAndRebases) {
  if (const char* seed = std::getenv("TODO_SEED"))
    return check_random_history(std::strtoull(seed, nullptr, 10));
  std::uint64_t seeds = std::getenv("TODO_LONG") ? 5'000 : 100;
  for (std::uint64_t seed = 0; seed < seeds && !HasFailure(); ++seed) check_random_history(seed);
}

}  // namespace
}  // namespace todo
