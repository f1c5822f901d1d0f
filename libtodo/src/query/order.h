// The records of a scope, sorted: a chunked array, so that a walk reads memory in a row and a
// change moves little of it.
#pragma once

#include "query/record.h"

namespace todo::query {

class Order {
 public:
  Order(Sort sort, Scope scope, Records& records);  // O(n log n)

  const Sort& sort() const { return sort_; }
  Scope scope() const { return scope_; }

  // Nothing happens to a record that is out of scope. O(log n + chunk). The place of `record` must
  // be the same when it is erased as when it was inserted.
  void insert(Record& record);
  void erase(const Record& record);

  // Calls visit(Record&) for those behind `after` (nullptr: for all) until it gives false.
  template <class Visit>
  void walk(const Place* after, Visit visit) const {
    Position at = after ? first_behind(*after) : Position{};
    for (; at.chunk < chunks_.size(); ++at.chunk, at.entry = 0) {
      for (; at.entry < chunks_[at.chunk].size(); ++at.entry) {
        if (!visit(*chunks_[at.chunk][at.entry].record)) return;
      }
    }
  }

 private:
  struct Entry {
    std::uint64_t head;  // decides most comparisons without a look at the record
    Record* record;
  };
  using Chunk = std::vector<Entry>;  // never empty
  struct Position {
    std::size_t chunk = 0;
    std::size_t entry = 0;
  };

  bool is_behind(const Entry& entry, std::uint64_t head, const Place& place) const;
  Position first_behind(const Place& place) const;  // the chunk may be that behind the last

  Sort sort_;
  Scope scope_;
  std::vector<Chunk> chunks_;
};

}  // namespace todo::query
