"""A weekly meeting in an SQLite file: done once, and there again a week later at the same hour."""

import datetime as dt
import sys
from zoneinfo import ZoneInfo

import libtodo

with libtodo.open(sys.argv[1] if len(sys.argv) > 1 else "tasks.db") as todo:
    task = todo.create(title="Weekly meeting", tags={"work"}, recurrence="FREQ=WEEKLY",
                       due=dt.datetime(2026, 10, 19, 9, tzinfo=ZoneInfo("Europe/Paris")))
    todo.complete(task)
    for task in todo.query("#work", sort="due"):
        print(task.title, task.due)  # the next week, still at nine: the clocks went back in between
    todo.undo()
