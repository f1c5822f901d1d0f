#!/usr/bin/env bash
# Installs what is needed, builds the server and the web app, and serves both at one URL.
#
#   bash server/run.sh [argument of todo-server ...]      (--help lists them)
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

need_packages $server_packages $web_packages

step "Building the server"
cmake_build release todo-server

web=()
if [[ -f $root/wasm/build.sh ]]; then
  step "Building the web app"
  bash "$root/wasm/build.sh" "$build/web"
  web=(--web-root "$build/web")
fi

step "Starting the server"
exec "$build/release/server/todo-server" "${web[@]}" "$@"
