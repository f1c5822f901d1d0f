# The same answers from every face, byte for byte, and types for other languages
source "$(dirname "$0")/../lib.sh"
part_needs $native_packages python3

cmake_build dev todo-conformance todo-describe
python3 "$tests/conformance/compare.py" "$build/dev/tests/todo-conformance"
python3 "$tests/describe_test.py" "$build/dev/libtodo/tools/todo-describe"
