#include "wiring.h"

#include <unistd.h>

#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <iostream>

#include "api/api.h"
#include "host/locked_store.h"
#include "host/random.h"
#include "http/http_server.h"
#include "ops/data_dir.h"
#include "ops/log.h"
#include "todo/memory_store.h"
#include "todo/sqlite_store.h"

namespace todo::server {

namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using asio::ip::tcp;

// The one workspace of the one local user.
constexpr WorkspaceId local_workspace{{0x1d, 0x7c, 0x0b, 0x3e, 0x2a, 0x5f, 0x50, 0x1c, 0x8e, 0x41,
                                       0x6a, 0x9d, 0xc2, 0x37, 0xf0, 0x15}};

int failed(const Error& error, int code = exit_code::data) {
  std::cerr << "todo-server: " << error.message << "\n";
  return code;
}

Instant system_time() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

EventLoop event_loop(asio::io_context& io) {
  return {.post = [&io](std::function<void()> run) { asio::post(io, std::move(run)); },
          .after =
              [&io](std::chrono::milliseconds wait, std::function<void()> run) {
                auto timer = std::make_shared<asio::steady_timer>(io, wait);
                timer->async_wait([timer, run = std::move(run)](boost::system::error_code error) {
                  if (!error) run();
                });
              },
          .clock = system_time};
}

// Where the journal is written, and where this thread reads it.
struct Stores {
  std::unique_ptr<MemoryJournals> journals{};
  std::unique_ptr<std::mutex> mutex{};
  std::unique_ptr<Store> writer{};
  std::unique_ptr<Store> reader{};
};

Stores memory_stores() {
  Stores stores;
  IdBytes origin = random_device().bytes;
  stores.journals = std::make_unique<MemoryJournals>(origin);
  stores.mutex = std::make_unique<std::mutex>();
  auto store = [&] {
    return std::make_unique<LockedStore>(std::make_unique<MemoryStore>(*stores.journals),
                                         *stores.mutex);
  };
  stores.writer = store();
  stores.reader = store();
  return stores;
}

Result<Stores> sqlite_stores(const Config& config) {
  SqliteOptions options;
  options.durability = config.synchronous_full ? Durability::full : Durability::normal;
  auto writer = SqliteStore::open(config.database(), options);
  if (writer.has_error()) return writer.error();
  auto reader = SqliteStore::open(config.database(), options);
  if (reader.has_error()) return reader.error();
  Stores stores;
  stores.writer = *std::move(writer);
  stores.reader = *std::move(reader);
  return stores;
}

HttpOptions http_options(const Config& config) {
  HttpOptions options;
  options.limits.head_bytes = config.head_bytes;
  options.limits.target_bytes = std::min(config.head_bytes / 2, options.limits.target_bytes);
  options.limits.body_bytes = config.body_bytes;
  options.connections = config.connections;
  options.head_timeout = config.head_timeout;
  options.body_timeout = config.body_timeout;
  options.idle_timeout = config.idle_timeout;
  return options;
}

std::string url_of(const tcp::endpoint& endpoint) {
  std::string address = endpoint.address().to_string();
  if (endpoint.address().is_v6()) address = "[" + address + "]";
  return "http://" + address + ":" + std::to_string(endpoint.port()) + "/";
}

void log_request(const Answered& answered) {
  using namespace std::chrono;
  log::Level level = answered.status >= 500 ? log::Level::warn : log::Level::debug;
  if (!log::shows(level)) return;
  log::write(level, "request",
             {{"id", answered.id},
              {"method", answered.method},
              {"route", answered.route},
              {"status", std::int64_t{answered.status}},
              {"bytes", static_cast<std::int64_t>(answered.bytes)},
              {"took_us", std::int64_t{duration_cast<microseconds>(answered.took).count()}}});
}

// All that runs while it serves.
class Serving {
 public:
  Serving(const Config& config, Stores stores)
      : config_(config),
        stores_(std::move(stores)),
        writer_(std::make_unique<StoreThread>(*stores_.writer, loop_)),
        workspaces_(loop_, *writer_, *stores_.reader, metrics_) {}

  int run() {
    auto host = workspaces_.open(local_workspace);
    if (host.has_error()) return failed(host.error());
    ApiOptions options{.guard = {config_.host_names},
                       .files = StaticFiles::read(config_.web_root),
                       .conformance = config_.conformance};
    api_ =
        std::make_unique<Api>(workspaces_, **host, std::move(options),
                              Api::Health{[this] { return !stopping_ && workspaces_.is_ready(); },
                                          [this] { return http_->connections(); }});
    if (!listen()) return exit_code::listen;
    workspaces_.put_checkpoints();
    if (!config_.conformance) workspaces_.start_ticking();
    wait_for_signals();
    std::cout << "todo-server is ready at " << url_of(http_->endpoint()) << std::endl;
    log::info("ready", {{"url", url_of(http_->endpoint())},
                        {"tasks", static_cast<std::int64_t>((*host)->workspace().tasks.size())},
                        {"replayed", static_cast<std::int64_t>((*host)->replayed())}});
    io_.run();
    return exit_;
  }

 private:
  bool listen() {
    http_ = server([this](const ExchangePtr& exchange) { api_->handle(exchange); });
    if (config_.trust_network)
      log::warn("network_trusted",
                {{"reason", "whoever reaches this port can read and change all tasks"}});
    if (!listen_at(*http_, config_.listen)) return false;
    if (!config_.ops_listen) return true;
    ops_ = server([this](const ExchangePtr& exchange) { api_->handle_ops(exchange); });
    return listen_at(*ops_, *config_.ops_listen);
  }

  std::unique_ptr<HttpServer> server(Handler handler) {
    return std::make_unique<HttpServer>(
        io_, http_options(config_), std::move(handler), [this](const Answered& answered) {
          metrics_.count_request(answered.method, answered.route, answered.status, answered.took);
          log_request(answered);
        });
  }

  static bool listen_at(HttpServer& server, const Endpoint& endpoint) {
    tcp::endpoint at(asio::ip::make_address(endpoint.address), endpoint.port);
    try {
      server.listen(at);
      return true;
    } catch (const boost::system::system_error& error) {
      std::string why = error.code() == asio::error::address_in_use
                            ? "another program listens there already; --listen takes another port"
                            : error.code().message();
      std::cerr << "todo-server: cannot listen at " << url_of(at) << ": " << why << "\n";
      return false;
    }
  }

  void wait_for_signals() {
    signals_.async_wait([this](boost::system::error_code error, int signal) {
      if (error) return;
      log::info("stopping", {{"signal", std::int64_t{signal}}});
      stop();
      signals_.async_wait([this](boost::system::error_code again, int) {
        if (!again) end_now();
      });
    });
  }

  // Not ready from now on, but serving until load balancers have seen that; then what is under way
  // is finished.
  void stop() {
    stopping_ = true;
    loop_.after(config_.drain_delay, [this] {
      http_->drain([this] { finish(); });
      loop_.after(config_.drain_timeout, [this] {
        log::warn("drain_timeout", {{"left", static_cast<std::int64_t>(http_->connections())}});
        http_->close();
      });
    });
  }

  void finish() {
    workspaces_.put_checkpoints();
    writer_.reset();  // after what it was given
    log::info("stopped");
    io_.stop();
  }

  // On the second signal. What was answered is durable anyway.
  void end_now() {
    log::warn("stopped_at_once");
    ::_exit(exit_code::failed);
  }

  const Config& config_;
  asio::io_context io_{1};
  EventLoop loop_ = event_loop(io_);
  Metrics metrics_{};
  Stores stores_;
  std::unique_ptr<StoreThread> writer_;
  Workspaces workspaces_;
  std::unique_ptr<Api> api_{};
  std::unique_ptr<HttpServer> http_{};
  std::unique_ptr<HttpServer> ops_{};
  asio::signal_set signals_{io_, SIGTERM, SIGINT};
  bool stopping_ = false;
  int exit_ = exit_code::ok;
};

}  // namespace

int serve(const Config& config) {
  if (config.conformance) return Serving(config, memory_stores()).run();
  if (auto made = make_data_dir(config.data_dir); made.has_error()) return failed(made.error());
  auto lock = DataLock::take(config.data_dir, DataLock::Use::shared);
  if (lock.has_error()) return failed(lock.error());
  Result<Stores> stores = sqlite_stores(config);
  if (stores.has_error()) return failed(stores.error());
  return Serving(config, *std::move(stores)).run();
}

}  // namespace todo::server
