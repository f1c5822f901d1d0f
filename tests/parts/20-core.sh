# Every layer of the library, the contract of its stores and the examples, natively built
source "$(dirname "$0")/../lib.sh"
part_needs $native_packages

cmake_build dev core_tests contract_tests examples_tests headers_alone
run_ctest dev '^(core|contract|examples)$'
