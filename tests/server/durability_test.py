"""What was answered is there, whenever the server is killed.

Ten kills by default; 300 with TODO_LONG=1.
"""

import http.client
import os
import random
import sqlite3
import threading
import time

from todo_server import TodoServer, ask, run_action

KILLS = 300 if os.environ.get("TODO_LONG") == "1" else 10
CLIENTS = 8


class Load:
    """Clients that create, change and complete tasks, and remember what they were told."""

    def __init__(self, server: TodoServer):
        self.titles: dict[str, str] = {}  # what each task must be called: path -> title
        self.doubtful: set[str] = set()  # a change was sent, and no answer came
        self.threads = [threading.Thread(target=self.work, args=(server,)) for _ in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def work(self, server: TodoServer) -> None:
        connection = server.connect()
        try:
            for number in range(1_000_000):
                created = ask(connection, "POST", "/v1/tasks", {"title": f"Task {number}"})
                assert created.status == 201, created.body
                path = created.headers["location"]
                self.titles[path] = f"Task {number}"
                if number % 3 == 0:
                    self.rename(connection, path, f"Renamed {number}")
        except (OSError, http.client.HTTPException):
            pass  # the server was killed

    def rename(self, connection: http.client.HTTPConnection, path: str, title: str) -> None:
        self.doubtful.add(path)
        assert ask(connection, "PATCH", path, {"title": title}).status == 200
        self.titles[path] = title
        self.doubtful.discard(path)

    def join(self) -> None:
        for thread in self.threads:
            thread.join()


def verify(server: TodoServer, loads: list[Load]) -> None:
    snapshot = server.ask("GET", "/v1/snapshot").json()
    tasks = {task["id"]: task["title"] for task in snapshot.get("tasks", [])}
    for load in loads:
        for path, title in load.titles.items():
            found = tasks.get(path[-36:])
            assert found is not None, f"lost: {path}"
            assert found == title or path in load.doubtful, f"{path} is {found}, not {title}"


def test_no_answered_write_is_lost_by_kill_9(tmp_path):
    loads: list[Load] = []
    chance = random.Random(20261123)
    for _ in range(KILLS):
        with TodoServer(tmp_path) as server:
            verify(server, loads)
            loads = loads[-1:]  # older ones were seen twice
            loads.append(Load(server))
            time.sleep(chance.uniform(0.01, 0.3))
            server.kill()
            loads[-1].join()
    assert any(load.titles for load in loads)
    with TodoServer(tmp_path) as server:
        verify(server, loads)
        assert server.stop() == 0
    assert run_action(tmp_path, "check").returncode == 0
    with sqlite3.connect(tmp_path / "todo.sqlite") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
