"""Tasks over HTTP: what is asked is done, and the answer says what came of it."""

import time
import uuid

import pytest

ID = "0190f7a0-0000-7000-8000-00000000000"


def create(server, title="Milk", **members):
    answer = server.ask("POST", "/v1/tasks", {"title": title, **members})
    assert answer.status == 201, answer.body
    return answer.json()


def problem(answer):
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status
    assert body["title"] and body["detail"]
    return answer.status, body["code"], body.get("field", "")


def test_a_created_task_has_an_id_a_place_and_a_version(server):
    answer = server.ask("POST", "/v1/tasks", {"title": "Milk", "priority": "high"})
    task = answer.json()
    assert answer.status == 201
    assert uuid.UUID(task["id"]).version == 7
    assert answer.headers["location"] == f"/v1/tasks/{task['id']}"
    assert answer.headers["etag"] == '"1"'
    assert (task["title"], task["priority"], task["status"]) == ("Milk", "high", "open")
    assert server.ask("GET", answer.headers["location"]).json() == task


def test_an_id_may_be_chosen_once(server):
    assert create(server, id=ID + "1")["id"] == ID + "1"
    again = server.ask("POST", "/v1/tasks", {"id": ID + "1", "title": "Milk"})
    assert problem(again)[:2] == (409, "conflict")


@pytest.mark.parametrize("body, expected", [
    ("", (400, "missing", "/title")),
    ("{", (400, "malformed", "")),
    ("[]", (400, "wrong_type", "")),
    ('{"title":"a"} x', (400, "malformed", "")),
    ('{"title":5}', (400, "wrong_type", "/title")),
    ('{"title":"a","colour":"red"}', (400, "unknown_member", "/colour")),
    ('{"title":"a","title":"b"}', (400, "malformed", "/title")),
    ('{"title":"a","priority":"great"}', (400, "unknown_name", "/priority")),
    ('{"title":"a","due":"2026-02-30"}', (422, "out_of_range", "/due")),
    ('{"title":""}', (400, "missing", "/title")),
    ('{"title":"a","tags":["not ok"]}', (422, "invalid", "/tags/0")),
    ('{"title":"a","id":"1"}', (400, "malformed", "/id")),
    (b'{"title":"\xff"}', (400, "malformed", "/title")),
    ("[" * 100_000, (400, "malformed", "/0" * 32)),
])
def test_a_refusal_names_the_member(shared_server, body, expected):
    assert problem(shared_server.ask("POST", "/v1/tasks", body)) == expected


def test_a_title_is_neither_truncated_nor_lost(shared_server):
    assert create(shared_server, "ä" * 1000)["title"] == "ä" * 1000
    too_long = shared_server.ask("POST", "/v1/tasks", {"title": "ä" * 1001})
    assert problem(too_long) == (422, "out_of_range", "/title")


def test_a_patch_changes_what_it_names(server):
    task = create(server, notes="two bottles", tags=["shop"])
    path = f"/v1/tasks/{task['id']}"
    answer = server.ask("PATCH", path, {"title": "Oat milk", "notes": None},
                        Content_Type="application/merge-patch+json")
    assert answer.status == 200
    assert answer.headers["etag"] == '"2"'
    assert answer.json()["title"] == "Oat milk"
    assert "notes" not in answer.json() and answer.json()["tags"] == ["shop"]
    assert problem(server.ask("PATCH", path, {"status": "done"}))[2] == "/status"
    assert problem(server.ask("PATCH", path, {"title": 5}))[2] == "/title"


def test_a_change_of_an_older_version_is_refused(server):
    task = create(server)
    path = f"/v1/tasks/{task['id']}"
    assert server.ask("PATCH", path, {"title": "A"}, If_Match='"1"').status == 200
    late = server.ask("PATCH", path, {"title": "B"}, If_Match='"1"')
    assert (late.status, late.headers["etag"]) == (412, '"2"')
    assert server.ask("DELETE", path, If_Match='"1"').status == 412
    assert server.ask("POST", path + "/complete", If_Match='"1", "2"').status == 200


# RFC 9110, 13.1.1: a weak tag never matches, and a comma may stand within a tag.
@pytest.mark.parametrize("header, status", [
    ('"1"', 200), ("*", 200), ('"0","1"', 200), ('"0" ,\t"1"', 200), (',, "1",', 200),
    ('"a,b", "1"', 200), ('"2"', 412), ('W/"1"', 412), ('W/"1", "0"', 412), ('"0,"', 412),
    ("", 412), ("1", 400), ('"1" "2"', 400), ('"1', 400), ('*, "1"', 400), ('w/"1"', 400)])
def test_if_match_is_a_list_of_entity_tags(server, header, status):
    path = f"/v1/tasks/{create(server)['id']}"
    answer = server.ask("PATCH", path, {"title": "B"}, If_Match=header)
    assert answer.status == status
    if status == 412:
        assert answer.headers["etag"] == '"1"'
    if status == 400:
        assert 'such as "1"' in answer.json()["detail"]


def test_if_match_may_be_split_over_lines(server):
    path = f"/v1/tasks/{create(server)['id']}"
    head = f"DELETE {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    refused = server.raw(f'{head}If-Match: "2"\r\nIf-Match: "3"\r\n\r\n'.encode())
    assert refused.startswith(b"HTTP/1.1 412 ")
    taken = server.raw(f'{head}If-Match: "2"\r\nIf-Match: "1"\r\n\r\n'.encode())
    assert taken.startswith(b"HTTP/1.1 204 ")


@pytest.mark.parametrize("header, status", [
    ('W/"1"', 304), ('"0","1"', 304), ("*", 304), ('"2"', 200), ("1", 200)])
def test_if_none_match_does_not_mind_weak_tags(server, header, status):
    path = f"/v1/tasks/{create(server)['id']}"
    assert server.ask("GET", path, If_None_Match=header).status == status


def test_what_the_asker_has_is_not_sent_again(server):
    path = f"/v1/tasks/{create(server)['id']}"
    etag = server.ask("GET", path).headers["etag"]
    same = server.ask("GET", path, If_None_Match=etag)
    assert (same.status, same.body) == (304, b"")
    server.ask("PATCH", path, {"title": "new"})
    assert server.ask("GET", path, If_None_Match=etag).status == 200


def test_a_removed_task_is_gone_until_it_is_restored(server):
    path = f"/v1/tasks/{create(server)['id']}"
    assert server.ask("DELETE", path).status == 204
    assert problem(server.ask("GET", path))[:2] == (404, "not_found")
    assert server.ask("POST", path + "/restore").status == 200
    assert server.ask("GET", path).status == 200


@pytest.mark.parametrize("method, path, status", [
    ("GET", f"/v1/tasks/{ID}9", 404),
    ("PATCH", f"/v1/tasks/{ID}9", 404),
    ("DELETE", f"/v1/tasks/{ID}9", 404),
    ("POST", f"/v1/tasks/{ID}9/complete", 404),
    ("GET", "/v1/tasks/17", 400),
    ("GET", "/v1/tasks/a/b/c", 404),
    ("GET", "/v1/tasks/", 404),
    ("GET", "/v1", 404),
    ("POST", "/v1/journal/77/undo", 404),
    ("POST", "/v1/journal/x/undo", 404)])
def test_what_is_not_there_is_404(shared_server, method, path, status):
    body = {} if method in ("POST", "PATCH") else None
    assert problem(shared_server.ask(method, path, body))[0] == status


def test_completing_a_recurring_task_makes_its_successor(server):
    task = create(server, "Weekly meeting", due="2026-10-20T09:00:00[Europe/Berlin]",
                  recurrence={"rules": ["FREQ=WEEKLY"]})
    answer = server.ask("POST", f"/v1/tasks/{task['id']}/complete")
    assert answer.json()["status"] == "done"
    successor = answer.headers["link"].partition(">")[0][1:]
    assert server.ask("GET", successor).json()["due"] == "2026-10-27T09:00:00[Europe/Berlin]"
    again = server.ask("POST", f"/v1/tasks/{task['id']}/complete")
    assert again.status == 200 and "link" not in again.headers


def test_open_subtasks_are_closed_only_if_asked(server):
    parent = create(server)
    create(server, parent=parent["id"])
    path = f"/v1/tasks/{parent['id']}/complete"
    assert problem(server.ask("POST", path))[0] in (409, 422)
    assert server.ask("POST", path, {"cascade": True}).status == 200
    assert problem(server.ask("POST", path, {"cascade": 1}))[2] == "/cascade"
    assert problem(server.ask("POST", path, {"task": ID + "1"}))[2] == "/task"  # the path says it
    assert server.ask("POST", path, '{"cascade":true},{"a":1}').status == 400


@pytest.mark.parametrize("body, expected, detail", [
    ('"cascade":true', (400, "malformed", ""), "expected the end of the text at byte 9"),
    ("true", (400, "wrong_type", ""), "expected an object, not a boolean"),
    ("[]", (400, "wrong_type", ""), "expected an object, not a list"),
    ('{"x":1,}', (400, "malformed", ""), "expected the name of a member"),
    ('{} {}', (400, "malformed", ""), "expected the end of the text at byte 3"),
    ('{"colour":1}', (400, "unknown_member", "/colour"), "there is no such member")])
@pytest.mark.parametrize("action", ["complete", "skip", "reopen", "restore", "undo"])
def test_the_body_of_an_action_is_an_object(server, action, body, expected, detail):
    path = f"/v1/tasks/{create(server)['id']}/{action}"
    answer = server.ask("POST", "/v1/journal/1/undo" if action == "undo" else path, body)
    assert problem(answer) == expected
    assert detail in answer.json()["detail"]
    assert server.ask("GET", "/v1/journal").json()["last"] == 1  # nothing was done


@pytest.mark.parametrize("body", [None, "", " \n", "{}", " { } "])
def test_an_action_needs_no_body(server, body):
    path = f"/v1/tasks/{create(server)['id']}"
    assert server.ask("POST", path + "/complete", body).status == 200
    assert server.ask("POST", "/v1/journal/2/undo", body).status == 200


def test_every_action_answers_with_the_task(server):
    path = f"/v1/tasks/{create(server, due='2026-12-01')['id']}"
    states = [(action, server.ask("POST", f"{path}/{action}").json()["status"])
              for action in ("cancel", "reopen", "complete", "reopen")]
    assert states == [("cancel", "cancelled"), ("reopen", "open"), ("complete", "done"),
                      ("reopen", "open")]
    assert problem(server.ask("POST", f"{path}/skip"))[0] == 422  # it does not recur


def test_reminders_are_snoozed_and_acknowledged(server):
    task = create(server, due="2030-01-01T09:00:00", reminders=[
        {"id": ID + "5", "trigger": {"type": "relative", "offset": "-PT1H"}}])
    path = f"/v1/tasks/{task['id']}/reminders/{ID}5"
    snoozed = server.ask("POST", path + "/snooze", {"until": "2030-01-01T08:30:00Z"})
    assert snoozed.json()["reminders"][0]["snoozed_until"] == "2030-01-01T08:30:00Z"
    assert problem(server.ask("POST", path + "/snooze", {}))[2] == "/until"
    acknowledged = server.ask("POST", path + "/acknowledge")
    assert acknowledged.json()["reminders"][0]["state"] == "acknowledged"


def test_a_due_reminder_fires_by_itself(server):
    task = create(server, due="2020-01-01T09:00:00", reminders=[
        {"id": ID + "5", "trigger": {"type": "relative", "offset": "-PT1H"}}])
    for _ in range(50):
        reminder = server.ask("GET", f"/v1/tasks/{task['id']}").json()["reminders"][0]
        if reminder["state"] == "fired":
            return
        time.sleep(0.1)
    pytest.fail("the reminder did not fire")


def test_pages_hold_every_task_once(server):
    for i in range(45):
        create(server, f"Task {i:02}", due=f"2026-12-{i % 28 + 1:02}")
    seen, path = [], "/v1/tasks?sort=due,title&limit=20&count=true"
    while path:
        answer = server.ask("GET", path)
        page = answer.json()
        assert page["total"] == 45
        seen += [task["title"] for task in page["tasks"]]
        assert ("next" in page) == ("link" in answer.headers)
        path = answer.headers["link"].partition(">")[0][1:] if "next" in page else None
    assert len(seen) == len(set(seen)) == 45


def test_queries_find_and_refuse(server):
    create(server, "Oat milk", tags=["shop"], priority="high")
    create(server, "Bread", tags=["shop"])

    def titles(query):
        return [task["title"] for task in server.ask("GET", f"/v1/tasks?{query}").json()["tasks"]]

    assert titles("q=%23shop+!high") == ["Oat milk"]
    assert titles("q=mil*") == ["Oat milk"]
    assert titles("q=bre&typing=true") == ["Bread"]
    assert titles("q=bre") == []
    assert problem(server.ask("GET", "/v1/tasks?q=duee:today"))[2] == "/q"
    assert problem(server.ask("GET", "/v1/tasks?sort=colour"))[2] == "/sort"
    for limit in ("0", "501", "-1", "x", ""):
        refused = server.ask("GET", f"/v1/tasks?limit={limit}")
        assert problem(refused) == (422, "out_of_range", "/limit")
        assert refused.json()["detail"] == "must be an integer from 1 to 500"
    assert server.ask("GET", "/v1/tasks?cursor=nonsense").status == 422


def test_a_batch_holds_whole_or_not_at_all(server):
    first = {"type": "create", "task": {"id": ID + "1", "title": "one"}}
    second = {"type": "create", "task": {"id": ID + "2", "title": ""}}
    batch = {"type": "batch", "commands": [first, second]}
    assert problem(server.ask("POST", "/v1/commands", batch))[2] == "/commands/1/task/title"
    assert server.ask("GET", "/v1/tasks").json()["tasks"] == []
    second["task"]["title"] = "two"
    entry = server.ask("POST", "/v1/commands", batch).json()
    assert [event["type"] for event in entry["events"]] == ["task_created", "task_created"]
    assert entry["seq"] == 1


def test_the_clock_is_not_for_others(shared_server):
    command = {"type": "advance", "tasks": []}
    assert shared_server.ask("POST", "/v1/commands", command).status == 422
    batch = {"type": "batch", "commands": [command]}
    assert shared_server.ask("POST", "/v1/commands", batch).status == 422


def test_the_journal_is_read_from_a_cursor(server):
    for i in range(5):
        create(server, f"Task {i}")
    feed = server.ask("GET", "/v1/journal?after=2&limit=2").json()
    assert ([entry["seq"] for entry in feed["entries"]], feed["last"], feed["more"]) == ([3, 4], 4,
                                                                                         True)
    rest = server.ask("GET", "/v1/journal?after=4").json()
    assert ([entry["seq"] for entry in rest["entries"]], rest["more"]) == ([5], False)
    assert rest["lineage"] == feed["lineage"] != ""
    assert problem(server.ask("GET", "/v1/journal?after=x"))[2] == "/after"


def test_an_entry_is_undone_by_another(server):
    task = create(server)
    path = f"/v1/tasks/{task['id']}"
    server.ask("PATCH", path, {"title": "Oat milk"})
    undo = server.ask("POST", "/v1/journal/2/undo").json()
    assert undo["seq"] == 3 and "undoes" in undo
    assert server.ask("GET", path).json()["title"] == "Milk"
    server.ask("POST", "/v1/journal/3/undo")
    assert server.ask("GET", path).json()["title"] == "Oat milk"
    assert problem(server.ask("POST", "/v1/journal/1/undo"))[:2] == (409, "conflict")


# However much its entries hold, a page is no more than what a client and the server can bear.
def test_a_page_of_large_entries_ends_early(server):
    tasks = [f"0190f7a0-0000-7000-8000-0000000001{i:02}" for i in range(40)]

    def ask_all(command):  # about 64 KiB for each task
        commands = [command(task) for task in tasks]
        assert server.ask("POST", "/v1/commands",
                          {"type": "batch", "commands": commands}).status == 200

    ask_all(lambda task: {"type": "create", "task": {"id": task, "title": "x",
                                                     "notes": "a" * 65_000}})
    for letter in "bc":
        ask_all(lambda task: {"type": "edit", "task": task, "patch": {"notes": letter * 65_000}})
    for path in ("/v1/journal", f"/v1/tasks/{tasks[7]}/history"):
        first = server.ask("GET", path).json()
        assert [entry["seq"] for entry in first["entries"]] == [1, 2]
        assert (first["last"], first["more"]) == (2, True)
        rest = server.ask("GET", f"{path}?after=2").json()
        assert [entry["seq"] for entry in rest["entries"]] == [3]
        assert (rest["last"], rest["more"]) == (3, False)


def test_the_history_of_a_task_is_its_own(server):
    task = create(server)
    create(server, "Another", blocked_by=[task["id"]])
    server.ask("PATCH", f"/v1/tasks/{task['id']}", {"title": "Oat milk"})
    history = server.ask("GET", f"/v1/tasks/{task['id']}/history").json()
    assert [entry["seq"] for entry in history["entries"]] == [1, 3]


@pytest.mark.parametrize("kind", ["project", "filter"])
def test_projects_and_filters_are_kept(server, kind):
    created = server.ask("POST", f"/v1/{kind}s", {"name": "Home"})
    assert created.status == 201
    path = created.headers["location"]
    assert server.ask("GET", path).json()["name"] == "Home"
    assert server.ask("PATCH", path, {"name": "Garden"}, If_Match='"1"').json()["name"] == "Garden"
    assert [one["name"] for one in server.ask("GET", f"/v1/{kind}s").json()[f"{kind}s"]] == [
        "Garden"]
    assert problem(server.ask("POST", f"/v1/{kind}s", {"name": ""}))[2] == "/name"
    assert server.ask("DELETE", path).status == 204
    assert server.ask("GET", path).status == 404


def test_tasks_are_found_by_the_name_of_their_project(server):
    project = server.ask("POST", "/v1/projects", {"name": "Home"}).json()
    create(server, project=project["id"])
    assert len(server.ask("GET", "/v1/tasks?q=%40Home").json()["tasks"]) == 1
    server.ask("PATCH", f"/v1/projects/{project['id']}", {"name": "Garden"})
    assert len(server.ask("GET", "/v1/tasks?q=%40Garden").json()["tasks"]) == 1
    assert server.ask("GET", "/v1/tasks?q=%40Home").json()["tasks"] == []


def test_settings_are_patched(server):
    assert server.ask("GET", "/v1/settings").json()["zone"] == "UTC"
    changed = server.ask("PATCH", "/v1/settings", {"zone": "Europe/Berlin"})
    assert (changed.status, changed.json()["zone"]) == (200, "Europe/Berlin")
    assert problem(server.ask("PATCH", "/v1/settings", {"zone": "Mars/North"}))[2] == "/zone"


def test_a_recurrence_is_previewed_without_a_task(server):
    body = {"due": "2026-01-31", "recurrence": {"rules": ["FREQ=MONTHLY;BYMONTHDAY=-1"]}}
    answer = server.ask("POST", "/v1/recurrence/preview?limit=3&after=2026-01-31", body)
    assert answer.json() == {"occurrences": ["2026-02-28", "2026-03-31", "2026-04-30"]}
    body["recurrence"]["rules"] = ["FREQ=NEVER"]
    refused = server.ask("POST", "/v1/recurrence/preview", body)
    assert problem(refused)[2] == "/recurrence/rules/0"
    assert problem(server.ask("POST", "/v1/recurrence/preview", {"due": "2026-01-31"}))[
        2] == "/recurrence"
    assert server.ask("GET", "/v1/journal").json()["last"] == 0


def test_a_replica_sends_its_requests_and_hears_what_came_of_them(server):
    create(server, "Here before")
    snapshot = server.ask("GET", "/v1/snapshot")
    lineage = snapshot.headers["todo-lineage"]
    device = "0190f7a0-0000-7000-8000-0000000000dd"
    request = {"context": {"now": "2026-01-01T00:00:00Z", "actor": "me", "origin": "web",
                           "mutation": {"device": device, "number": 1}},
               "command": {"type": "create", "task": {"id": ID + "3", "title": "Offline"}}}
    path = f"/v1/requests?after={snapshot.json()['seq']}&lineage={lineage}"
    for _ in range(2):  # the second time it is a repetition
        feed = server.ask("POST", path, [request]).json()
        assert [entry["seq"] for entry in feed["entries"]] == [2]
        context = feed["entries"][0]["context"]
        assert (context["origin"], context["actor"]) == ("web", "local")
        assert context["now"] > "2026-01-01T00:00:00Z"
    request["context"]["mutation"]["number"] = 3
    assert problem(server.ask("POST", path, [request]))[:2] == (409, "conflict")
    other = server.ask("POST", "/v1/requests?after=0&lineage=other", [])
    assert problem(other)[:2] == (409, "lineage")


def test_unknown_parameters_are_mistakes(shared_server):
    assert problem(shared_server.ask("GET", "/v1/tasks?limt=5")) == (400, "unknown_member", "/limt")
    assert problem(shared_server.ask("GET", "/v1/tasks?q=a&q=b")) == (400, "malformed", "/q")
    assert problem(shared_server.ask("GET", "/v1/tasks?typing=yes"))[2] == "/typing"
