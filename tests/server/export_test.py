"""What is exported can be imported elsewhere, and nothing is lost on the way."""

import json
import time

import pytest

from api_test import create, problem
from todo_server import TodoServer

ID = "0190f7a0-0000-7000-8000-00000000000"


@pytest.fixture
def other(tmp_path):
    """Another server with no tasks."""
    with TodoServer(tmp_path / "other") as one:
        yield one


def export(server):
    answer = server.ask("GET", "/v1/export")
    assert answer.headers["content-type"] == "application/jsonl"
    return answer.body


def take_over(server, lines, query=""):
    return server.ask("POST", f"/v1/import?format=jsonl{query}", lines,
                      Content_Type="application/jsonl")


def fill(server):
    """One of everything: series, subtasks, what was removed, and links in either direction."""
    server.ask("PATCH", "/v1/settings", {"zone": "Europe/Berlin", "week_start": "sunday",
                                         "quiet_from": "22:00", "quiet_until": "07:00"})
    home = server.ask("POST", "/v1/projects", {"name": "Home", "order": "n"}).json()["id"]
    server.ask("POST", "/v1/filters", {"name": "Soon", "query": "due:today", "sort": "due"})
    weekly = create(server, "Weekly", due="2099-10-20T09:00:00[Europe/Berlin]", project=home,
                    recurrence={"rules": ["FREQ=WEEKLY"]}, estimate="PT30M",
                    attributes={"x": "1"}, notes="a\nb", tags=["ä"], reminders=[
                        {"id": ID + "5", "trigger": {"type": "relative", "offset": "-PT1H"}}])
    create(server, "Step", parent=weekly["id"])
    server.ask("POST", f"/v1/tasks/{weekly['id']}/complete", {"cascade": True})
    # Ids that come before those of what they need.
    create(server, "Last", id=ID + "9")
    create(server, "Child", id=ID + "1", parent=ID + "9")
    create(server, "Waits", id=ID + "2", blocked_by=[ID + "9", ID + "1"])
    create(server, "Removed", id=ID + "4")
    create(server, "With its parent", id=ID + "3", parent=ID + "4")
    assert server.ask("DELETE", f"/v1/tasks/{ID}4").status == 204
    cancelled = create(server, "Cancelled", priority="urgent")
    server.ask("POST", f"/v1/tasks/{cancelled['id']}/cancel")


def test_an_export_makes_the_same_of_an_empty_workspace(server, other):
    fill(server)
    lines = export(server)
    assert sum(b'"deleted_at"' in line for line in lines.splitlines()) == 2
    assert sum(b'"series"' in line for line in lines.splitlines()) >= 1
    report = take_over(other, lines).json()
    assert "losses" not in report and report["seq"] == 1
    assert export(other) == lines
    assert other.ask("POST", f"/v1/tasks/{ID}4/restore").status == 200
    assert len(other.ask("GET", "/v1/projects").json()["projects"]) == 1


def test_an_export_can_be_imported_twice(server, other):
    fill(server)
    lines = export(server)
    dry = take_over(other, lines, "&dry_run=true").json()
    assert dry["tasks"] == len(lines.splitlines()) - 3 and other.ask(
        "GET", "/v1/journal").json()["last"] == 0
    take_over(other, lines)
    assert take_over(other, lines).json() == {"dry_run": False, "seq": 0, "tasks": 0}
    other.ask("PATCH", f"/v1/tasks/{ID}9", {"title": "Changed here"})
    losses = take_over(other, lines).json()["losses"]
    assert [(loss["item"], loss["fate"]) for loss in losses] == [(ID + "9", "dropped")]
    assert losses[0]["at"] == lines.splitlines().index(
        next(line for line in lines.splitlines() if b'"Last"' in line)) + 1


def test_settings_of_ones_own_stay(server, other):
    fill(server)
    other.ask("PATCH", "/v1/settings", {"zone": "Asia/Tokyo"})
    losses = take_over(other, export(server)).json()["losses"]
    assert [(loss["property"], loss["fate"]) for loss in losses] == [("settings", "dropped")]
    assert other.ask("GET", "/v1/settings").json()["zone"] == "Asia/Tokyo"


def test_a_parent_that_waits_for_its_subtask_comes_over(server, other):
    create(server, "Parent", id=ID + "1")
    create(server, "Child", id=ID + "2", parent=ID + "1")
    server.ask("PATCH", f"/v1/tasks/{ID}1", {"blocked_by": [ID + "2"]})
    losses = take_over(other, export(server)).json()["losses"]
    assert [(loss["item"], loss["property"], loss["fate"]) for loss in losses] == [
        (ID + "1", "updated_at", "changed")]

    def without_time(lines):
        tasks = [json.loads(line).get("task", {}) for line in lines.splitlines()]
        return [{**task, "updated_at": None} for task in tasks]

    assert without_time(export(other)) == without_time(export(server))


def task_line(number, **members):
    return json.dumps({"task": {"id": f"0190f7a0-0000-7000-8000-{number:012x}", "title": "x",
                                **members}})


# Each of them is a circle that has to be opened by a late link.
def test_many_parents_that_wait_for_their_subtasks_come_over_in_time(other):
    pairs = 30_000
    ids = [json.loads(task_line(i))["task"]["id"] for i in range(2 * pairs)]
    lines = [task_line(i, blocked_by=[ids[pairs + i]]) for i in range(pairs)]
    lines += [task_line(pairs + i, parent=ids[i]) for i in range(pairs)]
    began = time.monotonic()
    report = take_over(other, "\n".join(lines), "&dry_run=true").json()
    assert report["tasks"] == 2 * pairs and len(report["losses"]) == pairs
    assert time.monotonic() - began < 10


def test_what_is_too_much_for_an_import_is_told_the_other_way(shared_server):
    lines = "\n".join(task_line(i) for i in range(100_001))
    answer = take_over(shared_server, lines, "&dry_run=true")
    assert problem(answer) == (422, "out_of_range", "")
    assert "backup and restore" in answer.json()["detail"]


@pytest.mark.parametrize("lines, expected", [
    (b"nonsense", (400, "malformed", "/0")),
    (b'{"settings":{}}\n{}', (400, "malformed", "/1")),
    (b'{"task":{"id":"0190f7a0-0000-7000-8000-000000000001","title":"x","due":"y"}}',
     (400, "malformed", "/0/task/due")),
    (b'{"tasks":[]}', (400, "unknown_member", "/0/tasks"))])
def test_what_was_not_exported_is_refused_with_its_line(shared_server, lines, expected):
    assert problem(take_over(shared_server, lines)) == expected
