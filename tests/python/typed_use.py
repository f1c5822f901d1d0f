"""Checked by mypy --strict and never run: what a typed program writes is typed."""

from datetime import date, datetime
from uuid import UUID

import libtodo

with libtodo.open() as todo:
    task: libtodo.Task = todo.create(title="a", tags={"b"}, due=date(2026, 11, 23))
    due: date | datetime | None = task.due
    tags: frozenset[str] = task.tags
    urgent: bool = task.priority >= libtodo.Priority.HIGH
    entry: libtodo.Entry = todo.apply(libtodo.Complete(task, cascade=True))
    ids: list[UUID] = [found.id for found in todo.query("#b", sort=["due", "-priority"])]
    following: libtodo.Task | None = todo.complete(task.id)
    copied: libtodo.Task = task.replace(title="c", priority="high")
    patch = libtodo.TaskPatch(due=None, tags=libtodo.Change(add={"x"}))
    recurrence = libtodo.Recurrence(rules=["FREQ=DAILY"], anchor=date(2026, 1, 1), missed="next")
    dates: list[date | datetime] = recurrence.occurrences(limit=3)
    for event in entry.events:
        match event:
            case libtodo.TaskChanged(task=changed):
                name: UUID = changed
    task.title = "b"  # type: ignore[misc]
    libtodo.Task(titel="a")  # type: ignore[call-arg]
    libtodo.Task(priority="highest")  # type: ignore[arg-type]
