#!/usr/bin/env bash
# Builds the npm package into wasm/face/dist and, if a folder is named, the web app into it.
#
#   bash wasm/build.sh [folder]
#
# TODO_DESCRIBE may name a built todo-describe; otherwise it is built as well.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../server/setup.sh"

need_packages $web_packages
use_node

if [[ -z ${TODO_DESCRIBE:-} ]]; then
  cmake_build release todo-describe
  export TODO_DESCRIBE=$build/release/libtodo/tools/todo-describe
fi

step "Compiling the engine to WebAssembly"
NODE_PATH=/usr/share/nodejs cmake_build wasm libtodo_wasm

step "Building the npm package"
face=$root/wasm/face
npm_install "$face"
"$TODO_DESCRIBE" typescript >"$face/src/model.ts"
(cd "$face" && node_modules/.bin/tsc)
cp "$build/wasm/wasm/libtodo.wasm" "$face/dist/libtodo.wasm"

if (($#)); then
  step "Building the web app"
  folder=$(realpath -m "$1")
  npm_install "$root/wasm/web"
  cd "$root/wasm/web"
  node tools/model.mjs
  node_modules/.bin/vite build --outDir "$folder" --emptyOutDir --logLevel warn
  node tools/compress.mjs "$folder"
fi
