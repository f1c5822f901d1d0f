#include "config/config.h"

#include <CLI/CLI.hpp>
#include <boost/asio/ip/address.hpp>
#include <cstdlib>

namespace todo::server {

namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

// Empty if the environment does not say where it is. What is no absolute path says nothing: so the
// XDG Base Directory Specification has it.
fs::path default_data_dir() {
  fs::path data = environment("XDG_DATA_HOME");
  if (data.is_absolute()) return data / "todo-server";
  fs::path home = environment("HOME");
  return home.is_absolute() ? home / ".local" / "share" / "todo-server" : fs::path();
}

// "127.0.0.1:8636" and "[::1]:8636". Throws CLI::ValidationError.
Endpoint endpoint_of(const std::string& text) {
  std::size_t colon = text.rfind(':');
  std::string host = text.substr(0, colon == std::string::npos ? 0 : colon);
  std::string port = colon == std::string::npos ? "" : text.substr(colon + 1);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host == "localhost") host = "127.0.0.1";
  bool digits = !port.empty() && port.size() <= 5 &&
                port.find_first_not_of("0123456789") == std::string::npos;
  boost::system::error_code error;
  boost::asio::ip::make_address(host, error);
  if (error || !digits || std::stoul(port) > 65535)
    throw CLI::ValidationError("\"" + text + "\" is not ADDRESS:PORT, such as 127.0.0.1:8636");
  return {host, static_cast<std::uint16_t>(std::stoul(port))};
}

void require_loopback(const Endpoint& endpoint, const Config& config) {
  if (config.trust_network || boost::asio::ip::make_address(endpoint.address).is_loopback()) return;
  throw CLI::ValidationError(
      "--listen " + endpoint.address +
      ": this version knows one local user and asks nobody for a password, so it listens on "
      "loopback only; --trust-network lifts that where something in front decides who gets in");
}

void require_data_dir(const Config& config) {
  if (!config.data_dir.empty() || config.conformance) return;
  throw CLI::ValidationError(
      "--data-dir has to be given where the environment has neither HOME nor XDG_DATA_HOME with an "
      "absolute path");
}

// The texts that options are read into before they become values.
struct Texts {
  std::string listen = "127.0.0.1:8636";
  std::string ops_listen{};
  std::string synchronous = "full";
};

void add_network_options(CLI::App& app, Config& config, Texts& texts) {
  app.add_option("--listen", texts.listen, "Address and port; port 0 takes one that is free")
      ->capture_default_str();
  app.add_option("--ops-listen", texts.ops_listen,
                 "Address and port for /healthz, /readyz and /metrics alone (else: as --listen)");
  app.add_flag("--trust-network", config.trust_network,
               "Listen on other addresses than loopback: whoever reaches the port is the user");
  app.add_option("--host-name", config.host_names,
                 "A name that this server goes by in Host, beside loopback's; may be repeated");
  auto most = [&](const char* name, std::size_t& value, const CLI::Range& range, const char* help) {
    app.add_option(name, value, help)->check(range)->capture_default_str();
  };
  most("--max-connections", config.connections, {1, 100'000}, "More get 503");
  most("--max-head", config.head_bytes, {512, 1 << 20}, "Bytes of a request's head; more get 431");
  most("--max-body", config.body_bytes, {1, 1 << 30}, "Bytes of a request's body; more get 413");
}

void add_time_options(CLI::App& app, Config& config) {
  auto seconds = [&](const char* name, std::chrono::seconds& value, int least, const char* help) {
    auto set = [&value](const unsigned& given) { value = std::chrono::seconds(given); };
    app.add_option_function<unsigned>(name, set, help)
        ->check(CLI::Range(least, 86'400))
        ->type_name("SECONDS")
        ->default_str(std::to_string(value.count()))
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  };
  seconds("--head-timeout", config.head_timeout, 1, "For a request's head to arrive");
  seconds("--body-timeout", config.body_timeout, 1, "For a request's body to arrive");
  seconds("--idle-timeout", config.idle_timeout, 1, "After which an unused connection is closed");
  seconds("--drain-delay", config.drain_delay, 0,
          "After SIGTERM: go on serving, not ready, until load balancers have noticed");
  seconds("--drain-timeout", config.drain_timeout, 0,
          "After that: let requests finish for at most so long");
}

void add_data_options(CLI::App& app, Config& config, Texts& texts) {
  app.add_option("--data-dir", config.data_dir, "Folder of the data, made if it is missing (0700)")
      ->default_str(config.data_dir.string());
  app.add_option("--synchronous", texts.synchronous,
                 "full: what was answered survives a power cut; normal: it survives a crash of "
                 "the server, and writes cost less")
      ->check(CLI::IsMember({"full", "normal"}))
      ->capture_default_str();
  app.add_option("--web-root", config.web_root, "Folder of the web app to serve")
      ->check(CLI::ExistingDirectory);
  app.add_option("--log-level", config.log_level, "debug logs every request")
      ->check(CLI::IsMember({"debug", "info", "warn", "error"}))
      ->capture_default_str();
  app.add_flag(
      "--conformance", config.conformance,
      "For tests: data in memory only, and the header Todo-Context says who asks and when");
}

void add_actions(CLI::App& app, Config& config) {
  auto action = [&](const char* name, Action value, const char* help) {
    CLI::App* command = app.add_subcommand(name, help)->fallthrough();
    command->callback([&config, value] { config.action = value; });
    return command;
  };
  action("serve", Action::serve, "Serve until SIGTERM or SIGINT (the default)");
  action("backup", Action::backup, "Copy the data into a new file, while a server may be running")
      ->add_option("file", config.file, "The file to write; it must not exist")
      ->required();
  action("restore", Action::restore, "Put a backup in the place of the data; stop the server first")
      ->add_option("file", config.file, "The backup")
      ->required()
      ->check(CLI::ExistingFile);
  action("check", Action::check, "Read all data and say whether it is as it was written");
  action("compact", Action::compact,
         "Keep a snapshot, and drop the entries that are older than 30 days");
  app.require_subcommand(0, 1);
}

// The options out of the environment, as flags to be read before those of the command line: the
// last one counts. A configuration file is asked only for what neither gives. An empty variable
// gives nothing.
std::vector<std::string> flags_of_environment(const CLI::App& app) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_lnames().empty() || option->get_name() == "--help") continue;
    std::string name = option->get_lnames().front();
    std::string variable = "TODO_";
    for (char c : name) variable += c == '-' ? '_' : static_cast<char>(std::toupper(c));
    std::string value = environment(variable.c_str());
    if (!value.empty()) flags.push_back("--" + name + "=" + value);
  }
  return flags;
}

void read(CLI::App& app, int argc, const char* const* argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  std::vector<std::string> flags = flags_of_environment(app);
  arguments.insert(arguments.begin(), flags.begin(), flags.end());
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  app.parse(std::move(reversed));
}

}  // namespace

std::variant<Config, int> read_config(int argc, const char* const* argv) {
  Config config;
  config.data_dir = default_data_dir();
  Texts texts;
  CLI::App app("todo-server: tasks, served by HTTP to this machine", "todo-server");
  app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  app.set_version_flag("--version", TODO_SERVER_VERSION);
  app.set_config("--config", "", "A file of options: name = value, one a line");
  app.allow_config_extras(CLI::config_extras_mode::error);
  add_network_options(app, config, texts);
  add_data_options(app, config, texts);
  add_time_options(app, config);
  add_actions(app, config);
  app.get_option("--host-name")->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app.footer(
      "Every option can also be given as an environment variable (--data-dir as\n"
      "TODO_DATA_DIR) or in the file that --config names. Flags come before the\n"
      "environment, the environment before the file.");
  try {
    read(app, argc, argv);
    config.listen = endpoint_of(texts.listen);
    if (!texts.ops_listen.empty()) config.ops_listen = endpoint_of(texts.ops_listen);
    require_data_dir(config);
    config.synchronous_full = texts.synchronous == "full";
    require_loopback(config.listen, config);
    if (config.ops_listen) require_loopback(*config.ops_listen, config);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? exit_code::ok : exit_code::usage;
  }
  return config;
}

}  // namespace todo::server
