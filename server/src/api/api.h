// Answers requests: who may ask, what they mean, and when the answer may leave.
//
// Threads: all of it on the loop's thread.
#pragma once

#include "api/idempotency.h"
#include "api/router.h"
#include "http/guard.h"
#include "http/static_files.h"

namespace todo::server {

struct ApiOptions {
  GuardOptions guard{};
  StaticFiles files{};
  bool conformance = false;  // requests say what time it is and who asks
};

class Api {
 public:
  // What is served here, and whether more is wanted, for health and metrics.
  struct Health {
    std::function<bool()> is_ready;
    std::function<std::size_t()> connections;
  };

  Api(Workspaces& workspaces, WorkspaceHost& host, ApiOptions options, Health health);

  void handle(const ExchangePtr& exchange);
  void handle_ops(const ExchangePtr& exchange);  // health and metrics alone

 private:
  std::optional<Response> fixed(const Request& request) const;
  std::optional<Response> ops(const Request& request) const;
  std::optional<Response> reference(const Request& request) const;
  void route(const ExchangePtr& exchange);
  // A request that is understood, on its way to the workspace.
  struct Arrival {
    ExchangePtr exchange;
    const Route* route;
    std::vector<std::string> parts;
  };
  void accept(const ExchangePtr& exchange, const Route& route, std::vector<std::string> parts);
  void arrive(Arrival arrival);
  void run(const Arrival& arrival);
  void answer(const Arrival& arrival, Response response);
  void read(const Arrival& arrival, const Call& call);
  void write(const Arrival& arrival, Call& call);
  void plan(const Arrival& arrival, Call& call, Context context);
  void ask(const Arrival& arrival, const Call& call, Context context, Command command);
  void answer_settled(const Arrival& arrival, const Call& call, const std::string& digest,
                      const Answer& settled);
  void answer_again(const Arrival& arrival, const Call& call, const Answer& answer);
  Context context_for(const Call& call, Identity identity) const;

  Workspaces& workspaces_;
  WorkspaceHost& host_;
  ApiOptions options_;
  Health health_;
  Routes routes_ = all_routes();
  Router router_{routes_};
  std::string openapi_;
  std::vector<Arrival> arrivals_{};  // since the loop was last free
};

}  // namespace todo::server
