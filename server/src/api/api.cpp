#include "api/api.h"

#include "api/openapi.h"
#include "embedded.h"

namespace todo::server {

namespace {

Response refusal(const Write& write, Error error) {
  std::string_view member = write.body_member;
  bool within_body = !member.empty() && error.field.starts_with(member) &&
                     (error.field.size() == member.size() || error.field[member.size()] == '/');
  if (within_body) error.field.erase(0, member.size());
  if (error.field == "/expects") return problem(412, "conflict", "It has changed meanwhile");
  return problem(error);
}

Response not_now(std::string_view why) {
  return problem(503, "unavailable", why).with("retry-after", "1");
}

// What the reference does not know is a mistake, and so is what is said twice.
std::optional<Response> refused_parameters(const Request& request, const Route& route) {
  std::vector<std::string_view> names = request.parameters();
  for (auto name = names.begin(); name != names.end(); ++name) {
    auto known = [&](const Parameter& parameter) { return parameter.name == *name; };
    const auto& all = route.doc.query;
    if (std::none_of(all.begin(), all.end(), known))
      return problem(400, "unknown_member", "There is no such parameter", "/" + std::string(*name));
    if (std::find(names.begin(), name, *name) != name)
      return problem(400, "malformed", "This parameter is there twice", "/" + std::string(*name));
  }
  return std::nullopt;
}

bool takes_body(Method method) { return method == Method::post || method == Method::patch; }

}  // namespace

Api::Api(Workspaces& workspaces, WorkspaceHost& host, ApiOptions options, Health health)
    : workspaces_(workspaces),
      host_(host),
      options_(std::move(options)),
      health_(std::move(health)),
      openapi_(openapi_text(routes_)) {}

void Api::handle(const ExchangePtr& exchange) {
  const Request& request = exchange->request;
  exchange->route = request.path == "/healthz" || request.path == "/readyz" ? request.path : "";
  if (!exchange->route.empty()) return handle_ops(exchange);
  if (auto refused = refused_by_guard(request, options_.guard))
    return exchange->answer(*std::move(refused));
  if (auto response = fixed(request)) return exchange->answer(*std::move(response));
  route(exchange);
}

void Api::handle_ops(const ExchangePtr& exchange) {
  auto response = ops(exchange->request);
  if (response) exchange->route = exchange->request.path;
  exchange->answer(response ? *std::move(response)
                            : problem(404, "not_found", "There is nothing here"));
}

std::optional<Response> Api::ops(const Request& request) const {
  if (request.method != Method::get && request.method != Method::head) return std::nullopt;
  bool ready = health_.is_ready();
  if (request.path == "/healthz") return json(200, R"({"status":"alive"})");
  if (request.path == "/readyz")
    return ready ? json(200, R"({"status":"ready"})") : json(503, R"({"status":"not ready"})");
  if (request.path != "/metrics") return std::nullopt;
  Metrics::Now now{.connections = health_.connections(),
                   .tasks = host_.workspace().tasks.size(),
                   .seq = host_.session().durable(),
                   .waiting = host_.waiting(),
                   .foreign_entries = host_.foreign_entries(),
                   .ready = ready};
  return content(200, "text/plain; version=0.0.4", workspaces_.metrics().text(now));
}

// What is the same for everybody at any time.
std::optional<Response> Api::fixed(const Request& request) const {
  if (request.method == Method::options && request.path == "*")
    return Response{.status = 204}.with("allow", "GET, HEAD, POST, PATCH, DELETE, OPTIONS");
  if (request.path == "*") return problem(400, "malformed", "Only OPTIONS has the target \"*\"");
  if (request.method == Method::unknown)
    return problem(501, "unsupported", "This method is not known here");
  if (auto response = ops(request)) return response;
  return reference(request);
}

std::optional<Response> Api::reference(const Request& request) const {
  static constexpr std::string_view policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
      "base-uri 'none'; frame-ancestors 'none'";
  std::optional<Response> response;
  if (request.path == "/v1/openapi.json") response = json(200, openapi_);
  if (request.path == "/docs" || request.path == "/docs/")
    response = content(200, "text/html; charset=utf-8", reference_html);
  if (request.path == "/docs/reference.css")
    response = content(200, "text/css; charset=utf-8", reference_css);
  if (request.path == "/docs/reference.js")
    response = content(200, "text/javascript; charset=utf-8", reference_js);
  if (!response) return std::nullopt;
  if (request.method != Method::get && request.method != Method::head)
    return problem(405, "unsupported", "This can only be read").with("allow", "GET, HEAD");
  return response->with("content-security-policy", std::string(policy));
}

void Api::route(const ExchangePtr& exchange) {
  const Request& request = exchange->request;
  Match match = router_.match(request);
  if (match.route) {
    exchange->route = match.route->pattern;
    return accept(exchange, *match.route, std::move(match.parts));
  }
  if (!match.allowed.empty()) {
    bool asks = request.method == Method::options;
    Response response = asks ? Response{.status = 204}
                             : problem(405, "unsupported", "This path has no such method");
    return exchange->answer(response.with("allow", match.allowed));
  }
  bool reads = request.method == Method::get || request.method == Method::head;
  bool is_api = request.path.starts_with("/v1/") || request.path == "/v1";
  std::optional<Response> file;
  if (reads && !is_api) file = options_.files.find(request);
  if (file) exchange->route = "/{file}";
  exchange->answer(file ? *std::move(file) : problem(404, "not_found", "There is nothing here"));
}

void Api::accept(const ExchangePtr& exchange, const Route& route, std::vector<std::string> parts) {
  const Request& request = exchange->request;
  if (auto refused = refused_accept(request)) return exchange->answer(*std::move(refused));
  if (auto refused = refused_parameters(request, route))
    return exchange->answer(*std::move(refused));
  if (takes_body(request.method)) {
    if (auto refused = refused_type(request, route.accepts))
      return exchange->answer(*std::move(refused));
  }
  arrive({exchange, &route, std::move(parts)});
}

// Whoever comes while the loop is busy shares one look at what other processes have written: it is
// later than all of them, and costs as much as an answer.
void Api::arrive(Arrival arrival) {
  arrivals_.push_back(std::move(arrival));
  if (arrivals_.size() > 1) return;
  workspaces_.loop().post([this] {
    Result<void> caught_up = host_.catch_up();
    for (const Arrival& one : std::exchange(arrivals_, {})) {
      if (caught_up.has_error()) one.exchange->answer(not_now(caught_up.error().message));
      else if (host_.is_failing())
        one.exchange->answer(not_now("The journal cannot be written just now"));
      else run(one);
    }
  });
}

void Api::run(const Arrival& arrival) {
  const auto& [exchange, route, parts] = arrival;
  Call call{exchange->request, parts, workspaces_, host_, host_.now()};
  if (options_.conformance && call.request.header("todo-context")) {
    Result<Context> given = from_json<Context>(*call.request.header("todo-context"));
    if (given.has_error()) return exchange->answer(problem(given.error()));
    call.given = *std::move(given);
    call.now = call.given->now;
  }
  if (std::holds_alternative<Read>(route->handler)) read(arrival, call);
  else if (std::holds_alternative<Write>(route->handler)) write(arrival, call);
  else std::get<Later>(route->handler).begin(std::move(call), exchange);
}

void Api::read(const Arrival& arrival, const Call& call) {
  answer(arrival, std::get<Read>(arrival.route->handler)(call));
}

// Once what the response says is durable; else the request is looked at anew.
void Api::answer(const Arrival& arrival, Response response) {
  if (host_.stands()) return arrival.exchange->answer(std::move(response));
  auto held = std::make_shared<Response>(std::move(response));
  host_.when_it_stands([=] { arrival.exchange->answer(std::move(*held)); },
                       [=, this] { arrive(arrival); });
}

void Api::write(const Arrival& arrival, Call& call) {
  if (call.given) return plan(arrival, call, *call.given);
  Result<Identity> identity = identity_of(call.request);
  if (identity.has_error()) return arrival.exchange->answer(problem(identity.error()));
  const Session& session = host_.session();
  if (const Answer* settled = session.last_answer(identity->mutation.device))
    return answer_settled(arrival, call, identity->digest, *settled);
  if (session.last_number(identity->mutation.device) > 0)
    return arrival.exchange->answer(
        problem(409, "conflict", "The first request with this Idempotency-Key is under way"));

  plan(arrival, call, context_for(call, *std::move(identity)));
}

void Api::plan(const Arrival& arrival, Call& call, Context context) {
  auto planned = std::get<Write>(arrival.route->handler).plan(call);
  if (auto* command = std::get_if<Command>(&planned))
    return ask(arrival, call, std::move(context), std::move(*command));
  answer(arrival, std::get<Response>(std::move(planned)));
}

void Api::ask(const Arrival& arrival, const Call& call, Context context, Command command) {
  const Write& write = std::get<Write>(arrival.route->handler);
  auto foreseen = std::make_shared<Response>();
  auto settled = [=, this, digest = context.digest](const Answer* differently) {
    if (!differently) arrival.exchange->answer(std::move(*foreseen));
    else answer_settled(arrival, call, digest, *differently);
  };
  Result<const Entry*> asked =
      host_.ask({std::move(context), std::move(command), call.expects}, settled);
  if (asked.has_error()) return answer(arrival, refusal(write, asked.error()));
  if (!*asked) return arrival.exchange->answer(problem(409, "conflict", "This was asked before"));
  const Entry& entry = **asked;
  *foreseen =
      entry.refusal ? refusal(write, *entry.refusal) : write.respond(call, {entry.seq, entry});
  workspaces_.append_soon();
}

// `settled` may be of another request under the same key, which another server has taken meanwhile.
void Api::answer_settled(const Arrival& arrival, const Call& call, const std::string& digest,
                         const Answer& settled) {
  if (settled.digest == digest) return answer_again(arrival, call, settled);
  arrival.exchange->answer(
      problem(422, "conflict", "This Idempotency-Key was used for another request"));
}

// From the journal, because the answer that was foreseen is gone.
void Api::answer_again(const Arrival& arrival, const Call& call, const Answer& answer) {
  const Write& write = std::get<Write>(arrival.route->handler);
  if (answer.refusal) return arrival.exchange->answer(refusal(write, *answer.refusal));
  Result<Entry> entry = host_.entry_at(answer.seq);
  if (entry.has_error() && entry.error().code == Errc::not_found)
    return arrival.exchange->answer(
        problem(410, "not_found", "This was done, but its entry is no longer kept"));
  if (entry.has_error()) return arrival.exchange->answer(problem(entry.error()));
  auto response = std::make_shared<Response>(write.respond(call, {answer.seq, *entry}));
  host_.when_it_stands([=] { arrival.exchange->answer(std::move(*response)); },
                       [=, this] { answer_again(arrival, call, answer); });
}

Context Api::context_for(const Call& call, Identity identity) const {
  return {.now = call.now,
          .actor = "local",
          .origin = "http",
          .mutation = identity.mutation,
          .digest = std::move(identity.digest)};
}

}  // namespace todo::server
