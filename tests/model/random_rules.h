// Random recurrences for property tests. Each run has a fresh seed, which a failure prints;
// TODO_SEED=n runs one again.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>

#include "todo/recurrence.h"

namespace todo {

class RandomRules {
 public:
  RandomRules() : seed_(chosen_seed()), bits_(seed_) {}

  std::string seed_note() const { return "TODO_SEED=" + std::to_string(seed_); }

  // From `low` to `high`.
  std::int64_t number(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(bits_);
  }
  bool chance(int percent) { return number(1, 100) <= percent; }

  template <class T>
  const T& one_of(const std::vector<T>& items) {
    return items[static_cast<std::size_t>(number(0, static_cast<std::int64_t>(items.size()) - 1))];
  }

  Date date(int first_year, int last_year) {
    Date first{std::chrono::local_days{std::chrono::year{first_year} / 1 / 1}};
    Date last{std::chrono::local_days{std::chrono::year{last_year} / 12 / 31}};
    return first + std::chrono::days{number(0, (last - first).count())};
  }
  LocalTime time(int first_year, int last_year) {
    return date(first_year, last_year) + std::chrono::minutes{number(0, 1439)};
  }

  // Any rule that is without a flaw, of `shortest` frequency or longer.
  Rule rule(Frequency shortest = Frequency::secondly) {
    Rule rule;
    rule.frequency = static_cast<Frequency>(number(static_cast<int>(shortest), 6));
    if (chance(50)) rule.interval = static_cast<std::uint32_t>(number(1, chance(90) ? 15 : 5000));
    if (chance(30)) rule.count = static_cast<std::uint32_t>(number(1, 40));
    else if (chance(20)) rule.until = until();
    if (chance(25)) rule.by_month = numbers<std::uint8_t>(1, 12, 4);
    if (chance(25)) rule.by_month_day = numbers<std::int8_t>(-31, 31, 6);
    if (chance(35)) rule.by_day = weekdays(rule.frequency);
    if (chance(30)) rule.week_start = weekday();
    return rule;
  }

 private:
  static std::uint64_t chosen_seed() {
    if (const char* given = std::getenv("TODO_SEED")) return std::strtoull(given, nullptr, 10);
    return std::random_device{}();
  }

  Weekday weekday() { return static_cast<Weekday>(number(0, 6)); }

  Until until() {
    Date day = date(1990, 2060);
    std::chrono::seconds time{number(0, 86'399)};
    if (chance(33)) return day;
    if (chance(50)) return LocalTime{day + time};
    return Instant{(day + time).time_since_epoch()};
  }

  // Sorted, each once, without 0.
  template <class T>
  std::vector<T> numbers(int low, int high, int most) {
    std::vector<T> made;
    for (std::int64_t i = number(1, most); i > 0; --i) {
      if (std::int64_t one = number(low, high)) made.push_back(static_cast<T>(one));
    }
    std::sort(made.begin(), made.end());
    made.erase(std::unique(made.begin(), made.end()), made.end());
    return made;
  }

  std::vector<WeekdayNumber> weekdays(Frequency frequency) {
    bool may_count = frequency >= Frequency::monthly && chance(60);
    std::vector<WeekdayNumber> made;
    for (int day = 0; day < 7; ++day) {
      if (!chance(35)) continue;
      std::int64_t most = frequency == Frequency::yearly && chance(30) ? 53 : 5;
      auto nth = static_cast<std::int16_t>(may_count ? number(-most, most) : 0);
      made.push_back({static_cast<Weekday>(day), nth});
    }
    return made;
  }

  std::uint64_t seed_;
  std::mt19937_64 bits_;
};

}  // namespace todo
