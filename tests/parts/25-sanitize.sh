# The same tests under AddressSanitizer and UndefinedBehaviorSanitizer
source "$(dirname "$0")/../lib.sh"
part_needs $native_packages

cmake_build asan-ubsan core_tests contract_tests
run_ctest asan-ubsan '^(core|contract)$'
