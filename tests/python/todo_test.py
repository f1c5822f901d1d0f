"""A workspace: commands, queries, undo, the journal, reminders, files."""

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import libtodo
import pytest
from libtodo import Conflict, InvalidValue, NotFound, Unavailable

PARIS = ZoneInfo("Europe/Paris")
ROOT = Path(__file__).parents[2]


def titles(tasks):
    return [task.title for task in tasks]


def test_a_weekly_meeting_comes_again_at_the_same_wall_clock_time(todo, now):
    task = todo.create(title="Meeting", recurrence="FREQ=WEEKLY", now=now,
                       due=dt.datetime(2026, 10, 19, 9, tzinfo=PARIS))
    following = todo.complete(task, now=now)
    assert following.due == dt.datetime(2026, 10, 26, 9, tzinfo=PARIS)
    assert following.due.utcoffset() != task.due.utcoffset()
    assert todo[task].status is libtodo.Status.DONE
    assert titles(todo.query("is:open")) == ["Meeting"]


def test_each_command_has_a_method(todo, now):
    task = todo.create(title="a", tags=["x"], now=now)
    assert todo.edit(task, title="b", tags=libtodo.Change(add={"y"}), now=now).tags == {"x", "y"}
    assert todo.complete(task) is None and todo[task].completed_at
    todo.reopen(task)
    todo.cancel(task)
    assert todo[task].status == "cancelled"
    todo.remove(task)
    assert todo[task].deleted_at and titles(todo.query("is:deleted")) == ["b"]
    todo.restore(task)
    assert todo[task].deleted_at is None
    daily = todo.create(title="c", due=dt.date(2026, 11, 23), recurrence="FREQ=DAILY")
    assert todo.skip(daily).due == dt.date(2026, 11, 24)


def test_a_refusal_says_what_and_where_and_changes_nothing(todo):
    before = todo.snapshot()
    with pytest.raises(InvalidValue) as caught:
        todo.create(title="")
    assert (caught.value.code, caught.value.field) == ("missing", "/task/title")
    with pytest.raises(NotFound) as caught:
        todo.complete("0190f7a0-0000-7000-8000-000000000001")
    assert caught.value.code is libtodo.ErrorCode.NOT_FOUND and caught.value.field == "/task"
    with pytest.raises(NotFound):
        todo["0190f7a0-0000-7000-8000-000000000001"]
    assert todo.get("0190f7a0-0000-7000-8000-000000000001") is None
    assert todo.snapshot() == before


def test_a_batch_is_done_whole_or_not_at_all(todo):
    kept, lost = libtodo.Task(title="kept"), libtodo.Task(title="lost")
    todo.batch([libtodo.Create(kept), libtodo.Complete(kept)])
    assert todo[kept].status == "done"
    with pytest.raises(NotFound) as caught:
        todo.batch([libtodo.Create(lost), libtodo.Complete(libtodo.Task(title="unknown"))])
    assert caught.value.field == "/commands/1/task"
    assert todo.get(lost) is None


def test_undo_and_redo_go_back_and_forth(todo):
    task = todo.create(title="a")
    todo.edit(task, title="b")
    todo.undo()
    assert todo[task].title == "a"
    todo.undo()
    assert todo.get(task) is None
    todo.redo()
    todo.redo()
    assert todo[task].title == "b"
    todo.undo()
    todo.edit(task, notes="new")  # a new change ends what could be done again
    with pytest.raises(NotFound):
        todo.redo()


def test_a_refused_undo_or_redo_takes_nothing_out_of_the_history(todo, now):
    todo.create(title="a")
    todo.create(title="b")
    for wrong in (now.replace(tzinfo=None), 5):
        with pytest.raises(InvalidValue):
            todo.undo(now=wrong)
    todo.undo()
    assert titles(todo.query()) == ["a"]
    with pytest.raises(InvalidValue):
        todo.redo(now=now.replace(tzinfo=None))
    todo.redo()
    assert titles(todo.query(sort="title")) == ["a", "b"]


def test_a_refused_undo_of_an_older_entry_leaves_it_in_its_place(todo, now):
    first = todo.apply(libtodo.Create(libtodo.Task(title="a")))
    todo.create(title="b")
    with pytest.raises(InvalidValue):
        todo.undo(first, now=now.replace(tzinfo=None))
    todo.undo()
    assert titles(todo.query()) == ["a"]


def test_what_others_have_changed_since_leaves_the_history(tmp_path):
    with libtodo.open(tmp_path / "a.db") as one, libtodo.open(tmp_path / "a.db") as other:
        task = one.create(title="a")
        one.edit(task, title="b")
        other.edit(task, title="c")
        for _ in range(2):
            with pytest.raises(Conflict):
                one.undo()
        with pytest.raises(NotFound, match="nothing was done"):
            one.undo()


def test_to_undo_an_undo_is_to_redo(todo):
    todo.create(title="a")
    todo.undo(todo.undo())
    assert titles(todo.query()) == ["a"]
    with pytest.raises(NotFound):
        todo.redo()
    todo.undo()
    assert todo.tasks == ()
    todo.redo()
    assert titles(todo.query()) == ["a"]


def test_undo_takes_back_an_older_entry_unless_it_has_changed_since(todo):
    task = todo.create(title="a")
    first = todo.apply(libtodo.Edit(task, libtodo.TaskPatch(title="b")))
    todo.edit(task, notes="c")
    todo.undo(first)
    assert (todo[task].title, todo[task].notes) == ("a", "c")
    second = todo.apply(libtodo.Edit(task, libtodo.TaskPatch(title="d")))
    todo.edit(task, title="e")
    with pytest.raises(Conflict):
        todo.undo(second)


def test_a_query_goes_through_all_pages(todo):
    todo.batch([libtodo.Create(libtodo.Task(title=f"{n:04}")) for n in range(1234)])
    assert titles(todo.query(sort="-title")) == [f"{n:04}" for n in reversed(range(1234))]
    assert len(list(todo.query(limit=700))) == 700
    assert len(list(todo.query(limit=3))) == 3
    assert todo.count() == 1234 and todo.count("title:0007") == 1
    pages = todo.query(sort="title")
    assert next(pages).title == "0000"
    todo.create(title="9999")
    assert len(list(pages)) == 1234


def test_a_query_is_refused_when_it_is_asked(todo):
    for wrong in ({"where": "priority:nope"}, {"sort": "size"}, {"limit": 0}, {"limit": -1},
                  {"where": 3}, {"limit": "x"}, {"sort": [1]}, {"now": 5}):
        with pytest.raises(InvalidValue) as caught:
            todo.query(**wrong)
        assert caught.value.field == f"/{next(iter(wrong))}"


def test_tasks_can_be_found_in_a_list():
    tasks = [libtodo.Task(title=f"{n}", priority=p) for n, p in enumerate(["low", "high"])]
    assert titles(libtodo.find(tasks, "!high")) == ["1"]
    assert titles(libtodo.find(tasks, sort=["-priority"])) == ["1", "0"]


def test_projects_filters_and_settings_are_kept(todo):
    project = todo.create_project(name="Home")
    task = todo.create(title="a", project=project)
    todo.edit_project(project, name="House")
    assert titles(todo.query("@House")) == ["a"]
    todo.remove_project(project)
    assert todo[task].project is None and todo.projects == ()
    made = todo.create_filter(name="Soon", query="due<=+7d")
    todo.edit_filter(made, name="Now")
    assert [f.name for f in todo.filters] == ["Now"]
    todo.remove_filter(made)
    assert todo.filters == ()
    assert todo.edit_settings(zone="Europe/Paris").zone == todo.settings.zone == "Europe/Paris"


def test_reminders_fire_when_they_are_due(todo, now):
    reminder = libtodo.Reminder(trigger=libtodo.RelativeTrigger(offset=dt.timedelta(hours=-1)))
    task = todo.create(title="a", due=now + dt.timedelta(hours=3), reminders=[reminder], now=now)
    assert todo.next_due == now + dt.timedelta(hours=2)
    assert todo.advance(now=now) == []
    [entry] = todo.advance(now=now + dt.timedelta(hours=2))
    assert todo[task].reminders[0].state == "fired" and todo.next_due is None
    later = now + dt.timedelta(hours=5)
    todo.snooze(task, reminder, later, now=later - dt.timedelta(hours=2))
    assert todo.next_due == later
    todo.acknowledge(task, todo[task].reminders[0], now=later)
    assert todo.next_due is None


def test_what_is_due_follows_the_settings_an_undo_and_other_processes(tmp_path, now):
    reminder = libtodo.Reminder(trigger=libtodo.RelativeTrigger())
    with libtodo.open(tmp_path / "a.db") as one, libtodo.open(tmp_path / "a.db") as other:
        task = one.create(title="a", due=dt.datetime(2026, 11, 24, 9), reminders=[reminder])
        in_utc = dt.datetime(2026, 11, 24, 9, tzinfo=dt.timezone.utc)
        assert one.next_due == in_utc and other.next_due is None
        other.edit_settings(zone="Europe/Paris")
        one.refresh()
        assert one.next_due == other.next_due == in_utc - dt.timedelta(hours=1)
        one.remove(task, now=now)
        assert one.next_due == now + dt.timedelta(days=30)
        one.undo(now=now)
        one.complete(task, now=now)
        other.refresh()
        assert one.next_due is None and other.next_due is None


def test_the_journal_holds_what_happened(todo, now):
    todo.create(title="a", now=now)
    todo.create(title="b", now=now)
    first, second = todo.journal()
    assert (first.seq, second.seq) == (1, 2)
    assert first.context.now == now and first.context.origin == "python"
    assert isinstance(first.events[0], libtodo.TaskCreated)
    assert list(todo.journal(after=1)) == [second] and list(todo.journal(after=2)) == []


def test_callbacks_hear_of_each_entry_once_in_order_and_may_use_the_workspace(todo):
    heard = []

    def add_second(entry):
        heard.append(entry.seq)
        if len(heard) == 1:
            todo.create(title="second")

    end = todo.on_entry(add_second)
    todo.create(title="first")
    assert heard == [1, 2]
    end()
    todo.create(title="third")
    assert heard == [1, 2]


def test_undo_takes_back_what_a_callback_did_last(todo):
    end = todo.on_entry(lambda entry: (end(), todo.create(title="inner")))
    todo.create(title="outer")
    todo.undo()
    assert titles(todo.query()) == ["outer"]


def test_a_callback_that_ends_the_call_takes_nothing_out_of_the_history(todo):
    def interrupt(entry):
        raise KeyboardInterrupt

    todo.create(title="a")
    for call, left in ((lambda: todo.create(title="b"), ["a", "b"]), (todo.undo, ["a"]),
                       (todo.redo, ["a", "b"])):
        end = todo.on_entry(interrupt)
        with pytest.raises(KeyboardInterrupt):
            call()
        end()
        assert titles(todo.query(sort="title")) == left
    todo.undo()
    assert titles(todo.query()) == ["a"]


def test_an_exception_in_a_callback_is_reported_and_stops_nothing(todo, monkeypatch):
    reported = []
    monkeypatch.setattr(sys, "unraisablehook", lambda args: reported.append(args.exc_value))
    heard = []
    todo.on_entry(lambda entry: 1 / 0)
    todo.on_entry(heard.append)
    task = todo.create(title="a")
    assert todo[task].title == "a" and len(heard) == 1
    assert [type(error) for error in reported] == [ZeroDivisionError]


def test_a_request_may_have_a_name_of_its_own(todo, now):
    device = "00000000-0000-7000-8000-000000000001"
    name = libtodo.Mutation(device=device, number=1)
    context = libtodo.Context(now=now, actor="me", mutation=name)
    request = libtodo.Request(context=context, command=libtodo.Create(libtodo.Task(title="a")))
    assert todo.ask(request) == todo.ask(request)
    assert len(todo.tasks) == 1


def test_an_import_is_read_first_and_changes_nothing_the_second_time(todo):
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VTODO", "UID:1@x", "SUMMARY:Milk",
                        "X-COLOR:red", "END:VTODO", "END:VCALENDAR", ""])
    source = "0190f7a0-0000-7000-8000-0000000000aa"
    read = todo.read_import("ical", text, namespace=source)
    assert [type(command) for command in read.commands] == [libtodo.Create] and todo.tasks == ()
    assert "X-COLOR" in [loss.property for loss in read.losses]
    assert todo.import_text("ical", text, namespace=source).commands
    assert titles(todo.query()) == ["Milk"]
    assert todo.import_text("ical", text, namespace=source).commands == ()
    with pytest.raises(InvalidValue):
        todo.import_text("taskwarrior", text, namespace=source)


def test_a_file_keeps_what_was_done(tmp_path):
    path = tmp_path / "tasks ü.db"
    with libtodo.open(path) as todo:
        task = todo.create(title="a")
        assert todo.checkpoint() == 1
    with libtodo.open(str(path)) as todo:
        assert todo[task] == task
        assert [entry.seq for entry in todo.journal()] == [1]


def test_two_workspaces_of_one_file_see_each_other(tmp_path):
    with libtodo.open(tmp_path / "a.db") as first, libtodo.open(tmp_path / "a.db") as second:
        heard = []
        second.on_entry(heard.append)
        first.create(title="a")
        assert titles(second.query()) == ["a"]
        second.create(title="b")
        assert titles(first.query(sort="title")) == ["a", "b"]
        assert [entry.seq for entry in heard] == [1, 2]


def test_a_file_holds_the_workspace_of_the_server():
    wiring = (ROOT / "server/src/wiring.cpp").read_text("utf-8")
    [digits] = re.findall(r"local_workspace\{\{([^}]*)\}\}", wiring)
    assert bytes(int(byte, 16) for byte in digits.split(",")) == libtodo.LOCAL_WORKSPACE.bytes


def test_the_readme_shows_the_example():
    example = (ROOT / "examples/python/todo.py").read_text("utf-8")
    shown = example[example.index("    task = "):]
    assert shown in (ROOT / "bindings/python/README.md").read_text("utf-8")


def test_a_file_of_another_kind_is_refused(tmp_path):
    (tmp_path / "a.db").write_bytes(b"not a database at all, but long enough to look at" * 30)
    with pytest.raises(libtodo.Corrupt):
        libtodo.open(tmp_path / "a.db")
    with pytest.raises(libtodo.TodoError):
        libtodo.open(tmp_path / "no such folder" / "a.db")
    for wrong in ("", "a\0b", 5):
        with pytest.raises((TypeError, ValueError)):
            libtodo.open(wrong)


def test_a_closed_workspace_refuses_everything(tmp_path):
    todo = libtodo.open(tmp_path / "a.db")
    task = todo.create(title="a")
    with todo:
        pass
    todo.close()
    assert todo.closed and "closed" in repr(todo)
    for use in (lambda: todo.create(title="b"), lambda: todo.get(task), lambda: todo.query(),
                lambda: todo.tasks, todo.undo, todo.refresh, todo.snapshot, todo.journal):
        with pytest.raises(Unavailable):
            use()


def test_the_example_prints_the_next_week(tmp_path):
    done = subprocess.run([sys.executable, ROOT / "examples/python/todo.py", tmp_path / "tasks.db"],
                          check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout == "Weekly meeting 2026-10-26 09:00:00+01:00\n"
