// What is asked of a workspace, what its journal holds (one entry for each request), and the port
// to where journals are kept.
#pragma once

#include <span>

#include "todo/workspace.h"

namespace todo {

using Seq = std::uint64_t;  // of an entry in its workspace, from 1

// The seq of the last entry that changed a task, project or filter: its version.
struct Version {
  EntityId id{};
  Seq seq = 0;
  friend bool operator==(const Version&, const Version&) = default;
};

struct Request {
  Context context{};
  Command command{};
  std::optional<Version> expects{};  // refused where this is no longer the version (If-Match)
  friend bool operator==(const Request&, const Request&) = default;
};

inline constexpr std::uint32_t entry_version = 1;

// A refusal is an entry too: it settles its mutation, so that a late copy of the request cannot be
// accepted after its asker was told no.
struct Entry {
  std::uint32_t v = entry_version;
  Seq seq = 0;
  Context context{};
  std::string command{};  // the name of the one asked, by names<Command>, for the audit
  Events events{};
  std::optional<Mutation> undoes{};  // the request whose events these take back
  std::optional<Error> refusal{};    // then there are no events
  friend bool operator==(const Entry&, const Entry&) = default;
};

// What became of a request: in the journal at `seq`, for good.
struct Answer {
  Mutation mutation{};
  Seq seq = 0;
  std::optional<Error> refusal{};
  Instant at{};          // of the entry, by its context
  std::string digest{};  // likewise
  friend bool operator==(const Answer&, const Answer&) = default;
};

// All that a session needs to go on from `seq` without the entries up to it.
struct Snapshot {
  std::uint32_t v = entry_version;
  Seq seq = 0;
  std::optional<Instant> at{};  // the latest time of the entries up to there; none: no entries
  std::vector<Task> tasks{};
  std::vector<Project> projects{};
  std::vector<Filter> filters{};
  Settings settings{};
  std::vector<Answer> answers{};    // the last one of each device that is remembered
  std::vector<Version> versions{};  // of all that is above, by id
  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

// An entry as it is kept: bytes that are never encoded again. `payload` is the entry's JSON.
struct Record {
  Seq seq = 0;
  std::string payload{};
  friend bool operator==(const Record&, const Record&) = default;
};

// One workspace's share of an append: the records follow each other, the first is `after` + 1.
struct Append {
  WorkspaceId workspace{};
  Seq after = 0;
  std::vector<std::string> payloads{};
};
enum class Appended : std::uint8_t {
  yes,       // all of the share
  conflict,  // none of it, `after` is not the newest seq: read the journal and decide again
};

struct Checkpoint {
  Seq seq = 0;
  std::string payload{};  // the snapshot's JSON
};

// Where journals are kept. Adapters pass the one suite in tests/contract. An error `unavailable`
// from `append` says that it is not known whether any of it was taken: read, and then append again.
//
// Threads: one call at a time, from any thread.
class Store {
 public:
  virtual ~Store() = default;

  // Names this journal's history. Another lineage under the same id is another journal: whoever
  // holds a cursor into the old one must load anew and may not send what it has as if nothing
  // had happened.
  virtual Result<std::string> lineage(const WorkspaceId& workspace) = 0;

  // All of these in one transaction that is durable on return; each share is taken or not. The
  // outcomes are in the order of the shares. A share without payloads is compared all the same.
  virtual Result<std::vector<Appended>> append(std::span<const Append> shares) = 0;

  // At most `limit` records with a seq above `after`, in order. Refuses with `not_found` if they
  // have been compacted away: then start from the checkpoint.
  virtual Result<std::vector<Record>> read_after(const WorkspaceId& workspace, Seq after,
                                                 std::size_t limit) = 0;

  // The newest checkpoint, nullopt if there is none. To put one beyond the newest record is refused
  // as `invalid`; to put an older one than there is changes nothing.
  virtual Result<std::optional<Checkpoint>> checkpoint(const WorkspaceId& workspace) = 0;
  virtual Result<void> put_checkpoint(const WorkspaceId& workspace, Checkpoint checkpoint) = 0;

  // Deletes the records up to `through`. Refused as `invalid` beyond the checkpoint.
  virtual Result<void> compact(const WorkspaceId& workspace, Seq through) = 0;

  // Differs from an earlier answer if somebody else has appended since. Cheap: for each read.
  virtual Result<std::uint64_t> foreign_appends() = 0;
};

// Told of every entry once it is durable, in order. May see one twice after a crash: (workspace,
// seq) names it.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void deliver(const WorkspaceId& workspace, const Entry& entry) = 0;
};

template <>
inline constexpr std::string_view type_name<Request> = "Request";
template <>
inline constexpr std::tuple fields<Request> = {
    Field{"context", &Request::context, "Who asks, when and under which name."},
    Field{"command", &Request::command, "What is asked."},
    Field{"expects", &Request::expects, "Refuse it unless this is the version still."}};
template <>
inline constexpr std::string_view type_name<Entry> = "Entry";
template <>
inline constexpr std::tuple fields<Entry> = {
    Field{"v", &Entry::v, "Version of the format."},
    Field{"seq", &Entry::seq, "Its place in the journal of its workspace, from 1."},
    Field{"context", &Entry::context, "Who asked, when and under which name."},
    Field{"command", &Entry::command, "The name of what was asked."},
    Field{"events", &Entry::events, "What happened, in order."},
    Field{"undoes", &Entry::undoes, "The request whose events these take back."},
    Field{"refusal", &Entry::refusal, "Why nothing happened."}};
template <>
inline constexpr std::string_view type_name<Answer> = "Answer";
template <>
inline constexpr std::tuple fields<Answer> = {
    Field{"mutation", &Answer::mutation, "The name of the request."},
    Field{"seq", &Answer::seq, "The entry that settled it."},
    Field{"refusal", &Answer::refusal, "Why it was refused."},
    Field{"at", &Answer::at, "The time of the request."},
    Field{"digest", &Answer::digest, "Of what was asked."}};
template <>
inline constexpr std::string_view type_name<Version> = "Version";
template <>
inline constexpr std::tuple fields<Version> = {
    Field{"id", &Version::id, "Of a task, project or filter."},
    Field{"seq", &Version::seq, "The last entry that changed it."}};
template <>
inline constexpr std::string_view type_name<Snapshot> = "Snapshot";
template <>
inline constexpr std::tuple fields<Snapshot> = {
    Field{"v", &Snapshot::v, "Version of the format."},
    Field{"seq", &Snapshot::seq, "The last entry that is in it."},
    Field{"at", &Snapshot::at, "The latest time of the entries up to there."},
    Field{"tasks", &Snapshot::tasks, "All tasks, by id."},
    Field{"projects", &Snapshot::projects, "All projects, by id."},
    Field{"filters", &Snapshot::filters, "All saved filters, by id."},
    Field{"settings", &Snapshot::settings, "The owner's settings."},
    Field{"answers", &Snapshot::answers, "The last request of each device."},
    Field{"versions", &Snapshot::versions, "The version of each of them, by id."}};

}  // namespace todo
