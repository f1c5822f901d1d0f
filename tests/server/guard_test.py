"""A web page of elsewhere must not reach tasks through the browser of their owner."""

import pytest

from todo_server import TodoServer

TASK = {"title": "from elsewhere"}


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8636", "localhost.evil.example",
                                  "127.0.0.2", "localhost.", "192.168.0.1"])
def test_a_name_made_to_point_here_is_refused(shared_server, host):
    for method, path in [("GET", "/v1/tasks"), ("GET", "/"), ("POST", "/v1/tasks"),
                         ("GET", "/metrics")]:
        answer = shared_server.ask(method, path, Host=host)
        assert (answer.status, answer.json()["code"]) == (403, "forbidden_host")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:99", "[::1]", "[::1]:5"])
def test_names_of_loopback_are_served(shared_server, host):
    assert shared_server.ask("GET", "/v1/tasks", Host=host).status == 200


def test_a_configured_name_is_served(tmp_path):
    with TodoServer(tmp_path, "--host-name", "todo.example", "--host-name", "b.example") as server:
        assert server.ask("GET", "/v1/tasks", Host="todo.example:443").status == 200
        assert server.ask("GET", "/v1/tasks", Host="B.example").status == 200
        assert server.ask("GET", "/v1/tasks", Host="c.example").status == 403


def test_probes_need_no_name(shared_server):
    assert shared_server.ask("GET", "/healthz", Host="10.0.0.1:80").status == 200
    assert shared_server.ask("GET", "/readyz", Host="10.0.0.1:80").status == 200


@pytest.mark.parametrize("headers", [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:1"},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"}])
def test_writes_from_other_origins_are_refused(shared_server, headers):
    before = shared_server.ask("GET", "/v1/journal").json()["last"]
    for method, path in [("POST", "/v1/tasks"), ("POST", "/v1/commands"), ("PATCH", "/v1/settings"),
                         ("DELETE", "/v1/tasks/0190f7a0-0000-7000-8000-000000000001")]:
        answer = shared_server.ask(method, path, TASK, **headers)
        assert (answer.status, answer.json()["code"]) == (403, "forbidden_origin")
    assert shared_server.ask("GET", "/v1/journal").json()["last"] == before


def test_writes_of_its_own_page_are_taken(shared_server):
    own = f"http://{shared_server.host}:{shared_server.port}"
    answer = shared_server.ask("POST", "/v1/tasks", TASK, Origin=own, Sec_Fetch_Site="same-origin")
    assert answer.status == 201


@pytest.mark.parametrize("content_type", [
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", ""])
def test_what_a_form_can_send_is_refused(shared_server, content_type):
    for path in ("/v1/tasks", "/v1/journal/1/undo"):
        answer = shared_server.ask("POST", path, '{"title":"x"}', Content_Type=content_type)
        assert answer.status == 415


def test_json_may_name_its_character_set(shared_server):
    answer = shared_server.ask("POST", "/v1/tasks", TASK,
                               Content_Type="Application/JSON; charset=utf-8")
    assert answer.status == 201


def test_no_page_of_elsewhere_may_read(shared_server):
    answer = shared_server.ask("GET", "/v1/tasks", Origin="https://evil.example")
    assert not [name for name in answer.headers if name.startswith("access-control")]
