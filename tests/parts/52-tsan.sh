# The real server under ThreadSanitizer: its tests, without the long searches (with --long)
source "$(dirname "$0")/../lib.sh"
only_with_long "it builds the library and the server once more, in some minutes"
part_needs $native_packages python3-venv curl strace

cmake_build tsan todo-server
use_python pytest "pytest==8.3.4"
export TODO_SERVER=$build/tsan/server/todo-server TODO_LONG=0
export TSAN_OPTIONS=halt_on_error=1:exitcode=66
cd "$root"
python -m pytest -q -p no:cacheprovider --rootdir "$tests/server" "$tests/server"
