// A weekly meeting in an SQLite file: done once, and there again a week later at the same local
// time, although the clocks have changed in between.
#include <todo/engine.h>
#include <todo/sqlite_store.h>

#include <cstdio>
#include <random>

int main(int argc, char** argv) {
  auto store = todo::SqliteStore::open(argc > 1 ? argv[1] : "tasks.todo");
  if (!store) return std::puts(store.error().message.c_str()), 1;
  auto engine = todo::Engine::open(**store, {{1}});
  if (!engine) return std::puts(engine.error().message.c_str()), 1;

  // The library has neither a clock nor dice: whoever asks brings the time and names what is new.
  auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  std::random_device dice;
  todo::RandomBits random;
  for (auto& byte : random) byte = static_cast<std::uint8_t>(dice());
  const auto me = *todo::parse<todo::DeviceId>("0198c5a2-7b1e-7c3d-9a4f-5e6d7c8b9a0f");
  auto ask = [&](todo::Command command) {
    auto entry =
        engine->apply(std::move(command), {.now = now, .mutation = {me, engine->next_number(me)}});
    if (!entry) std::puts(entry.error().message.c_str());
  };

  todo::Task meeting{.id = todo::new_id<todo::TaskId>(now, random), .title = "Weekly meeting"};
  meeting.due = *todo::parse<todo::When>("2026-10-19T09:00:00[Europe/Paris]");
  meeting.recurrence = todo::Recurrence{.rules = {*todo::parse<todo::Rule>("FREQ=WEEKLY")}};
  ask(todo::CreateTask{meeting});
  ask(todo::Complete{meeting.id});

  auto page = engine->find({.query = *todo::parse<todo::Query>("meeting is:open")}, now);
  for (const todo::Task* task : page->tasks)
    std::printf("%s, due %s\n", task->title.c_str(), todo::to_text(*task->due).c_str());
}
