# Simulations: replicas, sync and crashes under random schedules; with --long also mutants
source "$(dirname "$0")/../lib.sh"
part_needs $native_packages

cmake_build dev sim_tests
run_ctest dev '^sim$'

if ((long)); then
  step "The engine broken on purpose: each way must make a simulation fail"
  python3 "$tests/sim/mutate.py" "$build/dev/libtodo/libtodo.a"
fi
