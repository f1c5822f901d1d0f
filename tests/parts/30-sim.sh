# Simulations: replicas, sync and crashes under random schedules
source "$(dirname "$0")/../lib.sh"
part_needs $native_packages

cmake_build dev sim_tests
run_ctest dev '^sim$'
