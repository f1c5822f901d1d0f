"""Lists of tasks, page by page."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, Protocol

from . import _ext
from ._errors import InvalidValue

PAGE = 500  # tasks or entries asked for at a time


class FindPage(Protocol):
    """Finds one page: its tasks, the cursor of the next one, and how many there are in all."""

    def __call__(
        self, *, where: str, sort: str, limit: int, cursor: str, count: bool
    ) -> tuple[list[_ext.Task], str, int | None]: ...


def _sort_text(sort: str | Collection[str]) -> str:
    if isinstance(sort, str):
        return sort
    try:
        return ",".join(sort)
    except TypeError:
        raise InvalidValue("wrong_type", "expected texts like \"due\"", "/sort") from None


def iterate_pages(
    find_page: FindPage, where: str, sort: str | Collection[str], limit: int | None
) -> Iterator[_ext.Task]:
    """Iterates over all pages; the first one is found at once, to refuse a wrong query here."""
    keys = _sort_text(sort)
    if limit is not None and not isinstance(limit, int):
        raise InvalidValue("wrong_type", f"expected int, not {type(limit).__name__}", "/limit")
    size = PAGE if limit is None or limit > PAGE else limit
    first = find_page(where=where, sort=keys, limit=size, cursor="", count=False)

    def tasks() -> Iterator[_ext.Task]:
        page, cursor, _ = first
        left = sys.maxsize if limit is None else limit
        while True:
            yield from page[:left]
            left -= len(page)
            if not cursor or left <= 0:
                return
            page, cursor, _ = find_page(
                where=where, sort=keys, limit=PAGE, cursor=cursor, count=False
            )

    return tasks()


def find(
    tasks: Collection[_ext.Task],
    where: str = "",
    *,
    projects: Collection[_ext.Project] = (),
    sort: str | Collection[str] = "",
    limit: int | None = None,
    settings: _ext.Settings | None = None,
    now: datetime | None = None,
) -> Iterator[_ext.Task]:
    """The tasks among `tasks` that match the query `where`, without a workspace."""
    listed, named, owner = list(tasks), list(projects), settings or _ext.Settings()

    def find_page(**search: Any) -> tuple[list[_ext.Task], str, int | None]:
        return _ext.find_in_tasks(listed, named, owner, now, **search)

    return iterate_pages(find_page, where, sort, limit)
