"""Writes the stub of libtodo._ext: classes by the tables in it, the rest as it is below.

    python3 make_stub.py FILE
"""

import sys
from typing import Any

from libtodo import _ext

Table = dict[str, Any]

HEAD = '''\
# Made by make_stub.py from the field tables of libtodo.
import builtins  # a member of a value may have the name of a builtin
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Literal, Self, final, type_check_only
from uuid import UUID

from ._names import Change, Name, Rule

@type_check_only
class _Value:
    def to_json(self) -> str:
        """The canonical JSON text of this value."""
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, memo: Any, /) -> Self: ...
    def __hash__(self) -> int: ...
'''

TAIL = '''
class Workspace:
    """A workspace over a store."""
    def __init__(self, path: bytes, workspace: UUID | str, durable: bool, /) -> None: ...
    def apply(self, command: Command, now: datetime | None, /) -> Entry: ...
    def ask(self, request: Request, /) -> Entry: ...
    def undo(self, mutation: Mutation, now: datetime | None, /) -> Entry: ...
    def due(self, now: datetime | None, limit: int, /) -> tuple[UUID, ...]: ...
    def next_due(self) -> datetime | None: ...
    def listen(self, on: bool, /) -> None: ...
    def take_delivered(self) -> tuple[Entry, ...]: ...
    def refresh(self) -> None: ...
    def checkpoint(self) -> int: ...
    def close(self) -> None: ...
    @property
    def closed(self) -> bool: ...
    @property
    def has_delivered(self) -> bool: ...
    def find(
        self,
        now: datetime | None,
        /,
        *,
        where: str,
        sort: str,
        limit: int,
        cursor: str,
        count: bool,
    ) -> tuple[list[Task], str, int | None]: ...
    def get(self, task: Task | UUID | str, /) -> Task | None: ...
    def entries_after(self, after: int, limit: int, /) -> tuple[Entry, ...]: ...
    def read_import(
        self,
        format: ImportFormat | str,
        text: str,
        namespace: UUID | str,
        now: datetime | None,
        /,
    ) -> Import: ...
    def tasks(self) -> tuple[Task, ...]: ...
    def projects(self) -> tuple[Project, ...]: ...
    def filters(self) -> tuple[Filter, ...]: ...
    def settings(self) -> Settings: ...
    def snapshot(self) -> Snapshot: ...

def find_in_tasks(
    tasks: Collection[Task],
    projects: Collection[Project],
    settings: Settings,
    now: datetime | None,
    /,
    *,
    where: str,
    sort: str,
    limit: int,
    cursor: str,
    count: bool,
) -> tuple[list[Task], str, int | None]: ...
def tell(callback: Callable[[Entry], object], entry: Entry, /) -> None: ...
def canonical_rule(text: str) -> str:
    """The canonical text of a rule."""
def parse_when(text: str) -> date | datetime:
    """Reads a date, a local time, or a local time in a zone, as JSON has them."""
def format_when(when: date | datetime) -> str:
    """The text of a date or datetime."""
def parse_local_time(text: str) -> datetime:
    """Reads a local time."""
def parse_instant(text: str) -> datetime:
    """Reads an instant in UTC."""
def format_instant(instant: datetime) -> str:
    """The text of an instant."""
def parse_duration(text: str) -> timedelta:
    """Reads a duration as in ISO 8601."""
def format_duration(duration: timedelta) -> str:
    """The text of a duration."""
def format_query(query: str) -> str:
    """The canonical text of a query; raises InvalidValue with the character at fault."""
def zone_names() -> list[str]:
    """The IANA names of all zones, sorted."""
def zone_offset(zone: str, at: datetime) -> timedelta:
    """How far a zone is east of UTC at an instant."""
def zone_instant(zone: str, local: date | datetime) -> datetime:
    """The instant of a local time; in a gap by the offset before it, of two the first."""

zone_version: str
has_sqlite: bool
'''

RECURRENCE = '''\
    def occurrences(
        self, after: date | datetime | None = None, *, limit: int = 100, zone: str | None = None
    ) -> list[date | datetime]:
        """The first `limit` occurrences after `after`, or from the first one on."""
    def local_times(
        self, after: date | datetime | None = None, *, limit: int = 100, zone: str | None = None
    ) -> list[datetime]:
        """The same as naive datetimes on the wall clock of the anchor."""
    def after(
        self, after: date | datetime | None = None, *, zone: str | None = None
    ) -> date | datetime | None:
        """The first occurrence after `after`; None if there is no more."""
    def between(
        self,
        first: date | datetime,
        last: date | datetime,
        *,
        limit: int = 1000,
        zone: str | None = None,
    ) -> list[date | datetime]:
        """The first `limit` occurrences from `first` to `last`, both included."""
'''


def doc(text: str, indent: str = "    ") -> str:
    return f'{indent}"""{text}"""\n'


def class_head(table: Table, bases: str) -> str:
    return f"\nclass {table['name']}({bases}):\n{doc(table['doc'])}"


def enumeration(table: Table) -> str:
    rows = [f'    {m["name"].upper()} = "{m["name"]}"\n' for m in table["members"]]
    return "\n@final" + class_head(table, "Name") + "".join(rows)


def base(table: Table) -> str:
    name = table["name"]
    return (f"\nclass {name}(_Value):\n{doc(table['doc'])}"
            f"    @staticmethod\n    def from_json(text: str, /) -> {name}:\n"
            f"        \"\"\"Reads JSON text; raises InvalidValue with the member at fault.\"\"\"\n")


def parameters(members: list[Table], all_optional: bool, positional: bool) -> str:
    """Required ones first where they may be given by position."""
    if not members:
        return ""
    texts = ["" if positional else "*"]
    for member in members:
        default = "" if member["required"] and not all_optional else " = ..."
        texts.append(f"{member['name']}: {member['given']}{default}")
    return "".join(f"        {text},\n" for text in texts if text)


def constructor(table: Table) -> str:
    given = parameters(table["members"], table["kind"] == "patch", table["positional"])
    return f"    def __new__(\n        cls,\n{given}    ) -> {table['name']}: ...\n"


def json_methods(name: str) -> str:
    return (f"    @staticmethod\n    def from_json(text: str, /) -> {name}:\n"
            + doc("Reads JSON text; raises InvalidValue with the member at fault.", "        "))


def value(table: Table) -> str:
    name = table["name"]
    text = "\n@final" + class_head(table, table["base"] or "_Value")
    if table["positional"]:
        names = [f'Literal["{member["name"]}"]' for member in table["members"]]
        text += f"    __match_args__: ClassVar[tuple[{', '.join(names)}]]\n"
    text += constructor(table)
    for member in table["members"]:
        text += f"    @builtins.property\n    def {member['name']}(self) -> {member['read']}:\n"
        text += doc(member["doc"], "        ")
    for method in ("replace", "__replace__"):
        given = parameters(table["members"], True, table["positional"])
        text += f"    def {method}(\n        self,\n{given}    ) -> {name}:\n"
        text += doc("A copy in which the members that are given have new values.", "        ")
    text += json_methods(name)
    return text + (RECURRENCE if name == "Recurrence" else "")


def optional(member: Table) -> Table:
    """A member of a patch: None sets it to its default, a Change alters a set or mapping."""
    given = member["given"]
    if given.startswith(("Collection[", "Mapping[")) and member["name"] != "rules":
        given += " | Change"
    if not member["required"] and not given.endswith("| None"):
        given += " | None"
    return {**member, "given": given}


def patch(table: Table) -> str:
    members = [optional(member) for member in table["members"]]
    return (
        "\n@final" + class_head(table, "_Value")
        + constructor({**table, "members": members})
        + "    def __getitem__(self, name: str) -> Any: ...\n"
        + "    def __iter__(self) -> Iterator[str]: ...\n"
        + "    def __len__(self) -> int: ...\n"
        + "    def keys(self) -> list[str]:\n"
        + doc("The names of the members that it sets.", "        ")
        + "    def items(self) -> list[tuple[str, Any]]:\n"
        + doc("These names with what it sets them to.", "        ")
        + json_methods(table["name"])
    )


WRITERS = {"enum": enumeration, "base": base, "value": value, "patch": patch}


def main(path: str) -> None:
    body = "".join(WRITERS[table["kind"]](table) for table in _ext._tables)
    with open(path, "w", encoding="utf-8") as stub:
        stub.write(HEAD + body + TAIL)


if __name__ == "__main__":
    main(sys.argv[1])
