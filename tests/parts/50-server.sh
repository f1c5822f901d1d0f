# The real server: REST, hostile bytes and pages, two processes on one file, kill -9 under load
source "$(dirname "$0")/../lib.sh"
part_needs $native_packages python3-venv curl strace

cmake_build dev todo-server
use_python pytest "pytest==8.3.4"
export TODO_SERVER=$build/dev/server/todo-server TODO_LONG=$long
cd "$root"
python -m pytest -q -p no:cacheprovider --rootdir "$tests/server" "$tests/server"
