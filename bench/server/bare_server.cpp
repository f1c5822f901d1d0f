// The least that a server can do here, to measure todo-server against: a Beast handler that answers
// with bytes made beforehand, and for POST first puts a row of the given size into SQLite, with one
// commit (WAL, synchronous=FULL) for all that came meanwhile.
//
//   bare_server PORT GET_BYTES POST_BYTES [DATABASE ROW_BYTES]
#include <SQLiteCpp/SQLiteCpp.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <condition_variable>
#include <functional>
#include <iostream>
#include <thread>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

class GroupCommit {
 public:
  GroupCommit(asio::io_context& io, const std::string& path, std::size_t row_bytes)
      : io_(io),
        row_(row_bytes, 'x'),
        database_(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE),
        thread_([this] { work(); }) {}
  ~GroupCommit() {
    {
      std::lock_guard lock(mutex_);
      ending_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

  void add(std::function<void()> done) {
    {
      std::lock_guard lock(mutex_);
      waiting_.push_back(std::move(done));
    }
    wake_.notify_one();
  }

 private:
  void work() {
    database_.exec(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, text TEXT)");
    SQLite::Statement insert(database_, "INSERT INTO rows (text) VALUES (?)");
    std::unique_lock lock(mutex_);
    while (true) {
      wake_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      std::vector<std::function<void()>> group = std::exchange(waiting_, {});
      lock.unlock();
      commit(insert, group.size());
      asio::post(io_, [group = std::move(group)] {
        for (const auto& done : group) done();
      });
      lock.lock();
    }
  }

  void commit(SQLite::Statement& insert, std::size_t rows) {
    SQLite::Transaction transaction(database_);
    for (std::size_t i = 0; i < rows; ++i) {
      insert.bindNoCopy(1, row_);
      insert.exec();
      insert.reset();
    }
    transaction.commit();
  }

  asio::io_context& io_;
  std::string row_;
  SQLite::Database database_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::function<void()>> waiting_;
  bool ending_ = false;
  std::thread thread_;
};

struct Bare {
  std::string get;
  std::string post;
  std::unique_ptr<GroupCommit> commit;
};

asio::awaitable<void> committed(GroupCommit& commit) {
  auto initiate = [&commit](auto handler) {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    commit.add([shared] { std::move (*shared)(); });
  };
  co_await asio::async_initiate<decltype(asio::use_awaitable), void()>(initiate,
                                                                       asio::use_awaitable);
}

asio::awaitable<void> serve(tcp::socket socket, Bare& bare) {
  socket.set_option(tcp::no_delay(true));
  beast::flat_buffer buffer;
  while (true) {
    http::request<http::string_body> request;
    auto [failed, read] = co_await http::async_read(socket, buffer, request, as_values);
    if (failed) co_return;
    bool post = request.method() == http::verb::post;
    if (post && bare.commit) co_await committed(*bare.commit);
    http::response<http::string_body> response(http::status::ok, request.version());
    response.set(http::field::content_type, "application/json");
    response.body() = post ? bare.post : bare.get;
    response.prepare_payload();
    auto [broken, written] = co_await http::async_write(socket, response, as_values);
    if (broken) co_return;
  }
}

asio::awaitable<void> accept(tcp::acceptor& acceptor, Bare& bare) {
  while (true) {
    auto [error, socket] = co_await acceptor.async_accept(as_values);
    if (error) co_return;
    asio::co_spawn(acceptor.get_executor(), serve(std::move(socket), bare), asio::detached);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4 && count != 6) {
    std::cerr << "Usage: bare_server PORT GET_BYTES POST_BYTES [DATABASE ROW_BYTES]\n";
    return 2;
  }
  asio::io_context io(1);
  Bare bare{std::string(std::stoul(arguments[2]), 'x'), std::string(std::stoul(arguments[3]), 'x'),
            nullptr};
  if (count == 6)
    bare.commit = std::make_unique<GroupCommit>(io, arguments[4], std::stoul(arguments[5]));
  tcp::endpoint endpoint(asio::ip::address_v4::loopback(),
                         static_cast<std::uint16_t>(std::stoul(arguments[1])));
  tcp::acceptor acceptor(io, endpoint);
  asio::co_spawn(io, accept(acceptor, bare), asio::detached);
  std::cout << "ready" << std::endl;
  io.run();
}
