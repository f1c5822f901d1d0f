// A query made ready: names and days are looked up and words are folded once, not for each task.
#pragma once

#include "query/record.h"
#include "query/words.h"

namespace todo::query {

struct Surroundings {
  const Records& records;
  const std::map<ProjectId, std::string>& project_names;
  Instant now{};
  Zone zone;
  Weekday week_start{};

  Date today() const;
};

// Which tasks the status terms of `query` let it see.
Scope scope_of(const Query& query);

class Matcher {
 public:
  Matcher(const Query& query, const Surroundings& surroundings);  // keeps a reference to the latter

  bool matches(Record& record) const { return holds(root_, record); }

 private:
  // Begins as DateField does.
  enum class Number : std::uint8_t { start, due, created, updated, completed, priority, estimate };

  struct Words {
    TextTerm::In in;
    Needle needle;
    std::vector<ProjectId> projects;  // whose names hold them, sorted
  };
  struct Tag {
    std::string line;  // as in Record::tags
  };
  struct Within {
    std::vector<ProjectId> projects;  // sorted
  };
  struct Interval {  // with its ends
    Number number;
    std::int64_t first;
    std::int64_t last;
  };
  using Test = std::variant<TaskState, TaskPart, Words, Tag, Within, ParentTerm, Interval>;
  struct Condition {
    Query::Kind kind;
    std::vector<Condition> parts;
    Test test;
  };

  Condition condition_of(const Query& query) const;
  Test test_of(const Term& term) const;
  Test interval_of(const DateTerm& term) const;
  template <class Holds>
  std::vector<ProjectId> projects_where(Holds holds) const;

  bool holds(const Condition& condition, Record& record) const;
  bool holds(const Test& test, Record& record) const;
  bool is_in_state(TaskState state, const Record& record) const;
  bool is_blocked(const Task& task) const;
  bool has_words(const Words& words, Record& record) const;
  std::optional<std::int64_t> number_of(Number number, const Record& record) const;

  const Surroundings& around_;
  Date today_;
  Condition root_;
};

}  // namespace todo::query
