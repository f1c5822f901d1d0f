"""A workspace of tasks: what is asked of it, and what it answers."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from types import TracebackType
from typing import Any, TypeVar, Union
from uuid import UUID

from . import _ext, _files
from ._errors import Conflict, NotFound
from ._pages import PAGE, iterate_pages

LOCAL_WORKSPACE = UUID("1d7c0b3e-2a5f-501c-8e41-6a9dc237f015")
"""The workspace that a file holds unless another one is named; that of todo-server as well."""

TaskOrId = Union[_ext.Task, UUID, str]
ProjectOrId = Union[_ext.Project, UUID, str]
FilterOrId = Union[_ext.Filter, UUID, str]
ReminderOrId = Union[_ext.Reminder, UUID, str]
EntryCallback = Callable[[_ext.Entry], object]
_Answer = TypeVar("_Answer")


class Todo:
    """One workspace of tasks, in memory or in a file. Made by `libtodo.open`.

    Threads may share it: each call waits for the one before. Other processes may use the same file;
    what they did is taken in before each command and query. Every method that changes something
    takes `now`, the current time in UTC, from the clock unless it is given.
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        workspace: UUID | str = LOCAL_WORKSPACE,
        durable: bool = True,
    ) -> None:
        name = b"" if path is None else os.fsencode(path)
        if path is not None and (not name or b"\0" in name):
            raise ValueError("expected the name of a file")
        _files.expect_not_inherited(name)
        self._workspace = _ext.Workspace(name, workspace, durable)
        if name:
            _files.add(self, name)
        self._undoable: list[_ext.Mutation] = []
        self._redoable: list[_ext.Mutation] = []
        self._callbacks: list[EntryCallback] = []
        self._undelivered: deque[_ext.Entry] = deque()
        self._delivering = threading.Lock()

    def __enter__(self) -> Todo:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<libtodo.Todo, {'closed' if self.closed else 'open'}>"

    def close(self) -> None:
        """Closes the file: every other call raises Unavailable. To close again does nothing."""
        self._workspace.close()
        _files.remove(self)

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._workspace.closed

    # Commands

    def apply(self, command: _ext.Command, *, now: datetime | None = None) -> _ext.Entry:
        """Does `command` whole or not at all; gives its entry in the journal, which is durable.

        Raises a TodoError (with `.code` and `.field`) if it is refused.
        """

        def do() -> _ext.Entry:
            entry = self._workspace.apply(command, now)
            if entry.events:
                self._undoable.append(entry.context.mutation)
                self._redoable.clear()
            return entry

        return self._told(do)

    def ask(self, request: _ext.Request) -> _ext.Entry:
        """Like `apply`, with a context of your own: its device counts its requests from 1.

        The same request again gets the entry of the first time. A refusal is kept in the journal.
        """
        return self._told(lambda: self._workspace.ask(request))

    def batch(
        self, commands: Collection[_ext.Command], *, now: datetime | None = None
    ) -> _ext.Entry:
        """Does several commands, all or none; a later one sees what the earlier ones did."""
        return self.apply(_ext.Batch(commands=commands), now=now)

    def create(self, *, now: datetime | None = None, **members: Any) -> _ext.Task:
        """Creates a task with these members (see Task) and gives it as it is now."""
        task = _ext.Task(**members)
        self.apply(_ext.Create(task=task), now=now)
        return self[task.id]

    def edit(self, task: TaskOrId, *, now: datetime | None = None, **changes: Any) -> _ext.Task:
        """Changes members of a task and gives it as it is now. None sets one to its default.

        A set or mapping is replaced by a new one; `Change(add, remove)` changes some of its items.
        """
        self.apply(_ext.Edit(task=task, patch=_ext.TaskPatch(**changes)), now=now)
        return self[task]

    def complete(
        self, task: TaskOrId, *, cascade: bool = False, now: datetime | None = None
    ) -> _ext.Task | None:
        """Closes a task as done; gives its successor if it recurs.

        Refused while subtasks are open, unless `cascade` closes them as well.
        """
        return self._successor(self.apply(_ext.Complete(task=task, cascade=cascade), now=now), task)

    def cancel(
        self, task: TaskOrId, *, cascade: bool = False, now: datetime | None = None
    ) -> _ext.Entry:
        """Closes a task that will not be done; a series ends with it."""
        return self.apply(_ext.Cancel(task=task, cascade=cascade), now=now)

    def reopen(self, task: TaskOrId, *, now: datetime | None = None) -> _ext.Entry:
        """Opens a closed task again; its successor stays, if there is one."""
        return self.apply(_ext.Reopen(task=task), now=now)

    def skip(self, task: TaskOrId, *, now: datetime | None = None) -> _ext.Task | None:
        """Cancels an open occurrence and gives its successor."""
        return self._successor(self.apply(_ext.Skip(task=task), now=now), task)

    def remove(self, task: TaskOrId, *, now: datetime | None = None) -> _ext.Entry:
        """Removes a task with its subtasks; they can be restored for 30 days."""
        return self.apply(_ext.Remove(task=task), now=now)

    def restore(self, task: TaskOrId, *, now: datetime | None = None) -> _ext.Entry:
        """Takes back a removed task, with the subtasks removed along with it."""
        return self.apply(_ext.Restore(task=task), now=now)

    def snooze(
        self,
        task: TaskOrId,
        reminder: ReminderOrId,
        until: datetime,
        *,
        now: datetime | None = None,
    ) -> _ext.Entry:
        """Lets a reminder fire again at `until`."""
        return self.apply(_ext.Snooze(task=task, reminder=reminder, until=until), now=now)

    def acknowledge(
        self, task: TaskOrId, reminder: ReminderOrId, *, now: datetime | None = None
    ) -> _ext.Entry:
        """Says that somebody saw a reminder."""
        return self.apply(_ext.Acknowledge(task=task, reminder=reminder), now=now)

    def undo(self, entry: _ext.Entry | None = None, *, now: datetime | None = None) -> _ext.Entry:
        """Takes back `entry`, or the newest change that was made through this object.

        To take back an undo is to redo. Raises Conflict if what it did has changed since, NotFound
        if there is nothing to undo.
        """
        request = entry.context.mutation if entry else None
        if request in self._redoable:
            return self._take_back(request, self._redoable, self._undoable, now)
        return self._take_back(request, self._undoable, self._redoable, now)

    def redo(self, *, now: datetime | None = None) -> _ext.Entry:
        """Does again what `undo` took back last."""
        return self._take_back(None, self._redoable, self._undoable, now)

    def advance(self, *, now: datetime | None = None) -> list[_ext.Entry]:
        """Does what is due by now: fires reminders, erases what was removed 30 days ago.

        To be called at `next_due`, by one process only.
        """
        entries = []
        while tasks := self._workspace.due(now, PAGE):
            entry = self._told(lambda: self._workspace.apply(_ext.Advance(tasks=tasks), now))
            if not entry.events:
                break
            entries.append(entry)
        return entries

    def refresh(self) -> None:
        """Takes in what other processes have appended to the file."""
        self._told(self._workspace.refresh)

    def checkpoint(self) -> int:
        """Saves the state, so that opening the file is quick; gives the seq of its last entry."""
        return self._workspace.checkpoint()

    # Reading

    def query(
        self,
        where: str = "",
        *,
        sort: str | Collection[str] = "",
        limit: int | None = None,
        now: datetime | None = None,
    ) -> Iterator[_ext.Task]:
        """Iterates over the tasks that match, page by page.

        `where` is in the query language ("#work due<=+7d"): without a status it sees open tasks,
        and if it is empty, open and closed ones. `sort` names keys ("due,-priority"); ties are by
        age.
        A task that does not change meanwhile is neither missed nor seen twice.
        """

        def find_page(**search: Any) -> tuple[list[_ext.Task], str, int | None]:
            return self._told(lambda: self._workspace.find(now, **search))

        return iterate_pages(find_page, where, sort, limit)

    def count(self, where: str = "", *, now: datetime | None = None) -> int:
        """How many tasks match."""
        _, _, total = self._told(
            lambda: self._workspace.find(
                now, where=where, sort="", limit=1, cursor="", count=True
            )
        )
        return total or 0

    def get(self, task: TaskOrId) -> _ext.Task | None:
        """The task as it is now, None if there is none of this id."""
        return self._workspace.get(task)

    def __getitem__(self, task: TaskOrId) -> _ext.Task:
        """The task as it is now; raises NotFound if there is none of this id."""
        found = self._workspace.get(task)
        if found is None:
            raise NotFound("not_found", "there is no such task")
        return found

    @property
    def tasks(self) -> tuple[_ext.Task, ...]:
        """All tasks by age: open, closed and removed ones."""
        return self._workspace.tasks()

    @property
    def projects(self) -> tuple[_ext.Project, ...]:
        """All projects by age."""
        return self._workspace.projects()

    @property
    def filters(self) -> tuple[_ext.Filter, ...]:
        """All saved filters by age."""
        return self._workspace.filters()

    @property
    def settings(self) -> _ext.Settings:
        """The settings of the owner."""
        return self._workspace.settings()

    @property
    def next_due(self) -> datetime | None:
        """When to call `advance` next; None if nothing is due."""
        return self._workspace.next_due()

    def journal(self, after: int = 0) -> Iterator[_ext.Entry]:
        """Iterates over the entries with a seq above `after`, oldest first."""
        entries = self._workspace.entries_after(after, PAGE)

        def all_entries() -> Iterator[_ext.Entry]:
            page = entries
            while page:
                yield from page
                page = self._workspace.entries_after(page[-1].seq, PAGE)

        return all_entries()

    def snapshot(self) -> _ext.Snapshot:
        """The whole durable state."""
        return self._workspace.snapshot()

    def on_entry(self, callback: EntryCallback) -> Callable[[], None]:
        """Calls `callback(entry)` for each entry from now on; gives a function that ends this.

        It is called after the command is done, in the order of the journal, and may use this
        object. What it raises is reported by `sys.unraisablehook` and stops nothing.
        """
        self._workspace.listen(True)
        self._callbacks.append(callback)

        def end() -> None:
            if callback in self._callbacks:
                self._callbacks.remove(callback)
            if not self._callbacks and not self.closed:
                self._workspace.listen(False)

        return end

    # Files of other programs

    def read_import(
        self,
        format: _ext.ImportFormat | str,
        text: str,
        *,
        namespace: UUID | str,
        now: datetime | None = None,
    ) -> _ext.Import:
        """What `import_text` would do, and the report of what would not come over as it was."""
        return self._workspace.read_import(format, text, namespace, now)

    def import_text(
        self,
        format: _ext.ImportFormat | str,
        text: str,
        *,
        namespace: UUID | str,
        now: datetime | None = None,
    ) -> _ext.Import:
        """Imports iCalendar ("ical") or what `task export` writes ("taskwarrior"), as one batch.

        Ids are made from `namespace`, one for each source, so that importing twice changes nothing.
        """
        read = self.read_import(format, text, namespace=namespace, now=now)
        if read.commands:
            self.batch(read.commands, now=now)
        return read

    # Projects, filters, settings

    def create_project(self, *, now: datetime | None = None, **members: Any) -> _ext.Project:
        """Creates a project with these members (see Project)."""
        project = _ext.Project(**members)
        self.apply(_ext.CreateProject(project=project), now=now)
        return next(made for made in self.projects if made.id == project.id)

    def edit_project(
        self, project: ProjectOrId, *, now: datetime | None = None, **changes: Any
    ) -> _ext.Entry:
        """Changes members of a project."""
        return self.apply(
            _ext.EditProject(project=project, patch=_ext.ProjectPatch(**changes)), now=now
        )

    def remove_project(self, project: ProjectOrId, *, now: datetime | None = None) -> _ext.Entry:
        """Removes a project; its tasks go to the inbox."""
        return self.apply(_ext.RemoveProject(project=project), now=now)

    def create_filter(self, *, now: datetime | None = None, **members: Any) -> _ext.Filter:
        """Saves a filter with these members (see Filter)."""
        made = _ext.Filter(**members)
        self.apply(_ext.CreateFilter(filter=made), now=now)
        return next(filter for filter in self.filters if filter.id == made.id)

    def edit_filter(
        self, filter: FilterOrId, *, now: datetime | None = None, **changes: Any
    ) -> _ext.Entry:
        """Changes members of a saved filter."""
        return self.apply(
            _ext.EditFilter(filter=filter, patch=_ext.FilterPatch(**changes)), now=now
        )

    def remove_filter(self, filter: FilterOrId, *, now: datetime | None = None) -> _ext.Entry:
        """Removes a saved filter."""
        return self.apply(_ext.RemoveFilter(filter=filter), now=now)

    def edit_settings(self, *, now: datetime | None = None, **changes: Any) -> _ext.Settings:
        """Changes some settings and gives all of them."""
        self.apply(_ext.EditSettings(patch=_ext.SettingsPatch(**changes)), now=now)
        return self.settings

    # How it is done

    def _told(self, call: Callable[[], _Answer]) -> _Answer:
        """What `call` gives; the callbacks hear of what was appended meanwhile."""
        try:
            return call()
        finally:
            self._deliver()

    def _deliver(self) -> None:
        # One thread at a time, so that entries come in order. Who finds another one at it leaves
        # the rest to that one, which looks again after it has let go.
        while self._undelivered or self._workspace.has_delivered:
            if not self._delivering.acquire(blocking=False):
                return
            try:
                self._undelivered.extend(self._workspace.take_delivered())
                while self._undelivered:
                    entry = self._undelivered.popleft()
                    for callback in tuple(self._callbacks):
                        _ext.tell(callback, entry)
            finally:
                self._delivering.release()

    def _take_back(
        self,
        request: _ext.Mutation | None,
        requests: list[_ext.Mutation],
        taken: list[_ext.Mutation],
        now: datetime | None,
    ) -> _ext.Entry:
        """Undoes `request`, or the newest of `requests`, which its undo leaves for `taken`.

        It leaves `requests` as well if it can never be undone, and before it is tried, so that two
        threads do not take the same one.
        """
        claimed, place = self._claim(request, requests)

        def take() -> _ext.Entry:
            try:
                entry = self._workspace.undo(claimed, now)
            except (Conflict, NotFound):
                raise
            except BaseException:
                if place is not None:
                    requests.insert(place, claimed)
                raise
            taken.append(entry.context.mutation)
            return entry

        return self._told(take)

    def _claim(
        self, request: _ext.Mutation | None, requests: list[_ext.Mutation]
    ) -> tuple[_ext.Mutation, int | None]:
        """Takes `request`, or the newest one, out of `requests`; gives its place there as well."""
        if request is None:
            try:
                return requests.pop(), len(requests)
            except IndexError:
                what = "nothing was done here that could be taken back"
                raise NotFound("not_found", what) from None
        try:
            place = requests.index(request)
            requests.remove(request)
        except ValueError:
            return request, None  # it was made elsewhere
        return request, place

    def _successor(self, entry: _ext.Entry, task: TaskOrId) -> _ext.Task | None:
        """The open task of the same series that `entry` has made or taken up again."""
        closed = self[task]
        series = closed.series or closed.id
        for event in entry.events:
            if isinstance(event, _ext.TaskCreated):
                there = self.get(event.task.id)
            elif isinstance(event, _ext.TaskChanged):
                there = self.get(event.task)
            else:
                continue
            if there and there.series == series and there.status is _ext.Status.OPEN:
                return there
        return None


def open(
    path: str | os.PathLike[str] | None = None,
    *,
    workspace: UUID | str = LOCAL_WORKSPACE,
    durable: bool = True,
) -> Todo:
    """Opens the workspace in the SQLite file `path`, which is made if need be; None: in memory.

    A change is on disk when its call returns; with `durable` it even survives a power cut. Raises
    Corrupt for a file that is not one of libtodo, Unsupported for one of a newer version.
    """
    return Todo(path, workspace=workspace, durable=durable)
