#!/usr/bin/env python3
"""Spoils each member of each command in every way: refused by name, and nothing has changed.

    python3 tests/conformance/bad_input.py [--long] [--server] TODO_DESCRIBE DRIVER...

The commands and the ways come from the schemas that todo-describe writes (samples.py, spoil.py), so
that a new member is spoiled by itself. Drivers have to agree to the byte, and the server with the
first of them: with --server, that of TODO_SERVER. With --long, texts are cut off at every byte.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from compare import Vector, answers_of
from over_http import Server, requests_of
from samples import NOW, SETUP, Sampler, dumped
from spoil import Spoiled, Spoiler

SHOWN = 20
BATCH = 500  # texts of one line


class Findings:
    def __init__(self) -> None:
        self.count = 0

    def add(self, what: str, text: str, error: Any = None) -> None:
        self.count += 1
        if self.count <= SHOWN:
            print(f"{what}: {text[:300]!r}\n  {error}")


def all_spoiled(schemas: dict[str, Any], every: int) -> Iterator[Spoiled]:
    sampler = Sampler(schemas)
    spoiler = Spoiler(sampler)
    for command in sampler.commands():
        yield from filter(is_wrong, spoiler.spoiled(command))
        text = dumped(command)
        for end in range(0, len(text), every):
            yield Spoiled("cut off", command, (), text[:end], "", "malformed", is_prefix=True)
        yield Spoiled("more behind it", command, (), text + "x", "", "malformed")


def is_wrong(spoiled: Spoiled) -> bool:
    """The events of an undo here have not happened, and may leave out what has a default."""
    if spoiled.root["type"] != "undo":
        return True
    may_be_left_out = spoiled.how == "a missing member" and "events" in spoiled.path
    return not spoiled.is_decided and not may_be_left_out


def line_of(texts: list[str]) -> Vector:
    commands = [{"now": NOW, "command": command} for command in SETUP]
    return vector({"op": "workspace.try", "now": NOW, "commands": commands, "texts": texts})


def vector(line: dict[str, Any] | str) -> Vector:
    return Vector(Path(), 0, line if isinstance(line, str) else json.dumps(line), "")


def in_lines(texts: list[str]) -> list[Vector]:
    return [line_of(texts[begin:begin + BATCH]) for begin in range(0, len(texts), BATCH)]


def state_of(snapshot: dict[str, Any]) -> dict[str, Any]:
    """What the snapshot has of a workspace: not who asked what."""
    return {name: value for name, value in snapshot.items() if name not in ("seq", "answers")}


def check_refusal(how: str, spoiled: Spoiled, error: Any, findings: Findings) -> None:
    field = (error or {}).get("field", "")
    fits = field.startswith(spoiled.field) if spoiled.is_prefix else field == spoiled.field
    fits = fits and bool(error) and error["code"] == (spoiled.code or error["code"])
    if not fits or not 0 < len(error["message"]) < 300:
        where = f"{spoiled.how} at {spoiled.field!r} of {spoiled.root['type']}"
        findings.add(f"{how}: {where}", spoiled.raw, error)


def check_samples(driver: str, schemas: dict[str, Any], findings: Findings) -> None:
    """What is spoiled is accepted before: else it would be refused for another reason."""
    samples = [dumped(command) for command in Sampler(schemas).commands()
               if command["type"] != "undo"]
    answers = answers_of(driver, [line_of([text]) for text in samples])
    for text, answer in zip(samples, answers, strict=True):
        if json.loads(answer)["ok"]["refusals"] != [None]:
            findings.add("a sample is refused (see samples.py)", text, answer)


def check_drivers(drivers: list[str], spoiled: list[Spoiled], findings: Findings
                  ) -> dict[str, Any]:
    """Gives the error to each text."""
    texts = [one.text() for one in spoiled]
    lines = [line_of([]), *in_lines(texts)]
    answers = answers_of(drivers[0], lines)
    for driver in drivers[1:]:
        for expected, answer in zip(answers, answers_of(driver, lines), strict=True):
            if answer != expected:
                findings.add(f"{driver} differs", *first_difference(answer, expected))

    [before, *tried] = [json.loads(answer)["ok"] for answer in answers]
    if any(state_of(one["snapshot"]) != state_of(before["snapshot"]) for one in tried):
        findings.add("the workspace has changed", "")
    refusals = [refusal for one in tried for refusal in one["refusals"]]
    for one, refusal in zip(spoiled, refusals, strict=True):
        check_refusal(drivers[0], one, refusal, findings)
    return dict(zip(texts, refusals, strict=True))


def first_difference(one: str, other: str) -> tuple[str, str]:
    pairs = enumerate(zip(one, other))
    at = next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))
    return one[max(0, at - 200):at + 100], other[max(0, at - 200):at + 100]


def check_bytes(drivers: list[str], spoiled: list[Spoiled], findings: Findings) -> None:
    """Bytes that are no UTF-8 cannot be in a text of a line, only in the line itself."""
    lines = [vector(f'{{"op":"workspace","commands":[{{"now":"{NOW}","command":{one.text()}}}]}}')
             for one in spoiled]
    for driver in drivers:
        for one, answer in zip(spoiled, answers_of(driver, lines), strict=True):
            error = json.loads(answer).get("error", {})
            field = "/commands/0/command" + one.field
            if error.get("code") != "malformed" or error.get("field", field) != field:
                findings.add(f"{driver}: {one.how} at {one.field!r}", one.text(), error)


def check_server(spoiled: list[Spoiled], errors: dict[str, Any], findings: Findings) -> int:
    """Asks a real server; gives how many requests it was. `errors` are those of a driver."""
    asked = 0
    with Server() as server:
        before = server.snapshot()
        for one in spoiled:
            for method, path, text, inner in requests_of(one):
                asked += 1
                error = server.refusal(method, path, text)
                check_refusal(f"{method} {path}", inner, error, findings)
                if text in errors and error != errors[text]:
                    findings.add(f"{method} {path} differs: {one.how}", text, [error, errors[text]])
        if server.snapshot() != before:
            findings.add("the server: the workspace has changed", "")
    return asked


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--long", action="store_true", help="cut texts off at every byte")
    parser.add_argument("--server", action="store_true", help="ask the server as well")
    parser.add_argument("describe", metavar="TODO_DESCRIBE")
    parser.add_argument("drivers", nargs="+", metavar="DRIVER", help="a command line")
    given = parser.parse_args()
    written = subprocess.run([given.describe, "json-schema"], stdout=subprocess.PIPE, check=True)
    schemas = json.loads(written.stdout)["$defs"]
    findings = Findings()
    check_samples(given.drivers[0], schemas, findings)

    spoiled = list(all_spoiled(schemas, 1 if given.long else 40))
    errors = check_drivers(given.drivers, [one for one in spoiled if is_utf8(one.raw)], findings)
    check_bytes(given.drivers, [one for one in spoiled if not is_utf8(one.raw)], findings)
    print(f"{len(spoiled)} bad commands, {len(given.drivers)} drivers", end="")
    if given.server:
        asked = check_server(spoiled, errors, findings)
        print(f", {asked} requests", end="")
    print(f", {findings.count} findings")
    return 1 if findings.count else 0


def is_utf8(text: str) -> bool:
    try:
        text.encode()
        return True
    except UnicodeEncodeError:
        return False


if __name__ == "__main__":
    sys.exit(main())
