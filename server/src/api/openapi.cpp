#include "api/openapi.h"

#include <boost/json/src.hpp>

#include "embedded.h"

namespace todo::server {

namespace {

namespace json = boost::json;

json::object reference(std::string_view name) {
  return {{"$ref", "#/components/schemas/" + std::string(name)}};
}

// "Task" is the name of a component, "{...}" a schema itself.
json::value schema_of(std::string_view text) {
  if (text.starts_with('{')) return json::parse(json::string_view(text.data(), text.size()));
  return reference(text);
}

json::string text(std::string_view view) { return json::string(view.data(), view.size()); }

json::object parameter(std::string_view name, std::string_view in, std::string_view schema,
                       std::string_view doc) {
  return {{"name", text(name)},
          {"in", text(in)},
          {"required", in == "path"},
          {"schema", schema_of(schema)},
          {"description", text(doc)}};
}

std::string_view schema_of_part(std::string_view name) {
  if (name == "task") return "TaskId";
  if (name == "reminder") return "ReminderId";
  if (name == "project") return "ProjectId";
  return name == "filter" ? "FilterId" : schema::seq;
}

json::array parameters_of(const Route& route) {
  json::array parameters;
  std::string_view rest = route.pattern;
  for (std::size_t at = rest.find('{'); at != std::string_view::npos; at = rest.find('{')) {
    rest.remove_prefix(at + 1);
    std::string_view name = rest.substr(0, rest.find('}'));
    parameters.push_back(parameter(name, "path", schema_of_part(name), "Which one."));
  }
  for (const Parameter& one : route.doc.query)
    parameters.push_back(parameter(one.name, "query", one.schema, one.doc));
  if (!std::holds_alternative<Write>(route.handler)) return parameters;
  parameters.push_back(parameter("Idempotency-Key", "header",
                                 R"({"type":"string","pattern":"^[!-~]{1,255}$"})",
                                 "Names the request: sent again, it is answered and not done "
                                 "again, for 30 days."));
  bool one_of_many = route.pattern.find('{') != std::string_view::npos;
  if (one_of_many && route.doc.id != "undoEntry")
    parameters.push_back(parameter("If-Match", "header", schema::text,
                                   "The ETag that it has to have still; else 412."));
  return parameters;
}

json::object content_of(std::string_view types, const json::value& schema) {
  json::object content;
  while (!types.empty()) {
    std::string_view type = types.substr(0, types.find(','));
    types.remove_prefix(std::min(type.size() + 2, types.size()));
    content[json::string_view(type.data(), type.size())] = {{"schema", schema}};
  }
  return content;
}

json::object responses_of(const Route& route) {
  json::object good{{"description", route.doc.status == 201 ? "It was created." : "It was done."}};
  std::string_view type =
      route.doc.answer == "ExportLine" ? "application/jsonl" : "application/json";
  if (!route.doc.answer.empty()) good["content"] = content_of(type, schema_of(route.doc.answer));
  json::object problem{{"description", "It was refused; `code` and `field` say why."},
                       {"content", content_of("application/problem+json", schema_of("Problem"))}};
  return {{std::to_string(route.doc.status), std::move(good)}, {"default", std::move(problem)}};
}

json::object operation_of(const Route& route) {
  json::object operation{{"operationId", text(route.doc.id)},
                         {"summary", text(route.doc.summary)},
                         {"parameters", parameters_of(route)},
                         {"responses", responses_of(route)}};
  if (!route.doc.body.empty()) {
    operation["requestBody"] = {{"required", true},
                                {"content", content_of(route.accepts, schema_of(route.doc.body))}};
  }
  return operation;
}

json::object paths_of(const Routes& routes) {
  json::object paths;
  for (const Route& route : routes) {
    std::string method(name_of(route.method));
    for (char& c : method) c = static_cast<char>(c - 'A' + 'a');
    json::string_view pattern(route.pattern.data(), route.pattern.size());
    if (!paths.contains(pattern)) paths[pattern] = json::object();
    paths[pattern].as_object()[method] = operation_of(route);
  }
  return paths;
}

// The value of that name, of which only `required` has to be given.
json::value needing(const json::object& schemas, std::string_view name, std::string_view required) {
  json::value schema = schemas.at(json::string_view(name.data(), name.size()));
  schema.as_object()["required"] = json::array{text(required)};
  return schema;
}

json::object list_of(std::string_view member, std::string_view item, const json::object& others) {
  json::object properties{{std::string(member), {{"type", "array"}, {"items", reference(item)}}}};
  for (const auto& [name, schema] : others) properties[name] = schema;
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", json::array{json::string(member.data(), member.size())}}};
}

// What this server says beyond the values of the library.
void add_schemas(json::object& schemas) {
  schemas["NewTask"] = needing(schemas, "TaskInput", "title");
  schemas["NewProject"] = needing(schemas, "Project", "name");
  schemas["NewFilter"] = needing(schemas, "Filter", "name");
  schemas["Draft"] = needing(schemas, "TaskInput", "recurrence");
  json::value integer{{"type", "integer"}};
  json::value string{{"type", "string"}};
  json::value boolean{{"type", "boolean"}};
  schemas["TaskPage"] = list_of("tasks", "Task", {{"next", string}, {"total", integer}});
  schemas["ProjectList"] = list_of("projects", "Project", {});
  schemas["FilterList"] = list_of("filters", "Filter", {});
  schemas["EntryPage"] = list_of("entries", "Entry", {{"last", integer}, {"more", boolean}});
  schemas["Feed"] =
      list_of("entries", "Entry", {{"lineage", string}, {"last", integer}, {"more", boolean}});
  schemas["RequestList"] = {{"type", "array"}, {"items", reference("Request")}};
  const json::value extra = json::parse(extra_schemas_json);
  for (const auto& [name, schema] : extra.as_object()) schemas[name] = schema;
}

}  // namespace

std::string openapi_text(const Routes& routes) {
  json::object schemas = json::parse(component_schemas_json).as_object();
  add_schemas(schemas);
  json::object document{
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "todo-server"},
        {"version", TODO_SERVER_VERSION},
        {"description",
         "Tasks of one person. Every change is an entry of the journal, durable before it is "
         "answered."},
        {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
      {"servers", json::array{{{"url", "/"}}}},
      {"paths", paths_of(routes)},
      {"components", {{"schemas", std::move(schemas)}}}};
  return json::serialize(document);
}

}  // namespace todo::server
