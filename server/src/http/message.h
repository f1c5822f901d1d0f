// Requests and responses as values, and the exchange of one for the other.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace todo::server {

// `other` is known to HTTP and used by nothing here.
enum class Method : std::uint8_t { get, head, post, patch, del, options, other, unknown };
std::string_view name_of(Method method);

// Header names are in lower case.
using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
  Method method = Method::unknown;
  std::string path{};   // as it came: percent-encoded, begins with "/"
  std::string query{};  // what follows "?"
  bool keep_alive = false;
  bool http_1_0 = false;
  Headers headers{};
  std::string body{};

  // The value of the first header of this name; nullopt if there is none.
  std::optional<std::string_view> header(std::string_view name) const;
  std::size_t count(std::string_view name) const;

  // The decoded value of a parameter of the query; nullopt if it is not there.
  std::optional<std::string> parameter(std::string_view name) const;

  // The names of all of them, as they came.
  std::vector<std::string_view> parameters() const;
};

struct Response {
  int status = 200;
  Headers headers{};
  std::string body{};

  Response& with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
};

// "application/json" and so on, with the body that it describes.
Response content(int status, std::string_view type, std::string body);
Response json(int status, std::string body);

std::string_view reason_of(int status);

// "%2F" -> "/"; nullopt if an escape is broken or stands for NUL.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space = false);

// One request and its answer, which may come at once or later; on the thread of its connection.
class Exchange {
 public:
  explicit Exchange(Request asked) : request(std::move(asked)) {}

  const Request request;
  std::string id{};        // of this request, in logs and in its answer
  std::string route = "";  // the pattern that it matched, for metrics
  std::chrono::steady_clock::time_point began{};

  // To be called once, as the last thing that is done: it may run whatever comes next.
  void answer(Response response) {
    response_ = std::move(response);
    if (wake_) std::exchange(wake_, nullptr)();
  }

  bool answered() const { return response_.has_value(); }
  Response& response() { return *response_; }
  void on_answer(std::function<void()> wake) { wake_ = std::move(wake); }

 private:
  std::optional<Response> response_{};
  std::function<void()> wake_{};
};
using ExchangePtr = std::shared_ptr<Exchange>;

// Answers each exchange that it is given, now or later.
using Handler = std::function<void(const ExchangePtr&)>;

}  // namespace todo::server
