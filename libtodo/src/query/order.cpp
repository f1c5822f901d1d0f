#include "query/order.h"

#include <algorithm>
#include <cassert>

namespace todo::query {
namespace {

constexpr std::size_t chunk_size = 512;  // at most

}  // namespace

Order::Order(Sort sort, Scope scope, Records& records) : sort_(std::move(sort)), scope_(scope) {
  Chunk all;
  for (auto& [id, record] : records) {
    if (record.is_in(scope)) all.push_back({head_of(record.place, sort_), &record});
  }
  std::sort(all.begin(), all.end(), [&](const Entry& a, const Entry& b) {
    return a.head != b.head ? a.head < b.head
                            : comes_before(a.record->place, b.record->place, sort_);
  });
  constexpr std::size_t filled = chunk_size / 2;  // with room for more
  for (std::size_t start = 0; start < all.size(); start += filled) {
    auto first = all.begin() + static_cast<std::ptrdiff_t>(start);
    auto last = first + static_cast<std::ptrdiff_t>(std::min(filled, all.size() - start));
    chunks_.emplace_back(first, last);
  }
}

bool Order::is_behind(const Entry& entry, std::uint64_t head, const Place& place) const {
  return entry.head != head ? entry.head > head : comes_before(place, entry.record->place, sort_);
}

Order::Position Order::first_behind(const Place& place) const {
  std::uint64_t head = head_of(place, sort_);
  auto behind = [&](const Entry& entry) { return !is_behind(entry, head, place); };
  auto chunk = std::partition_point(chunks_.begin(), chunks_.end(),
                                    [&](const Chunk& one) { return behind(one.back()); });
  if (chunk == chunks_.end()) return {chunks_.size(), 0};
  auto entry = std::partition_point(chunk->begin(), chunk->end(), behind);
  return {static_cast<std::size_t>(chunk - chunks_.begin()),
          static_cast<std::size_t>(entry - chunk->begin())};
}

void Order::insert(Record& record) {
  if (!record.is_in(scope_)) return;
  Entry entry{head_of(record.place, sort_), &record};
  if (chunks_.empty()) return chunks_.push_back({entry});
  Position at = first_behind(record.place);
  if (at.chunk == chunks_.size()) at = {at.chunk - 1, chunks_.back().size()};
  Chunk& chunk = chunks_[at.chunk];
  chunk.insert(chunk.begin() + static_cast<std::ptrdiff_t>(at.entry), entry);
  if (chunk.size() <= chunk_size) return;
  auto middle = chunk.begin() + chunk_size / 2;
  Chunk upper(middle, chunk.end());
  chunk.erase(middle, chunk.end());
  chunks_.insert(chunks_.begin() + static_cast<std::ptrdiff_t>(at.chunk) + 1, std::move(upper));
}

void Order::erase(const Record& record) {
  if (!record.is_in(scope_)) return;
  Position behind = first_behind(record.place);
  if (behind.entry == 0) behind = {behind.chunk - 1, chunks_[behind.chunk - 1].size()};
  Chunk& chunk = chunks_[behind.chunk];
  auto entry = chunk.begin() + static_cast<std::ptrdiff_t>(behind.entry) - 1;
  assert(entry->record == &record);
  chunk.erase(entry);
  if (chunk.empty()) chunks_.erase(chunks_.begin() + static_cast<std::ptrdiff_t>(behind.chunk));
}

}  // namespace todo::query
