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

// The entry of a request, looked for from `newest` backwards as far as entries are kept. O(n).
Result<Entry> find_entry(Store& store, const WorkspaceId& id, Seq newest, const Mutation& mutation);

}  // namespace todo::server
