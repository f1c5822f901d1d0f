// One workspace in an instance of the module: its session, and what is kept beside it so that
// questions are answered fast.
#pragma once

#include "calls.h"

namespace todo::wasm {

class Replica {
 public:
  Result<void> answer(Load&& call);
  // The entry that the request will be if nothing comes first; nullopt if it was asked before.
  Result<std::optional<Entry>> answer(Ask&& call);
  // All that is pending is in the journal now, as foreseen: for who keeps the journal.
  Result<std::vector<Entry>> answer(const Settle& call);
  Result<Progress> answer(const Commit& call);
  Result<std::vector<Request>> answer(const GiveRequests& call) const;
  Result<Snapshot> answer(const GiveSnapshot& call) const;
  Result<State> answer(const GiveState& call) const;

  Result<Window> answer(const Find& call);
  Result<std::optional<Task>> answer(const GiveTask& call) const;
  Result<std::vector<Project>> answer(const GiveProjects& call) const;
  Result<std::vector<Filter>> answer(const GiveFilters& call) const;
  Result<Settings> answer(const GiveSettings& call) const;
  Result<std::vector<TagCount>> answer(const GiveTags& call) const;
  Result<std::optional<Instant>> answer(const GiveNextDue& call) const;
  Result<std::vector<TaskId>> answer(const GiveDue& call) const;

  Result<Import> answer(const ReadImport& call) const;

  Result<std::vector<std::string>> answer(const GiveZones& call) const;
  Result<std::vector<std::int32_t>> answer(const GiveOffsets& call) const;
  Result<std::vector<LocalTime>> answer(const GiveLocalTimes& call) const;
  Result<std::vector<Instant>> answer(const GiveInstants& call) const;
  Result<std::vector<Instant>> answer(const Resolve& call) const;
  Result<std::vector<When>> answer(const GiveOccurrences& call) const;
  Result<std::optional<When>> answer(const GiveNextOccurrence& call) const;

 private:
  Result<Zone> zone_of(std::string_view name) const;
  Result<std::vector<When>> dates_of(const Dates& dates, std::size_t limit) const;
  std::uint32_t pending() const;
  const Workspace& workspace() const { return session_.workspace(); }

  Session session_{};
  Projection projection_{};  // of `session_`
};

}  // namespace todo::wasm
