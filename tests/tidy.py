#!/usr/bin/env python3
"""Checks what compilers do not: who may include whom, what the core may not use, and sizes.

    python3 tests/tidy.py                  prints each finding as file:line: what is wrong
    python3 tests/tidy.py --list .h .cpp   prints the files with these endings, not generated ones

Files that git ignores are not looked at. A file is generated if its first line says "Made by x.py".
"""

import ast
import posixpath
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

# The layers of the core, each with its public headers. A layer may include itself and those above
# it in this table. A new header is added here.
LAYERS = {
    "base": {"error", "fields", "id", "keyed_set", "text", "time", "zone"},
    "model": {"patch", "recurrence", "settings", "shape", "task"},
    "query": {"index", "query", "quick_add"},
    "engine": {"command", "event", "journal", "memory_store", "projection", "reminder_queue",
               "session", "workspace"},
    "codec": {"codec", "engine", "json_document", "json_reader", "json_writer"},
    "interchange": {"interchange"},
    "umbrella": {"todo"},
}
ORDER = list(LAYERS)
LAYER_OF_HEADER = {header: layer for layer, headers in LAYERS.items() for header in headers}

# Folders that use the core through todo/*.h only, and know nothing of one another.
ADAPTERS = ("server", "bindings/python", "wasm", "libtodo/stores/sqlite", "libtodo/tools",
            "examples", "bench")

# Public headers of optional targets, and who may not use them.
OPTIONAL_HEADERS = {"sqlite_store": ("libtodo/include", "libtodo/src", "libtodo/data", "wasm")}

MAX_COLUMNS = 100
MAX_FUNCTION_LINES = 70
MAX_FILE_LINES = 500
SOURCE_ENDINGS = (".h", ".cpp", ".ts", ".tsx", ".js", ".mjs", ".py", ".sh", ".cmake")

_BANNED_HEADERS = {
    "atomic condition_variable future mutex semaphore shared_mutex stop_token thread":
        "the core has no threads",
    "cstdio fstream iostream istream ostream sstream streambuf strstream syncstream filesystem":
        "the core has no files and no streams",
    "clocale codecvt locale regex": "the core has no locale",
    "csignal cstdlib ctime random": "the core has no clock, no randomness and no process",
    "cfenv cmath complex numbers": "the core has no floating point",
    "unordered_map unordered_set": "the order of a hash table could be seen",
    "format ranges source_location": "clang 14 and emcc 3.1.6 do not have it",
}
BANNED_HEADERS = {name: why for names, why in _BANNED_HEADERS.items() for name in names.split()}
BANNED_BOOST = re.compile(r"boost/(?:asio|beast|thread|filesystem|locale|regex|random|log)\b")

BANNED_TOKENS = [(re.compile(pattern), why) for pattern, why in [
    (r"\bthrow\b", "refusals are Result<T>: no throw"),
    (r"\b(?:abort|terminate|_?exit|quick_exit)\s*\(", "the core does not end its host: use assert"),
    (r"\b(?:shared_ptr|make_shared|weak_ptr)\b", "ownership is plain: no shared_ptr"),
    (r"\b(?:float|double)\b", "no floating point"),
    (r"\b(?:system|steady|high_resolution|utc|file)_clock\b(?!::time_point|::duration)",
     "time is an argument: no clock"),
    (r"::now\s*\(", "time is an argument: no clock"),
    (r"\bstd::(?:time|clock|localtime|gmtime|mktime|strftime)\b", "time is an argument: no clock"),
    (r"\b(?:random_device|mt19937(?:_64)?|srand|rand)\b", "random bits are an argument"),
    (r"\b(?:thread|jthread|mutex|atomic\w*|thread_local|condition_variable)\b", "no threads"),
    (r"\b(?:[io]?fstream|[io]?stringstream|[io]stream|cout|cerr|fopen|printf)\b", "no streams"),
    (r"\b(?:setlocale|std::locale|getenv)\b", "nothing is read from the environment"),
    (r"\bstd::unordered_\w+", "the order of a hash table could be seen"),
    (r"\bstd::(?:ranges|views|format|source_location)\b", "clang 14 and emcc 3.1.6 do not have it"),
    (r"\b(?:__EMSCRIPTEN__|_WIN32|__linux__|__APPLE__)\b", "the same code in every face"),
    (r"^[ \t]*#[ \t]*define[ \t]+(?!BOOST_)", "no macros"),
    (r"\bstatic\s+(?!constexpr\b|const\b)[^()=;{}]+[=;{]",
     "no state that changes outside of objects"),
]]

# What a library's interface makes unavoidable: (file, the banned text).
ALLOWED_TOKENS: set[tuple[str, str]] = set()


class Finding(NamedTuple):
    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def project_files(root: Path) -> list[str]:
    """Paths of all files of the work tree that git does not ignore."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    return sorted({path for path in listed.split("\0") if path and (root / path).is_file()})


def is_source(path: str) -> bool:
    return path.endswith(SOURCE_ENDINGS) or posixpath.basename(path) == "CMakeLists.txt"


def is_generated(text: str) -> bool:
    return re.search(r"\b(?:Made|Generated) by \S+\.py\b", text.split("\n", 1)[0]) is not None


def line_at(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


# Reading C++

_NOT_CODE = re.compile(
    r"""//(?:\\\n|[^\n])*
      | /\*.*?\*/
      | R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)"
      | "(?:\\.|[^"\\\n])*"
      | (?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'
    """, re.VERBOSE | re.DOTALL)


def blank(match: re.Match) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def code_of(text: str) -> str:
    """The text with comments and literals blanked; every offset stays what it was."""
    return _NOT_CODE.sub(blank, text)


_INCLUDE = re.compile(r"^[ \t]*#[ \t]*include\b[^\n]*", re.MULTILINE)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:\\\n|[^\n])*", re.MULTILINE)
_TYPE_HEAD = re.compile(r"\b(?:class|struct|union|enum)\s[^()={};]*$")
_FUNCTION_PART = re.compile(r"\(|^\s*(?:,|$)")
_NOT_A_VARIABLE = re.compile(
    r"[(]|\b(?:const|constexpr|using|typedef|extern|template|friend|static_assert|concept"
    r"|class|struct|union|enum|namespace|operator)\b")
_VARIABLE = re.compile(r"[\w>*&\]]\s+[*&]*\w+(?:\s*\[[^\]]*\])?\s*(?:=|$)")


class Scan(NamedTuple):
    functions: list[tuple[int, int]]  # first and last line
    globals: list[int]  # lines of variables at namespace scope that are not const


def kind_of(head: str) -> str:
    """What the brace after `head` opens, seen from namespace or class scope."""
    if re.search(r"\bnamespace\b[^()=;]*$|\bextern\s*$", head):
        return "namespace"
    without_template = re.sub(r"\btemplate\s*<[^()]*?>\s*(?=class|struct|union|enum)", "", head)
    if _TYPE_HEAD.search(without_template) and not without_template.rstrip().endswith(">("):
        return "type"
    if re.search(r"=\s*$", head):
        return "value"
    return "function" if _FUNCTION_PART.search(head) else "value"


def is_variable(head: str) -> bool:
    """Whether `head`, at namespace scope and up to a brace or semicolon, declares one."""
    declared = head.partition("=")[0]
    return bool(_VARIABLE.search(head.strip())) and not _NOT_A_VARIABLE.search(declared)


def scan(code: str) -> Scan:
    """Functions and global variables, by following braces."""
    code = _DIRECTIVE.sub(blank, code)
    found = Scan([], [])
    open_braces: list[tuple[str, int]] = []  # kind, and the line on which its head begins
    head_start = 0
    for mark in re.finditer(r"[{};]", code):
        head = code[head_start:mark.start()]
        head = re.sub(r"\b(?:public|private|protected)\s*:(?!:)", blank, head)
        first_line = line_at(code, head_start + len(head) - len(head.lstrip()))
        at_namespace_scope = all(kind == "namespace" for kind, _ in open_braces)
        in_code = any(kind in ("function", "value") for kind, _ in open_braces)
        kind = "inner" if in_code else kind_of(head)
        if mark.group() != "}" and at_namespace_scope and is_variable(head):
            found.globals.append(first_line)
        if mark.group() == "{":
            open_braces.append((kind, first_line))
        elif mark.group() == "}" and open_braces:
            kind, first_line = open_braces.pop()
            if kind == "function":
                found.functions.append((first_line, line_at(code, mark.start())))
        head_start = mark.end()
    return found


# The checks: each gives (line, message).

def adapter_of(path: str) -> str | None:
    return next((folder for folder in ADAPTERS if path.startswith(folder + "/")), None)


def core_layer_of(path: str) -> str | None:
    """The layer of a file of the core, "" if it is in none, None outside of the core."""
    if match := re.fullmatch(r"libtodo/include/todo/(\w+)\.h", path):
        return LAYER_OF_HEADER.get(match[1], "")
    if match := re.match(r"libtodo/src/(\w+)/", path):
        return match[1] if match[1] in LAYERS else ""
    return "base" if re.match(r"libtodo/data/.*\.(?:h|cpp)$", path) else None


def check_core_include(layer: str, quoted: bool, name: str) -> str | None:
    if not quoted:
        if "/" not in name and "." not in name:
            return BANNED_HEADERS.get(name)
        if name.startswith("boost/") and not BANNED_BOOST.match(name):
            return None
        return f"the core uses the standard library and pure parts of Boost, not <{name}>"
    if match := re.fullmatch(r"todo/(\w+)\.h", name):
        target = LAYER_OF_HEADER.get(match[1])
    elif "/" not in name:
        target = layer
    else:
        target = "base" if name.startswith("data/") else name.split("/")[0]
    if target not in LAYERS:
        return f"the core includes todo/*.h and its own layers, not \"{name}\""
    if ORDER.index(target) > ORDER.index(layer):
        return f"{layer} must not include {target}: {' <- '.join(ORDER[:-1])}"
    return None


def check_outer_include(path: str, name: str, files: list[str]) -> str | None:
    """`name` as included by an adapter or a test."""
    if name.startswith("todo/"):
        return None
    home = adapter_of(path) or "tests"
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
    targets = [beside] if beside in files else [f for f in files if f.endswith("/" + name)]
    if not targets or any(target.startswith(home + "/") for target in targets):
        return None
    if home == "tests" and adapter_of(targets[0]):
        return None
    return f"{home} uses the core through todo/*.h, and no other folder: not {targets[0]}"


def check_includes(path: str, text: str, files: list[str]):
    layer = core_layer_of(path)
    if layer == "":
        yield 1, "belongs to no layer: add it to LAYERS in tests/tidy.py"
        return
    for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)', text, re.MULTILINE):
        quoted, name = match[1] == '"', match[2]
        line = line_at(text, match.start(1))
        if closed := OPTIONAL_HEADERS.get(name.removeprefix("todo/").removesuffix(".h")):
            if path.startswith(closed):
                yield line, f"\"{name}\" is of an optional target"
        elif layer:
            if wrong := check_core_include(layer, quoted, name):
                yield line, wrong
        elif path.startswith((*(folder + "/" for folder in ADAPTERS), "tests/")):
            if wrong := check_outer_include(path, name, files):
                yield line, wrong


def check_imports(path: str, text: str, files: list[str]):
    """A script of one adapter that imports from another folder."""
    home = adapter_of(path)
    for match in re.finditer(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.[^"']+)["']""", text):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), match[1]))
        if home and not target.startswith(home + "/"):
            yield line_at(text, match.start()), f"{home} must not import {target}"


def check_bans(path: str, text: str, files: list[str]):
    if core_layer_of(path) is None:
        return
    code = _INCLUDE.sub(blank, code_of(text))
    for pattern, why in BANNED_TOKENS:
        for match in re.finditer(pattern.pattern, code, re.MULTILINE):
            if (path, match.group().strip()) not in ALLOWED_TOKENS:
                yield line_at(code, match.start()), f"\"{match.group().strip()}\": {why}"
    for line in scan(code).globals:
        yield line, "no state that changes outside of objects"


def check_sizes(path: str, text: str, files: list[str]):
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_COLUMNS and "https://" not in line:
            yield number, f"{len(line)} columns, at most {MAX_COLUMNS}"
    if len(lines) - 1 > MAX_FILE_LINES:
        yield MAX_FILE_LINES + 1, f"{len(lines) - 1} lines, at most {MAX_FILE_LINES}"
    for first, last in functions_of(path, text):
        if last - first + 1 > MAX_FUNCTION_LINES:
            yield first, f"a function of {last - first + 1} lines, at most {MAX_FUNCTION_LINES}"


def functions_of(path: str, text: str) -> list[tuple[int, int]]:
    if path.endswith((".h", ".cpp")):
        return scan(code_of(text)).functions
    if path.endswith(".py"):
        return [(node.lineno, node.end_lineno) for node in ast.walk(ast.parse(text))
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    return []


def check_marks(path: str, text: str, files: list[str]):
    for match in re.finditer(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b[:(]", text):
        yield line_at(text, match.start()), "what is left to do is not written into the source"


CHECKS = {
    (".h", ".cpp"): (check_includes, check_bans),
    (".ts", ".tsx", ".js", ".mjs"): (check_imports,),
    SOURCE_ENDINGS + ("CMakeLists.txt",): (check_sizes, check_marks),
}


def check(path: str, text: str, files: list[str]) -> list[Finding]:
    """All findings in one file; `files` are the paths of the project."""
    generated = is_generated(text)
    return [Finding(path, line, message)
            for endings, checks in CHECKS.items() if path.endswith(endings)
            for one in checks if not (generated and one is check_sizes)
            for line, message in one(path, text, files)]


def main(arguments: list[str]) -> int:
    root = Path(__file__).resolve().parent.parent
    files = project_files(root)
    texts = {path: (root / path).read_text("utf-8") for path in files if is_source(path)}
    if arguments[:1] == ["--list"]:
        for path, text in texts.items():
            if path.endswith(tuple(arguments[1:])) and not is_generated(text):
                print(path)
        return 0
    findings = [finding for path, text in texts.items() for finding in check(path, text, files)]
    for finding in sorted(findings):
        print(finding)
    print(f"{len(texts)} files, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
