#!/usr/bin/env bash
# Builds the server as it is run and the bare one beside it, and measures both by wrk (load.py).
#
#   bash bench/server/load.sh [--seconds N] [--rounds N]
source "$(dirname "${BASH_SOURCE[0]}")/../../server/setup.sh"
set -euo pipefail

need_packages $server_packages wrk python3
cmake_build release todo-server
bare=$build/release/bare_server
source=$root/bench/server/bare_server.cpp
if [[ $source -nt $bare ]]; then
  step "Building the bare server"
  g++ -std=c++20 -O3 -DNDEBUG "$source" -o "$bare" -lSQLiteCpp -lsqlite3 -lpthread
fi
exec python3 "$root/bench/server/load.py" --server "$build/release/server/todo-server" \
  --bare "$bare" "$@"
