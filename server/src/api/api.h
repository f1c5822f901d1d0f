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
  void run(const ExchangePtr& exchange, const Route& route, std::vector<std::string> parts);
  void read(const ExchangePtr& exchange, const Route& route, const Call& call);
  void write(const ExchangePtr& exchange, const Route& route, const Call& call);
  void plan(const ExchangePtr& exchange, const Route& route, const Call& call, Context context);
  void ask(const ExchangePtr& exchange, const Route& route, const Call& call, Context context,
           Command command);
  void answer_again(const ExchangePtr& exchange, const Route& route, const Call& call,
                    const Answer& answer);
  Context context_for(const Call& call, Identity identity) const;

  Workspaces& workspaces_;
  WorkspaceHost& host_;
  ApiOptions options_;
  Health health_;
  Routes routes_ = all_routes();
  Router router_{routes_};
  std::string openapi_;
};

}  // namespace todo::server
