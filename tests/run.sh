#!/usr/bin/env bash
# Installs what is missing, builds, and runs the tests.
#
#   bash tests/run.sh [--long] [part ...]     the parts named, or all of them
#   bash tests/run.sh --list                  the parts, and what each shows
#
# --long searches longer (fuzzing, simulations, kills), and adds what takes minutes: the parts tsan
# and image, and the mutants of sim. What each part prints is kept in build/logs. Exits with 1 if a
# part failed, 2 if a package is missing and cannot be installed.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

part_timeout=1200 # seconds
logs=$build/logs

list_parts() {
  local file
  for file in "${all_parts[@]}"; do
    printf '%-14s %s\n' "$(part_name "$file")" "$(sed -n '1s/^# //p' "$file")"
  done
}

part_name() {
  local name=${1##*/[0-9][0-9]-}
  printf '%s' "${name%.sh}"
}

choose_parts() {
  parts=()
  local name file found
  for name in "$@"; do
    found=
    for file in "${all_parts[@]}"; do
      [[ $(part_name "$file") == "$name" ]] && parts+=("$file") && found=1
    done
    [[ $found ]] || die "No part is called \"$name\": see bash tests/run.sh --list"
  done
  (($#)) || parts=("${all_parts[@]}")
}

install_packages() {
  local packages=() file
  for file in "${parts[@]}"; do
    packages+=($(TODO_ASK_PACKAGES=1 bash "$file"))
  done
  need_packages "${packages[@]}"
}

# Ends whatever the part has started: `timeout` made it a process group.
end_running() {
  [[ -z $running ]] || kill -- "-$running" 2>/dev/null || true
  running=
}

# Runs one part and adds its line to the summary.
run_part() {
  local name status=0 started=$SECONDS why=
  name=$(part_name "$1")
  export TODO_SKIP_FILE=$logs/$name.skipped
  rm -f "$TODO_SKIP_FILE"
  printf '\n==== %s: %s\n' "$name" "$(sed -n '1s/^# //p' "$1")"

  exec {output}> >(exec tee "$logs/$name.log")
  local tee=$!
  timeout --kill-after=10 "$part_timeout" bash "$1" </dev/null >&"$output" 2>&1 &
  running=$!
  exec {output}>&-
  wait "$running" || status=$?
  end_running
  wait "$tee"

  [[ $status != 77 || -f $TODO_SKIP_FILE ]] || status=1 # by a command that happens to give 77
  case $status in
    0) passed=$((passed + 1)) status=passed ;;
    77) skipped=$((skipped + 1)) status=SKIPPED why=$(cat "$TODO_SKIP_FILE") ;;
    124) failed=$((failed + 1)) status=FAILED why="not done after $part_timeout s" ;;
    *) failed=$((failed + 1)) status=FAILED why="see ${logs#"$root"/}/$name.log" ;;
  esac
  summary+=$(printf '%-14s %-8s %5d s  %s' "$name" "$status" "$((SECONDS - started))" "$why")$'\n'
}

all_parts=("$tests"/parts/[0-9][0-9]-*.sh)
names=()
for argument in "$@"; do
  case $argument in
    --long) export TODO_LONG=1 ;;
    --list) list_parts && exit ;;
    --help | -h) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" && exit ;;
    -*) die "Unknown option $argument: see bash tests/run.sh --help" ;;
    *) names+=("$argument") ;;
  esac
done
choose_parts "${names[@]}"

mkdir -p "$logs"
passed=0 failed=0 skipped=0 summary= running=
trap 'end_running && exit 130' INT TERM

install_packages
for part in "${parts[@]}"; do run_part "$part"; done

printf '\n%s%d passed, %d failed, %d skipped\n' "$summary" "$passed" "$failed" "$skipped"
((failed == 0))
