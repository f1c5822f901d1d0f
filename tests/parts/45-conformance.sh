# The same answers from every face, byte for byte
source "$(dirname "$0")/../lib.sh"
part_needs $native_packages python3

cmake_build dev todo-conformance
python3 "$tests/conformance/compare.py" "$build/dev/tests/todo-conformance"
