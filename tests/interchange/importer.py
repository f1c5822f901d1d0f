"""Imports texts through the native driver, with the zone and the namespace of these tests."""

import json
import os
import subprocess
import uuid
from typing import NamedTuple

DRIVER = os.environ.get("TODO_CONFORMANCE", "build/dev/tests/todo-conformance")
NAMESPACE = uuid.UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
ZONE = "Europe/Paris"
TIMEOUT_S = 60


def id_of(name: str) -> str:
    return str(uuid.uuid5(NAMESPACE, name))


class Imported(NamedTuple):
    tasks: dict[str, dict]  # by id
    projects: dict[str, str]  # names by id
    losses: list[dict]
    whole: dict

    def task(self, name: str) -> dict:
        return self.tasks[id_of(name)]

    def titled(self, title: str) -> list[dict]:
        return [task for task in self.tasks.values() if task["title"] == title]

    def rows(self, item: str, name: str) -> list[dict]:
        """Of a property, its parameters and further parts."""
        def is_of(row: dict) -> bool:
            own = row.get("property", "")
            return own == name or own.startswith((name + ";", name + "."))
        return [row for row in self.losses if row.get("item", "") == item and is_of(row)]

    def fates(self, item: str, name: str) -> set[str]:
        return {row["fate"] for row in self.rows(item, name)}


def answer_to(line: dict) -> dict:
    done = subprocess.run([DRIVER], input=(json.dumps(line) + "\n").encode(),
                          stdout=subprocess.PIPE, check=True, timeout=TIMEOUT_S)
    return json.loads(done.stdout)


def import_text(form: str, text: str, times: int = 1) -> Imported:
    answer = answer_to({"op": "interchange.import", "format": form, "text": text, "zone": ZONE,
                        "now": "2026-11-23T12:00:00Z", "namespace": str(NAMESPACE),
                        "times": times})
    assert "ok" in answer, answer
    whole = answer["ok"]
    return Imported({task["id"]: task for task in whole["tasks"]},
                    {project["id"]: project["name"] for project in whole["projects"]},
                    whole["losses"], whole)


def assert_twice_changes_nothing(form: str, text: str) -> None:
    once, twice = import_text(form, text), import_text(form, text, times=2)
    assert twice.tasks == once.tasks
    assert twice.projects == once.projects
