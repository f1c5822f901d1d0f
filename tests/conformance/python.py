#!/usr/bin/env python3
"""Answers each line of standard input by one line, by the Python module; README.md has the rules.

All values that are written come from the module's own text functions.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any

import libtodo
from libtodo import InvalidValue, NotFound, TodoError

Operation = Callable[["Arguments"], str]


def escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def within(name: str | int, error: TodoError) -> TodoError:
    field = f"/{escaped(str(name))}{error.field}"
    return type(error)(error.code, error.message, field)


def refusal_of(error: TodoError) -> libtodo.Refusal:
    return libtodo.Refusal(code=error.code, message=error.message, field=error.field)


def members_of(text: str) -> list[tuple[str, str]]:
    """The members of a JSON object, each value as it is written."""
    decoder = json.JSONDecoder()
    members = []

    def skip(at: int) -> int:
        while at < len(text) and text[at] in " \t\r\n":
            at += 1
        return at

    at = skip(text.index("{") + 1)
    while text[at] != "}":
        name, at = decoder.raw_decode(text, at)
        begin = skip(skip(at) + 1)
        _, end = decoder.raw_decode(text, begin)
        members.append((name, text[begin:end]))
        at = skip(end)
        at = skip(at + 1) if text[at] == "," else at
    return members


def items_of(text: str) -> list[str]:
    """The items of a JSON list, each as it is written."""
    wrapped = text.strip()[1:-1]
    decoder = json.JSONDecoder()
    items, at = [], 0
    while wrapped[at:].strip(" \t\r\n"):
        at += len(wrapped[at:]) - len(wrapped[at:].lstrip(" \t\r\n,"))
        _, end = decoder.raw_decode(wrapped, at)
        items.append(wrapped[at:end])
        at = end
    return items


def json_list(texts: list[str]) -> str:
    return f"[{','.join(texts)}]"


def quoted(text: str) -> str:
    """A text without anything to escape: an id, a date, an instant."""
    return f'"{text}"'


class Arguments:
    """The members of a line besides "op", as JSON text. The first refusal is kept."""

    def __init__(self, members: list[tuple[str, str]]) -> None:
        self._left = {name: text for name, text in members if name != "op" and text != "null"}
        self._refusal: TodoError | None = None

    def refuse(self, error: TodoError) -> None:
        self._refusal = self._refusal or error

    def finish(self) -> None:
        for name in self._left:
            unknown = InvalidValue("unknown_member", "there is no such member")
            self.refuse(within(name, unknown))
        if self._refusal:
            raise self._refusal

    def take(self, name: str, read: Callable[[str], Any], default: Any = None) -> Any:
        text = self._left.pop(name, None)
        if text is None:
            return default
        try:
            return read(text)
        except TodoError as error:
            self.refuse(within(name, error))
            return default

    def need(self, name: str, read: Callable[[str], Any]) -> Any:
        if name not in self._left:
            self.refuse(InvalidValue("missing", "this member has to be there", f"/{name}"))
        return self.take(name, read)

    def take_list(self, name: str, read: Callable[[str], Any]) -> list[Any]:
        """A list, or its only item."""
        return self.take(name, lambda t: list_of(read)(t) if t.startswith("[") else [read(t)], [])


def text_of(text: str) -> str:
    value = json.loads(text)
    if not isinstance(value, str):
        raise InvalidValue("wrong_type", f"expected a text, not {kind_of(text)}")
    return value


def number_of(text: str) -> int:
    value = json.loads(text)
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidValue("wrong_type", f"expected a number, not {kind_of(text)}")
    if not 0 <= value < 2**32:
        raise InvalidValue("out_of_range", f"expected 0 to {2**32 - 1}")
    return value


def kind_of(text: str) -> str:
    kinds = {"{": "an object", "[": "a list", '"': "a text", "t": "a boolean", "f": "a boolean",
             "n": "null"}
    return kinds.get(text[0], "a number")


def list_of(read: Callable[[str], Any]) -> Callable[[str], list[Any]]:
    def read_list(text: str) -> list[Any]:
        if not text.startswith("["):
            raise InvalidValue("wrong_type", f"expected a list, not {kind_of(text)}")
        items = []
        for index, item in enumerate(items_of(text)):
            try:
                items.append(read(item))
            except TodoError as error:
                raise within(index, error) from None
        return items

    return read_list


def when_of(text: str) -> str:
    """A date or time as text: the zone is another argument."""
    when = text_of(text)
    libtodo.parse_when(when)
    return when


def local_time_of(text: str) -> Any:
    return libtodo.parse_local_time(text_of(text))


def instant_of(text: str) -> Any:
    return libtodo.parse_instant(text_of(text))


class Asked:
    """A recurrence with the zone and the place to begin at."""

    def __init__(self, given: Arguments) -> None:
        start = given.need("start", when_of)
        self.zone = given.take("zone", text_of) or None
        if self.zone and self.zone not in libtodo.zone_names():
            given.refuse(NotFound("not_found", "there is no such zone", "/zone"))
            self.zone = None
        rules = given.take_list("rule", lambda text: libtodo.Rule(text_of(text)))
        rdates = given.take_list("rdate", when_of)
        exdates = given.take_list("exdate", when_of)
        if given.take_list("exrule", text_of):
            given.refuse(libtodo.Unsupported("unsupported", "EXRULE is not supported", "/exrule"))
        self.after = given.take("after", local_time_of)
        self.recurrence = libtodo.Recurrence()
        if start is None:
            return
        try:
            self.recurrence = libtodo.Recurrence(
                rules=rules,
                rdates=[self.in_zone(when) for when in rdates],
                exdates=[self.in_zone(when) for when in exdates],
                anchor=self.in_zone(start),
            )
            self.recurrence.after(zone=self.zone)
        except TodoError as error:
            given.refuse(error)

    def in_zone(self, when: str) -> Any:
        is_local = self.zone and "T" in when and "[" not in when
        return libtodo.parse_when(f"{when}[{self.zone}]" if is_local else when)


def expand_recurrence(given: Arguments) -> str:
    asked = Asked(given)
    limit = given.take("limit", number_of, 100)
    given.finish()
    times = asked.recurrence.local_times(asked.after, limit=limit, zone=asked.zone)
    return json_list([quoted(libtodo.format_when(time)) for time in times])


def next_of_recurrence(given: Arguments) -> str:
    asked = Asked(given)
    given.finish()
    times = asked.recurrence.local_times(asked.after, limit=1, zone=asked.zone)
    return quoted(libtodo.format_when(times[0])) if times else "null"


def format_rule(given: Arguments) -> str:
    rule = given.need("rule", lambda text: libtodo.Rule(text_of(text)))
    given.finish()
    return quoted(rule)


def zone_of(given: Arguments) -> str:
    zone = given.need("zone", text_of)
    if zone is not None and zone not in libtodo.zone_names():
        given.refuse(NotFound("not_found", "there is no such zone", "/zone"))
    return zone or ""


def offsets_of_zone(given: Arguments) -> str:
    zone = zone_of(given)
    instants = given.need("at", list_of(instant_of))
    given.finish()
    offsets = [libtodo.zone_offset(zone, at) for at in instants]
    return json_list([str(offset.days * 86400 + offset.seconds) for offset in offsets])


def resolve_in_zone(given: Arguments) -> str:
    zone = zone_of(given)
    times = given.need("local", list_of(local_time_of))
    given.finish()
    instants = [libtodo.zone_instant(zone, time) for time in times]
    return json_list([quoted(libtodo.format_instant(instant)) for instant in instants])


def take_query(given: Arguments) -> str:
    def read(text: str) -> str:
        query = text_of(text)
        libtodo.format_query(query)
        return query

    return given.take("query", read, "")


def run_query(given: Arguments) -> str:
    tasks = given.take("tasks", list_of(libtodo.Task.from_json), [])
    projects = given.take("projects", list_of(libtodo.Project.from_json), [])
    query = take_query(given)
    keys = given.take_list("sort", text_of)
    try:
        libtodo.find([], sort=keys)
    except TodoError as error:
        given.refuse(error)
    limit = given.take("limit", number_of, 50)
    now = given.take("now", instant_of, libtodo.parse_instant("1970-01-01T00:00:00Z"))
    settings = {}
    for name, default in (("zone", "UTC"), ("locale", "en"), ("week_start", "monday")):
        settings[name] = given.take(name, text_of, default)
    try:
        owner = libtodo.Settings(**settings)
        with libtodo.open() as todo:
            todo.edit_settings(**settings)
    except TodoError as error:
        field = error.field.removeprefix("/patch")
        given.refuse(type(error)(error.code, error.message, field))
    given.finish()
    found = libtodo.find(
        tasks, query, projects=projects, sort=keys, limit=limit, settings=owner, now=now
    )
    return json_list([quoted(str(task.id)) for task in found])


def format_query(given: Arguments) -> str:
    query = take_query(given)
    given.finish()
    return json.dumps(libtodo.format_query(query), ensure_ascii=False)


class Step:
    """What is asked at one time: a command, or to undo the request of a number."""

    def __init__(self, text: str) -> None:
        if not text.startswith("{"):
            raise InvalidValue("wrong_type", f"expected an object, not {kind_of(text)}")
        given = Arguments(members_of(text))
        self.now = given.need("now", instant_of)
        self.command = given.take("command", libtodo.Command.from_json)
        self.undo = given.take("undo", number_of)
        given.finish()


DEVICE = "00000000-0000-7000-8000-000000000001"


def command_of(step: Step, entries: list[libtodo.Entry]) -> libtodo.Command:
    if step.command is not None:
        return step.command
    if step.undo is None:
        raise InvalidValue("missing", "a step has a command or an undo", "/command")
    if not 1 <= step.undo <= len(entries):
        raise NotFound("not_found", "there is no such request", "/undo")
    entry = entries[step.undo - 1]
    return libtodo.Undo(libtodo.Mutation(device=DEVICE, number=step.undo), entry.events,
                        entry.command)


def ask(todo: libtodo.Todo, now: Any, command: libtodo.Command, number: int) -> None:
    """The nth request of the conversation; raises TodoError if it is refused."""
    name = libtodo.Mutation(device=DEVICE, number=number)
    context = libtodo.Context(now=now, actor="conformance", mutation=name)
    todo.ask(libtodo.Request(context=context, command=command))


def ask_all(todo: libtodo.Todo, steps: list[Step]) -> list[libtodo.Entry]:
    entries: list[libtodo.Entry] = []
    for step in steps:
        try:
            command = command_of(step, entries)
        except TodoError as error:
            raise within("commands", within(len(entries), error)) from None
        with suppress(TodoError):  # it is in the journal
            ask(todo, step.now, command, len(entries) + 1)
        entries.extend(todo.journal(after=len(entries)))
    return entries


def run_workspace(given: Arguments) -> str:
    steps = given.need("commands", list_of(Step))
    given.finish()
    with libtodo.open() as todo:
        entries = json_list([entry.to_json() for entry in ask_all(todo, steps)])
        tasks = json_list([task.to_json() for task in todo.tasks])
    return f'{{"entries":{entries},"tasks":{tasks}}}'


def try_texts(given: Arguments) -> str:
    steps = given.take("commands", list_of(Step), [])
    texts = given.need("texts", list_of(text_of))
    now = given.need("now", instant_of)
    given.finish()
    with libtodo.open() as todo:
        ask_all(todo, steps)
        refusals = []
        for text in texts:
            try:
                number = todo.snapshot().seq + 1
                ask(todo, now, libtodo.Command.from_json(text), number)
                refusals.append("null")
            except TodoError as error:
                refusals.append(refusal_of(error).to_json())
        return f'{{"refusals":{json_list(refusals)},"snapshot":{todo.snapshot().to_json()}}}'


TYPES = ("Task", "TaskPatch", "Project", "Filter", "Settings", "Command", "Request", "Event",
         "Entry", "Snapshot")


def read_and_write(given: Arguments) -> str:
    name = given.need("type", text_of)
    text = given.need("text", text_of)
    given.finish()
    if name not in TYPES:
        raise InvalidValue("unknown_name", "there is no such type", "/type")
    value: libtodo.Task = getattr(libtodo, name).from_json(text)
    return value.to_json()


def id_of(text: str) -> Any:
    try:
        return libtodo.Task(id=text_of(text)).id
    except InvalidValue as error:
        raise InvalidValue(error.code, error.message) from None


def format_of(text: str) -> libtodo.ImportFormat:
    name = text_of(text)
    formats = {str(format.value): format for format in libtodo.ImportFormat}
    if name not in formats:
        raise InvalidValue("unknown_name", f"'{name}' is none of {', '.join(formats)}")
    return formats[name]


def import_text(given: Arguments) -> str:
    format = given.need("format", format_of)
    text = given.need("text", text_of)
    now = given.need("now", instant_of)
    namespace = given.need("namespace", id_of)
    times = given.take("times", number_of, 1)
    zone = given.take("zone", text_of, "UTC")
    with libtodo.open() as todo:
        try:
            todo.edit_settings(zone=zone)
        except TodoError as error:
            field = error.field.removeprefix("/patch")
            given.refuse(type(error)(error.code, error.message, field))
        given.finish()
        losses: Collection[libtodo.Loss] = []
        for _ in range(times):
            losses = todo.import_text(format, text, namespace=namespace, now=now).losses
        parts = {"projects": todo.projects, "tasks": todo.tasks, "losses": losses}
        texts = {name: json_list([one.to_json() for one in some]) for name, some in parts.items()}
    return "{" + ",".join(f'"{name}":{text}' for name, text in texts.items()) + "}"


OPERATIONS: dict[str, Operation] = {
    "recurrence.expand": expand_recurrence,
    "recurrence.next": next_of_recurrence,
    "recurrence.format": format_rule,
    "zone.offset": offsets_of_zone,
    "zone.resolve": resolve_in_zone,
    "query": run_query,
    "query.format": format_query,
    "workspace": run_workspace,
    "workspace.try": try_texts,
    "codec.read": read_and_write,
    "interchange.import": import_text,
}


def answer(given: bytes) -> str:
    try:
        line = given.decode()
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise InvalidValue("malformed", "expected JSON") from None
    if not isinstance(value, dict):
        raise InvalidValue("wrong_type", "expected an object")
    operation = OPERATIONS.get(value["op"]) if isinstance(value.get("op"), str) else None
    if operation is None:
        raise InvalidValue("unknown_name", "there is no such op", "/op")
    return operation(Arguments(members_of(line)))


def main() -> None:
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    for line in sys.stdin.buffer:
        try:
            print(f'{{"ok":{answer(line)}}}', flush=True)
        except TodoError as error:
            print(f'{{"error":{refusal_of(error).to_json()}}}', flush=True)


if __name__ == "__main__":
    main()
