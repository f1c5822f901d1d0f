# Random input for the codec, the parsers and the imports: 10 s each, a minute with --long
source "$(dirname "$0")/../lib.sh"
part_needs $core_packages clang-14 libclang-rt-14-dev

cmake_build fuzz fuzz_targets
seconds=10
((long)) && seconds=60

# New inputs are kept in build/fuzz/corpus. To take them over into the committed corpus:
#   build/fuzz/tests/NAME_fuzz -merge=1 tests/fuzz/corpus/NAME build/fuzz/corpus/NAME
fuzz() {
  local target=$1 name=${1%_fuzz} log=$build/fuzz/$1.log
  local corpus=("$build/fuzz/corpus/$name")
  mkdir -p "${corpus[@]}"
  [[ -d $tests/fuzz/corpus/$name ]] && corpus+=("$tests/fuzz/corpus/$name")
  step "$target for $seconds s"
  "$build/fuzz/tests/$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 \
    -print_final_stats=1 -artifact_prefix="$build/fuzz/$target-" "${corpus[@]}" >"$log" 2>&1 ||
    { tail -n 60 "$log" && return 1; }
  grep -E '^(Done|stat::number_of_executed)' "$log"
}
for source in "$tests"/fuzz/*_fuzz.cpp; do fuzz "$(basename "$source" .cpp)"; done
