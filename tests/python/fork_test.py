"""What a child of fork may do with the files of its parent."""

import os
import subprocess
import sys
import textwrap

import libtodo
import pytest
from libtodo import Unavailable

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")


def in_child(work):
    """Whether `work` raises nothing in a child of fork."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def is_refused(work):
    with pytest.raises(Unavailable, match="forked"):
        work()


def test_a_child_cannot_use_what_its_parent_has_open(tmp_path):
    with libtodo.open(tmp_path / "a.db") as todo:
        todo.create(title="a")
        assert in_child(lambda: is_refused(lambda: todo.create(title="b")))
        assert [task.title for task in todo.query()] == ["a"]


def test_a_child_cannot_open_anew_what_its_parent_has_open(tmp_path):
    path = tmp_path / "a.db"
    with libtodo.open(path) as todo:
        os.link(path, tmp_path / "same.db")

        def work():
            is_refused(lambda: libtodo.open(path))
            is_refused(lambda: libtodo.open(tmp_path / "same.db"))
            todo.close()  # what the parent has open stays so
            is_refused(lambda: libtodo.open(path))
            assert in_child(lambda: is_refused(lambda: libtodo.open(path)))

        assert in_child(work)
        with libtodo.open(path) as again:  # the parent may
            again.create(title="a")


def test_a_child_may_open_what_its_parent_has_closed_and_other_files(tmp_path):
    path = tmp_path / "a.db"
    libtodo.open(path).close()
    forgotten = libtodo.open(path)
    del forgotten

    def work():
        for name in ("a.db", "new.db"):
            with libtodo.open(tmp_path / name) as todo:
                todo.create(title="of the child")
        libtodo.open().create(title="in memory")

    with libtodo.open(tmp_path / "other.db"), libtodo.open():
        assert in_child(work)
    for name in ("a.db", "new.db"):
        with libtodo.open(tmp_path / name) as todo:
            assert [task.title for task in todo.query()] == ["of the child"]


def test_a_child_ends_at_once_though_a_thread_was_inside_at_the_fork(tmp_path):
    program = f"""
        import os, sys, threading, time, libtodo
        todo = libtodo.open({str(tmp_path / "a.db")!r})
        going = True
        def work():
            while going: todo.create(title="a")
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        for _ in range(3):
            time.sleep(0.05)
            begun = time.monotonic()
            child = os.fork()
            if child == 0: sys.exit()
            assert os.waitpid(child, 0)[1] == 0
            assert time.monotonic() - begun < 5
        going = False
        thread.join()
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=True, timeout=60)
