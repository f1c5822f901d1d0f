"""No Python program can crash the process, however wrong it is.

Each one runs in a process of its own: a crash would be an exit status below zero.
"""

import subprocess
import sys
import tempfile
import textwrap

import pytest


def run(code):
    with tempfile.TemporaryDirectory() as folder:  # some of these make files
        done = subprocess.run([sys.executable, "-X", "faulthandler", "-c", textwrap.dedent(code)],
                              capture_output=True, text=True, timeout=120, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_constructor_and_method_survives_wrong_arguments():
    run("""
        import datetime, decimal, inspect, uuid, libtodo

        class Strange:
            def __getattr__(self, name): raise RuntimeError(name)
            def __eq__(self, other): raise RuntimeError
            def __iter__(self): raise RuntimeError
            __hash__ = None

        class Endless(dict):
            def keys(self): return iter(int, 1)
        class Time(datetime.datetime):
            tzinfo = property(lambda self: self)
            def replace(self, **changes): return 5
        deep = []
        for _ in range(100_000): deep = [deep]
        wrong = [None, True, -1, 2**70, 1.5, "", "x" * 1_000_000, b"x", "\\ud800", "\\0", [], [[]],
                 (), {}, {1: 2}, set(), object(), Strange(), Endless(), deep, int, lambda: 1,
                 uuid.UUID(int=0), datetime.date.max, datetime.datetime.min,
                 datetime.timedelta.max, Time(2026, 1, 1), decimal.Decimal("NaN"),
                 libtodo.Task(title="a"), libtodo.TaskPatch(),
                 libtodo.Change(add=5, remove=Strange())]
        todo = libtodo.open()
        receivers = [getattr(libtodo, name) for name in libtodo.__all__]
        values = (todo, libtodo.Task(title="a"), libtodo.TaskPatch(title="b"), libtodo.Recurrence())
        for value in values:
            receivers += [getattr(value, name) for name in dir(value)
                          if name not in ("close", "__class__")
                          and not isinstance(getattr(type(value), name, None), property)]
        for function in filter(callable, receivers):
            if function in (libtodo.open, libtodo.Todo):
                continue
            for one in wrong:
                for arguments in ((), (one,), (one, one), (one, one, one)):
                    try: function(*arguments)
                    except Exception: pass
                for name in ("title", "due", "tags", "patch", "commands", "where", "now", "limit"):
                    try: function(**{name: one})
                    except Exception: pass
        todo.create(title="still there")
    """)


def test_objects_made_without_their_constructor_are_refused():
    run("""
        import libtodo
        for make in (lambda: object.__new__(libtodo.Task), lambda: libtodo.Command(),
                     lambda: libtodo.Command.__new__(libtodo.Command),
                     lambda: object.__new__(libtodo.Complete),
                     lambda: libtodo._ext.Workspace.__new__(libtodo._ext.Workspace).tasks(),
                     lambda: setattr(libtodo.Task(title="a"), "__class__", libtodo.Entry),
                     lambda: libtodo.Task.title.__get__(libtodo.Skip(libtodo.Task(title="a"))),
                     lambda: libtodo.Task.to_json(libtodo.TaskPatch()),
                     lambda: type("Mine", (libtodo.Task,), {})):
            try: make()
            except (TypeError, libtodo.TodoError): continue
            raise SystemExit("not refused")
        class Mine(libtodo.Command):
            pass
        try: libtodo.open().apply(Mine())
        except TypeError: pass
        todo = libtodo.Todo.__new__(libtodo.Todo)
        try: todo.create(title="a")
        except AttributeError: pass
    """)


def test_deep_and_huge_values_are_refused():
    run("""
        import datetime, libtodo
        task = libtodo.Task(title="a")
        batch = libtodo.Batch([libtodo.Skip(task)])
        try:
            for _ in range(100_000): batch = libtodo.Batch([batch])
        except libtodo.InvalidValue: pass
        else: raise SystemExit("not refused")
        for text in ("[" * 1_000_000, '{"type":"batch","commands":[' * 5_000, "9" * 10_000_000):
            for cls in (libtodo.Task, libtodo.Command, libtodo.Snapshot):
                try: cls.from_json(text)
                except libtodo.InvalidValue: continue
                raise SystemExit("not refused")
        todo = libtodo.open()
        for members in ({"title": "x" * 10_000_000}, {"title": "a", "notes": "x" * 100_000},
                        {"title": "a", "tags": [str(n) for n in range(5_000)]},
                        {"title": "a", "attributes": {str(n): "" for n in range(5_000)}}):
            try: todo.create(**members)
            except libtodo.InvalidValue: continue
            raise SystemExit("not refused")
        anchor = datetime.datetime(1, 1, 1)
        libtodo.Recurrence(rules=["FREQ=SECONDLY"], anchor=anchor).occurrences(limit=100_000)
    """)


def test_threads_may_share_one_workspace(tmp_path):
    out = run(f"""
        import contextlib, random, threading, libtodo
        for path in (None, {str(tmp_path / "a.db")!r}):
            todo = libtodo.open(path)
            seen = []
            todo.on_entry(lambda entry: seen.append(entry.seq))
            def work(seed):
                dice = random.Random(seed)
                for n in range(40):
                    task = todo.create(title=f"{{seed}} {{n}}", due=None)
                    patch = libtodo.TaskPatch(priority=dice.choice(["low", "high"]))
                    edited = todo.apply(libtodo.Edit(task, patch))
                    list(todo.query("!high", limit=5)), todo.tasks, todo.next_due
                    if n % 5 == 0: todo.undo(edited)
                    if n % 7 == 0:
                        with contextlib.suppress(libtodo.TodoError): todo.redo()
            threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
            for thread in threads: thread.start()
            for thread in threads: thread.join()
            entries = list(todo.journal())
            assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1)) == seen
            print(len(todo.tasks), len(entries) >= 8 * 88)
    """)
    assert out == "320 True\n" * 2


def test_closing_while_others_are_inside_is_safe(tmp_path):
    run(f"""
        import threading, libtodo
        for round in range(20):
            todo = libtodo.open({str(tmp_path / "a.db")!r})
            def work():
                try:
                    while True: todo.create(title="a")
                except libtodo.Unavailable: pass
            threads = [threading.Thread(target=work) for _ in range(4)]
            for thread in threads: thread.start()
            todo.close()
            for thread in threads: thread.join()
    """)


@pytest.mark.parametrize("times", range(5))
def test_daemon_threads_do_not_hurt_the_end_of_the_process(tmp_path, times):
    run(f"""
        import threading, time, libtodo
        todo = libtodo.open({str(tmp_path / "a.db")!r}, durable=False)
        def work():
            while True: todo.create(title="a"), list(todo.query(limit=2))
        for _ in range(4): threading.Thread(target=work, daemon=True).start()
        time.sleep(0.3)
    """)


def test_code_that_runs_in_between_may_use_the_workspace(tmp_path):
    run(f"""
        import gc, libtodo
        todo = libtodo.open({str(tmp_path / "a.db")!r})
        class Finalised:
            def __init__(self): self.itself = self
            def __del__(self):
                try: todo.create(title="made by a finalizer")
                except libtodo.TodoError: pass
        gc.set_threshold(20)
        for n in range(300):
            Finalised()
            task = todo.create(title=str(n), tags={{"a", "b"}})
            list(todo.query(limit=3))
        class Name(str):
            def __eq__(self, other): todo.count(); return str.__eq__(self, other)
            __hash__ = str.__hash__
        todo.create(**{{Name("title"): "a", Name("notes"): "b"}})
        todo.on_entry(lambda entry: todo.close())
        try: todo.create(title="last")
        except libtodo.Unavailable: pass
        assert todo.closed
    """)
