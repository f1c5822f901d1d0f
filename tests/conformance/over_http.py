"""What a real server answers to spoiled commands, and to what is spoiled in a resource.

TODO_SERVER is the path of the program, as for tests/server.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from samples import FILTER, FIRST, PROJECT, SETUP, dumped
from spoil import Spoiled, pointer

sys.path.insert(0, str(Path(__file__).parents[1] / "server"))
from todo_server import TodoServer, ask  # noqa: E402

LARGEST = 15_000_000  # bytes: the server takes no body of more than 16 MiB

# Where a part of a command is sent by itself: the part, the method and the path.
RESOURCES = {
    "create": ("task", "POST", "/v1/tasks"),
    "edit": ("patch", "PATCH", f"/v1/tasks/{FIRST}"),
    "create_project": ("project", "POST", "/v1/projects"),
    "edit_project": ("patch", "PATCH", f"/v1/projects/{PROJECT}"),
    "create_filter": ("filter", "POST", "/v1/filters"),
    "edit_filter": ("patch", "PATCH", f"/v1/filters/{FILTER}"),
    "edit_settings": ("patch", "PATCH", "/v1/settings"),
}
# Whoever creates over HTTP may leave the id to the server.
OPTIONAL = ("a missing member", "/id")


class Server:
    """A server with the workspace of the samples."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._server = TodoServer(self._folder.name)
        self._connection = self._server.connect()

    def __enter__(self) -> "Server":
        for command in SETUP:
            assert ask(self._connection, "POST", "/v1/commands", dumped(command)).status < 300
        return self

    def __exit__(self, *exception: Any) -> None:
        self._connection.close()
        self._server.__exit__()
        self._folder.cleanup()

    def snapshot(self) -> bytes:
        return ask(self._connection, "GET", "/v1/snapshot").body

    def refusal(self, method: str, path: str, text: str) -> dict[str, str] | None:
        """The error as the drivers write it; None if this was accepted."""
        body = text.encode(errors="surrogateescape")
        answer = ask(self._connection, method, path, body)
        if answer.status < 400:
            return None
        problem = answer.json()
        error = {"code": problem["code"], "message": problem["detail"]}
        return error | ({"field": problem["field"]} if "field" in problem else {})


def requests_of(spoiled: Spoiled) -> Iterator[tuple[str, str, str, Spoiled]]:
    """Method, path and body of each request that `spoiled` becomes, and what is spoiled in it."""
    text = spoiled.text()
    if len(text) <= LARGEST:
        yield "POST", "/v1/commands", text, spoiled
    part, method, path = RESOURCES.get(spoiled.root["type"], ("", "", ""))
    if not part or spoiled.path[:1] != (part,):
        return
    inner = spoiled._replace(field=spoiled.field.removeprefix(pointer((part,))))
    text = spoiled.text(within=1)
    if len(text) <= LARGEST and (inner.how, inner.field) != OPTIONAL:
        yield method, path, text, inner
