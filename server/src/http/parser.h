// Reads one request out of bytes as they come.
#pragma once

#include "http/head.h"

namespace todo::server {

class RequestParser {
 public:
  enum class Progress : std::uint8_t { head, body, done, failed };

  explicit RequestParser(const HttpLimits& limits);
  ~RequestParser();
  RequestParser(RequestParser&&) noexcept;
  RequestParser& operator=(RequestParser&&) noexcept;

  // Takes what it can and says how much; the rest has to be given again with what follows it.
  std::size_t put(std::string_view bytes);

  Progress progress() const { return progress_; }
  const Fault& fault() const { return fault_; }  // if it failed

  // Whether the client waits for "100 Continue" before it sends the body.
  bool expects_continue() const;

  Request take();  // if it is done

 private:
  struct Impl;

  std::size_t put_head(std::string_view bytes);
  std::size_t put_body(std::string_view bytes);
  void begin_body();
  std::size_t fail(Fault fault);

  HttpLimits limits_;
  Progress progress_ = Progress::head;
  Fault fault_{};
  std::size_t searched_ = 0;  // so many bytes of the head hold no end of it
  std::unique_ptr<Impl> impl_;
};

}  // namespace todo::server
