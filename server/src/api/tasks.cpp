#include "api/entity.h"
#include "api/routes.h"

namespace todo::server {

namespace {

Result<Search> search_of(const Call& call) {
  auto text = [&](std::string_view name) { return call.request.parameter(name).value_or(""); };
  Result<Query> query = parse<Query>(text("q"));
  if (query.has_error()) return within("q", query.error());
  Result<Sort> sort = parse<Sort>(text("sort"));
  if (sort.has_error()) return within("sort", sort.error());
  Result<std::uint64_t> limit = number_parameter(call, "limit", 50, {1, limits::page});
  if (limit.has_error()) return limit.error();
  Result<bool> typing = flag_parameter(call, "typing");
  if (typing.has_error()) return typing.error();
  Result<bool> count = flag_parameter(call, "count");
  if (count.has_error()) return count.error();
  return Search{.query = *std::move(query),
                .sort = *std::move(sort),
                .limit = static_cast<std::size_t>(*limit),
                .cursor = text("cursor"),
                .typing = *typing,
                .count = *count};
}

// The same request with another cursor.
std::string link_to_next(const Call& call, std::string_view cursor) {
  std::string link = "</v1/tasks?";
  for (std::string_view name : {"q", "sort", "limit", "typing", "count"}) {
    if (auto value = call.request.parameter(name))
      link.append(name).append("=").append(percent_encoded(*value)).append("&");
  }
  return link.append("cursor=").append(percent_encoded(cursor)).append(">; rel=\"next\"");
}

Response list_tasks(const Call& call) {
  Result<Search> search = search_of(call);
  if (search.has_error()) return problem(search.error());
  Result<Page> page = call.host.find(*search);
  if (page.has_error()) return problem(page.error());

  std::string body = R"({"tasks":[)";
  for (const Task* task : page->tasks) {
    if (body.back() != '[') body += ',';
    body += call.host.json_of(*task);
  }
  body += ']';
  if (page->total) body.append(R"(,"total":)").append(std::to_string(*page->total));
  if (page->next.empty()) return json(200, body.append("}"));
  body.append(R"(,"next":)").append(json_text(page->next)).append("}");
  return json(200, std::move(body)).with("link", link_to_next(call, page->next));
}

// A command about the task in the path: its other members are the body's.
Write action(std::string type) {
  auto plan = [type = std::move(type)](Call& call) -> std::variant<Command, Response> {
    auto id = id_in_path<TaskId>(call, 0, "task");
    if (id.has_error()) return problem(id.error());
    if (auto refused = refused_version(call, {{id->bytes}, version_of<Task>(call, *id)}))
      return *std::move(refused);
    std::string members = R"("type":)" + json_text(type) + R"(,"task":)" + json_text(to_text(*id));
    if (call.parts.size() > 1) members += R"(,"reminder":)" + json_text(call.parts[1]);
    Result<Command> command = from_json<Command>(object_with(members, call.request.body));
    if (command.has_error()) return problem(command.error());
    return *std::move(command);
  };
  return {plan, respond_with_it<Task>};
}

// A recurring task that was closed has a successor.
Response respond_closed(const Call& call, const Outcome& outcome) {
  Response response = respond_with_it<Task>(call, outcome);
  if (const Task* successor = created_in<Task>(outcome.entry))
    response.with("link", "</v1/tasks/" + to_text(successor->id) + ">; rel=\"next\"");
  return response;
}

Write closing_action(std::string type) {
  Write write = action(std::move(type));
  write.respond = respond_closed;
  return write;
}

}  // namespace

void add_task_routes(Routes& routes) {
  routes.push_back({Method::get,
                    "/v1/tasks",
                    Read(list_tasks),
                    {"listTasks",
                     "Finds tasks, page by page.",
                     {{"q", schema::text, "A query; without one: all tasks."},
                      {"sort", schema::text, "Sort keys, such as \"due,-priority\"."},
                      {"limit", R"({"type":"integer","minimum":1,"maximum":500})",
                       "Tasks on a page, at most 500."},
                      {"cursor", schema::text, "`next` of the page before."},
                      {"typing", schema::flag, "Whether the last word of the query is a prefix."},
                      {"count", schema::flag, "Whether to count what matches, as `total`."}},
                     "",
                     "TaskPage"}});
  routes.push_back(
      {Method::post,
       "/v1/tasks",
       Write{plan_create<Task>, respond_created<Task>, "/task"},
       {"createTask", "Creates a task; without an id it gets one.", {}, "NewTask", "Task", 201}});
  routes.push_back({Method::get,
                    "/v1/tasks/{task}",
                    Read(read_one<Task>),
                    {"readTask", "One task, with its version as ETag.", {}, "", "Task"}});
  routes.push_back(
      {Method::patch,
       "/v1/tasks/{task}",
       Write{plan_edit<Task>, respond_with_it<Task>, "/patch"},
       {"editTask", "New values of some members; null clears one.", {}, "TaskPatch", "Task"},
       "application/json, application/merge-patch+json"});
  routes.push_back(
      {Method::del,
       "/v1/tasks/{task}",
       Write{plan_remove<Task>, respond_nothing},
       {"removeTask", "Removes it and its subtasks; restorable for 30 days.", {}, "", "", 204}});
  routes.push_back(
      {Method::post,
       "/v1/tasks/{task}/complete",
       closing_action("complete"),
       {"completeTask", "Done. If it recurs, Link names its successor.", {}, "Cascade", "Task"}});
  routes.push_back({Method::post,
                    "/v1/tasks/{task}/cancel",
                    closing_action("cancel"),
                    {"cancelTask", "It will not be done.", {}, "Cascade", "Task"}});
  routes.push_back({Method::post,
                    "/v1/tasks/{task}/reopen",
                    action("reopen"),
                    {"reopenTask", "Open again.", {}, "Nothing", "Task"}});
  routes.push_back({Method::post,
                    "/v1/tasks/{task}/skip",
                    closing_action("skip"),
                    {"skipTask", "Leaves out this occurrence.", {}, "Nothing", "Task"}});
  routes.push_back({Method::post,
                    "/v1/tasks/{task}/restore",
                    action("restore"),
                    {"restoreTask", "Takes back its removal.", {}, "Nothing", "Task"}});
  routes.push_back({Method::post,
                    "/v1/tasks/{task}/reminders/{reminder}/snooze",
                    action("snooze"),
                    {"snoozeReminder", "Makes it due again later.", {}, "Snooze", "Task"}});
  routes.push_back({Method::post,
                    "/v1/tasks/{task}/reminders/{reminder}/acknowledge",
                    action("acknowledge"),
                    {"acknowledgeReminder", "Somebody saw it.", {}, "Nothing", "Task"}});
}

}  // namespace todo::server
