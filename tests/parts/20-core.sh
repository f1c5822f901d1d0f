# Every layer of the library and the contract of its stores, natively built
source "$(dirname "$0")/../lib.sh"
part_needs $native_packages

cmake_build dev core_tests contract_tests headers_alone
run_ctest dev '^(core|contract)$'
