"""The real server as a child process, and small clients for it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import tempfile
import urllib.parse
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
BINARY = os.environ.get("TODO_SERVER", str(ROOT / "build/dev/server/todo-server"))
SECONDS = 30  # for anything that should take milliseconds


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class TodoServer:
    """Listens on a port of its own. Data lives in `data`, which outlives the process."""

    def __init__(self, data: Path | str, *arguments: str, **environment: str):
        self.data = Path(data)
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [BINARY, "--listen", "127.0.0.1:0", "--data-dir", str(data), *arguments],
            stdout=subprocess.PIPE, stderr=self.log, text=True, env={**os.environ, **environment})
        line = self.process.stdout.readline()
        if "ready at" not in line:
            raise RuntimeError(f"the server did not start: {line}{self.logged()}")
        url = urllib.parse.urlparse(line.split()[-1])
        self.host, self.port = url.hostname, url.port

    def logged(self) -> str:
        self.process.wait(0.1) if self.process.poll() is not None else None
        self.log.seek(0)
        return self.log.read()

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request on a connection of its own; header names with _ for -."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=SECONDS)
        try:
            return ask(connection, method, path, body, **headers)
        finally:
            connection.close()

    def raw(self, sent: bytes, then_close: bool = False) -> bytes:
        """All that is answered to these bytes until the server closes, or pauses for a second."""
        with socket.create_connection((self.host, self.port), timeout=1) as client:
            client.sendall(sent)
            if then_close:
                client.shutdown(socket.SHUT_WR)
            answer = b""
            try:
                while part := client.recv(65536):
                    answer += part
            except TimeoutError:
                pass
            return answer

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.host, self.port, timeout=SECONDS)

    def stop(self) -> int:
        """Asks it to end, and gives its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(SECONDS)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(SECONDS)

    def __enter__(self) -> "TodoServer":
        return self

    def __exit__(self, *exception: Any) -> None:
        if self.process.poll() is None:
            self.kill()
        self.process.stdout.close()
        self.log.close()


def ask(connection: http.client.HTTPConnection, method: str, path: str, body: Any = None,
        **headers: str) -> Answer:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if method in ("POST", "PATCH"):
        sent.setdefault("Content-Type", "application/json")
    if body is not None and not isinstance(body, (bytes, str)):
        body = json.dumps(body)
    connection.request(method, path, body.encode() if isinstance(body, str) else body, sent)
    response = connection.getresponse()
    answer_headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, answer_headers, response.read())


def run_action(data: Path, *arguments: str) -> subprocess.CompletedProcess:
    """`todo-server backup ...` and its like."""
    return subprocess.run([BINARY, "--data-dir", str(data), *arguments], capture_output=True,
                          text=True, timeout=SECONDS)


def replica_requests(device: str, first: int, commands: list[dict], now: str) -> list[dict]:
    """What a replica sends that asked this at `now`; its numbers begin at `first`."""
    return [{"context": {"now": now, "actor": "me", "origin": "test",
                         "mutation": {"device": device, "number": first + i}},
             "command": command} for i, command in enumerate(commands)]
