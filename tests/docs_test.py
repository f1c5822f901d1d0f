#!/usr/bin/env python3
"""What the documents name is there: files behind links, commands, examples, presets, options."""

import json
import re
import unittest
from pathlib import Path

import tidy

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / path for path in tidy.project_files(ROOT) if path.endswith(".md")]

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
INDENTED = re.compile(r"^    (.*)$", re.M)
LINK = re.compile(r"\]\(([^)\s]+)\)")
INLINE_CODE = re.compile(r"`([^`\n]+)`")
HEADING = re.compile(r"^#+ (.*)$", re.M)


def prose_of(text: str) -> str:
    """The text without its blocks of code."""
    return INDENTED.sub("", FENCED.sub("", text))


def anchors_of(text: str) -> set[str]:
    """As GitHub names headings."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
            for heading in HEADING.findall(FENCED.sub("", text))}


def unresolved(document: Path, text: str) -> list[str]:
    """The links of `text` that lead nowhere in the repository."""
    wrong = []
    for link in LINK.findall(prose_of(text)):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        target = (document.parent / path) if path else document
        known = target.exists() and target.resolve().is_relative_to(ROOT)
        if known and anchor:
            known = anchor in anchors_of(target.read_text() if path else text)
        if not known:
            wrong.append(link)
    return wrong


def is_there(document: Path, path: str) -> bool:
    """Whether a path or pattern names something, seen from the root or from the document."""
    return any(next(folder.glob(path.rstrip("/")), None) for folder in (ROOT, document.parent))


class Documents(unittest.TestCase):
    def none_is_wrong(self, wrong_in) -> None:
        """`wrong_in(document, text)` lists what is wrong."""
        found = [f"{document.relative_to(ROOT)}: {wrong}" for document in DOCUMENTS
                 for wrong in wrong_in(document, document.read_text())]
        self.assertEqual([], found)

    def test_links_lead_somewhere(self):
        self.none_is_wrong(unresolved)

    def test_files_that_are_named_exist(self):
        folders = "|".join(path.name for path in ROOT.iterdir() if path.is_dir())
        path = re.compile(rf"(?:{folders})/[\w./*-]+")
        # Names that stand for others, what is made by building, and a module of the npm package.
        made_up = re.compile(r"NN-|NAME|LAYER|\.\.\.|^build/|^libtodo/worker$")

        def wrong_in(document: Path, text: str) -> list[str]:
            return [word for word in INLINE_CODE.findall(prose_of(text))
                    if path.fullmatch(word) and not made_up.search(word)
                    and not is_there(document, word)]
        self.none_is_wrong(wrong_in)

    def test_scripts_that_are_to_be_run_exist(self):
        script = re.compile(r"\b(?:bash|python3|node) ([\w./-]+\.(?:sh|py|mjs))\b")

        def wrong_in(document: Path, text: str) -> list[str]:
            return [path for path in script.findall(text) if not is_there(document, path)]
        self.none_is_wrong(wrong_in)

    def test_npm_scripts_that_are_to_be_run_exist(self):
        def wrong_in(document: Path, text: str) -> list[str]:
            named = re.findall(r"npm run (\w+)", text)
            package = document.parent / "package.json"
            scripts = json.loads(package.read_text())["scripts"] if named else {}
            return [name for name in named if name not in scripts]
        self.none_is_wrong(wrong_in)


class Readme(unittest.TestCase):
    TEXT = (ROOT / "README.md").read_text()

    def test_its_blocks_are_the_examples_that_are_run(self):
        blocks = FENCED.findall(self.TEXT)
        self.assertEqual(["python", "js", "cpp", "sh"], [language for language, body in blocks])
        names = ["python/todo.py", "wasm/todo.mjs", "cpp/todo.cpp", "http/todo.sh"]
        for name, (language, body) in zip(names, blocks):
            self.assertEqual((ROOT / "examples" / name).read_text(), body)

    def test_the_two_commands_come_first(self):
        commands = INDENTED.findall(self.TEXT)
        self.assertEqual(["bash server/run.sh", "bash tests/run.sh"],
                         [command.partition("#")[0].strip() for command in commands[:2]])

    def test_every_example_is_named(self):
        named = {ROOT / link for link in LINK.findall(self.TEXT)}
        programs = set((ROOT / "examples").glob("*/todo.*"))
        self.assertEqual(set(), programs - named)

    def test_every_folder_is_in_the_table(self):
        folders = {path.split("/")[0] for path in tidy.project_files(ROOT)
                   if "/" in path and not path.startswith(".")}
        rows = "\n".join(line.split("|")[1] for line in self.TEXT.split("\n") if line[:1] == "|")
        self.assertEqual(folders, set(INLINE_CODE.findall(rows)))


class Reference(unittest.TestCase):
    def test_contributing_has_the_presets_that_there_are(self):
        presets = json.loads((ROOT / "CMakePresets.json").read_text())["configurePresets"]
        rows = re.findall(r"^\| `([\w-]+)` \|", (ROOT / "CONTRIBUTING.md").read_text(), re.M)
        self.assertEqual([each["name"] for each in presets if not each.get("hidden")], rows)

    def test_the_manual_of_the_server_has_the_options_that_there_are(self):
        option = re.compile(r"--[a-z][a-z-]+")
        source = (ROOT / "server/src/config/config.cpp").read_text()
        known = set(re.findall(rf'"({option.pattern})"', source))
        manual = prose_of((ROOT / "server/README.md").read_text())
        named = {each for code in INLINE_CODE.findall(manual) for each in option.findall(code)}
        self.assertEqual(set(), named - known - {"--help"})
        self.assertEqual({"--conformance", "--version"}, known - named - {"--help"})

    def test_the_changelog_has_this_version(self):
        project = (ROOT / "libtodo/CMakeLists.txt").read_text()
        version = re.search(r"project\(libtodo VERSION (\S+)", project)[1]
        self.assertIn(f"## [{version}]", (ROOT / "CHANGELOG.md").read_text())


class TheseTests(unittest.TestCase):
    def test_a_link_to_nowhere_is_found(self):
        document = ROOT / "README.md"
        text = "# One word\n[a](LICENSE) [b](#one-word) [c](https://example.org)\n"
        self.assertEqual([], unresolved(document, text))
        wrong = "[a](NOWHERE) [b](#two) [c](/etc)\n    [code](NOWHERE)\n"
        self.assertEqual(["NOWHERE", "#two", "/etc"], unresolved(document, wrong))


if __name__ == "__main__":
    unittest.main()
