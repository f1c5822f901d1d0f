"""What an undo takes back stands in the journal: nobody can make up what is to be restored."""

import copy
import json
import uuid

import pytest

from todo_server import TodoServer, replica_requests

ID = "0190f7a0-0000-7000-8000-00000000000"
DEVICE = "0190f7a0-0000-7000-8000-0000000000dd"
NOWHERE = {"device": DEVICE, "number": 9}


@pytest.fixture
def renamed(server):
    """The entry that has renamed the only task."""
    server.ask("POST", "/v1/tasks", {"id": ID + "1", "title": "Milk"})
    server.ask("PATCH", f"/v1/tasks/{ID}1", {"title": "Oat milk"})
    return server.ask("GET", "/v1/journal?after=1").json()["entries"][0]


def undo_of(entry, events=None):
    command = {"type": "undo", "of": entry["context"]["mutation"]}
    return command if events is None else {**command, "events": events}


def forged(entry):
    events = copy.deepcopy(entry["events"])
    events[0]["before"]["title"] = "Something else"
    return events


def title(server):
    return server.ask("GET", f"/v1/tasks/{ID}1").json()["title"]


def send(server, commands, after, first=1):
    requests = replica_requests(DEVICE, first, commands, "2026-01-01T00:00:00Z")
    return server.ask("POST", f"/v1/requests?after={after}", requests)


@pytest.mark.parametrize("events", [None, []])
def test_an_undo_needs_no_events(server, renamed, events):
    assert server.ask("POST", "/v1/commands", undo_of(renamed, events)).status == 200
    assert title(server) == "Milk"


def test_an_undo_may_bring_the_events_of_the_journal(server, renamed):
    assert server.ask("POST", "/v1/commands", undo_of(renamed, renamed["events"])).status == 200
    assert title(server) == "Milk"


def test_an_undo_with_other_events_is_refused(server, renamed):
    undo = undo_of(renamed, forged(renamed))
    answer = server.ask("POST", "/v1/commands", undo)
    assert (answer.status, answer.json()["code"], answer.json()["field"]) == (422, "invalid",
                                                                              "/events")
    batch = {"type": "batch", "commands": [{"type": "complete", "task": ID + "1"}, undo]}
    answer = server.ask("POST", "/v1/commands", batch)
    assert (answer.status, answer.json()["field"]) == (422, "/commands/1/events")
    assert server.ask("GET", "/v1/journal").json()["last"] == 2


def test_an_undo_of_what_never_was_is_refused(server, renamed):
    undo = {"type": "undo", "of": NOWHERE, "events": forged(renamed)}
    answer = server.ask("POST", "/v1/commands", undo)
    assert (answer.status, answer.json()["code"], answer.json()["field"]) == (404, "not_found",
                                                                              "/of")
    assert title(server) == "Oat milk"


# A replica's request has to come into the journal, or the replica would send it for ever.
def test_a_replica_cannot_forge_an_undo(server, renamed):
    commands = [{"type": "undo", "of": NOWHERE, "events": forged(renamed)},
                {"type": "batch", "commands": [
                    {"type": "complete", "task": ID + "1"},
                    {"type": "undo", "of": NOWHERE, "events": forged(renamed)}]},
                undo_of(renamed, forged(renamed))]
    answer = send(server, commands, 2)
    assert answer.status == 200, answer.body
    refused, in_batch, taken_back = answer.json()["entries"]
    assert (refused["refusal"]["code"], refused["refusal"]["field"]) == ("not_found", "/of")
    assert in_batch["refusal"]["field"] == "/commands/1/of"
    assert "events" not in refused and "events" not in in_batch
    assert taken_back["events"][0]["after"]["title"] == "Milk"
    assert title(server) == "Milk"


# However often it is named, what one request takes back has to be in memory only so often.
def test_a_request_undoes_only_so_much(server):
    tasks = [json.dumps({"task": {"id": f"{ID[:-4]}{i:05}", "title": "x", "notes": "x" * 10_000}})
             for i in range(1000)]
    server.ask("POST", "/v1/import?format=jsonl", "\n".join(tasks),
               Content_Type="application/jsonl")
    undo = undo_of(server.ask("GET", "/v1/journal").json()["entries"][0])
    batch = {"type": "batch", "commands": [undo] * 10}
    answer = server.ask("POST", "/v1/commands", batch)
    assert (answer.status, answer.json()["code"], answer.json()["field"]) == (
        422, "out_of_range", "/commands/2/of")
    refused = send(server, [batch, undo], 1).json()["entries"]
    assert refused[0]["refusal"]["field"] == "/commands/2/of"
    assert server.ask("POST", "/v1/commands", undo).status == 200
    assert server.ask("GET", "/v1/tasks").json()["tasks"] == []


def unknown_undos(count):
    return [{"type": "undo", "of": {"device": str(uuid.uuid4()), "number": 1}}
            for _ in range(count)]


# Others wait meanwhile; and a replica sends again whatever has not come into the journal.
def test_what_needs_long_searches_is_settled_in_several_calls(server):
    creates = [{"type": "create", "task": {"title": "x", "id": f"{ID[:-4]}{i:05}"}}
               for i in range(1000)]
    send(server, creates, 0)
    undos, settled = unknown_undos(50), []
    while len(settled) < len(undos):
        done = len(settled)
        answer = send(server, undos[done:], 1000 + done, first=1001 + done)
        settled += answer.json()["entries"]
        assert done < len(settled) <= done + 20
    assert [entry["context"]["mutation"]["number"] for entry in settled] == [*range(1001, 1051)]
    assert {entry["refusal"]["code"] for entry in settled} == {"not_found"}


# Else one request after the other could make it read a journal of many years.
def test_an_undo_is_searched_for_only_so_far(server):
    for call in range(21):
        creates = [{"type": "create", "task": {"title": "x", "id": str(uuid.uuid4())}}
                   for _ in range(1000)]
        send(server, creates, 1000 * call + 1000, first=1000 * call + 1)
    oldest = server.ask("GET", "/v1/journal?limit=1").json()["entries"][0]
    undo = unknown_undos(1)[0]
    answer = server.ask("POST", "/v1/commands", undo)
    assert (answer.status, answer.json()["code"], answer.json()["field"]) == (422, "out_of_range",
                                                                              "/of")
    settled = send(server, [undo], 21_000, first=21_001).json()["entries"]
    assert [entry["refusal"]["code"] for entry in settled] == ["out_of_range"]
    by_its_number = server.ask("POST", f"/v1/journal/{oldest['seq']}/undo")
    assert by_its_number.status == 200


# The page undoes what the journal has not settled yet, with the events that it foresaw: their times
# are those of its own clock.
def test_a_replica_undoes_what_it_asked_in_the_same_breath(server):
    task = {"id": ID + "1", "title": "Milk"}
    create = {"type": "create", "task": task}
    foreseen = [{"type": "task_created", "task": {
        **task, "status": "open", "priority": "none", "created_at": "2026-01-01T00:00:00Z",
        "updated_at": "2026-01-01T00:00:00Z"}}]
    undo = {"type": "undo", "of": {"device": DEVICE, "number": 1}, "events": foreseen}
    server.ask("POST", "/v1/tasks", {"title": "later than the clock of the replica"})
    for _ in range(2):  # the second time it is a repetition
        created, undone = send(server, [create, undo], 1).json()["entries"]
        assert created["events"][0]["task"]["created_at"] > "2026-01-02"
        assert undone["undoes"] == {"device": DEVICE, "number": 1} and "refusal" not in undone
    assert server.ask("GET", f"/v1/tasks/{ID}1").status == 404


def test_a_replica_undoes_what_it_asked_long_before(tmp_path):
    with TodoServer(tmp_path) as server:
        creates = [{"type": "create", "task": {"id": f"{ID[:-2]}{i:03}", "title": f"{i}"}}
                   for i in range(100, 150)]
        entries = send(server, creates, 0).json()["entries"]
        server.stop()
    with TodoServer(tmp_path) as server:
        undone = send(server, [undo_of(entries[3])], 50, first=51).json()["entries"][0]
        assert undone["undoes"]["number"] == 4 and "refusal" not in undone
        assert server.ask("GET", f"/v1/tasks/{ID[:-2]}103").status == 404
