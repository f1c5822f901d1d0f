#include "ops/metrics.h"

#include <cstdio>

namespace todo::server {

namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

void append_help(std::string& out, std::string_view name, std::string_view type,
                 std::string_view help) {
  out.append("# HELP ").append(name).append(" ").append(help).append("\n");
  out.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

void append_value(std::string& out, std::string_view name, const std::string& labels,
                  const std::string& value) {
  out.append(name);
  if (!labels.empty()) out.append("{").append(labels).append("}");
  out.append(" ").append(value).append("\n");
}

void append_simple(std::string& out, std::string_view name, std::string_view type,
                   std::string_view help, std::uint64_t value) {
  append_help(out, name, type, help);
  append_value(out, name, "", std::to_string(value));
}

double seconds_of(std::chrono::steady_clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

const Histogram::Bounds Metrics::seconds_ = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
                                             0.025,  0.05,    0.1,    0.25,  0.5,    1,     5};
const Histogram::Bounds Metrics::sizes_ = {1,   2,   4,   8,    16,   32,   64,
                                           128, 256, 512, 1024, 2048, 4096, 10'000};

void Histogram::observe(double value) {
  std::size_t bucket = 0;
  while (bucket < bounds_->size() && value > (*bounds_)[bucket]) ++bucket;
  ++counts_[bucket];
  sum_ += value;
}

void Histogram::append_to(std::string& out, std::string_view name,
                          const std::string& labels) const {
  std::string prefix = labels.empty() ? "" : labels + ",";
  std::string bucket(name);
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    below += counts_[i];
    std::string bound = i < bounds_->size() ? number((*bounds_)[i]) : "+Inf";
    append_value(out, bucket + "_bucket", prefix + "le=\"" + bound + "\"", std::to_string(below));
  }
  append_value(out, bucket + "_sum", labels, number(sum_));
  append_value(out, bucket + "_count", labels, std::to_string(below));
}

Metrics::OfRoute::OfRoute() : seconds(seconds_) {}

void Metrics::count_request(std::string_view method, std::string_view route, int status,
                            std::chrono::steady_clock::duration took) {
  auto key = std::pair<std::string, std::string>(method, route);
  auto found = routes_.find(key);
  if (found == routes_.end()) found = routes_.emplace(std::move(key), OfRoute()).first;
  ++found->second.by_status[status];
  found->second.seconds.observe(seconds_of(took));
}

void Metrics::count_commit(std::size_t entries, std::chrono::steady_clock::duration took) {
  commit_entries_.observe(static_cast<double>(entries));
  commit_seconds_.observe(seconds_of(took));
}

std::string Metrics::text(const Now& now) const {
  std::string out;
  append_help(out, "todo_requests_total", "counter", "Answers, by route and status.");
  for (const auto& [key, of_route] : routes_) {
    for (const auto& [status, count] : of_route.by_status) {
      append_value(out, "todo_requests_total",
                   "method=\"" + key.first + "\",route=\"" + key.second + "\",status=\"" +
                       std::to_string(status) + "\"",
                   std::to_string(count));
    }
  }
  append_help(out, "todo_request_seconds", "histogram", "From a whole request to its answer.");
  for (const auto& [key, of_route] : routes_) {
    of_route.seconds.append_to(out, "todo_request_seconds",
                               "method=\"" + key.first + "\",route=\"" + key.second + "\"");
  }
  append_help(out, "todo_commit_entries", "histogram", "Entries in one commit of the store.");
  commit_entries_.append_to(out, "todo_commit_entries", "");
  append_help(out, "todo_commit_seconds", "histogram", "How long a commit took.");
  commit_seconds_.append_to(out, "todo_commit_seconds", "");
  append_simple(out, "todo_commits_failed_total", "counter", "Commits that the store refused.",
                commits_failed_);
  append_simple(out, "todo_foreign_entries_total", "counter", "Entries that another process wrote.",
                now.foreign_entries);
  append_simple(out, "todo_connections", "gauge", "Open connections.", now.connections);
  append_simple(out, "todo_tasks", "gauge", "Tasks in memory.", now.tasks);
  append_simple(out, "todo_journal_seq", "gauge", "The last durable entry.", now.seq);
  append_simple(out, "todo_waiting", "gauge", "Answers that wait for a commit.", now.waiting);
  append_simple(out, "todo_ready", "gauge", "Whether requests are wanted.", now.ready ? 1 : 0);
  return out;
}

}  // namespace todo::server
