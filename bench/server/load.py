#!/usr/bin/env python3
"""Creates and pages of 20 tasks out of 10,000, beside the least that a server could do.

bench/server/load.sh builds them and runs this.

Both are asked by wrk over 64 connections on this machine, in turns, so that what else the machine
does hits both. `bare_server` answers with as many bytes as todo-server does, and for a create puts
as many bytes into SQLite, one commit (synchronous=FULL) for all that came meanwhile.
"""

import argparse
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

CONNECTIONS = 64
TASKS = 10_000
PAGE = "/v1/tasks?q=is:open&sort=due&limit=20"
TASK = {"title": "Buy milk and bread", "due": "2026-11-23", "tags": ["shop"], "priority": "high"}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Rate(NamedTuple):
    per_second: float
    cpu_us: float  # of all threads of the server, for one request


class Server:
    def __init__(self, port: int, *command: str):
        self.port = port
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        text=True)
        if "ready" not in self.process.stdout.readline():
            sys.exit(f"{command[0]} did not start")

    def ask(self, method: str, path: str, body: object = None) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, json.dumps(body) if body else None,
                           {"Content-Type": "application/json"})
        return connection.getresponse()

    def cpu_seconds(self) -> float:
        ticks = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

    def wrk(self, path: str, seconds: int, script: Path | None = None) -> Rate:
        before = self.cpu_seconds()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s"]
        if script:
            command += ["-s", str(script)]
        out = subprocess.run([*command, f"http://127.0.0.1:{self.port}{path}"], check=True,
                             capture_output=True, text=True).stdout
        if "Non-2xx" in out or "Socket errors" in out:
            sys.exit(f"there were errors:\n{out}")
        requests = int(re.search(r"(\d+) requests in", out)[1])
        return Rate(float(re.search(r"Requests/sec:\s*([\d.]+)", out)[1]),
                    (self.cpu_seconds() - before) * 1e6 / requests)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)


def fill(server: Server) -> None:
    for start in range(0, TASKS, 1000):
        commands = [{"type": "create", "task": {
            **TASK, "id": f"0190f7a0-0000-7000-8000-{start + i:012x}",
            "title": f"Task number {start + i}", "due": f"2026-{i % 12 + 1:02}-{i % 28 + 1:02}"}}
            for i in range(1000)]
        response = server.ask("POST", "/v1/commands", {"type": "batch", "commands": commands})
        if response.status != 200:
            sys.exit(f"the tasks could not be made: {response.read()!r}")


def measure(args: argparse.Namespace, folder: Path) -> dict[str, list[Rate]]:
    script = folder / "create.lua"
    script.write_text("wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\n"
                      f"wrk.body = [[{json.dumps(TASK)}]]\n")
    port = free_port()
    server = Server(port, args.server, "--listen", f"127.0.0.1:{port}", "--data-dir",
                    str(folder / "data"))
    fill(server)
    page = len(server.ask("GET", PAGE).read())
    created = len(server.ask("POST", "/v1/tasks", TASK).read())
    entry = len(json.dumps(json.loads(
        server.ask("GET", f"/v1/journal?after={TASKS // 1000}").read())["entries"][0]))
    port = free_port()
    bare = Server(port, args.bare, str(port), str(page), str(created), str(folder / "bare.sqlite"),
                  str(entry))
    print(f"a page has {page} bytes, a created task {created}, its entry {entry}")

    rates: dict[str, list[Rate]] = {"page": [], "bare page": [], "create": [], "bare create": []}
    for _ in range(args.rounds):
        rates["bare page"].append(bare.wrk("/", args.seconds))
        rates["page"].append(server.wrk(PAGE, args.seconds))
    for _ in range(args.rounds):
        rates["bare create"].append(bare.wrk("/", args.seconds, script))
        rates["create"].append(server.wrk("/v1/tasks", args.seconds, script))
    bare.stop()
    server.stop()
    return rates


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=int, default=4, help="of each run of wrk")
    parser.add_argument("--rounds", type=int, default=3, help="of which the median counts")
    parser.add_argument("--server", required=True)
    parser.add_argument("--bare", required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rates = {name: sorted(all)[len(all) // 2]
                 for name, all in measure(args, Path(folder)).items()}
    met = True
    for name, goal in (("page", 0.5), ("create", 0.6)):
        own, bare = rates[name], rates["bare " + name]
        ratio = own.per_second / bare.per_second
        met = met and ratio >= goal
        print(f"{name:7} {own.per_second:7.0f}/s ({own.cpu_us:3.0f} us of CPU each)   "
              f"bare {bare.per_second:7.0f}/s ({bare.cpu_us:3.0f} us)   "
              f"{ratio:.0%}, goal {goal:.0%}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
