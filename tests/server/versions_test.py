"""Versions of tasks, and the clock of the journal, with several servers on one file."""

import datetime as dt
import threading

from todo_server import TodoServer, ask, run_action


def increment(connection, place):
    """Reads a number and puts the next one, unless somebody else was faster."""
    read = ask(connection, "GET", place)
    number = int(read.json()["title"])
    return ask(connection, "PATCH", place, {"title": str(number + 1)},
               If_Match=read.headers["etag"]).status


def test_if_match_loses_nothing_between_two_servers_on_one_file(tmp_path):
    with TodoServer(tmp_path) as one, TodoServer(tmp_path) as two:
        place = one.ask("POST", "/v1/tasks", {"title": "0"}).headers["location"]
        statuses = []

        def write(server):
            connection = server.connect()
            statuses.extend(increment(connection, place) for _ in range(40))

        threads = [threading.Thread(target=write, args=(server,))
                   for server in (one, two) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert set(statuses) <= {200, 412}
        assert one.ask("GET", place).json()["title"] == str(statuses.count(200))


def test_a_task_from_the_future_does_not_move_the_clock_of_the_journal(tmp_path):
    with TodoServer(tmp_path) as server:
        future = {"title": "From elsewhere", "updated_at": "2099-01-01T00:00:00Z"}
        assert server.ask("POST", "/v1/tasks", future).status == 201
        server.stop()
    assert run_action(tmp_path, "compact").returncode == 0
    with TodoServer(tmp_path) as server:
        task = server.ask("POST", "/v1/tasks", {"title": "From here"}).json()
        assert task["created_at"] < (dt.datetime.now() + dt.timedelta(days=2)).isoformat()
