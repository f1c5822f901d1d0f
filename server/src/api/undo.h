// What an undo takes back is not for its asker to say: it stands in the journal.
#pragma once

#include "host/workspace_host.h"

namespace todo::server {

// The events that came with an undo: a client that asks for the undo of what is not settled yet can
// only have foreseen them; whoever has read them in the journal has the very same.
enum class Sent { foreseen, read };

// Puts into every undo in `command` the events of the entry that it names. Refuses with `not_found`
// and the field if there is none, and as `invalid` other events that were `read`.
Result<void> fill_undos(WorkspaceHost& host, Command& command, Sent sent);

// Asks for a replica. Each of its requests comes into the journal: an undo of nothing as refused.
// Gives nullptr for what was asked before: however long ago that is, the journal has the answer.
Result<const Entry*> ask_with_undos(WorkspaceHost& host, todo::Request request);

}  // namespace todo::server
