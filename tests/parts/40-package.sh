# The library alone: built, installed, and found by find_package(libtodo) from another project
source "$(dirname "$0")/../lib.sh"
part_needs $core_packages ccache

# As deep as the other build trees, so that what they compiled alike is found again.
package=$build/package
step "Building and installing libtodo by itself"
cmake -S "$root/libtodo" -B "$package" -G Ninja -DCMAKE_BUILD_TYPE=Debug \
  -DCMAKE_CXX_FLAGS_DEBUG="-O1 -g1" \
  -DLIBTODO_WARNINGS_AS_ERRORS=ON -DLIBTODO_TOOLS=OFF \
  -DCMAKE_INSTALL_PREFIX="$package/prefix" --log-level=WARNING
cmake --build "$package"
rm -rf "$package/prefix"
cmake --install "$package" >/dev/null

step "Using it from another project"
cmake -S "$root/examples/find_package" -B "$package/agenda" -G Ninja --fresh \
  -DCMAKE_PREFIX_PATH="$package/prefix" --log-level=WARNING
cmake --build "$package/agenda"
instant=$("$package/agenda/agenda")
echo "$instant"
[[ $instant == 2026-03-29T01:30:00Z ]]

step "As a folder of another project"
cmake -S "$tests/package/subproject" -B "$package/subproject" -G Ninja --fresh --log-level=WARNING
