# Imports of what Taskwarrior, todoman and the library icalendar write
source "$(dirname "$0")/../lib.sh"
part_needs $native_packages python3-venv taskwarrior todoman

cmake_build dev todo-conformance
use_python import-peers "pytest==8.3.4" "icalendar==6.1.0"
export TODO_CONFORMANCE=$build/dev/tests/todo-conformance
cd "$root"
python -m pytest -q -p no:cacheprovider --rootdir "$tests/interchange" "$tests/interchange"
