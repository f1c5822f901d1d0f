// Listens, reads requests, hands each to a handler and writes its answer.
//
// Threads: all of it runs on the thread of the io_context, the handler too.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "http/head.h"

namespace todo::server {

struct HttpOptions {
  HttpLimits limits{};
  std::size_t connections = 1000;
  std::chrono::seconds head_timeout{10};
  std::chrono::seconds body_timeout{30};
  std::chrono::seconds idle_timeout{75};
  std::chrono::seconds write_timeout{30};
};

// Told of each answer that leaves, for metrics and logs. `route` is "" for what is not HTTP.
struct Answered {
  std::string_view id;
  std::string_view method;
  std::string_view route;
  int status;
  std::size_t bytes;
  std::chrono::steady_clock::duration took;
};
using Observer = std::function<void(const Answered&)>;

class HttpServer {
 public:
  HttpServer(boost::asio::io_context& io, HttpOptions options, Handler handler, Observer observer);
  ~HttpServer();

  // Throws boost::system::system_error, for example when the port is taken.
  void listen(const boost::asio::ip::tcp::endpoint& endpoint);
  boost::asio::ip::tcp::endpoint endpoint() const;  // with the port that was chosen for port 0

  // Takes no more connections, ends those that are idle and lets the others finish their request;
  // then calls `done`.
  void drain(std::function<void()> done);
  void close();  // ends what is left, at once

  std::size_t connections() const;

 private:
  class Connection;
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace todo::server
