"""The example for HTTP, run as its first lines say."""

import json
import subprocess

from todo_server import ROOT


def test_the_meeting_comes_again_a_week_later_until_that_is_undone(server):
    command = ["bash", ROOT / "examples/http/todo.sh", f"http://{server.host}:{server.port}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    again, undone = [json.loads(line)["tasks"] for line in done.stdout.splitlines()]
    assert [task["due"] for task in again] == ["2026-10-26T09:00:00[Europe/Paris]"]
    assert [task["due"] for task in undone] == ["2026-10-19T09:00:00[Europe/Paris]"]
