# The npm package: installed elsewhere, its types, its border, its answers, and the example
source "$(dirname "$0")/../lib.sh"
part_needs $native_packages $web_packages python3
use_node

cmake_build dev todo-describe todo-conformance
TODO_DESCRIBE=$build/dev/libtodo/tools/todo-describe bash "$root/wasm/build.sh"

step "Installing the packed package into another project"
consumer=$build/wasm-consumer
rm -rf "$consumer"
mkdir -p "$consumer"
(cd "$root/wasm/face" && npm pack --silent --pack-destination "$consumer" >/dev/null)
cp -r "$tests"/wasm/* "$root/examples/wasm/todo.mjs" "$consumer"
cd "$consumer"
echo '{"name":"consumer","private":true,"type":"module"}' >package.json
npm install --silent --no-audit --no-fund ./libtodo-*.tgz

step "Types of a strict consumer"
"$root/wasm/face/node_modules/.bin/tsc" -p types

step "The package in use"
timeout 120 node --test .

step "The example"
timeout 30 node todo.mjs | tee example.txt
grep -q '2026-10-26T09:00:00\[Europe/Paris\]  Weekly meeting' example.txt

step "The same answers as in C++, also to bad input"
driver=$build/dev/tests/todo-conformance
node_driver="node $tests/conformance/node.mjs"
python3 "$tests/conformance/compare.py" "$driver" "$node_driver"
python3 "$tests/conformance/bad_input.py" "$build/dev/libtodo/tools/todo-describe" \
  "$driver" "$node_driver"

wasm=$root/wasm/face/dist/libtodo.wasm
printf 'libtodo.wasm: %d bytes, %d gzipped, %d with brotli\n' "$(wc -c <"$wasm")" \
  "$(gzip -9 <"$wasm" | wc -c)" \
  "$(node -e "console.log(zlib.brotliCompressSync(fs.readFileSync('$wasm')).length)")"
