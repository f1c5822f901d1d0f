#include <iostream>

#include "ops/log.h"
#include "wiring.h"

namespace {

int run(const todo::server::Config& config) {
  using todo::server::Action;
  switch (config.action) {
    case Action::serve:
      return todo::server::serve(config);
    case Action::backup:
      return todo::server::backup(config);
    case Action::restore:
      return todo::server::restore(config);
    case Action::check:
      return todo::server::check(config);
    case Action::compact:
      return todo::server::compact(config);
  }
  return todo::server::exit_code::failed;
}

}  // namespace

int main(int argc, char** argv) {
  auto config = todo::server::read_config(argc, argv);
  if (const int* code = std::get_if<int>(&config)) return *code;
  try {
    const auto& given = std::get<todo::server::Config>(config);
    todo::server::log::begin(given.log_level);
    return run(given);
  } catch (const std::exception& error) {
    std::cerr << "todo-server: " << error.what() << "\n";
    return todo::server::exit_code::failed;
  }
}
