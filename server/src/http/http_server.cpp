#include "http/http_server.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <set>

#include "http/parser.h"
#include "http/problem.h"
#include "http/response_text.h"

namespace todo::server {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
template <class T>
using Async = asio::awaitable<T>;

// Errors come as values: a client that goes away is nothing exceptional.
constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

constexpr std::size_t head_bytes_at_once = 2 * 1024;
constexpr std::size_t body_bytes_at_once = 64 * 1024;
constexpr std::chrono::milliseconds sweep_every{250};
constexpr std::chrono::seconds linger{2};

std::string_view code_of(int status) {
  switch (status) {
    case 408:
      return "timeout";
    case 413:
    case 414:
    case 431:
      return "too_large";
    case 417:
    case 501:
    case 505:
      return "unsupported";
    case 503:
      return "unavailable";
    default:
      return "malformed";
  }
}

}  // namespace

struct HttpServer::State {
  asio::io_context& io;
  HttpOptions options;
  Handler handler;
  Observer observer;
  tcp::acceptor acceptor{io};
  asio::steady_timer sweep{io};
  std::set<Connection*> connections{};
  std::function<void()> drained{};
  bool draining = false;
  std::uint64_t requests = 0;
  std::string id_prefix{};

  std::string next_id() { return id_prefix + std::to_string(++requests); }
};

// One client. Lives as long as its coroutine.
class HttpServer::Connection {
 public:
  Connection(std::shared_ptr<State> state, tcp::socket socket)
      : state_(std::move(state)), socket_(std::move(socket)), parser_(state_->options.limits) {
    state_->connections.insert(this);
  }
  ~Connection() {
    state_->connections.erase(this);
    if (state_->connections.empty() && state_->drained) std::exchange(state_->drained, nullptr)();
  }

  static Async<void> run(std::shared_ptr<State> state, tcp::socket socket) {
    Connection connection(std::move(state), std::move(socket));
    co_await connection.serve();
  }
  static Async<void> turn_away(std::shared_ptr<State> state, tcp::socket socket) {
    Connection connection(std::move(state), std::move(socket));
    co_await connection.refuse({503, "There are too many connections"});
  }

  void end_if_idle() {
    if (phase_ == Phase::idle) close();
  }
  void end_if_late(Clock::time_point now) {
    if (now < deadline_) return;
    deadline_ = Clock::time_point::max();
    boost::system::error_code ignored;
    if (phase_ == Phase::reading && !late_) {
      late_ = true;
      socket_.cancel(ignored);  // wakes the reader, which answers 408
    } else {
      close();
    }
  }
  void close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
  }

 private:
  enum class Phase : std::uint8_t { idle, reading, answering };
  using Progress = RequestParser::Progress;

  Async<void> serve() {
    boost::system::error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    bool open = true;
    while (open) {
      if (!co_await receive()) co_return;
      if (parser_.progress() == Progress::failed) {
        co_await refuse(parser_.fault());
        co_return;
      }
      open = co_await exchange();
    }
  }

  // Reads until there is a whole request, or a fault. False if the client is gone.
  Async<bool> receive() {
    parser_ = RequestParser(state_->options.limits);
    phase_ = input_.empty() ? Phase::idle : Phase::reading;
    due_in(input_.empty() && requests_ > 0 ? state_->options.idle_timeout
                                           : state_->options.head_timeout);
    bool continued = false;
    while (true) {
      Progress before = parser_.progress();
      input_.erase(0, parser_.put(input_));
      if (parser_.progress() == Progress::done || parser_.progress() == Progress::failed) break;
      if (parser_.progress() != before) due_in(state_->options.body_timeout);
      if (parser_.expects_continue() && input_.empty() && !std::exchange(continued, true))
        co_await write("HTTP/1.1 100 Continue\r\n\r\n");
      if (!co_await read_some()) co_return false;
    }
    co_return true;
  }

  // False if there is nothing more to read and nobody to answer.
  Async<bool> read_some() {
    std::size_t size = input_.size();
    bool in_body = parser_.progress() == Progress::body;
    std::size_t room = in_body ? body_bytes_at_once : head_bytes_at_once;
    input_.resize(size + room);
    auto [error, count] =
        co_await socket_.async_read_some(asio::buffer(input_.data() + size, room), as_values);
    input_.resize(size + count);
    if (!error) {
      if (phase_ == Phase::idle) begin_request();
      co_return true;
    }
    if (late_) co_await refuse({408, "The request did not come to its end in time"});
    co_return false;
  }

  void begin_request() {
    phase_ = Phase::reading;
    due_in(state_->options.head_timeout);
  }

  // Hands the request on, waits for its answer and sends it. False if it was the last.
  Async<bool> exchange() {
    phase_ = Phase::answering;
    deadline_ = Clock::time_point::max();
    auto exchange = std::make_shared<Exchange>(parser_.take());
    exchange->id = state_->next_id();
    exchange->began = Clock::now();
    ++requests_;
    state_->handler(exchange);
    if (!exchange->answered()) co_await answer_to(*exchange);

    const Request& request = exchange->request;
    bool keep = request.keep_alive && !state_->draining;
    Sending sending{.body = request.method != Method::head,
                    .keep_alive = keep,
                    .request_id = exchange->id,
                    .now = std::time(nullptr)};
    output_.clear();
    append_response(output_, exchange->response(), sending);
    bool sent = co_await write(output_);
    state_->observer({exchange->id, name_of(request.method), exchange->route,
                      exchange->response().status, output_.size(), Clock::now() - exchange->began});
    if (sent && !keep) co_await finish();
    co_return sent&& keep;
  }

  Async<void> answer_to(Exchange& exchange) {
    auto initiate = [this, &exchange](auto handler) {
      auto shared = std::make_shared<decltype(handler)>(std::move(handler));
      exchange.on_answer([this, shared] { asio::dispatch(state_->io, std::move(*shared)); });
    };
    co_await asio::async_initiate<decltype(asio::use_awaitable), void()>(initiate,
                                                                         asio::use_awaitable);
  }

  // What cannot be read is answered too, and then the connection ends: where the next request
  // would begin is not known.
  Async<void> refuse(Fault fault) {
    phase_ = Phase::answering;
    auto began = Clock::now();
    std::string id = state_->next_id();
    Response response = problem(fault.status, code_of(fault.status), fault.detail);
    if (fault.status == 503) response.with("retry-after", "1");
    output_.clear();
    append_response(output_, response,
                    {.keep_alive = false, .request_id = id, .now = std::time(nullptr)});
    bool sent = co_await write(output_);
    state_->observer({id, "", "", fault.status, output_.size(), Clock::now() - began});
    if (sent) co_await finish();
  }

  Async<bool> write(std::string_view bytes) {
    auto deadline = std::exchange(deadline_, Clock::now() + state_->options.write_timeout);
    auto [error, count] = co_await asio::async_write(socket_, asio::buffer(bytes), as_values);
    deadline_ = deadline;
    co_return !error;
  }

  // Reads on for a while: closing on unread bytes would reset the connection and with it lose the
  // answer that is on its way.
  Async<void> finish() {
    boost::system::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    due_in(linger);
    input_.resize(body_bytes_at_once);
    boost::system::error_code ended;
    while (!ended) {
      auto [error, count] = co_await socket_.async_read_some(asio::buffer(input_), as_values);
      ended = error;
    }
  }

  void due_in(Clock::duration timeout) { deadline_ = Clock::now() + timeout; }

  std::shared_ptr<State> state_;
  tcp::socket socket_;
  RequestParser parser_;
  std::string input_{};
  std::string output_{};
  std::uint64_t requests_ = 0;
  Phase phase_ = Phase::idle;
  bool late_ = false;
  Clock::time_point deadline_ = Clock::time_point::max();
};

namespace {

template <class State, class Connection>
Async<void> accept_all(std::shared_ptr<State> state) {
  while (state->acceptor.is_open()) {
    auto [error, socket] = co_await state->acceptor.async_accept(as_values);
    if (error == asio::error::operation_aborted) co_return;
    if (error) {  // out of descriptors, for one: they come back
      asio::steady_timer pause(state->io, std::chrono::milliseconds(100));
      co_await pause.async_wait(as_values);
      continue;
    }
    bool full = state->connections.size() >= state->options.connections;
    asio::co_spawn(state->io,
                   full ? Connection::turn_away(state, std::move(socket))
                        : Connection::run(state, std::move(socket)),
                   asio::detached);
  }
}

// One timer for all deadlines: a timer for each would cost every request.
template <class State>
Async<void> sweep_all(std::shared_ptr<State> state) {
  while (true) {
    state->sweep.expires_after(sweep_every);
    auto [error] = co_await state->sweep.async_wait(as_values);
    if (error) co_return;
    auto now = Clock::now();
    for (auto* connection : state->connections) connection->end_if_late(now);
  }
}

}  // namespace

HttpServer::HttpServer(asio::io_context& io, HttpOptions options, Handler handler,
                       Observer observer)
    : state_(new State{.io = io,
                       .options = options,
                       .handler = std::move(handler),
                       .observer = std::move(observer)}) {
  state_->id_prefix = std::to_string(Clock::now().time_since_epoch().count() % 1'000'000'000) + "-";
}

HttpServer::~HttpServer() { close(); }

void HttpServer::listen(const tcp::endpoint& endpoint) {
  tcp::acceptor& acceptor = state_->acceptor;
  acceptor.open(endpoint.protocol());
  acceptor.set_option(tcp::acceptor::reuse_address(true));
  acceptor.bind(endpoint);
  acceptor.listen();
  asio::co_spawn(state_->io, accept_all<State, Connection>(state_), asio::detached);
  asio::co_spawn(state_->io, sweep_all(state_), asio::detached);
}

tcp::endpoint HttpServer::endpoint() const { return state_->acceptor.local_endpoint(); }

void HttpServer::drain(std::function<void()> done) {
  state_->draining = true;
  boost::system::error_code ignored;
  state_->acceptor.close(ignored);
  if (state_->connections.empty()) return asio::post(state_->io, std::move(done));
  state_->drained = std::move(done);
  for (Connection* connection : state_->connections) connection->end_if_idle();
}

void HttpServer::close() {
  boost::system::error_code ignored;
  state_->acceptor.close(ignored);
  state_->sweep.cancel();
  for (Connection* connection : state_->connections) connection->close();
}

std::size_t HttpServer::connections() const { return state_->connections.size(); }

}  // namespace todo::server
