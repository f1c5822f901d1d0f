# The time zones of the library against Python's: of every 20th zone, of all with --long
source "$(dirname "$0")/../lib.sh"
part_needs $native_packages python3 tzdata

cmake_build dev todo-conformance
every=20
((long)) && every=1
status=0
driver=$build/dev/tests/todo-conformance
python3 "$tests/base/zone_oracle.py" --every "$every" "$driver" | tee "$build/logs/zones.txt" ||
  status=$?
((status != 77)) || skip "$(tail -n 1 "$build/logs/zones.txt")"
exit $status
