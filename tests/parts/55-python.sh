# The Python module: its wheel, values, workspaces, hostile programs, and the answers of its driver
source "$(dirname "$0")/../lib.sh"
part_needs $native_packages python3-venv python3-dev

requirements=("pytest==8.3.4" "hypothesis==6.122.3" "mypy==1.13.0" "scikit-build-core==0.10.7"
  "pybind11==2.13.6")
use_python python-env "${requirements[@]}"
cd "$root"

# Compiled as in the preset "dev", so that the cache of the compiler has most of it already.
export CXX=${CXX:-c++}
step "Building the wheel and installing it"
pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --force-reinstall . \
  --config-settings=cmake.build-type=Debug \
  --config-settings=cmake.define.CMAKE_CXX_FLAGS_DEBUG="-O1 -g1" \
  --config-settings=cmake.define.LIBTODO_WARNINGS_AS_ERRORS=ON

step "Tests"
export HYPOTHESIS_STORAGE_DIRECTORY=$build/python-env/hypothesis
python -m pytest -q -p no:cacheprovider --rootdir "$tests/python" "$tests/python"

step "Types"
cd "$build" # where no folder hides the package that is installed
export MYPY_CACHE_DIR=$build/python-env/mypy
mypy --strict -p libtodo
mypy --strict "$root/examples/python" "$tests/python/typed_use.py"
python -m mypy.stubtest --concise --allowlist "$tests/python/stubtest.txt" libtodo

step "The same answers as the other faces, also to bad input"
cmake_build dev todo-conformance todo-describe
driver=$build/dev/tests/todo-conformance
python_driver="$build/python-env/bin/python $tests/conformance/python.py"
python "$tests/conformance/compare.py" "$driver" "$python_driver"
python "$tests/conformance/bad_input.py" "$build/dev/libtodo/tools/todo-describe" \
  "$driver" "$python_driver"
