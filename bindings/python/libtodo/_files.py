"""Which files are open, so that a child of fork opens none that its parent had open.

SQLite keeps a table of the files that its process has open, and a child inherits it: it would take
its parent's locks, which do not pass to it, for its own, and lose what it writes.
"""

from __future__ import annotations

import os
import weakref

from ._errors import Unavailable

FileId = tuple[int, int]

_open: weakref.WeakKeyDictionary[object, FileId] = weakref.WeakKeyDictionary()
_inherited: set[FileId] = set()


def expect_not_inherited(path: bytes) -> None:
    """Raises Unavailable if the process that this one was forked from had the file open."""
    if _inherited and _file_id(path) in _inherited:
        what = "the process that this one was forked from had this file open"
        raise Unavailable("unavailable", what + ": close it before a fork, or use spawn")


def add(user: object, path: bytes) -> None:
    """Remembers that `user` has the file open, until it is removed or goes away."""
    if file := _file_id(path):
        _open[user] = file


def remove(user: object) -> None:
    """Says that `user` has closed its file."""
    _open.pop(user, None)


def _file_id(path: bytes) -> FileId | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=lambda: _inherited.update(_open.values()))
