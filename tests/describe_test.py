#!/usr/bin/env python3
"""What todo-describe writes is whole: python3 tests/describe_test.py PATH_OF_TODO_DESCRIBE"""

import json
import re
import subprocess
import sys
import unittest

TODO_DESCRIBE = sys.argv.pop(1)


def described(language: str) -> str:
    return subprocess.run([TODO_DESCRIBE, language], check=True, capture_output=True, text=True,
                          timeout=60).stdout


def objects_in(value):
    if isinstance(value, dict):
        yield value
        value = value.values()
    if not isinstance(value, str) and hasattr(value, "__iter__"):
        for item in value:
            yield from objects_in(item)


class Schemas(unittest.TestCase):
    def test_every_reference_leads_to_a_schema(self):
        for language, path in (("json-schema", "#/$defs/"), ("openapi", "#/components/schemas/")):
            written = json.loads(described(language))
            schemas = written.get("$defs", written)
            references = {o["$ref"] for o in objects_in(written) if "$ref" in o}
            self.assertIn(path + "Task", references)
            self.assertEqual(set(), references - {path + name for name in schemas})

    def test_what_is_given_needs_less_than_what_comes_back(self):
        schemas = json.loads(described("openapi"))
        self.assertEqual(["id", "status", "priority"], schemas["Task"]["required"])
        self.assertEqual(["id"], schemas["TaskInput"]["required"])
        self.assertEqual(schemas["Task"]["properties"].keys(),
                         schemas["TaskInput"]["properties"].keys())
        self.assertNotIn("required", schemas["TaskPatch"])

    def test_patterns_fit_the_texts_that_they_describe(self):
        schemas = json.loads(described("openapi"))
        for name, text in (("TaskId", "0198c5a2-7b1e-7c3d-9a4f-5e6d7c8b9a0f"),
                           ("When", "2026-11-23T09:00:00[America/Argentina/Buenos_Aires]"),
                           ("When", "2026-11-23"), ("Instant", "2026-11-23T09:00:00.250Z"),
                           ("Duration", "-P1DT2H"), ("TimeOfDay", "09:00"),
                           ("Rule", "FREQ=MONTHLY;BYDAY=MO,-1FR")):
            self.assertRegex(text, schemas[name]["pattern"])
            self.assertNotRegex(" " + text, schemas[name]["pattern"])


class TypeScript(unittest.TestCase):
    def test_every_name_is_declared_once(self):
        text = described("typescript")
        declared = re.findall(r"^export (?:type|interface) (\w+)", text, re.MULTILINE)
        self.assertEqual(len(declared), len(set(declared)))
        code = re.sub(r"/\*\*.*?\*/|//.*|\"[^\"]*\"", "", text)
        used = set(re.findall(r"\b[A-Z]\w+\b", code))
        self.assertEqual(set(), used - set(declared) - {"Item", "Key"})


class CommandLine(unittest.TestCase):
    def test_another_language_is_refused_with_the_usage(self):
        done = subprocess.run([TODO_DESCRIBE, "cobol"], capture_output=True, text=True, timeout=60)
        self.assertEqual(2, done.returncode)
        self.assertIn("Usage: todo-describe", done.stderr)


if __name__ == "__main__":
    unittest.main()
