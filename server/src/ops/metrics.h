// Counters and histograms, as Prometheus reads them.
//
// Threads: all calls from one thread.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace todo::server {

// How often a value was at most each bound; all of it since the start.
class Histogram {
 public:
  using Bounds = std::array<double, 14>;
  explicit Histogram(const Bounds& bounds) : bounds_(&bounds) {}

  void observe(double value);
  void append_to(std::string& out, std::string_view name, const std::string& labels) const;

 private:
  const Bounds* bounds_;
  std::array<std::uint64_t, 15> counts_{};
  double sum_ = 0;
};

class Metrics {
 public:
  // What is true at the moment of asking.
  struct Now {
    std::size_t connections = 0;
    std::size_t tasks = 0;
    std::uint64_t seq = 0;
    std::size_t waiting = 0;
    std::uint64_t foreign_entries = 0;  // that other processes wrote
    bool ready = false;
  };

  void count_request(std::string_view method, std::string_view route, int status,
                     std::chrono::steady_clock::duration took);
  void count_commit(std::size_t entries, std::chrono::steady_clock::duration took);
  void count_commit_failed() { ++commits_failed_; }

  std::string text(const Now& now) const;  // text/plain; version=0.0.4

 private:
  struct OfRoute {
    std::map<int, std::uint64_t> by_status{};
    Histogram seconds;
    OfRoute();
  };
  std::map<std::pair<std::string, std::string>, OfRoute, std::less<>> routes_{};
  Histogram commit_seconds_{seconds_};
  Histogram commit_entries_{sizes_};
  std::uint64_t commits_failed_ = 0;

  static const Histogram::Bounds seconds_;
  static const Histogram::Bounds sizes_;
};

}  // namespace todo::server
