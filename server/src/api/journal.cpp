#include "api/answers.h"
#include "api/export.h"
#include "api/routes.h"
#include "api/undo.h"
#include "todo/json_reader.h"

namespace todo::server {

struct Nothing {};  // the body of a request that needs no more than its path

}  // namespace todo::server

namespace todo {

template <>
inline constexpr std::tuple<> fields<server::Nothing> = {};

}  // namespace todo

namespace todo::server {

namespace {

constexpr std::uint64_t most_entries = 1000;

std::string entries_text(const std::vector<Record>& records) {
  std::string text = "[";
  for (const Record& record : records) {
    if (text.size() > 1) text += ',';
    text += record.payload;  // as it was appended
  }
  return text.append("]");
}

// Entries after `after`, for whoever follows the journal.
Response feed(const Call& call, Seq after, std::uint64_t limit) {
  Result<std::vector<Record>> records =
      call.host.records_after(after, static_cast<std::size_t>(limit));
  if (records.has_error() && records.error().code == Errc::not_found)
    return problem(410, "not_found", "These entries were compacted: start from /v1/snapshot");
  if (records.has_error()) return problem(records.error());
  Seq last = records->empty() ? after : records->back().seq;
  bool more = last < call.host.session().durable();
  return json(200, R"({"lineage":)" + json_text(call.host.lineage()) + R"(,"last":)" +
                       std::to_string(last) + R"(,"more":)" + (more ? "true" : "false") +
                       R"(,"entries":)" + entries_text(*records) + "}");
}

Response read_journal(const Call& call) {
  Result<std::uint64_t> after = number_parameter(call, "after", 0, any_seq);
  if (after.has_error()) return problem(after.error());
  Result<std::uint64_t> limit = number_parameter(call, "limit", 100, {0, most_entries});
  if (limit.has_error()) return problem(limit.error());
  return feed(call, *after, *limit);
}

std::variant<Command, Response> plan_undo(const Call& call) {
  Result<Nothing> body = from_json<Nothing>(object_with("", call.request.body));
  if (body.has_error()) return problem(body.error());
  Seq seq = 0;
  for (char c : call.parts.at(0)) {
    if (c < '0' || c > '9' || seq > (1ull << 53))
      return problem({Errc::not_found, "there is no such entry", "/seq"});
    seq = seq * 10 + static_cast<Seq>(c - '0');
  }
  Result<Entry> entry = call.host.entry_at(seq);
  if (entry.has_error()) return problem(entry.error());
  return Command(
      Undo{entry->context.mutation, std::move(entry->events), std::move(entry->command)});
}

Response respond_entry(const Call&, const Outcome& outcome) {
  return json(200, to_json(outcome.entry));
}

Response read_snapshot(const Call& call) {
  return json(200, to_json(call.host.session().snapshot()))
      .with("todo-lineage", call.host.lineage());
}

// Whether the clock is asked to go on, which only the journal's owner may.
bool holds_advance(const Command& command) {
  if (std::holds_alternative<Advance>(command)) return true;
  const auto* batch = std::get_if<Batch>(&command);
  return batch && std::any_of(batch->commands.begin(), batch->commands.end(), holds_advance);
}

Error no_advance() {
  return {Errc::invalid, "only the server itself asks the clock to go on", "/type"};
}

std::variant<Command, Response> plan_command(const Call& call) {
  Result<Command> command = from_json<Command>(call.request.body);
  if (command.has_error()) return problem(command.error());
  if (call.given) return *std::move(command);
  if (holds_advance(*command)) return problem(no_advance());
  Result<void> filled = Undos(call.host).fill(*command, Sent::read);
  if (filled.has_error()) return problem(filled.error());
  return *std::move(command);
}

// Says when and by whom: that is not for the asker to choose. Where undos need much, the rest is
// left for the next call: a replica sends again what the journal does not tell it.
std::optional<Response> ask_all(const Call& call, std::vector<todo::Request> requests) {
  Effort spent;
  for (std::size_t i = 0; i < requests.size() && !spent.is_enough(); ++i) {
    todo::Request& request = requests[i];
    if (holds_advance(request.command)) return problem(within(i, no_advance()));
    request.context.now = call.host.held(request.context.now);
    request.context.actor = "local";
    Undos undos(call.host);
    Result<const Entry*> asked = undos.ask(std::move(request));
    if (asked.has_error()) return problem(within(i, asked.error()));
    spent.add(undos.effort());
  }
  return std::nullopt;
}

// Answers with what the journal holds beyond the asker's cursor once all of it is in there.
void answer_with_feed(const std::shared_ptr<Call>& call, const ExchangePtr& exchange, Seq after) {
  call->host.when_it_stands(
      [=] { exchange->answer(feed(*call, after, most_entries)); },
      [=] {
        if (call->host.is_failing())
          return exchange->answer(problem(503, "unavailable", "the journal cannot be written"));
        answer_with_feed(call, exchange, after);
      });
}

void begin_requests(Call given, ExchangePtr exchange) {
  auto call = std::make_shared<Call>(std::move(given));
  Result<std::uint64_t> after = number_parameter(*call, "after", 0, any_seq);
  if (after.has_error()) return exchange->answer(problem(after.error()));
  auto lineage = call->request.parameter("lineage");
  if (lineage && *lineage != call->host.lineage())
    return exchange->answer(
        problem(409, "lineage", "This is another journal than the one of the cursor", "/lineage"));
  Result<std::vector<todo::Request>> requests =
      from_json<std::vector<todo::Request>>(call->request.body);
  if (requests.has_error()) return exchange->answer(problem(requests.error()));

  std::optional<Response> refused = ask_all(*call, *std::move(requests));
  call->workspaces.append_soon();
  if (refused) return exchange->answer(*std::move(refused));
  answer_with_feed(call, exchange, *after);
}

Response export_all(const Call& call) {
  return content(200, "application/jsonl", export_of(call.host.workspace()))
      .with("content-disposition", "attachment; filename=\"tasks.jsonl\"");
}

}  // namespace

void add_journal_routes(Routes& routes) {
  routes.push_back({Method::get,
                    "/v1/journal",
                    Read(read_journal),
                    {"readJournal",
                     "Entries after a cursor, as they were written; a page ends early at 4 MiB.",
                     {{"after", schema::seq, "The seq of the last entry that is known."},
                      {"limit", R"({"type":"integer","minimum":0,"maximum":1000})",
                       "Entries at most, up to 1,000."}},
                     "",
                     "Feed"}});
  routes.push_back(
      {Method::post,
       "/v1/journal/{seq}/undo",
       Write{plan_undo, respond_entry},
       {"undoEntry", "Takes back what an entry did, by a new entry.", {}, "Nothing", "Entry"}});
  routes.push_back(
      {Method::get,
       "/v1/snapshot",
       Read(read_snapshot),
       {"readSnapshot", "All that a replica needs to go on from.", {}, "", "Snapshot"}});
  routes.push_back({Method::post,
                    "/v1/requests",
                    Later{begin_requests},
                    {"sendRequests",
                     "A replica's requests; answers with the entries after its cursor. What is "
                     "not among them is to be sent again.",
                     {{"after", schema::seq, "The seq of the last entry that the replica has."},
                      {"lineage", schema::text, "The journal that the cursor is in."}},
                     "RequestList",
                     "Feed"}});
  routes.push_back(
      {Method::get,
       "/v1/export",
       Read(export_all),
       {"exportAll", "Everything, a value a line; for /v1/import.", {}, "", "ExportLine"}});
}

void add_command_routes(Routes& routes) {
  routes.push_back({Method::post,
                    "/v1/commands",
                    Write{plan_command, respond_entry},
                    {"askCommand",
                     "One command, or a batch that holds whole or not at all.",
                     {},
                     "Command",
                     "Entry"}});
}

}  // namespace todo::server
