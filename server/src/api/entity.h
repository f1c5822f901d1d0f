// What tasks, projects and filters have in common over HTTP.
#pragma once

#include "api/answers.h"
#include "host/random.h"

namespace todo::server {

template <class T>
const std::map<IdOf<T>, T>& all_of(const Workspace& workspace) {
  if constexpr (std::is_same_v<T, Task>) return workspace.tasks;
  else if constexpr (std::is_same_v<T, Project>) return workspace.projects;
  else return workspace.filters;
}

inline const std::string& text_of(const Call& call, const Task& task) {
  return call.host.json_of(task);
}
template <class T>
std::string text_of(const Call&, const T& value) {
  return to_json(value);
}

template <class T>
Seq version_of(const Call& call, const IdOf<T>& id) {
  return call.host.session().version_of({id.bytes});
}

template <class T>
Response not_there() {
  return problem({Errc::not_found, "there is no such " + std::string(entity_name<T>),
                  "/" + std::string(entity_name<T>)});
}

template <class T>
Response read_one(const Call& call) {
  auto id = id_in_path<IdOf<T>>(call, 0, entity_name<T>);
  if (id.has_error()) return problem(id.error());
  auto found = all_of<T>(call.host.workspace()).find(*id);
  if (found == all_of<T>(call.host.workspace()).end()) return not_there<T>();
  if constexpr (std::is_same_v<T, Task>) {
    if (found->second.deleted_at) return not_there<T>();
  }
  return versioned(call, version_of<T>(call, *id), text_of(call, found->second));
}

// The T in the body of the request; without an id it gets one. What has none is usually right, and
// then read once; what is wrong is said of the body as it came.
template <class T>
Result<T> value_in_body(const Call& call) {
  const std::string& body = call.request.body;
  auto with_id = [&] {
    auto id = new_id<IdOf<T>>(call.host.now(), random_bits());
    return from_json<T>(object_with(R"("id":")" + to_text(id) + "\"", body));
  };
  bool may_have_id = body.find("\"id\"") != std::string::npos;
  Result<T> value = may_have_id ? from_json<T>(body) : with_id();
  if (value.has_value()) return value;
  if (!may_have_id) value = from_json<T>(body);
  bool lacks_id = value.error().code == Errc::missing && value.error().field == "/id";
  return lacks_id ? with_id() : value;
}

template <class T>
std::variant<Command, Response> plan_create(const Call& call) {
  Result<T> value = value_in_body<T>(call);
  if (value.has_error()) return problem(value.error());
  return Command(Create<T>{*std::move(value)});
}

// As it was created, whatever became of it until the answer is repeated.
template <class T>
Response respond_created(const Call&, const Outcome& outcome) {
  const T* created = created_in<T>(outcome.entry);
  if (!created) return not_there<T>();
  std::string place = "/v1/" + std::string(entity_name<T>) + "s/" + to_text(created->id);
  return json(201, to_json(*created))
      .with("etag", etag_of(outcome.seq))
      .with("location", std::move(place));
}

template <class T>
std::variant<Command, Response> plan_edit(Call& call) {
  auto id = id_in_path<IdOf<T>>(call, 0, entity_name<T>);
  if (id.has_error()) return problem(id.error());
  if (auto refused = refused_version(call, {{id->bytes}, version_of<T>(call, *id)}))
    return *std::move(refused);
  Result<Patch<T>> patch = from_json<Patch<T>>(call.request.body);
  if (patch.has_error()) return problem(patch.error());
  return Command(Edit<T>{*id, *std::move(patch)});
}

// The whole value as it is now, with its version.
template <class T>
Response respond_with_it(const Call& call, const Outcome&) {
  IdOf<T> id = *parse<IdOf<T>>(call.parts.at(0));
  auto found = all_of<T>(call.host.workspace()).find(id);
  if (found == all_of<T>(call.host.workspace()).end())
    return problem(410, "not_found", "This was done, but what it was done to is no longer there");
  return json(200, text_of(call, found->second)).with("etag", etag_of(version_of<T>(call, id)));
}

template <class T>
std::variant<Command, Response> plan_remove(Call& call) {
  auto id = id_in_path<IdOf<T>>(call, 0, entity_name<T>);
  if (id.has_error()) return problem(id.error());
  if (auto refused = refused_version(call, {{id->bytes}, version_of<T>(call, *id)}))
    return *std::move(refused);
  return Command(Remove<T>{*id});
}

inline Response respond_nothing(const Call&, const Outcome&) { return {.status = 204}; }

}  // namespace todo::server
