// A page of 20 tasks out of many, by due date; beside it what bounds it: copying 20 pointers out of
// an array that is already sorted and filtered. `range` is the number of tasks. Orders are built
// before the clock starts, but for the first page.
#include <benchmark/benchmark.h>

#include <algorithm>

#include "todo/index.h"

namespace {

using todo::Task;

// Every tenth task is done; due dates spread over three years, one in five has none.
class Tasks {
 public:
  explicit Tasks(std::int64_t count) : tasks_(static_cast<std::size_t>(count)) {
    std::uint64_t number = 1;
    for (Task& task : tasks_) {
      number = number * 6364136223846793005 + 1442695040888963407;  // Knuth's generator
      fill(task, number >> 24);
      index_.put(task);
    }
    settings_.zone = "Europe/Paris";
  }

  todo::Page find(const todo::Search& search) { return *index_.find(search, context()); }

  std::vector<const Task*> open_by_due() {
    todo::Search search{*todo::parse<todo::Query>("is:open"), {{}}, todo::limits::page};
    std::vector<const Task*> all;
    do {
      todo::Page page = find(search);
      all.insert(all.end(), page.tasks.begin(), page.tasks.end());
      search.cursor = page.next;
    } while (!search.cursor.empty());
    return all;
  }

  void change(std::size_t index) {
    Task& task = tasks_[index % tasks_.size()];
    fill(task, index * 2654435761);
    index_.put(task);
  }

 private:
  todo::QueryContext context() const { return {now_, settings_, todo::Zones::embedded()}; }

  void fill(Task& task, std::uint64_t number) {
    static const std::vector<std::string> words = {"write", "call", "invoice", "garden",
                                                   "buy",   "milk", "report",  "meeting"};
    if (task.id == todo::TaskId{})
      for (std::size_t i = 0; i < 8; ++i)
        task.id.bytes[15 - i] = static_cast<std::uint8_t>(number >> 8 * i);
    task.title = words[number % 8] + ' ' + words[number / 8 % 8] + ' ' + std::to_string(number);
    task.status = number % 10 == 0 ? todo::Status::done : todo::Status::open;
    task.priority = static_cast<todo::Priority>(number / 10 % 5);
    todo::Date due = todo::Date{today_} + std::chrono::days{number / 50 % 1000};
    task.due = std::nullopt;
    if (number / 7 % 5 != 0) task.due = todo::Floating{due + std::chrono::minutes{number % 1440}};
    task.tags = {words[number / 64 % 8]};
  }

  static constexpr std::chrono::local_days today_{std::chrono::days{20'780}};
  todo::Instant now_{today_.time_since_epoch()};
  todo::Settings settings_;
  std::vector<Task> tasks_;
  todo::TaskIndex index_;
};

todo::Search search_for(std::string_view query, std::string_view sort) {
  return {*todo::parse<todo::Query>(query), *todo::parse<todo::Sort>(sort), 20};
}

void BM_CopyTwentyOfASortedArray(benchmark::State& state) {
  std::vector<const Task*> sorted = Tasks(state.range(0)).open_by_due();
  for (auto _ : state) {
    std::vector<const Task*> page(sorted.begin(), sorted.begin() + 20);
    benchmark::DoNotOptimize(page.data());
  }
}
BENCHMARK(BM_CopyTwentyOfASortedArray)->Arg(10'000)->Arg(100'000);

void find_page(benchmark::State& state, std::string_view query, std::string_view sort) {
  Tasks tasks(state.range(0));
  todo::Search search = search_for(query, sort);
  tasks.find(search);
  for (auto _ : state) benchmark::DoNotOptimize(tasks.find(search).tasks.data());
}
BENCHMARK_CAPTURE(find_page, open_by_due, "is:open", "due")->Arg(10'000)->Arg(100'000);
BENCHMARK_CAPTURE(find_page, all_by_id, "", "")->Arg(10'000)->Arg(100'000);
BENCHMARK_CAPTURE(find_page, high_with_tag, "!high #milk", "due")->Arg(10'000)->Arg(100'000);
BENCHMARK_CAPTURE(find_page, word, "invoice", "due")->Arg(10'000)->Arg(100'000);
BENCHMARK_CAPTURE(find_page, word_of_none, "nowhere", "due")->Arg(10'000)->Arg(100'000);

// One page behind the other, from the first to the last and again.
void BM_NextPage(benchmark::State& state) {
  Tasks tasks(state.range(0));
  todo::Search search = search_for("is:open", "due,-priority");
  tasks.find(search);
  for (auto _ : state) search.cursor = tasks.find(search).next;
}
BENCHMARK(BM_NextPage)->Arg(10'000)->Arg(100'000);

// As a server does between two reads.
void BM_ChangeATaskAndFindAPage(benchmark::State& state) {
  Tasks tasks(state.range(0));
  todo::Search search = search_for("is:open", "due");
  tasks.find(search);
  std::size_t round = 0;
  for (auto _ : state) {
    tasks.change(++round * 7919);
    benchmark::DoNotOptimize(tasks.find(search).tasks.data());
  }
}
BENCHMARK(BM_ChangeATaskAndFindAPage)->Arg(10'000)->Arg(100'000);

// After a load: all tasks put, the order built.
void BM_FirstPage(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    Tasks tasks(state.range(0));
    state.ResumeTiming();
    benchmark::DoNotOptimize(tasks.find(search_for("is:open", "due")).tasks.data());
  }
}
BENCHMARK(BM_FirstPage)->Arg(10'000)->Arg(100'000)->Iterations(3)->Unit(benchmark::kMillisecond);

void BM_ParseQuery(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(todo::parse<todo::Query>("invoice #home due<=+7d -is:blocked"));
}
BENCHMARK(BM_ParseQuery);

}  // namespace

BENCHMARK_MAIN();
