// What an undo takes back is not for its asker to say: it stands in the journal.
#pragma once

#include "host/workspace_host.h"

namespace todo::server {

// The events that came with an undo: a client that asks for the undo of what is not settled yet can
// only have foreseen them; whoever has read them in the journal has the very same.
enum class Sent { foreseen, read };

// How much of the journal undos make the server look at and copy.
struct Effort {
  std::size_t entries = 0;  // looked at
  std::size_t bytes = 0;    // copied, as JSON

  // What is asked beyond this is left out, or to be asked in another request.
  bool is_enough() const;
  void add(const Effort& other);
};

// The undos of one request. An entry is looked for once.
class Undos {
 public:
  explicit Undos(WorkspaceHost& host) : host_(host) {}

  // Puts into every undo in `command` the events of the entry that it names. Refuses with the
  // field: `not_found` if there is none, `out_of_range` once it is enough, and `invalid` other
  // events that were `read`.
  Result<void> fill(Command& command, Sent sent);

  // Asks for a replica. Its request comes into the journal: as refused if what it undoes cannot be
  // found. Gives nullptr for what was asked before: however long ago that is, the journal has the
  // answer.
  Result<const Entry*> ask(todo::Request request);

  const Effort& effort() const { return effort_; }

 private:
  struct Found {
    Entry entry;
    std::size_t bytes;
  };

  Result<void> fill(Undo& undo, Sent sent);
  Result<const Found*> find(const Mutation& mutation);

  WorkspaceHost& host_;
  Effort effort_{};
  std::map<std::pair<DeviceId, std::uint64_t>, Found> found_{};
};

}  // namespace todo::server
