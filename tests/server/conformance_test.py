"""The same scenarios over HTTP give the same journal as in every other face, byte for byte."""

import json

import pytest

from todo_server import ROOT, TodoServer, ask

DEVICE = "00000000-0000-7000-8000-000000000001"


def scenarios():
    for name in ("workspace", "scenario"):
        for number, line in enumerate((ROOT / f"tests/vectors/{name}.jsonl").open(), 1):
            if '"out":{"ok":' in line:
                yield pytest.param(line, id=f"{name}:{number}")


def text_of(document: str, member: str) -> str:
    """The text of a list in a JSON document, as it stands there; "[]" if it is absent."""
    start = document.find(f'"{member}":[')
    if start < 0:
        return "[]"
    start += len(member) + 3
    return document[start:json.JSONDecoder().raw_decode(document, start)[1]]


@pytest.mark.parametrize("line", scenarios())
def test_a_scenario_has_the_same_journal(tmp_path, line):
    expected = line[line.index('"out":{"ok":') + len('"out":{"ok":'):].rstrip()[:-2]
    with TodoServer(tmp_path, "--conformance") as server:
        connection = server.connect()
        for number, step in enumerate(json.loads(line)["in"]["commands"], 1):
            context = {"now": step["now"], "actor": "conformance",
                       "mutation": {"device": DEVICE, "number": number}}
            path = "/v1/commands" if "command" in step else f"/v1/journal/{step['undo']}/undo"
            body = json.dumps(step["command"], ensure_ascii=False) if "command" in step else "{}"
            ask(connection, "POST", path, body, Todo_Context=json.dumps(context))
        entries, after, more = [], 0, True
        while more:
            feed = ask(connection, "GET", f"/v1/journal?after={after}&limit=1000").body.decode()
            entries.append(text_of(feed, "entries")[1:-1])
            after, more = json.loads(feed)["last"], json.loads(feed)["more"]
        snapshot = ask(connection, "GET", "/v1/snapshot").body.decode()
    entries_text = f"[{','.join(entries)}]"
    assert f'{{"entries":{entries_text},"tasks":{text_of(snapshot, "tasks")}}}' == expected
    assert list(tmp_path.iterdir()) == []  # it kept all of it in memory


def test_who_asks_is_not_for_the_request_to_say_otherwise(server):
    context = {"now": "2000-01-01T00:00:00Z", "actor": "somebody",
               "mutation": {"device": DEVICE, "number": 1}}
    server.ask("POST", "/v1/tasks", {"title": "x"}, Todo_Context=json.dumps(context))
    entry = server.ask("GET", "/v1/journal").json()["entries"][0]
    assert entry["context"]["actor"] == "local"
    assert entry["context"]["now"] > "2026"
