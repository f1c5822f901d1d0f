// What a route is: a pattern, a function, and the sentence about it in the reference.
#pragma once

#include <any>

#include "host/workspaces.h"
#include "http/problem.h"
#include "todo/codec.h"

namespace todo::server {

struct Call {
  const Request& request;
  std::vector<std::string> parts;  // what stands for the {names} of the pattern, decoded
  Workspaces& workspaces;
  WorkspaceHost& host;
  Instant now{};                     // of what comes of it
  std::optional<Context> given{};    // under --conformance: who asks and when, as the request says
  std::any note{};                   // of a plan to its answer
  std::optional<Version> expects{};  // by If-Match
};

// What came of a command: what it did, and the entry that says so.
struct Outcome {
  Seq seq = 0;
  const Entry& entry;
};

// Answers from what the workspace shows now. May be called again if that turns out never to have
// been so; the answer leaves when what it shows is durable.
using Read = std::function<Response(const Call&)>;

// Says what is to be asked, or why not; and how the answer reads once it has been.
struct Write {
  std::function<std::variant<Command, Response>(Call&)> plan;
  std::function<Response(const Call&, const Outcome&)> respond;
  std::string_view body_member = "";  // of the command: fields are named from there on
};

// Answers for itself, later.
struct Later {
  std::function<void(Call, ExchangePtr)> begin;
};

// For the reference. Schemas are names of components, or JSON if they begin with "{".
struct Parameter {
  std::string_view name;
  std::string_view schema;
  std::string_view doc;
};
namespace schema {
inline constexpr std::string_view text = R"({"type":"string"})";
inline constexpr std::string_view flag = R"({"type":"boolean"})";
inline constexpr std::string_view seq =
    R"({"type":"integer","minimum":0,"maximum":9007199254740991})";
}  // namespace schema

struct Doc {
  std::string_view id;  // "createTask"
  std::string_view summary;
  std::vector<Parameter> query{};
  std::string_view body{};    // schema of the request
  std::string_view answer{};  // schema of the response; empty: there is no body
  int status = 200;
};

struct Route {
  Method method;
  std::string_view pattern;  // "/v1/tasks/{task}"
  std::variant<Read, Write, Later> handler;
  Doc doc;
  std::string_view accepts = "application/json";  // types of the body of a write
};

}  // namespace todo::server
