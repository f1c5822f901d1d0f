#include "http/parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

namespace todo::server {

namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using BeastView = boost::beast::string_view;

constexpr std::size_t chunk_extension_bytes = 256;
constexpr std::size_t unread_bytes = 16 * 1024;  // of a chunk header or trailer that does not end

std::string to_string(BeastView text) { return {text.data(), text.size()}; }

Method method_of(http::verb verb, BeastView name) {
  for (auto method :
       {Method::get, Method::head, Method::post, Method::patch, Method::del, Method::options}) {
    if (BeastView(name_of(method).data(), name_of(method).size()) == name) return method;
  }
  return verb == http::verb::unknown ? Method::unknown : Method::other;
}

}  // namespace

// Beast's own parser, with this request as where its parts go.
struct RequestParser::Impl final : http::basic_parser<true> {
  Request request{};
  std::size_t body_bytes = 0;  // at most
  bool head_is_done = false;

  void on_request_impl(http::verb verb, BeastView method, BeastView target, int version,
                       error_code&) override {
    request.method = method_of(verb, method);
    request.http_1_0 = version == 10;
    std::size_t question = target.find('?');
    request.path = to_string(target.substr(0, question));
    if (question != BeastView::npos) request.query = to_string(target.substr(question + 1));
  }
  void on_response_impl(int, BeastView, int, error_code&) override {}
  void on_field_impl(http::field, BeastView name, BeastView value, error_code&) override {
    if (head_is_done) return;  // trailers are read and left alone
    request.headers.emplace_back(to_string(name), to_string(value));
    for (char& c : request.headers.back().first) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
  }
  void on_header_impl(error_code&) override { head_is_done = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    if (length) request.body.reserve(static_cast<std::size_t>(*length));
  }
  std::size_t on_body_impl(BeastView body, error_code& ec) override { return take_body(body, ec); }
  void on_chunk_header_impl(std::uint64_t, BeastView extensions, error_code& ec) override {
    if (extensions.size() > chunk_extension_bytes) ec = http::error::bad_chunk_extension;
  }
  std::size_t on_chunk_body_impl(std::uint64_t, BeastView body, error_code& ec) override {
    return take_body(body, ec);
  }
  void on_finish_impl(error_code&) override {}

  std::size_t take_body(BeastView body, error_code& ec) {
    if (request.body.size() + body.size() > body_bytes) {
      ec = http::error::body_limit;
      return 0;
    }
    request.body.append(body.data(), body.size());
    return body.size();
  }
};

RequestParser::RequestParser(const HttpLimits& limits)
    : limits_(limits), impl_(std::make_unique<Impl>()) {
  impl_->eager(true);
  impl_->header_limit(static_cast<std::uint32_t>(limits.head_bytes + 4));
  impl_->body_limit(limits.body_bytes);
  impl_->body_bytes = limits.body_bytes;
}
RequestParser::~RequestParser() = default;
RequestParser::RequestParser(RequestParser&&) noexcept = default;
RequestParser& RequestParser::operator=(RequestParser&&) noexcept = default;

std::size_t RequestParser::put(std::string_view bytes) {
  std::size_t taken = 0;
  if (progress_ == Progress::head) taken += put_head(bytes);
  if (progress_ == Progress::body) taken += put_body(bytes.substr(taken));
  return taken;
}

// Waits until the head is whole: it can be judged only then, and costs no second look.
std::size_t RequestParser::put_head(std::string_view bytes) {
  std::size_t skipped = 0;  // RFC 9112, 2.2: empty lines before a request
  while (searched_ == 0 && bytes.substr(skipped).starts_with("\r\n")) skipped += 2;
  bytes.remove_prefix(skipped);
  if (bytes == "\r") return skipped;

  std::size_t end = bytes.find("\r\n\r\n", searched_ > 3 ? searched_ - 3 : 0);
  if (end == std::string_view::npos) {
    searched_ = bytes.size();
    if (bytes.size() <= limits_.head_bytes) return skipped;
    bool in_request_line = bytes.find("\r\n") == std::string_view::npos;
    if (in_request_line) return fail({414, "The target is too long"});
    return fail({431, "The headers are too long"});
  }
  std::string_view head = bytes.substr(0, end + 4);
  if (head.size() > limits_.head_bytes) return fail({431, "The headers are too long"});
  if (auto fault = fault_of_head(head, limits_)) return fail(*std::move(fault));

  error_code ec;
  impl_->put(boost::asio::const_buffer(head.data(), head.size()), ec);
  if (ec == http::error::body_limit) return fail({413, "The body is too large"});
  if (ec && ec != http::error::need_more)
    return fail({400, "The head of the request is not HTTP: " + ec.message()});
  if (auto fault = fault_of_fields(impl_->request, limits_)) return fail(*std::move(fault));
  begin_body();
  return progress_ == Progress::failed ? 0 : skipped + head.size();
}

void RequestParser::begin_body() {
  impl_->request.keep_alive = impl_->keep_alive();
  if (impl_->is_done()) progress_ = Progress::done;
  else if (auto length = impl_->content_length(); length && *length > limits_.body_bytes)
    fail({413, "The body is too large"});
  else progress_ = Progress::body;
}

std::size_t RequestParser::put_body(std::string_view bytes) {
  if (bytes.empty()) return 0;
  error_code ec;
  std::size_t taken = impl_->put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
  if (ec == http::error::body_limit) return fail({413, "The body is too large"});
  if (ec && ec != http::error::need_more)
    return fail({400, "The body is not framed as its head says: " + ec.message()});
  if (impl_->is_done()) progress_ = Progress::done;
  else if (bytes.size() - taken > unread_bytes)
    return fail({400, "A chunk header or trailer is too long"});
  return taken;
}

std::size_t RequestParser::fail(Fault fault) {
  fault_ = std::move(fault);
  progress_ = Progress::failed;
  return 0;
}

bool RequestParser::expects_continue() const {
  const Request& request = impl_->request;
  return progress_ == Progress::body && !request.http_1_0 && request.count("expect") > 0;
}

Request RequestParser::take() { return std::move(impl_->request); }

}  // namespace todo::server
