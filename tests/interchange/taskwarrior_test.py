"""Exports of the real Taskwarrior: every attribute of every task is accounted for."""

import json
import os
import subprocess
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from importer import ZONE, assert_twice_changes_nothing, id_of, import_text

CONFIG = """
confirmation=no
recurrence.confirmation=no
recurrence.limit=2
verbose=nothing
uda.size.type=numeric
uda.size.label=Size
uda.who.type=string
uda.who.label=Who
uda.seen.type=date
uda.seen.label=Seen
uda.took.type=duration
uda.took.label=Took
"""


class Taskwarrior:
    """One with its own data, far from that of whoever runs the tests."""

    def __init__(self, folder):
        (folder / "data").mkdir()
        (folder / "taskrc").write_text(f"data.location={folder}/data\n{CONFIG}")
        self.env = os.environ | {"TASKRC": f"{folder}/taskrc", "TASKDATA": f"{folder}/data",
                                 "TZ": ZONE, "LC_ALL": "C.UTF-8", "HOME": str(folder)}

    def __call__(self, *arguments: str, given: str = "") -> bytes:
        return subprocess.run(["task", *arguments], env=self.env, input=given.encode(),
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              timeout=60).stdout

    def export(self) -> str:
        return self("export").decode()

    def uuid_of(self, description: str) -> str:
        return self(f"description.is:{description}", "uuids").decode().split()[0]


def days_from_now(days: int) -> str:
    return (datetime.now(ZoneInfo(ZONE)) + timedelta(days=days)).strftime("%Y-%m-%d")


def exported_tasks(text: str) -> list[dict]:
    return json.loads(text, strict=False)


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> str:
    """A few years of somebody's life with Taskwarrior, in one export."""
    task = Taskwarrior(tmp_path_factory.mktemp("taskwarrior"))
    task("add", "Water the plants", f"due:{days_from_now(-20)}T09:00", "recur:weekly",
         "project:Home.Garden", "+green", "priority:H", f"until:{days_from_now(300)}")
    task("add", "Pay the rent", f"due:{days_from_now(-40)}", "recur:monthly", "priority:M")
    task("add", "Far away", f"due:{days_from_now(400)}", "recur:yearly")
    task("add", "Odd one", f"due:{days_from_now(-3)}", "recur:P1Y2M")
    task("list")  # makes the instances
    task("add", "Röntgen \x01 🚲 naïve 日本", "size:3.5", "who:Ann\tLee", "seen:2026-11-20",
         "took:PT2H", "wait:2030-12-01", "scheduled:2030-12-02", "due:2030-12-24T18:30",
         "+été", "+home")
    task("add", "Waits for others", "project:home.garden", "priority:L", "due:2030-01-05")
    task("add", "Is worked on", "until:2031-01-01")
    task("add", "Will be done")
    task("add", "Will be deleted", "size:0")
    task(task.uuid_of("Will be done"), "annotate", "asked Bob\x02")
    task(task.uuid_of("Will be done"), "annotate", "Bob said ja, natürlich")
    task(task.uuid_of("Will be done"), "done")
    task(task.uuid_of("Will be deleted"), "delete")
    task(task.uuid_of("Is worked on"), "start")
    task(task.uuid_of("Waits for others"), "modify",
         f"depends:{task.uuid_of('Is worked on')},{task.uuid_of('Will be done')}")

    instances = [one for one in exported_tasks(task.export())
                 if one["description"] == "Water the plants" and "parent" in one]
    instances.sort(key=lambda one: one["imask"])
    task(instances[0]["uuid"], "done")
    task(instances[1]["uuid"], "delete")
    task(instances[2]["uuid"], "modify", "due:2030-01-01T10:00", "who:Bob")
    return task.export()


def when_of(text: str) -> str:
    """What a date of the export is in Paris."""
    utc = datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    local = utc.astimezone(ZoneInfo(ZONE))
    is_date = (local.hour, local.minute, local.second) == (0, 0, 0)
    return local.strftime("%Y-%m-%d" if is_date else f"%Y-%m-%dT%H:%M:%S[{ZONE}]")


def instant_of(text: str) -> str:
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").strftime("%Y-%m-%dT%H:%M:%SZ")


STATUS = {"pending": "open", "waiting": "open", "recurring": "open", "completed": "done",
          "deleted": "cancelled"}
PRIORITY = {"H": "high", "M": "medium", "L": "low"}


def is_taken_over(name, value, task, imported) -> bool:
    """Whether the member that `name` becomes says what the export says."""
    checks = {
        "uuid": lambda: task["id"] == id_of(value),
        "description": lambda: task["title"] == value,
        "status": lambda: task["status"] == STATUS[value],
        "priority": lambda: task["priority"] == PRIORITY[value],
        "project": lambda: imported.projects[task["project"]].lower() == value.lower(),
        "tags": lambda: set(task["tags"]) == set(value),
        "depends": lambda: set(task["blocked_by"]) == {id_of(uuid) for uuid in value},
        "due": lambda: task["due"] == when_of(value),
        "scheduled": lambda: task["start"] == when_of(value),
        "entry": lambda: task["created_at"] == instant_of(value),
        "modified": lambda: task["updated_at"] == instant_of(value),
        "end": lambda: task["completed_at"] == instant_of(value),
        "annotations": lambda: all(one["description"] in task["notes"] for one in value),
        "parent": lambda: task["series"] == id_of(value),
        "recur": lambda: bool(task["recurrence"]["rules"]),
    }
    return name in checks and checks[name]()


OF_TEMPLATE = {"uuid", "due", "recur", "status", "until"}  # what a series is made of


def test_every_attribute_is_accounted_for(exported):
    imported = import_text("taskwarrior", exported)
    attributes = 0
    for source in exported_tasks(exported):
        uuid = source["uuid"]
        for name, value in source.items():
            attributes += 1
            rows = imported.rows(uuid, name)
            assert len(rows) <= 2, rows
            task = imported.tasks.get(id_of(uuid))
            if task is None:  # a template that lives on in its series, or one without a rule
                is_dropped = any(not row.get("property") for row in imported.losses
                                 if row.get("item") == uuid)
                assert rows or is_dropped or name in OF_TEMPLATE, (name, source)
            elif not rows:
                assert is_taken_over(name, value, task, imported), (name, value, task)
            for row in rows:
                assert row["message"] and row["fate"] in ("kept", "derived", "changed", "dropped")
            if task and any(row["fate"] == "kept" for row in rows):
                assert f"taskwarrior.{name}" in task["attributes"], (name, task)
    assert attributes > 150


def test_importing_twice_changes_nothing(exported):
    assert_twice_changes_nothing("taskwarrior", exported)


def series_of(imported, title: str) -> list[dict]:
    return sorted(imported.titled(title), key=lambda task: task["occurrence"])


def test_a_template_and_its_instances_are_one_series(exported):
    imported = import_text("taskwarrior", exported)
    sources = [one for one in exported_tasks(exported)
               if one["description"] == "Water the plants"]
    template = next(one for one in sources if one["status"] == "recurring")
    assert id_of(template["uuid"]) not in imported.tasks

    plants = series_of(imported, "Water the plants")
    assert len(plants) == len(sources) - 1
    assert {task["series"] for task in plants} == {id_of(template["uuid"])}
    assert [task["status"] for task in plants[:2]] == ["done", "cancelled"]

    *others, live = plants
    assert all("recurrence" not in task for task in others)
    recurrence = live["recurrence"]
    assert recurrence["anchor"] == when_of(template["due"])
    until = template["until"]
    assert recurrence["rules"] == [f"FREQ=WEEKLY;UNTIL={until}"]


def test_an_instance_that_was_moved_keeps_its_place_in_the_series(exported):
    moved = series_of(import_text("taskwarrior", exported), "Water the plants")[2]
    assert moved["due"] == "2030-01-01T10:00:00[Europe/Paris]"
    assert moved["occurrence"] < "2027"
    assert moved["attributes"]["taskwarrior.who"] == "Bob"


def test_what_has_no_regular_rule_is_kept_and_said(exported):
    imported = import_text("taskwarrior", exported)
    for task in imported.titled("Odd one"):
        assert "recurrence" not in task
        assert task["attributes"]["taskwarrior.recur"] == "P1Y2M"


def test_user_defined_attributes_and_control_characters_come_along(exported):
    imported = import_text("taskwarrior", exported)
    task, = [task for task in imported.tasks.values() if task["title"].startswith("Röntgen")]
    assert task["title"] == "Röntgen 🚲 naïve 日本"
    assert sorted(task["tags"]) == ["home", "été"]
    assert task["start"] == "2030-12-02"
    assert task["due"] == "2030-12-24T18:30:00[Europe/Paris]"
    kept = task["attributes"]
    assert kept["taskwarrior.size"] == "3.5"
    assert kept["taskwarrior.who"] == "Ann\tLee"
    assert kept["taskwarrior.took"] == "PT2H"
    assert kept["taskwarrior.seen"].startswith("20261119T23")
    assert kept["taskwarrior.wait"] == "20301130T230000Z"


def test_annotations_are_dated_lines_of_the_notes(exported):
    task, = import_text("taskwarrior", exported).titled("Will be done")
    first, second = task["notes"].split("\n")
    assert first.endswith(" asked Bob\x02")
    assert second.endswith(" Bob said ja, natürlich")
    datetime.strptime(second[:19], "%Y-%m-%d %H:%M:%S")


def test_links_and_projects_are_joined(exported):
    imported = import_text("taskwarrior", exported)
    task, = imported.titled("Waits for others")
    assert len(task["blocked_by"]) == 2
    assert list(imported.projects.values()) == ["Home.Garden"]  # "home.garden" is the same one


def test_after_a_change_of_the_clock_dates_are_those_of_the_rule(tmp_path):
    """Taskwarrior adds 7 * 24 hours, so that a date becomes 23:00 of the day before."""
    task = Taskwarrior(tmp_path)
    task("rc.recurrence.limit=30", "add", "Clocks", "due:2026-10-19", "recur:weekly")
    task("rc.recurrence.limit=30", "list")
    text = task.export()
    later = [one for one in exported_tasks(text) if one.get("imask") == 1]
    if not later or not later[0]["due"].endswith("T220000Z"):
        pytest.skip("this version of Taskwarrior knows about clocks")
    imported = import_text("taskwarrior", text)
    clock = imported.task(later[0]["uuid"])
    assert clock["due"] == "2026-10-26"
    assert imported.fates(later[0]["uuid"], "due") == {"changed"}


def test_lines_of_objects_are_read_like_a_list(exported):
    lines = "\n".join(line for line in exported.split("\n") if line.startswith("{"))
    assert import_text("taskwarrior", lines).tasks == import_text("taskwarrior", exported).tasks
