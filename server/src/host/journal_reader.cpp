#include "host/journal_reader.h"

#include <algorithm>

#include "todo/codec.h"

namespace todo::server {

namespace {

constexpr std::size_t page_bytes = 4 * 1024 * 1024;
constexpr std::size_t slice = 16;  // records to read in one go: no more than these can be too many

bool is_gone(const Result<std::vector<Record>>& records) {
  return records.has_error() && records.error().code == Errc::not_found;
}

}  // namespace

Result<std::vector<Record>> read_page(Store& store, const WorkspaceId& id, Seq after,
                                      std::size_t limit) {
  std::vector<Record> page;
  std::size_t bytes = 0;
  while (page.size() < limit && bytes <= page_bytes) {
    std::size_t wanted = std::min(limit - page.size(), slice);
    Result<std::vector<Record>> records = store.read_after(id, after, wanted);
    if (records.has_error()) return records.error();
    for (Record& record : *records) {
      if (bytes > page_bytes) return page;
      bytes += record.payload.size();
      after = record.seq;
      page.push_back(std::move(record));
    }
    if (records->size() < wanted) break;
  }
  return page;
}

Result<Entry> decode(const Record& record) {
  Result<Entry> entry = from_json<Entry>(record.payload);
  if (entry.has_value()) return entry;
  return Error{Errc::corrupt,
               "entry " + std::to_string(record.seq) + " cannot be read: " + entry.error().message,
               entry.error().field};
}

Result<Seq> compacted_through(Store& store, const WorkspaceId& id, Seq from, Seq kept) {
  while (from < kept) {
    Seq middle = from + (kept - from) / 2;
    Result<std::vector<Record>> records = store.read_after(id, middle, 1);
    if (is_gone(records)) from = middle + 1;
    else if (records.has_error()) return records.error();
    else kept = middle;
  }
  return kept;
}

Result<Entry> find_entry(Store& store, const WorkspaceId& id, const Mutation& mutation,
                         Backwards& where) {
  const std::string device = to_text(mutation.device);
  Seq oldest = 0;  // entries after this one are kept
  for (Seq end = where.newest; end > oldest;) {
    if (where.left == 0)
      return Error{Errc::out_of_range, "it lies further back than is searched", ""};
    Seq start = end - std::min({end - oldest, Seq(slice), Seq(where.left)});
    Result<std::vector<Record>> records = store.read_after(id, start, end - start);
    if (is_gone(records)) {
      Result<Seq> kept = compacted_through(store, id, start, end);
      if (kept.has_error()) return kept.error();
      oldest = *kept;
      continue;
    }
    if (records.has_error()) return records.error();
    where.left -= end - start;
    for (auto record = records->rbegin(); record != records->rend(); ++record) {
      if (record->payload.find(device) == std::string::npos) continue;
      Result<Entry> entry = decode(*record);
      if (entry.has_error() || entry->context.mutation == mutation) return entry;
    }
    end = start;
  }
  return Error{Errc::not_found, "the journal has no entry of this request", ""};
}

}  // namespace todo::server
