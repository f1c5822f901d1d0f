#include "api/answers.h"
#include "api/routes.h"
#include "host/journal_reader.h"

namespace todo::server {

namespace {

constexpr std::size_t most_bytes = 4 * 1024 * 1024;  // once an answer is over it, it ends
constexpr std::size_t records_at_once = 2000;

// Reads on page by page, so that commits come in between.
struct History {
  Call call;
  ExchangePtr exchange;
  std::string id;
  Seq after = 0;
  std::string found{};

  static void read_on(std::shared_ptr<History> history) {
    Workspaces& workspaces = history->call.workspaces;
    workspaces.run([history](Store& store) -> std::function<void()> {
      Result<void> read = history->read_page_of(store);
      return [history, read = std::move(read)] {
        if (read.has_error()) history->exchange->answer(problem(read.error()));
        else if (history->is_full() || !history->has_more()) history->answer();
        else read_on(history);
      };
    });
  }

  bool has_more() const { return after < call.host.session().durable(); }
  bool is_full() const { return found.size() > most_bytes; }

  Result<void> read_page_of(Store& store) {
    const WorkspaceId& workspace = call.host.id();
    auto records = read_page(store, workspace, after, records_at_once);
    if (records.has_error() && records.error().code == Errc::not_found) {
      auto checkpoint = store.checkpoint(workspace);  // there is one if anything was compacted away
      if (checkpoint.has_error()) return checkpoint.error();
      Seq kept = *checkpoint ? (*checkpoint)->seq : after;
      auto oldest = compacted_through(store, workspace, after, kept);
      if (oldest.has_error()) return oldest.error();
      after = *oldest;
      records = read_page(store, workspace, after, records_at_once);
    }
    if (records.has_error()) return records.error();
    for (const Record& record : *records) {
      if (!is_full()) look_at(record);
    }
    return {};
  }

  void answer() const {
    exchange->answer(json(200, R"({"last":)" + std::to_string(after) + R"(,"more":)" +
                                   (has_more() ? "true" : "false") + R"(,"entries":[)" + found +
                                   "]}"));
  }

  // The text of an id stands nowhere but where that thing is meant, or a link to it.
  void look_at(const Record& record) {
    after = record.seq;
    if (record.payload.find(id) == std::string::npos) return;
    Result<Entry> entry = from_json<Entry>(record.payload);
    if (entry.has_error() || !is_about_it(*entry)) return;
    if (!found.empty()) found += ',';
    found += record.payload;
  }

  bool is_about_it(const Entry& entry) const {
    auto subject = [](const Event& event) -> std::string {
      if (const auto* created = std::get_if<TaskCreated>(&event)) return to_text(created->value.id);
      if (const auto* changed = std::get_if<TaskChanged>(&event)) return to_text(changed->id);
      if (const auto* removed = std::get_if<TaskRemoved>(&event)) return to_text(removed->value.id);
      return "";
    };
    for (const Event& event : entry.events) {
      if (subject(event) == id) return true;
    }
    return false;
  }
};

void begin_history(Call call, ExchangePtr exchange) {
  auto id = id_in_path<TaskId>(call, 0, "task");
  if (id.has_error()) return exchange->answer(problem(id.error()));
  Result<std::uint64_t> after = number_parameter(call, "after", 0, any_seq);
  if (after.has_error()) return exchange->answer(problem(after.error()));
  std::string text = to_text(*id);
  History::read_on(
      std::make_shared<History>(History{std::move(call), std::move(exchange), text, *after}));
}

}  // namespace

void add_history_routes(Routes& routes) {
  routes.push_back({Method::get,
                    "/v1/tasks/{task}/history",
                    Later{begin_history},
                    {"readHistory",
                     "The entries of the journal that changed it; a page ends early at 4 MiB.",
                     {{"after", schema::seq, "`last` of the page before."}},
                     "",
                     "EntryPage"}});
}

}  // namespace todo::server
