// What JavaScript may ask of an instance, and what it gets: values described by their fields, so
// that the codec reads, checks and writes them like any other.
#pragma once

#include "todo/interchange.h"
#include "todo/projection.h"

namespace todo::wasm {

// The workspace.
struct Load {
  Snapshot snapshot{};
};
struct Ask {
  Request request{};
  bool if_accepted = false;  // whoever would be refused here and now has not asked
};
struct Settle {};
struct Commit {
  std::vector<Entry> entries{};
};
struct GiveRequests {};
struct GiveSnapshot {};
struct GiveState {
  DeviceId device{};
};

// What is in it.
struct Find {
  Instant now{};
  Query query{};
  Sort sort{};
  std::uint32_t limit = 50;
  std::string cursor{};
  bool typing = false;
  bool count = false;
};
struct GiveTask {
  TaskId id{};
};
struct GiveProjects {};
struct GiveFilters {};
struct GiveSettings {};
struct GiveTags {};
struct GiveNextDue {};
struct GiveDue {
  Instant now{};
  std::uint32_t limit = 100;
};

// Dates. An empty zone is the owner's.
struct GiveZones {};
struct GiveOffsets {
  std::string zone{};
  std::vector<Instant> at{};
};
struct GiveLocalTimes {
  std::string zone{};
  std::vector<Instant> at{};
};
struct GiveInstants {
  std::string zone{};  // of dates, from whose midnight they count, and of floating times
  std::vector<When> at{};
};
struct Resolve {
  std::string zone{};
  std::vector<LocalTime> local{};
};
struct Dates {
  Recurrence recurrence{};
  std::optional<When> date{};  // what it counts from if it has no anchor
  std::optional<When> after{};
  bool local = false;  // only the wall clock of each
};
struct GiveOccurrences {
  Dates dates{};
  std::uint32_t limit = 10;
};
struct GiveNextOccurrence {
  Dates dates{};
};

// Reads a value and gives its canonical text, or why it is none.
enum class ValueType : std::uint8_t {
  task,
  task_patch,
  project,
  filter,
  settings,
  command,
  request,
  event,
  entry,
  snapshot,
  rule,
  query
};
struct Read {
  ValueType as = ValueType::task;
  std::string text{};
};

// What another program's file would become here; nothing happens yet.
struct ReadImport {
  ImportFormat format = ImportFormat::ical;
  std::string text{};
  EntityId name_space{};  // of the source
  Instant now{};
};

using Call = std::variant<Load, Ask, Settle, Commit, GiveRequests, GiveSnapshot, GiveState, Find,
                          GiveTask, GiveProjects, GiveFilters, GiveSettings, GiveTags, GiveNextDue,
                          GiveDue, GiveZones, GiveOffsets, GiveLocalTimes, GiveInstants,
                          GiveOccurrences, GiveNextOccurrence, Read, Resolve, ReadImport>;

// Answers.
struct Progress {
  Seq seq = 0;  // that the journal has come to
  std::uint32_t pending = 0;
  std::vector<Answer> settled{};
};
struct State {
  Seq seq = 0;
  std::uint32_t pending = 0;
  std::uint64_t last_number = 0;  // of the device
};
struct Window {
  std::vector<Task> tasks{};
  std::string next{};
  std::optional<std::uint32_t> total{};
};
struct TagCount {
  std::string name{};
  std::uint32_t open = 0;
};

}  // namespace todo::wasm

namespace todo {

template <>
inline constexpr std::array<std::string_view, 24> names<wasm::Call> = {
    "load", "ask",     "settle",     "commit",      "requests", "snapshot",    "state",
    "find", "task",    "projects",   "filters",     "settings", "tags",        "next_due",
    "due",  "zones",   "offsets",    "local_times", "instants", "occurrences", "next_occurrence",
    "read", "resolve", "read_import"};

template <>
inline constexpr std::tuple fields<wasm::Load> = {
    Field{"snapshot", &wasm::Load::snapshot, "Where to go on from."}};
template <>
inline constexpr std::tuple fields<wasm::Ask> = {
    Field{"request", &wasm::Ask::request, "What is asked."},
    Field{"if_accepted", &wasm::Ask::if_accepted, "Whether a refusal leaves no entry."}};
template <>
inline constexpr std::tuple<> fields<wasm::Settle> = {};
template <>
inline constexpr std::tuple fields<wasm::Commit> = {
    Field{"entries", &wasm::Commit::entries, "How the journal goes on."}};
template <>
inline constexpr std::tuple<> fields<wasm::GiveRequests> = {};
template <>
inline constexpr std::tuple<> fields<wasm::GiveSnapshot> = {};
template <>
inline constexpr std::tuple fields<wasm::GiveState> = {
    Field{"device", &wasm::GiveState::device, "Whose last number is to be told."}};
template <>
inline constexpr std::tuple fields<wasm::Find> = {
    Field{"now", &wasm::Find::now, "What is late, and which day is today."},
    Field{"query", &wasm::Find::query, "Which tasks."},
    Field{"sort", &wasm::Find::sort, "In what order."},
    Field{"limit", &wasm::Find::limit, "How many at most."},
    Field{"cursor", &wasm::Find::cursor, "Where the page before ended."},
    Field{"typing", &wasm::Find::typing, "Whether the last word is only begun."},
    Field{"count", &wasm::Find::count, "Whether to count all."}};
template <>
inline constexpr std::tuple fields<wasm::GiveTask> = {
    Field{"id", &wasm::GiveTask::id, "Which one."}};
template <>
inline constexpr std::tuple<> fields<wasm::GiveProjects> = {};
template <>
inline constexpr std::tuple<> fields<wasm::GiveFilters> = {};
template <>
inline constexpr std::tuple<> fields<wasm::GiveSettings> = {};
template <>
inline constexpr std::tuple<> fields<wasm::GiveTags> = {};
template <>
inline constexpr std::tuple<> fields<wasm::GiveNextDue> = {};
template <>
inline constexpr std::tuple fields<wasm::GiveDue> = {
    Field{"now", &wasm::GiveDue::now, "By when."},
    Field{"limit", &wasm::GiveDue::limit, "How many at most."}};
template <>
inline constexpr std::tuple<> fields<wasm::GiveZones> = {};
template <>
inline constexpr std::tuple fields<wasm::GiveOffsets> = {
    Field{"zone", &wasm::GiveOffsets::zone, "IANA name."},
    Field{"at", &wasm::GiveOffsets::at, "When."}};
template <>
inline constexpr std::tuple fields<wasm::GiveLocalTimes> = {
    Field{"zone", &wasm::GiveLocalTimes::zone, "IANA name."},
    Field{"at", &wasm::GiveLocalTimes::at, "When."}};
template <>
inline constexpr std::tuple fields<wasm::GiveInstants> = {
    Field{"zone", &wasm::GiveInstants::zone, "IANA name."},
    Field{"at", &wasm::GiveInstants::at, "When."}};
template <>
inline constexpr std::tuple fields<wasm::Resolve> = {
    Field{"zone", &wasm::Resolve::zone, "IANA name."},
    Field{"local", &wasm::Resolve::local, "On its wall clock."}};
template <>
inline constexpr std::tuple fields<wasm::Dates> = {
    Field{"recurrence", &wasm::Dates::recurrence, "The rules."},
    Field{"date", &wasm::Dates::date, "What they count from, without an anchor."},
    Field{"after", &wasm::Dates::after, "Only later ones."},
    Field{"local", &wasm::Dates::local, "Whether to give local times only."}};
template <>
inline constexpr std::tuple fields<wasm::GiveOccurrences> = {
    Field{"dates", &wasm::GiveOccurrences::dates, "Of what."},
    Field{"limit", &wasm::GiveOccurrences::limit, "How many at most."}};
template <>
inline constexpr std::tuple fields<wasm::GiveNextOccurrence> = {
    Field{"dates", &wasm::GiveNextOccurrence::dates, "Of what."}};
template <>
inline constexpr std::array<std::string_view, 12> names<wasm::ValueType> = {
    "Task",    "TaskPatch", "Project", "Filter",   "Settings", "Command",
    "Request", "Event",     "Entry",   "Snapshot", "Rule",     "Query"};
template <>
inline constexpr std::tuple fields<wasm::Read> = {
    Field{"as", &wasm::Read::as, "What it should be."},
    Field{"text", &wasm::Read::text, "JSON; of a rule or query its own text."}};

template <>
inline constexpr std::tuple fields<wasm::ReadImport> = {
    Field{"format", &wasm::ReadImport::format, "Whose file it is."},
    Field{"text", &wasm::ReadImport::text, "All of it."},
    Field{"namespace", &wasm::ReadImport::name_space,
          "Ids of what comes from there are named in it."},
    Field{"now", &wasm::ReadImport::now, "The time of creation where the file says none."}};

template <>
inline constexpr std::tuple fields<wasm::Progress> = {
    Field{"seq", &wasm::Progress::seq, "What the journal has come to."},
    Field{"pending", &wasm::Progress::pending, "Requests that are not in it yet."},
    Field{"settled", &wasm::Progress::settled, "Answers to requests made here."}};
template <>
inline constexpr std::tuple fields<wasm::State> = {
    Field{"seq", &wasm::State::seq, "What the journal has come to."},
    Field{"pending", &wasm::State::pending, "Requests that are not in it yet."},
    Field{"last_number", &wasm::State::last_number, "Of the device."}};
template <>
inline constexpr std::tuple fields<wasm::Window> = {
    Field{"tasks", &wasm::Window::tasks, "A page of those that match."},
    Field{"next", &wasm::Window::next, "The cursor of the next page."},
    Field{"total", &wasm::Window::total, "How many match."}};
template <>
inline constexpr std::tuple fields<wasm::TagCount> = {
    Field{"name", &wasm::TagCount::name, "As it is written."},
    Field{"open", &wasm::TagCount::open, "How many open tasks have it."}};

}  // namespace todo
