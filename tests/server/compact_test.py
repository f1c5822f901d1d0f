"""Old entries give way to a snapshot, and nobody who is still about notices."""

import signal
import sqlite3
import threading
import time

import pytest

from todo_server import TodoServer, ask, replica_requests, run_action

ID = "0190f7a0-0000-7000-8000-00000000000"
DEVICE = "0190f7a0-0000-7000-8000-0000000000dd"
OLD = 5  # entries


def ask_long_ago(server, first=1):
    """Entries of 2020, by a replica that was offline since."""
    commands = [{"type": "create", "task": {"id": f"{ID}{i:x}", "title": f"Old {i}"}}
                for i in range(first, first + OLD)]
    requests = replica_requests(DEVICE, first, commands, "2020-01-01T00:00:00Z")
    answer = server.ask("POST", f"/v1/requests?after={first - 1}", requests)
    assert [entry["context"]["now"][:4] for entry in answer.json()["entries"]] == ["2020"] * OLD


def compact(data):
    done = run_action(data, "compact")
    assert done.returncode == 0, done.stderr
    assert run_action(data, "check").returncode == 0
    return done.stdout


def titles(server):
    return sorted(task["title"] for task in server.ask("GET", "/v1/tasks").json()["tasks"])


def test_compacting_keeps_the_tasks_and_drops_old_entries(tmp_path):
    with TodoServer(tmp_path) as server:
        ask_long_ago(server)
        server.ask("POST", "/v1/tasks", {"title": "New"})
        assert f"through entry {OLD}" in compact(tmp_path)
        assert f"through entry {OLD}" in compact(tmp_path)
    with TodoServer(tmp_path) as server:
        assert titles(server) == ["New"] + [f"Old {i}" for i in range(1, 6)]
        assert server.ask("GET", "/v1/journal").status == 410
        feed = server.ask("GET", f"/v1/journal?after={OLD}").json()
        assert [entry["seq"] for entry in feed["entries"]] == [6]
        server.ask("PATCH", f"/v1/tasks/{ID}1", {"title": "Older"})
        history = server.ask("GET", f"/v1/tasks/{ID}1/history").json()
        assert [entry["seq"] for entry in history["entries"]] == [7]
        assert server.ask("POST", "/v1/journal/2/undo").status == 404
        assert server.ask("POST", "/v1/journal/6/undo").status == 200


def test_young_entries_are_kept(tmp_path):
    with TodoServer(tmp_path) as server:
        for title in ("one", "two"):
            server.ask("POST", "/v1/tasks", {"title": title})
        assert "through entry 0" in compact(tmp_path)
        assert len(server.ask("GET", "/v1/journal").json()["entries"]) == 2


def test_an_empty_workspace_can_be_compacted(tmp_path):
    with TodoServer(tmp_path):
        assert "through entry 0" in compact(tmp_path)


# What an Idempotency-Key promises for 30 days holds whatever is done to the file.
def test_a_request_may_be_sent_again_after_compacting(tmp_path):
    with TodoServer(tmp_path) as server:
        ask_long_ago(server)
        first = server.ask("POST", "/v1/tasks", {"title": "Milk"}, Idempotency_Key="milk")
        compact(tmp_path)
    with TodoServer(tmp_path) as server:
        again = server.ask("POST", "/v1/tasks", {"title": "Milk"}, Idempotency_Key="milk")
        assert (again.status, again.body) == (201, first.body)
        assert titles(server).count("Milk") == 1


def drop_entries(data, through):
    """What another program may do that keeps no entry for anybody."""
    with sqlite3.connect(data / "todo.sqlite") as file:
        [(number,)] = file.execute("SELECT number FROM workspace")
        [(chain,)] = file.execute("SELECT chain FROM entry WHERE place = ?",
                                  (number << 40 | through,))
        file.execute("UPDATE workspace SET base = ?, base_chain = ?", (through, chain))
        file.execute("DELETE FROM entry WHERE place <= ?", (number << 40 | through,))


def test_a_repetition_whose_entry_is_gone_is_told_so(tmp_path):
    with TodoServer(tmp_path) as server:
        server.ask("POST", "/v1/tasks", {"title": "Milk"}, Idempotency_Key="milk")
        compact(tmp_path)
        drop_entries(tmp_path, 1)
        again = server.ask("POST", "/v1/tasks", {"title": "Milk"}, Idempotency_Key="milk")
        assert again.status == 410 and "was done" in again.json()["detail"]
        assert titles(server) == ["Milk"]


@pytest.fixture
def two(tmp_path):
    """Two servers on one file, of which the first does not run for the time being."""
    with TodoServer(tmp_path) as sleeper, TodoServer(tmp_path) as other:
        ask_long_ago(sleeper)
        assert titles(other) == titles(sleeper)
        sleeper.process.send_signal(signal.SIGSTOP)
        yield sleeper, other
        sleeper.process.send_signal(signal.SIGCONT)


def overtake(other):
    ask_long_ago(other, 1 + OLD)
    other.ask("POST", "/v1/tasks", {"title": "New"})
    assert f"through entry {2 * OLD}" in compact(other.data)


def test_a_process_that_was_overtaken_by_compacting_goes_on(two):
    sleeper, other = two
    overtake(other)
    sleeper.process.send_signal(signal.SIGCONT)
    assert sleeper.ask("GET", "/readyz").status == 200
    assert titles(sleeper) == titles(other)
    path = sleeper.ask("POST", "/v1/tasks", {"title": "Newest"}).headers["location"]
    assert other.ask("GET", path).status == 200
    assert sleeper.ask("GET", "/v1/snapshot").body == other.ask("GET", "/v1/snapshot").body


def test_what_it_was_asked_meanwhile_is_done_once(two):
    sleeper, other = two
    sleeper.process.send_signal(signal.SIGCONT)
    answers = []

    def create(title, **headers):
        with_key = ask(sleeper.connect(), "POST", "/v1/tasks", {"title": title}, **headers)
        answers.append((title, with_key.status))

    threads = [threading.Thread(target=create, args=("A",)),
               threading.Thread(target=create, args=("B",), kwargs={"Idempotency_Key": "b"})]
    lock = sqlite3.connect(other.data / "todo.sqlite", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")  # so that its append waits
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    sleeper.process.send_signal(signal.SIGSTOP)
    lock.execute("ROLLBACK")
    lock.close()
    overtake(other)
    sleeper.process.send_signal(signal.SIGCONT)
    for thread in threads:
        thread.join()
    assert sorted(answers) == [("A", 201), ("B", 201)]
    assert titles(sleeper) == titles(other)
    assert titles(other)[:3] == ["A", "B", "New"]


# A checkpoint that cannot be read is no reason to say that tasks are not there.
def test_until_it_can_go_on_it_says_that_it_is_not_ready(two):
    sleeper, other = two
    overtake(other)
    with sqlite3.connect(other.data / "todo.sqlite") as file:
        [(payload,)] = file.execute("SELECT payload FROM checkpoint")
        file.execute("UPDATE checkpoint SET payload = x'00'")
    sleeper.process.send_signal(signal.SIGCONT)
    assert sleeper.ask("GET", "/v1/tasks").status == 503
    assert sleeper.ask("GET", "/readyz").status == 503
    with sqlite3.connect(other.data / "todo.sqlite") as file:
        file.execute("UPDATE checkpoint SET payload = ?", (payload,))
    assert titles(sleeper) == titles(other)
    assert sleeper.ask("GET", "/readyz").status == 200
