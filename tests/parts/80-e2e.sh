# The page of the real server in a real browser: the main job, a killed server, two tabs
source "$(dirname "$0")/../lib.sh"
part_needs $native_packages $web_packages chromium
use_node

cmake_build dev todo-server todo-describe
export TODO_DESCRIBE=$build/dev/libtodo/tools/todo-describe
export TODO_SERVER=$build/dev/server/todo-server TODO_WEB=$build/web-e2e TODO_SHOTS=$build/shots
bash "$root/wasm/build.sh" "$TODO_WEB"

step "The page in Chromium"
mkdir -p "$TODO_SHOTS"
timeout 300 node --test "$tests/e2e/"
