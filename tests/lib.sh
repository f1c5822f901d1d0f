# What the parts of tests/run.sh share, beside server/setup.sh. To be sourced by bash.
#
# A part is a file tests/parts/NN-name.sh: its first line says what it shows, then it sources this
# file, calls `part_needs PACKAGE...` and does its work. It passes by reaching its end, fails by any
# failing command, and ends early with `skip "why"`. One that takes minutes begins with
# `only_with_long "why"`.
#
# Given by the runner: TODO_LONG is 1 if there is time for long searches.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../server/setup.sh"

tests=$root/tests
long=${TODO_LONG:-0}
native_packages="$server_packages libgtest-dev libgmock-dev ccache"

# The runner asks every part for its packages first, to install them all in one go.
part_needs() {
  if [[ -n ${TODO_ASK_PACKAGES:-} ]]; then
    echo "$@"
    exit 0
  fi
  need_packages "$@"
}

# skip WHY: this part cannot run here; it is no failure, and the summary says why.
skip() {
  printf 'SKIPPED: %s\n' "$1"
  [[ -z ${TODO_SKIP_FILE:-} ]] || printf '%s' "$1" >"$TODO_SKIP_FILE"
  exit 77
}

# only_with_long WHY: skips this part, and needs no packages for it, unless there is time for it.
only_with_long() {
  ((long)) && return
  [[ -z ${TODO_ASK_PACKAGES:-} ]] || exit 0
  skip "only with --long: $1"
}

# run_ctest PRESET LABELS: the tests whose label matches, side by side.
run_ctest() {
  (cd "$root" && ctest --preset "$1" --label-regex "$2" --parallel "$jobs")
}
