# The page by itself: its format, its types, its words, and its worker over a server that fails
source "$(dirname "$0")/../lib.sh"
part_needs $native_packages $web_packages
use_node

cmake_build dev todo-describe
export TODO_DESCRIBE=$build/dev/libtodo/tools/todo-describe
bash "$root/wasm/build.sh"
npm_install "$root/wasm/web"

cd "$root/wasm/web"
step "The page's own tests"
npm run --silent format
npm run --silent test
