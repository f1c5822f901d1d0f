"""What has to hold of a running container, whoever runs it."""

import http.client
import json
import subprocess
import time
from typing import Any, NamedTuple, Protocol

SECONDS = 60  # for anything that should take one or two


class Container(Protocol):
    http: tuple[str, int]  # address and port of the tasks
    ops: tuple[str, int]  # and of health

    def run(self, *words: str) -> subprocess.CompletedProcess:
        """Runs a command in it, with its environment and as its user."""

    def stop(self) -> int:
        """Ends it by SIGTERM; the exit code."""


class Answer(NamedTuple):
    status: int
    body: bytes


def ask(address: tuple[str, int], path: str, body: Any = None, host: str = "localhost") -> Answer:
    connection = http.client.HTTPConnection(*address, timeout=SECONDS)
    headers = {"Host": host, "Content-Type": "application/json"}
    sent = None if body is None else json.dumps(body)
    try:
        connection.request("GET" if body is None else "POST", path, sent, headers)
        response = connection.getresponse()
        return Answer(response.status, response.read())
    finally:
        connection.close()


def wait_until_ready(container: Container) -> None:
    end = time.monotonic() + SECONDS
    while True:
        try:
            if ask(container.ops, "/readyz").status == 200:
                return
        except OSError:
            pass
        if time.monotonic() > end:
            raise AssertionError(f"not ready after {SECONDS} s")
        time.sleep(0.2)


def check(container: Container, service: str) -> None:
    """All claims; `service` is the name that the server goes by in the cluster."""
    wait_until_ready(container)
    assert ask(container.ops, "/healthz", host="10.1.2.3:8637").status == 200
    assert b"todo_ready 1" in ask(container.ops, "/metrics").body
    assert ask(container.ops, "/v1/tasks").status == 404
    print("health and metrics are answered at their own port, and nothing else is there")

    page = ask(container.http, "/")
    assert page.status == 200 and b"<html" in page.body.lower()
    assert ask(container.http, "/v1/tasks", {"title": "Milk"}, host=service).status == 201
    assert ask(container.http, "/v1/tasks", host="rebound.example").status == 403
    print(f"the page is there, {service} writes, and a name that is not ours gets 403")

    for path in ("/x", "/usr/local/bin/x", "/etc/x", "/run/x"):
        assert container.run("touch", path).returncode != 0, path
    assert container.run("touch", "/tmp/x", "/data/x").returncode == 0
    assert container.run("id", "-u").stdout.strip() == "10001"
    status = container.run("cat", "/proc/self/status").stdout.split("\n")
    rights = [line.split()[1] for line in status if line.startswith("Cap")]
    assert rights and all(int(right, 16) == 0 for right in rights)
    print("it is user 10001, has no capability, and writes to /data and /tmp alone")

    backup = container.run("todo-server", "backup", "/tmp/backup.sqlite")
    assert backup.returncode == 0, backup.stderr
    assert container.run("todo-server", "check").returncode == 0
    assert container.run("todo-server", "restore", "/tmp/backup.sqlite").returncode == 3
    print("a backup is made beside the running server, and a restore is refused")

    assert container.stop() == 0
    print("SIGTERM ends it with 0")
