# Layers, bans, sizes and formatting of the sources; what the documents name
source "$(dirname "$0")/../lib.sh"
part_needs python3 git clang-format-14

cd "$root"
status=0
step "Layers, bans and sizes"
python3 tests/tidy_test.py 2>&1 | tail -n 3 || status=1
python3 tests/tidy.py || status=1

step "Links, examples and names in the documents"
python3 tests/docs_test.py || status=1

step "Formatting"
python3 tests/tidy.py --list .h .cpp | xargs -r clang-format-14 --dry-run -Werror || status=1

step "Shell scripts"
python3 tests/tidy.py --list .sh | xargs -r -n 1 bash -n || status=1
exit $status
