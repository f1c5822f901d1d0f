# The same answers from every face, byte for byte; bad input, refused by name; types for others
source "$(dirname "$0")/../lib.sh"
part_needs $native_packages python3

cmake_build dev todo-conformance todo-describe todo-server
describe=$build/dev/libtodo/tools/todo-describe
driver=$build/dev/tests/todo-conformance
step "The vectors"
python3 "$tests/conformance/compare.py" "$driver"

step "Each member of each command, spoiled in every way, over the library and over HTTP"
options=--server
((long)) && options+=" --long"
TODO_SERVER=$build/dev/server/todo-server \
  python3 "$tests/conformance/bad_input.py" $options "$describe" "$driver"

step "Types for other languages"
python3 "$tests/describe_test.py" "$describe"
