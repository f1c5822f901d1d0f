// Writing and reading a typical task of about 450 bytes; beside it what bounds it (copying the same
// bytes) and the same text through Boost.JSON, which checks less and gives no task.
#include <benchmark/benchmark.h>

#include <boost/json/src.hpp>

#include "todo/codec.h"

namespace {

constexpr std::string_view task_text =
    R"({"id":"0198c5a2-7b1e-7c3d-9a4f-5e6d7c8b9a0f","title":"Prepare the quarterly figures",)"
    R"("notes":"- ask Zoë for the *new* table\n- see <https://wiki.example.org/q3>",)"
    R"("status":"open","priority":"high","tags":["finance","work"],)"
    R"("project":"0198c5a2-7b1e-7c3d-9a4f-5e6d7c8b9a10","due":"2026-11-23T09:00:00[Europe/Paris]",)"
    R"("order":"a0V","created_at":"2026-11-01T08:15:30.250Z","updated_at":"2026-11-20T17:00:00Z"})";

constexpr std::string_view edit_text =
    R"({"type":"edit","task":"0198c5a2-7b1e-7c3d-9a4f-5e6d7c8b9a0f","patch":)"
    R"({"title":"Prepare the yearly figures","tags":{"add":["boss"]},"due":null}})";

void count_bytes(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
}

void BM_CopySameBytes(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(std::string(task_text));
  count_bytes(state, task_text.size());
}
BENCHMARK(BM_CopySameBytes);

void BM_WriteTask(benchmark::State& state) {
  todo::Task task = *todo::from_json<todo::Task>(task_text);
  for (auto _ : state) benchmark::DoNotOptimize(todo::to_json(task));
  count_bytes(state, task_text.size());
}
BENCHMARK(BM_WriteTask);

void BM_WriteSameWithBoostJson(benchmark::State& state) {
  boost::json::value value = boost::json::parse(task_text);
  for (auto _ : state) benchmark::DoNotOptimize(boost::json::serialize(value));
  count_bytes(state, task_text.size());
}
BENCHMARK(BM_WriteSameWithBoostJson);

void BM_ReadTask(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(todo::from_json<todo::Task>(task_text));
  count_bytes(state, task_text.size());
}
BENCHMARK(BM_ReadTask);

void BM_ReadSameWithBoostJson(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(boost::json::parse(task_text));
  count_bytes(state, task_text.size());
}
BENCHMARK(BM_ReadSameWithBoostJson);

void BM_ReadEdit(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(todo::from_json<todo::Command>(edit_text));
  count_bytes(state, edit_text.size());
}
BENCHMARK(BM_ReadEdit);

void BM_WriteTasks(benchmark::State& state) {
  std::vector<todo::Task> tasks(1000, *todo::from_json<todo::Task>(task_text));
  for (auto _ : state) benchmark::DoNotOptimize(todo::to_json(tasks));
  count_bytes(state, task_text.size() * tasks.size());
}
BENCHMARK(BM_WriteTasks);

}  // namespace

BENCHMARK_MAIN();
