"""Tasks of other programs come in, once, and everything that they said is accounted for."""

from api_test import problem
from todo_server import TodoServer

CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//test\r
BEGIN:VTODO\r
UID:milk-1\r
SUMMARY:Buy milk\r
DUE;VALUE=DATE:20261123\r
X-COLOUR:blue\r
END:VTODO\r
END:VCALENDAR\r
"""


def import_calendar(server, query="", **headers):
    return server.ask("POST", f"/v1/import?format=ical{query}", CALENDAR,
                      Content_Type="text/calendar", **headers)


def test_an_import_says_what_it_would_do_and_does_it_once(server):
    dry = import_calendar(server, "&dry_run=true").json()
    assert (dry["dry_run"], dry["seq"], dry["tasks"]) == (True, 0, 1)
    assert server.ask("GET", "/v1/journal").json()["last"] == 0
    done = import_calendar(server).json()
    assert (done["dry_run"], done["seq"], done["tasks"]) == (False, 1, 1)
    assert done["losses"] == dry["losses"]
    assert [loss["property"] for loss in done["losses"]][:1]
    task = server.ask("GET", "/v1/tasks").json()["tasks"][0]
    assert (task["title"], task["due"]) == ("Buy milk", "2026-11-23")
    again = import_calendar(server).json()
    assert (again["seq"], again["tasks"]) == (0, 0)
    assert len(server.ask("GET", "/v1/tasks").json()["tasks"]) == 1


def test_an_import_may_be_sent_again(server):
    first = import_calendar(server, Idempotency_Key="once").json()
    assert import_calendar(server, Idempotency_Key="once").json() == first


def todo(uid, *lines):
    return "\r\n".join(["BEGIN:VTODO", f"UID:{uid}", *lines, "END:VTODO"])


def calendar(*todos):
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *todos, "END:VCALENDAR", ""])


# What an import says depends on what it finds: the second time it must not see its own traces, nor
# what was done since.
def test_a_repeated_import_tells_what_the_first_one_told(tmp_path):
    def send(server, text, **headers):
        answer = server.ask("POST", "/v1/import?format=ical", text, Content_Type="text/calendar",
                            **headers)
        assert answer.status == 200, answer.body
        return answer.body

    old = calendar(todo("a", "SUMMARY:A", "LAST-MODIFIED:20200101T000000Z"))
    new = calendar(todo("a", "SUMMARY:A2", "LAST-MODIFIED:20990101T000000Z", "X-COLOUR:red"),
                   todo("b", "SUMMARY:B", "RELATED-TO:nobody", "X-COLOUR:blue"))
    with TodoServer(tmp_path) as server:
        send(server, old)
        first = send(server, new, Idempotency_Key="once")
        assert b"in the workspace already" in first and b"X-COLOUR" in first
        task = server.ask("GET", "/v1/tasks?q=B").json()["tasks"][0]["id"]
        server.ask("PATCH", f"/v1/tasks/{task}", {"title": "C"})
        server.ask("DELETE", f"/v1/tasks/{task}")
        assert send(server, new, Idempotency_Key="once") == first
        server.stop()
    with TodoServer(tmp_path) as server:
        assert send(server, new, Idempotency_Key="once") == first


def test_an_import_that_is_none_is_refused(server):
    assert problem(server.ask("POST", "/v1/import?format=ical", "nonsense",
                              Content_Type="text/calendar"))[:2] == (400, "malformed")
    assert problem(server.ask("POST", "/v1/import?format=excel", "{}"))[2] == "/format"
    assert problem(server.ask("POST", "/v1/import?format=taskwarrior", "{"))[0] == 400
    assert server.ask("POST", "/v1/import?format=ical", CALENDAR,
                      Content_Type="text/plain").status == 415
