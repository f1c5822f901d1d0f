// What the server was told by its flags, its environment and its configuration file.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace todo::server {

enum class Action : std::uint8_t { serve, backup, restore, check, compact };

struct Endpoint {
  std::string address{};
  std::uint16_t port = 0;  // 0: one that is free
};

struct Config {
  Action action = Action::serve;
  std::filesystem::path file{};  // of backup and restore

  Endpoint listen{"127.0.0.1", 8636};
  std::optional<Endpoint> ops_listen{};  // for health and metrics; none: where all is
  bool trust_network = false;
  std::vector<std::string> host_names{};

  std::filesystem::path data_dir{};
  std::filesystem::path web_root{};
  bool synchronous_full = true;
  bool conformance = false;

  std::size_t head_bytes = 16 * 1024;
  std::size_t body_bytes = 16 * 1024 * 1024;
  std::size_t connections = 1000;
  std::chrono::seconds head_timeout{10};
  std::chrono::seconds body_timeout{30};
  std::chrono::seconds idle_timeout{75};
  std::chrono::seconds drain_delay{0};
  std::chrono::seconds drain_timeout{25};
  std::string log_level = "info";

  std::filesystem::path database() const { return data_dir / "todo.sqlite"; }
};

// What the process ends with; documented in server/README.md.
namespace exit_code {
inline constexpr int ok = 0;
inline constexpr int failed = 1;
inline constexpr int usage = 2;
inline constexpr int data = 3;
inline constexpr int listen = 4;
}  // namespace exit_code

// Reads flags before environment before file. Gives the exit code instead if there is nothing to
// do but end: after --help, or after it has said on standard error what is wrong.
std::variant<Config, int> read_config(int argc, const char* const* argv);

}  // namespace todo::server
