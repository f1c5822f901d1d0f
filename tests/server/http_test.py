"""Whatever bytes reach the server, there is one answer, and it is the right one."""

import re
import socket
import time

import pytest

from todo_server import TodoServer

HOST = b"Host: localhost\r\n"


def statuses(answer: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)]


def request_of(start: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    return b"\r\n".join([start, *headers]) + b"\r\n\r\n" + body


POST = b"POST /v1/tasks HTTP/1.1"
JSON = b"Content-Type: application/json"
LOCAL = b"Host: localhost"

REFUSED = {
    "no Host": (400, request_of(b"GET /v1/tasks HTTP/1.1")),
    "a second Host": (400, request_of(b"GET / HTTP/1.1", LOCAL, b"Host: localhost")),
    "a Host that is none": (400, request_of(b"GET / HTTP/1.1", b"Host: a/b")),
    "an empty Host": (400, request_of(b"GET / HTTP/1.1", b"Host:")),
    "an absolute target": (400, request_of(b"GET http://localhost/ HTTP/1.1", LOCAL)),
    "CONNECT": (400, request_of(b"CONNECT localhost:80 HTTP/1.1", LOCAL)),
    "a byte that is not ASCII": (400, request_of(b"GET /\xc3\xa4 HTTP/1.1", LOCAL)),
    "a fragment": (400, request_of(b"GET /v1/tasks#here HTTP/1.1", LOCAL)),
    "a broken escape": (400, request_of(b"GET /v1/tasks?q=%G1 HTTP/1.1", LOCAL)),
    "an escaped NUL": (400, request_of(b"GET /v1/tasks?q=%00 HTTP/1.1", LOCAL)),
    "a folded header": (400, request_of(b"GET / HTTP/1.1", LOCAL, b"X: a\r\n b")),
    "a bare line feed": (400, request_of(b"GET / HTTP/1.1", LOCAL, b"X: a\nY: b")),
    "a space before the colon": (400, request_of(b"GET / HTTP/1.1", LOCAL, b"X : a")),
    "a header without a colon": (400, request_of(b"GET / HTTP/1.1", LOCAL, b"nonsense")),
    "a method that is none": (400, request_of(b"G@T / HTTP/1.1", LOCAL)),
    "a method that does not fit": (405, request_of(b"TRACE /v1/tasks HTTP/1.1", LOCAL)),
    "an unknown method": (501, request_of(b"BREW / HTTP/1.1", LOCAL)),
    "HTTP/2.0": (505, request_of(b"GET / HTTP/2.0", LOCAL)),
    "no version": (400, request_of(b"GET /", LOCAL)),
    "length and chunks": (400, request_of(POST, LOCAL, JSON, b"Content-Length: 2",
                                          b"Transfer-Encoding: chunked", body=b"0\r\n\r\n")),
    "two lengths": (400, request_of(POST, LOCAL, JSON, b"Content-Length: 2",
                                    b"Content-Length: 3", body=b"{}")),
    "a negative length": (400, request_of(POST, LOCAL, JSON, b"Content-Length: -1")),
    "gzip, chunked": (501, request_of(POST, LOCAL, JSON, b"Transfer-Encoding: gzip, chunked",
                                      body=b"0\r\n\r\n")),
    "chunks in HTTP/1.0": (400, request_of(b"POST /v1/tasks HTTP/1.0", LOCAL, JSON,
                                           b"Transfer-Encoding: chunked", body=b"0\r\n\r\n")),
    "a chunk size that is none": (400, request_of(POST, LOCAL, JSON, b"Transfer-Encoding: chunked",
                                                  body=b"zz\r\n{}\r\n0\r\n\r\n")),
    "a long chunk extension": (400, request_of(
        POST, LOCAL, JSON, b"Transfer-Encoding: chunked",
        body=b"2;a=" + b"b" * 1000 + b"\r\n{}\r\n0\r\n\r\n")),
    "an endless chunk header": (400, request_of(POST, LOCAL, JSON, b"Transfer-Encoding: chunked",
                                                body=b"2;a=" + b"b" * 100_000)),
    "an unknown expectation": (417, request_of(POST, LOCAL, JSON, b"Expect: a miracle",
                                               b"Content-Length: 2", body=b"{}")),
    "a long target": (414, request_of(b"GET /" + b"a" * 9000 + b" HTTP/1.1", LOCAL)),
    "an endless target": (414, b"GET /" + b"a" * 100_000),
    "long headers": (431, request_of(b"GET / HTTP/1.1", LOCAL, b"X: " + b"a" * 20_000)),
    "endless headers": (431, b"GET / HTTP/1.1\r\n" + HOST + b"X: y\r\n" * 20_000),
    "many headers": (431, request_of(b"GET / HTTP/1.1", LOCAL, *[b"X: y"] * 150)),
    "a large body": (413, request_of(POST, LOCAL, JSON, b"Content-Length: 1000000000")),
    "a body beyond 64 bits": (400, request_of(POST, LOCAL, JSON,
                                              b"Content-Length: 99999999999999999999")),
}

# Only the method is wrong: where the next request begins is known.
UNDERSTOOD = ("a method that does not fit", "an unknown method")


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_with_an_answer_and_ends_the_connection(shared_server, name):
    status, sent = REFUSED[name]
    answer = shared_server.raw(sent)
    assert statuses(answer) == [status], answer[:200]
    assert b"connection: close" in answer or name in UNDERSTOOD
    assert b"application/problem+json" in answer


def test_answers_pipelined_requests_in_order(shared_server):
    one = request_of(b"GET /healthz HTTP/1.1", LOCAL)
    two = request_of(b"GET /nowhere HTTP/1.1", LOCAL)
    assert statuses(shared_server.raw(one + two + one)) == [200, 404, 200]


def test_a_request_in_single_bytes_is_a_request(shared_server):
    with socket.create_connection((shared_server.host, shared_server.port), 5) as client:
        for byte in b"\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n":
            client.sendall(bytes([byte]))
        assert client.recv(1000).startswith(b"HTTP/1.1 200 ")


def test_takes_chunks_and_their_trailer(shared_server):
    body = b"6\r\n{\"titl\r\n9;a=b\r\ne\":\"hey\"}\r\n0\r\nX-Trailer: 1\r\n\r\n"
    sent = request_of(POST, LOCAL, JSON, b"Transfer-Encoding: chunked", body=body)
    assert statuses(shared_server.raw(sent)) == [201]


def test_refuses_chunks_that_add_up_to_more_than_the_limit(tmp_path):
    with TodoServer(tmp_path, "--max-body", "1000") as server:
        body = b"400\r\n" + b"a" * 0x400 + b"\r\n" + b"0\r\n\r\n"
        sent = request_of(POST, LOCAL, JSON, b"Transfer-Encoding: chunked", body=body)
        assert statuses(server.raw(sent)) == [413]


def test_sends_100_before_a_body_that_waits_for_it(shared_server):
    with socket.create_connection((shared_server.host, shared_server.port), 5) as client:
        client.sendall(request_of(POST, LOCAL, JSON, b"Expect: 100-continue",
                                  b"Content-Length: 14"))
        assert client.recv(1000).startswith(b"HTTP/1.1 100 ")
        client.sendall(b'{"title":"ok"}')
        assert client.recv(1000).startswith(b"HTTP/1.1 201 ")


def test_refuses_a_large_body_before_it_is_sent(shared_server):
    sent = request_of(POST, LOCAL, JSON, b"Expect: 100-continue", b"Content-Length: 999999999")
    assert statuses(shared_server.raw(sent)) == [413]


def test_the_answer_survives_a_body_that_nobody_reads(shared_server):
    sent = request_of(POST, LOCAL, JSON, b"Content-Length: 99999999", body=b"x" * 500_000)
    assert statuses(shared_server.raw(sent)) == [413]


def test_HTTP_1_0_closes_unless_it_asks_to_stay(shared_server):
    assert b"connection: close" in shared_server.raw(request_of(b"GET /healthz HTTP/1.0", LOCAL))


def test_HEAD_is_GET_without_the_body(shared_server):
    head = shared_server.ask("HEAD", "/v1/tasks")
    get = shared_server.ask("GET", "/v1/tasks")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"]


@pytest.mark.parametrize("path, allowed", [
    ("/v1/tasks", "GET, HEAD, POST, OPTIONS"),
    ("/v1/journal/1/undo", "POST, OPTIONS")])
def test_OPTIONS_and_405_say_what_is_allowed(shared_server, path, allowed):
    options = shared_server.ask("OPTIONS", path)
    assert (options.status, options.headers["allow"]) == (204, allowed)
    assert "access-control-allow-origin" not in options.headers
    wrong = shared_server.ask("DELETE", path)
    assert (wrong.status, wrong.headers["allow"]) == (405, allowed)


def test_OPTIONS_of_the_server_itself(shared_server):
    assert statuses(shared_server.raw(request_of(b"OPTIONS * HTTP/1.1", LOCAL))) == [204]


def test_406_if_nothing_of_what_it_speaks_is_accepted(shared_server):
    assert shared_server.ask("GET", "/v1/tasks", Accept="image/png").status == 406
    assert shared_server.ask("GET", "/v1/tasks", Accept="text/html, */*;q=0.1").status == 200


def test_a_half_sent_head_is_answered_and_closed_in_time(tmp_path):
    with TodoServer(tmp_path, "--head-timeout", "1") as server:
        with socket.create_connection((server.host, server.port), 5) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: loc")
            assert client.recv(1000).startswith(b"HTTP/1.1 408 ")


def test_a_half_sent_body_is_answered_and_closed_in_time(tmp_path):
    with TodoServer(tmp_path, "--body-timeout", "1") as server:
        with socket.create_connection((server.host, server.port), 5) as client:
            client.sendall(request_of(POST, LOCAL, JSON, b"Content-Length: 5", body=b"{"))
            assert client.recv(1000).startswith(b"HTTP/1.1 408 ")


def test_an_idle_connection_is_closed_without_a_word(tmp_path):
    with TodoServer(tmp_path, "--idle-timeout", "1") as server:
        with socket.create_connection((server.host, server.port), 5) as client:
            client.sendall(request_of(b"GET /healthz HTTP/1.1", LOCAL))
            assert client.recv(1000).startswith(b"HTTP/1.1 200 ")
            assert client.recv(1000) == b""


def test_one_connection_too_many_gets_503(tmp_path):
    with TodoServer(tmp_path, "--max-connections", "3") as server:
        kept = [socket.create_connection((server.host, server.port), 5) for _ in range(3)]
        time.sleep(0.2)
        answer = server.raw(request_of(b"GET /healthz HTTP/1.1", LOCAL))
        for client in kept:
            client.close()
    assert statuses(answer) == [503]
    assert b"retry-after: 1" in answer


def test_every_answer_tells_browsers_to_be_careful(shared_server):
    for path in ("/v1/tasks", "/nowhere", "/healthz"):
        headers = shared_server.ask("GET", path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-request-id"]
