#include "api/answers.h"
#include "api/export.h"
#include "api/routes.h"
#include "todo/json_writer.h"

namespace todo::server {

// What an import did, or would do.
struct ImportReport {
  bool dry_run = false;
  Seq seq = 0;              // of its entry; 0: there is none
  std::uint64_t tasks = 0;  // that are new
  std::vector<Loss> losses{};
};

}  // namespace todo::server

namespace todo {

template <>
inline constexpr std::tuple fields<server::ImportReport> = {
    Field{"dry_run", &server::ImportReport::dry_run, "Whether nothing was done."},
    Field{"seq", &server::ImportReport::seq, "The entry that did it; 0: nothing was to be done."},
    Field{"tasks", &server::ImportReport::tasks, "How many tasks are new."},
    Field{"losses", &server::ImportReport::losses, "What did not come over as it was."}};

}  // namespace todo

namespace todo::server {

namespace {

// Of the ids that are made from the names of a source; chosen once, and for ever.
constexpr IdBytes sources = {0x8b, 0x21, 0xf4, 0x0d, 0x5e, 0x73, 0x4c, 0x19,
                             0x96, 0xaa, 0x30, 0xd2, 0x7f, 0x48, 0xe5, 0x6b};

Result<Import> import_of(const Call& call, const Workspace& existing, Instant now) {
  std::string name = call.request.parameter("format").value_or("");
  if (name == "jsonl") return read_export(call.request.body, existing);
  std::string source = call.request.parameter("source").value_or(name);
  for (auto format : {ImportFormat::ical, ImportFormat::taskwarrior}) {
    if (name_of(format) != name) continue;
    return read_import(format, call.request.body,
                       {.now = now,
                        .name_space = named_uuid(sources, source),
                        .existing = existing,
                        .zones = call.host.session().zones()});
  }
  return Error{Errc::unknown_name, "must be ical, taskwarrior or jsonl", "/format"};
}

std::uint64_t tasks_created_by(const std::vector<Command>& commands) {
  auto creates = [](const Command& command) {
    return std::holds_alternative<Create<Task>>(command);
  };
  return static_cast<std::uint64_t>(std::count_if(commands.begin(), commands.end(), creates));
}

std::variant<Command, Response> plan_import(Call& call) {
  Result<bool> dry_run = flag_parameter(call, "dry_run");
  if (dry_run.has_error()) return problem(dry_run.error());
  Result<Import> import = import_of(call, call.host.workspace(), call.now);
  if (import.has_error()) return problem(import.error());

  ImportReport report{.dry_run = *dry_run,
                      .seq = 0,
                      .tasks = tasks_created_by(import->commands),
                      .losses = std::move(import->losses)};
  if (*dry_run || import->commands.empty()) return json(200, to_json(report));
  call.note = std::move(report.losses);
  return Command(Batch{std::move(import->commands)});
}

// What the first answer said: a repetition reads the text again, on what was there at that time.
Result<std::vector<Loss>> losses_of(const Call& call, const Outcome& outcome) {
  if (const auto* losses = std::any_cast<std::vector<Loss>>(&call.note)) return *losses;
  Result<Workspace> before = call.host.workspace_before(outcome.seq);
  if (before.has_error()) return before.error();
  Result<Import> import = import_of(call, *before, outcome.entry.context.now);
  if (import.has_error()) return import.error();
  return std::move(import->losses);
}

Response respond_import(const Call& call, const Outcome& outcome) {
  Result<std::vector<Loss>> losses = losses_of(call, outcome);
  if (losses.has_error()) return problem(losses.error());
  ImportReport report{
      .dry_run = false, .seq = outcome.seq, .tasks = 0, .losses = *std::move(losses)};
  for (const Event& event : outcome.entry.events)
    report.tasks += std::holds_alternative<Created<Task>>(event) ? 1 : 0;
  return json(200, to_json(report));
}

}  // namespace

void add_import_routes(Routes& routes) {
  routes.push_back(
      {Method::post,
       "/v1/import",
       Write{plan_import, respond_import},
       {"importTasks",
        "Takes over the tasks of a file, and says what became of everything.",
        {{"format", R"({"enum":["ical","taskwarrior","jsonl"]})",
          "iCalendar with VTODOs, what `task export` writes, or what /v1/export does."},
         {"dry_run", schema::flag, "Only says what would be done."},
         {"source", schema::text,
          "Names the source: from the same one nothing is imported twice."}},
        R"({"type":"string"})",
        "ImportReport"},
       "application/json, text/calendar, application/jsonl"});
}

}  // namespace todo::server
