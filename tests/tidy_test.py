#!/usr/bin/env python3
"""tidy.py finds each kind of fault, and nothing in sources that have none."""

import unittest

import tidy

CORE = "libtodo/src/engine/journal.cpp"
FILES = ["libtodo/src/base/utf8.h", "libtodo/src/engine/plan.h", "server/src/http/router.h",
         "bindings/python/bind_value.h", "tests/support/make.h"]


def messages(path: str, text: str) -> list[str]:
    return [finding.message for finding in tidy.check(path, text, FILES)]


class Includes(unittest.TestCase):
    def refuse(self, path: str, *includes: str) -> None:
        for include in includes:
            with self.subTest(path=path, include=include):
                self.assertEqual(1, len(messages(path, f"#include {include}\n")))

    def accept(self, path: str, *includes: str) -> None:
        self.assertEqual([], messages(path, "".join(f"#include {each}\n" for each in includes)))

    def test_a_layer_includes_itself_and_those_it_stands_on(self):
        self.accept(CORE, '"todo/journal.h"', '"todo/task.h"', '"engine/plan.h"', '"plan.h"',
                    '"base/utf8.h"', "<vector>", "<boost/system/result.hpp>")
        self.refuse(CORE, '"todo/codec.h"', '"codec/json.h"', '"todo/todo.h"')
        self.refuse("libtodo/include/todo/time.h", '"todo/task.h"')
        self.refuse("libtodo/data/zones.cpp", '"todo/task.h"')

    def test_the_core_includes_nothing_else(self):
        self.refuse(CORE, "<thread>", "<iostream>", "<random>", "<unordered_map>", "<ranges>",
                    "<unistd.h>", "<sqlite3.h>", "<boost/asio/io_context.hpp>",
                    '"todo/sqlite_store.h"', '"server/src/http/router.h"')

    def test_a_public_header_belongs_to_a_layer(self):
        self.assertEqual(1, len(messages("libtodo/include/todo/surprise.h", "#pragma once\n")))
        self.assertEqual(1, len(messages("libtodo/src/surprise/a.cpp", "int f();\n")))

    def test_an_adapter_uses_public_headers_and_its_own_folder(self):
        self.accept("server/src/main.cpp", '"todo/task.h"', '"http/router.h"',
                    '"todo/sqlite_store.h"', "<boost/asio.hpp>", "<thread>")
        self.refuse("server/src/main.cpp", '"base/utf8.h"', '"../../libtodo/src/base/utf8.h"',
                    '"bind_value.h"', '"../../bindings/python/bind_value.h"')
        self.refuse("wasm/engine.cpp", '"todo/sqlite_store.h"', '"http/router.h"')

    def test_a_test_uses_what_it_tests_but_not_the_inside_of_the_core(self):
        self.accept("tests/server/router_test.cpp", '"http/router.h"', '"support/make.h"')
        self.refuse("tests/base/text_test.cpp", '"base/utf8.h"')

    def test_a_script_imports_from_its_own_folder(self):
        self.assertEqual([], messages("wasm/web/src/app.ts", 'import { a } from "../../face/a";\n'))
        self.assertEqual(1, len(messages("wasm/web/app.ts", 'import "../../server/page";\n')))


class Bans(unittest.TestCase):
    IN_A_FUNCTION = [
        "throw Error{};", "std::abort();", "exit(1);", "std::shared_ptr<int> p;", "double d = 1;",
        "std::chrono::steady_clock clock;", "auto t = Clock::now();", "auto t = std::time(0);",
        "std::mt19937 engine;", "std::mutex one_at_a_time;", "std::cout << 1;", "std::locale here;",
        "auto home = getenv(\"HOME\");", "std::unordered_map<int, int> f;",
        "std::ranges::sort(all);",
        "static int calls = 0;", "static std::vector<int> cache;",
    ]
    OUTSIDE = [
        "#define AREA 1", "#ifdef __EMSCRIPTEN__", "int calls = 0;", "std::map<int, int> cache;",
        "inline std::string name = \"a\";", "std::array<int, 2> both{1, 2};", "Zones* zones;",
    ]

    def test_each_is_found_in_the_core_and_allowed_outside_of_it(self):
        faults = [f"void f() {{ {fault} }}" for fault in self.IN_A_FUNCTION]
        faults += [f"namespace todo {{\n{fault}\n}}" for fault in self.OUTSIDE]
        for fault in faults:
            with self.subTest(fault):
                self.assertEqual(1, len(messages(CORE, fault + "\n")))
                self.assertEqual([], messages("server/src/main.cpp", fault + "\n"))

    def test_words_in_comments_and_literals_do_not_count(self):
        text = """// throw double
/* std::mutex */ int f() { return g("throw \\" throw", R"(rand " rand)", 't', '"', "a"); }
"""
        self.assertEqual([], messages(CORE, text))

    def test_constants_declarations_and_functions_are_no_state(self):
        text = """namespace todo {
inline constexpr std::size_t limit = 1'000;
const std::array<int, 2> both = {1, 2};
template <>
inline constexpr std::tuple fields<Task> = {Field{"id", &Task::id, "It."}};
using Result = std::variant<int, Error>;
class Zones {
 public:
  static Result<Zones> load(std::vector<unsigned char> packed);
  static constexpr int count = 3;
  int next_ = 0;
};
struct Task;
std::string to_text(Date date);
enum class Kind : std::uint8_t { a, b };
inline bool operator==(const A& a, const A& b) { return a.b == b.b; }
Kind kind() { int local = 0; return Kind{local}; }
}  // namespace todo
"""
        self.assertEqual([], messages(CORE, text))


class Sizes(unittest.TestCase):
    def function(self, head: str, lines: int) -> str:
        return f"namespace todo {{\n{head} {{\n" + "  f();\n" * (lines - 2) + "}\n}\n"

    def test_a_function_has_at_most_70_lines(self):
        for head in ("int f(int a) const noexcept", "TEST(Suite, Claims)", "auto g() -> int",
                     "template <class T>\n  requires(is_id<T>)\nvoid h(struct Task a)",
                     "Journal::Journal(int a) : a_{a}, b_{2}"):
            with self.subTest(head):
                extra = head.count("\n")
                self.assertEqual([], messages(CORE, self.function(head, 70 - extra)))
                self.assertEqual(1, len(messages(CORE, self.function(head, 71 - extra))))

    def test_a_type_or_a_table_may_be_longer(self):
        for head in ("struct Task final : Base<int>", "template <class T>\nclass Set",
                     "inline constexpr std::tuple fields<Task> =", "enum class E : std::uint8_t"):
            with self.subTest(head):
                self.assertEqual([], messages(CORE, self.function(head, 90).replace("f();", "//")))

    def test_a_method_counts_alone(self):
        method = "  int f() {\n" + "    g();\n" * 40 + "  }\n"
        self.assertEqual([], messages(CORE, f"class A {{\n public:\n{method}{method}}};\n"))

    def test_a_python_function_counts_as_well(self):
        self.assertEqual(1, len(messages("tests/a.py", "def f():\n" + "    g()\n" * 70)))

    def test_a_line_has_at_most_100_characters(self):
        self.assertEqual([], messages(CORE, "//" + "ä" * 98 + "\n"))
        self.assertEqual(1, len(messages("wasm/web/a.tsx", "//" + "ä" * 99 + "\n")))

    def test_a_file_has_at_most_500_lines_unless_it_is_generated(self):
        lines = "int f();\n" * 500
        self.assertEqual([], messages("wasm/a.ts", lines))
        self.assertEqual(1, len(messages("wasm/a.ts", lines + "\n")))
        generated = "// Unicode tables. Made by make_text.py; not for editing.\n"
        self.assertEqual([], messages("libtodo/data/text.cpp", generated + lines))

    def test_what_is_left_to_do_is_found(self):
        self.assertEqual(1, len(messages("server/run.sh", "# TO" "DO: more\n")))
        self.assertEqual([], messages("tests/ical.py", "start = 'BEGIN:VTODO:'\n"))


if __name__ == "__main__":
    unittest.main()
