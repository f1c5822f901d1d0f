// Reading a journal a part at a time: however long its entries are, little of it is in memory.
//
// Threads: those of the store.
#pragma once

#include "todo/journal.h"

namespace todo::server {

// The records after `after`, at most `limit`: fewer at the end of the journal, and once they have
// come to over 4 MiB. Refuses with `not_found` if they have been compacted away.
Result<std::vector<Record>> read_page(Store& store, const WorkspaceId& id, Seq after,
                                      std::size_t limit);

Result<Entry> decode(const Record& record);

// The first seq from `from` on after which entries are kept, given that they are after `kept`.
// O(log n).
Result<Seq> compacted_through(Store& store, const WorkspaceId& id, Seq from, Seq kept);

// Where to look for an entry: from `newest` backwards.
struct Backwards {
  Seq newest = 0;
  std::size_t left = 0;  // entries that may be looked at; counts down
};

// The entry of a request. Refuses with `not_found` if no entry that is kept is it, and as
// `out_of_range` if none of those that may be looked at. O(n).
Result<Entry> find_entry(Store& store, const WorkspaceId& id, const Mutation& mutation,
                         Backwards& where);

}  // namespace todo::server
