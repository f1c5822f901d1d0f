#include "api/entity.h"
#include "api/routes.h"

namespace todo::server {

namespace {

template <class T>
Response list_all(const Call& call) {
  std::string body = "{\"" + std::string(entity_name<T>) + "s\":[";
  for (const auto& [id, value] : all_of<T>(call.host.workspace())) {
    if (body.back() != '[') body += ',';
    body += to_json(value);
  }
  return json(200, body.append("]}"));
}

Response read_settings(const Call& call) {
  return json(200, to_json(call.host.workspace().settings));
}
std::variant<Command, Response> plan_settings(const Call& call) {
  Result<Patch<Settings>> patch = from_json<Patch<Settings>>(call.request.body);
  if (patch.has_error()) return problem(patch.error());
  return Command(EditSettings{*std::move(patch)});
}
Response respond_settings(const Call& call, const Outcome&) { return read_settings(call); }

// The patterns and the words of the reference for one entity.
struct Words {
  std::string_view all, one, input, patch, type, page, list, create, read, edit, remove, member;
};

template <class T>
void add_routes(Routes& routes, const Words& words) {
  routes.push_back({Method::get,
                    words.all,
                    Read(list_all<T>),
                    {words.list, "All of them.", {}, "", words.page}});
  routes.push_back({Method::post,
                    words.all,
                    Write{plan_create<T>, respond_created<T>, words.member},
                    {words.create,
                     "Creates one; without an id it gets one.",
                     {},
                     words.input,
                     words.type,
                     201}});
  routes.push_back({Method::get,
                    words.one,
                    Read(read_one<T>),
                    {words.read, "One, with its version as ETag.", {}, "", words.type}});
  routes.push_back({Method::patch,
                    words.one,
                    Write{plan_edit<T>, respond_with_it<T>, "/patch"},
                    {words.edit, "New values of some members.", {}, words.patch, words.type},
                    "application/json, application/merge-patch+json"});
  routes.push_back({Method::del,
                    words.one,
                    Write{plan_remove<T>, respond_nothing},
                    {words.remove, "Removes it.", {}, "", "", 204}});
}

}  // namespace

void add_entity_routes(Routes& routes) {
  add_routes<Project>(
      routes, {"/v1/projects", "/v1/projects/{project}", "NewProject", "ProjectPatch", "Project",
               "ProjectList", "listProjects", "createProject", "readProject", "editProject",
               "removeProject", "/project"});
  add_routes<Filter>(routes, {"/v1/filters", "/v1/filters/{filter}", "NewFilter", "FilterPatch",
                              "Filter", "FilterList", "listFilters", "createFilter", "readFilter",
                              "editFilter", "removeFilter", "/filter"});
  routes.push_back({Method::get,
                    "/v1/settings",
                    Read(read_settings),
                    {"readSettings", "The owner's settings.", {}, "", "Settings"}});
  routes.push_back(
      {Method::patch,
       "/v1/settings",
       Write{plan_settings, respond_settings, "/patch"},
       {"editSettings", "New values of some settings.", {}, "SettingsPatch", "Settings"},
       "application/json, application/merge-patch+json"});
}

}  // namespace todo::server
