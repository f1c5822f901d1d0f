"""A request that is sent twice is done once, and both get the same answer."""

import contextlib
import sqlite3
import threading
import time

import pytest

from todo_server import TodoServer, ask


def test_a_repetition_gets_the_answer_of_the_first(server):
    first = server.ask("POST", "/v1/tasks", {"title": "Milk"}, Idempotency_Key="k1")
    second = server.ask("POST", "/v1/tasks", {"title": "Milk"}, Idempotency_Key="k1")
    assert (first.status, second.status) == (201, 201)
    assert first.json() == second.json()
    assert first.headers["location"] == second.headers["location"]
    assert len(server.ask("GET", "/v1/tasks").json()["tasks"]) == 1


def test_a_repetition_after_a_restart_does_too(tmp_path):
    with TodoServer(tmp_path) as server:
        first = server.ask("POST", "/v1/tasks", {"title": "Milk"}, Idempotency_Key="k1").json()
        assert server.stop() == 0
    with TodoServer(tmp_path) as server:
        again = server.ask("POST", "/v1/tasks", {"title": "Milk"}, Idempotency_Key="k1")
        assert (again.status, again.json()) == (201, first)


@pytest.mark.parametrize("since", ["undone", "edited", "removed"])
def test_a_repeated_creation_is_answered_with_what_it_created(server, since):
    first = server.ask("POST", "/v1/tasks", {"title": "Milk"}, Idempotency_Key="k1")
    path = first.headers["location"]
    done = {"undone": lambda: server.ask("POST", "/v1/journal/1/undo"),
            "edited": lambda: server.ask("PATCH", path, {"title": "Bread"}),
            "removed": lambda: server.ask("DELETE", path)}[since]()
    assert done.status in (200, 204)
    again = server.ask("POST", "/v1/tasks", {"title": "Milk"}, Idempotency_Key="k1")
    assert (again.status, again.body) == (201, first.body)
    for name in ("etag", "location"):
        assert again.headers[name] == first.headers[name]


def test_a_repeated_change_of_what_is_gone_says_so(server):
    path = server.ask("POST", "/v1/projects", {"name": "Home"}).headers["location"]
    server.ask("PATCH", path, {"name": "House"}, Idempotency_Key="k1")
    assert server.ask("PATCH", path, {"name": "House"}, Idempotency_Key="k1").status == 200
    server.ask("DELETE", path)
    again = server.ask("PATCH", path, {"name": "House"}, Idempotency_Key="k1")
    assert (again.status, again.json()["code"]) == (410, "not_found")


def test_a_refusal_is_repeated_even_if_it_would_be_taken_now(server):
    path = "/v1/tasks/0190f7a0-0000-7000-8000-000000000001"
    refused = server.ask("PATCH", path, {"title": "x"}, Idempotency_Key="k2")
    assert refused.status == 404
    server.ask("POST", "/v1/tasks", {"id": path[-36:], "title": "Milk"})
    again = server.ask("PATCH", path, {"title": "x"}, Idempotency_Key="k2")
    assert (again.status, again.json()) == (404, refused.json())
    assert server.ask("PATCH", path, {"title": "x"}).status == 200


def test_a_key_names_one_request(server):
    server.ask("POST", "/v1/tasks", {"title": "Milk"}, Idempotency_Key="k3")
    for method, path, body in [("POST", "/v1/tasks", {"title": "Bread"}),
                               ("POST", "/v1/projects", {"title": "Milk"})]:
        assert server.ask(method, path, body, Idempotency_Key="k3").status == 422


# Both servers have decided before either could append.
def test_a_key_names_one_request_on_two_servers_at_once(tmp_path):
    with TodoServer(tmp_path) as one, TodoServer(tmp_path) as two:
        answers = {}

        def send(server, title):
            answers[title] = server.ask("POST", "/v1/tasks", {"title": title}, Idempotency_Key="k")

        threads = [threading.Thread(target=send, args=pair) for pair in ((one, "A"), (two, "B"))]
        with contextlib.closing(sqlite3.connect(tmp_path / "todo.sqlite",
                                                isolation_level=None)) as lock:
            lock.execute("BEGIN IMMEDIATE")
            for thread in threads:
                thread.start()
            time.sleep(0.5)
            lock.execute("ROLLBACK")
        for thread in threads:
            thread.join()
        assert sorted(answer.status for answer in answers.values()) == [201, 422]
        done = [title for title, answer in answers.items() if answer.status == 201]
        tasks = two.ask("GET", "/v1/tasks").json()["tasks"]
        assert [task["title"] for task in tasks] == done


def test_a_repetition_does_not_meet_its_own_precondition(server):
    path = server.ask("POST", "/v1/tasks", {"title": "Milk"}).headers["location"]
    for _ in range(2):
        answer = server.ask("PATCH", path, {"title": "x"}, If_Match='"1"', Idempotency_Key="k4")
        assert (answer.status, answer.json()["title"]) == (200, "x")


@pytest.mark.parametrize("key", ["", "a b", "x" * 256])
def test_a_key_is_visible_ascii(shared_server, key):
    answer = shared_server.ask("POST", "/v1/tasks", {"title": "x"}, Idempotency_Key=key)
    assert answer.status == 422


def test_many_at_once_with_one_key_are_done_once(server):
    answers = []

    def send():
        connection = server.connect()
        for i in range(20):
            answers.append((i, ask(connection, "POST", "/v1/tasks", {"title": f"{i}"},
                                   Idempotency_Key=f"key-{i}").status))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {status for _, status in answers} <= {201, 409}
    assert len({i for i, status in answers if status == 201}) == 20
    assert len(server.ask("GET", "/v1/tasks?limit=100").json()["tasks"]) == 20


def test_a_refused_request_without_a_key_leaves_no_entry(server):
    assert server.ask("POST", "/v1/tasks", {"title": ""}).status == 400
    assert server.ask("GET", "/v1/journal").json()["last"] == 0
