"""Running it: configuration, health, metrics, logs, draining, and the actions on the data."""

import contextlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import threading
import time

import pytest

from todo_server import BINARY, ROOT, TodoServer, ask, run_action


def run(*arguments, **environment):
    return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=30,
                          env={**os.environ, **environment})


def test_help_explains_every_option():
    text = run("--help").stdout
    for option in ("--listen", "--data-dir", "--web-root", "--trust-network", "--drain-timeout",
                   "backup", "restore", "check", "compact"):
        assert option in text


@pytest.mark.parametrize("arguments", [
    ["--nonsense"], ["--listen", "127.0.0.1"], ["--listen", "127.0.0.1:70000"],
    ["--listen", "nowhere:80"], ["--idle-timeout", "-1"], ["--web-root", "/nowhere"],
    ["--synchronous", "off"], ["frobnicate"], ["backup"]])
def test_a_wrong_option_is_an_error_of_usage(arguments):
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr


@pytest.mark.parametrize("option", [
    "--max-connections", "--max-head", "--max-body", "--head-timeout", "--body-timeout",
    "--idle-timeout"])
@pytest.mark.parametrize("value", ["0", "-1", "99999999999999", "x", ""])
def test_a_limit_that_lets_nothing_through_is_refused_by_its_name(tmp_path, option, value):
    data = ["--listen", "127.0.0.1:0", "--data-dir", str(tmp_path)]
    by_flag = run(*data, option, value)
    assert by_flag.returncode == 2 and option in by_flag.stderr
    if value == "":
        return
    by_environment = run(*data, **{"TODO_" + option[2:].upper().replace("-", "_"): value})
    assert by_environment.returncode == 2 and option in by_environment.stderr


@pytest.mark.parametrize("environment", [
    {}, {"HOME": ""}, {"HOME": "here"}, {"XDG_DATA_HOME": "here"}])
def test_without_a_home_the_folder_of_the_data_has_to_be_said(tmp_path, environment):
    command = [BINARY, "--listen", "127.0.0.1:0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, cwd=tmp_path,
                          env=environment)
    assert done.returncode == 2 and "--data-dir" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_empty_variable_says_nothing(tmp_path):
    with TodoServer(tmp_path, "--max-body", "30", TODO_WEB_ROOT="", TODO_MAX_BODY="",
                    TODO_HOST_NAME="") as server:
        assert server.ask("POST", "/v1/tasks", {"title": "x" * 40}).status == 413
        assert server.ask("GET", "/").status == 404
    with TodoServer(tmp_path / "data", TODO_TRUST_NETWORK="", TODO_LISTEN="") as server:
        assert server.ask("GET", "/healthz").status == 200


def test_a_misspelt_line_of_the_file_is_an_error_of_usage(tmp_path):
    (tmp_path / "todo.conf").write_text('synchronus = "normal"\n')
    done = run("--config", str(tmp_path / "todo.conf"), "--data-dir", str(tmp_path))
    assert done.returncode == 2 and "synchronus" in done.stderr


def test_other_addresses_than_loopback_are_refused_with_the_reason(tmp_path):
    done = run("--listen", "0.0.0.0:0", "--data-dir", str(tmp_path))
    assert done.returncode == 2
    assert "loopback only" in done.stderr and "--trust-network" in done.stderr


def test_a_trusted_network_is_said_out_loud(tmp_path):
    with TodoServer(tmp_path, "--listen", "0.0.0.0:0", "--trust-network") as server:
        assert server.stop() == 0
        assert "network_trusted" in server.logged()


def test_flags_come_before_the_environment_and_that_before_the_file(tmp_path):
    (tmp_path / "todo.conf").write_text("max-body = 100\nmax-head = 1000\nidle-timeout = 7\n")
    config = ["--config", str(tmp_path / "todo.conf")]
    with TodoServer(tmp_path, *config, "--max-body", "300", TODO_MAX_BODY="200",
                    TODO_MAX_HEAD="2000") as server:
        body = {"title": "x" * 200}
        assert server.ask("POST", "/v1/tasks", body).status == 201
        assert server.ask("POST", "/v1/tasks", {"title": "x" * 400}).status == 413
        assert server.ask("GET", "/healthz", X="y" * 1500).status == 200
        assert server.ask("GET", "/healthz", X="y" * 2500).status == 431


def test_a_busy_port_is_said_so(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("--listen", f"127.0.0.1:{port}", "--data-dir", str(tmp_path))
    assert done.returncode == 4
    assert "another program listens there already" in done.stderr


def test_the_data_is_for_its_owner_alone(tmp_path):
    with TodoServer(tmp_path / "deep" / "data") as server:
        server.ask("POST", "/v1/tasks", {"title": "x"})
        assert stat.S_IMODE(server.data.stat().st_mode) == 0o700
        for file in server.data.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file


def test_data_goes_where_the_desktop_keeps_it(tmp_path):
    command = [BINARY, "--listen", "127.0.0.1:0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               env={**os.environ, "XDG_DATA_HOME": str(tmp_path)})
    process.stdout.readline()
    process.terminate()
    assert process.wait(30) == 0
    process.stdout.close()
    assert (tmp_path / "todo-server" / "todo.sqlite").exists()


# systemd ignores what it does not understand, a misspelt line of confinement included.
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_understands_every_line_of_the_unit(tmp_path):
    program = tmp_path / ".local" / "bin" / "todo-server"
    program.parent.mkdir(parents=True)
    program.symlink_to(BINARY)

    def verify(unit):
        done = subprocess.run(["systemd-analyze", "--user", "verify", "--man=no", unit],
                              capture_output=True, text=True, timeout=60,
                              env={**os.environ, "HOME": str(tmp_path),
                                   "XDG_RUNTIME_DIR": str(tmp_path)})
        return done.returncode, done.stdout + done.stderr

    unit = ROOT / "server" / "todo-server.service"
    assert verify(unit) == (0, "")
    misspelt = tmp_path / unit.name
    misspelt.write_text(unit.read_text().replace("NoNewPrivileges", "NoNewPrivilege"))
    assert "NoNewPrivilege" in verify(misspelt)[1]


def test_a_file_that_is_none_of_ours_is_left_alone(tmp_path):
    (tmp_path / "todo.sqlite").write_bytes(b"something else" * 1000)
    done = run("--listen", "127.0.0.1:0", "--data-dir", str(tmp_path))
    assert done.returncode == 3 and done.stderr
    assert (tmp_path / "todo.sqlite").read_bytes() == b"something else" * 1000


def test_health_and_metrics_may_have_a_port_of_their_own(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with TodoServer(tmp_path, "--ops-listen", f"127.0.0.1:{port}") as server:
        main, server.port = server.port, port
        assert server.ask("GET", "/healthz", Host="10.1.2.3").status == 200
        assert server.ask("GET", "/readyz").json() == {"status": "ready"}
        assert b"todo_ready 1" in server.ask("GET", "/metrics").body
        assert server.ask("GET", "/v1/tasks").status == 404
        server.port = main


def test_metrics_count_requests_by_route_and_commits(server):
    task = server.ask("POST", "/v1/tasks", {"title": "x"}).json()
    server.ask("GET", f"/v1/tasks/{task['id']}")
    server.ask("GET", "/nowhere/at/all")
    server.raw(b"nonsense\r\n\r\n")
    text = server.ask("GET", "/metrics").body.decode()
    assert 'todo_requests_total{method="GET",route="/v1/tasks/{task}",status="200"} 1' in text
    assert 'todo_requests_total{method="GET",route="",status="404"} 1' in text
    assert 'status="400"} 1' in text
    assert "todo_commit_entries_count 1" in text
    assert "todo_tasks 1" in text and "todo_journal_seq 1" in text
    for line in text.splitlines():
        assert line.startswith("#") or len(line.rsplit(" ", 1)) == 2


def test_the_log_is_json_and_holds_nothing_private(tmp_path):
    with TodoServer(tmp_path, "--log-level", "debug") as server:
        server.ask("POST", "/v1/tasks", {"title": "top-secret", "notes": "top-secret"})
        server.ask("POST", "/v1/tasks", {"title": "top-secret", "top-secret": 1})
        server.ask("GET", "/v1/tasks?q=top-secret")
        answer = server.ask("GET", "/top-secret")
        assert server.stop() == 0
        lines = [json.loads(line) for line in server.logged().splitlines()]
    assert "top-secret" not in json.dumps(lines)
    requests = [line for line in lines if line["event"] == "request"]
    assert [line["status"] for line in requests] == [201, 400, 200, 404]
    assert requests[3]["id"] == answer.headers["x-request-id"]
    assert all(line["time"].endswith("Z") for line in lines)


def test_it_drains_before_it_ends(tmp_path):
    with TodoServer(tmp_path, "--drain-delay", "1") as server:
        kept = server.connect()
        assert ask(kept, "GET", "/readyz").status == 200
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        assert ask(kept, "GET", "/readyz").status == 503
        assert ask(kept, "POST", "/v1/tasks", {"title": "late"}).status == 201
        began = time.monotonic()
        assert server.process.wait(30) == 0
        assert time.monotonic() - began < 5
    with TodoServer(tmp_path) as server:
        assert len(server.ask("GET", "/v1/tasks").json()["tasks"]) == 1


def test_a_request_under_way_is_finished(tmp_path):
    with TodoServer(tmp_path) as server:
        with socket.create_connection((server.host, server.port), 5) as client:
            client.sendall(b"POST /v1/tasks HTTP/1.1\r\nHost: localhost\r\n"
                           b"Content-Type: application/json\r\nContent-Length: 16\r\n\r\n{")
            time.sleep(0.2)
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.2)
            client.sendall(b'"title":"late"}')
            answer = client.recv(10_000)
            assert answer.startswith(b"HTTP/1.1 201 ") and b"connection: close" in answer
        assert server.process.wait(30) == 0


def test_who_never_finishes_is_not_waited_for(tmp_path):
    with TodoServer(tmp_path, "--drain-timeout", "1") as server:
        with socket.create_connection((server.host, server.port), 5) as client:
            client.sendall(b"POST /v1/tasks HTTP/1.1\r\nHost: localhost\r\n")
            time.sleep(0.2)
            began = time.monotonic()
            assert server.stop() == 0
            assert 0.5 < time.monotonic() - began < 10


def fill(server, count=5):
    for i in range(count):
        server.ask("POST", "/v1/tasks", {"title": f"Task {i}"})


def test_a_backup_is_taken_from_a_running_server_and_restored(tmp_path):
    data, copy = tmp_path / "data", tmp_path / "copy.sqlite"
    with TodoServer(data) as server:
        fill(server)
        assert run_action(data, "backup", str(copy)).returncode == 0
        assert run_action(data, "backup", str(copy)).returncode == 3  # it is there already
        fill(server)
        lineage = server.ask("GET", "/v1/journal").json()["lineage"]
        refused = run_action(data, "restore", str(copy))
        assert refused.returncode == 3 and "stop it first" in refused.stderr
        assert server.stop() == 0
    assert run_action(data, "restore", str(copy)).returncode == 0
    with TodoServer(data) as server:
        feed = server.ask("GET", "/v1/journal").json()
        assert feed["last"] == 5
        assert feed["lineage"] != lineage
        fill(server)
    assert run_action(data, "check").returncode == 0


def test_a_restore_can_be_taken_back_by_the_file_it_names(tmp_path):
    data, empty = tmp_path / "data", tmp_path / "empty.sqlite"
    with TodoServer(data) as server:
        assert run_action(data, "backup", str(empty)).returncode == 0
        fill(server)
        server.kill()  # so that the newest entries are in the log beside the file
    assert run_action(data, "restore", str(empty)).returncode == 0
    taken_back = run_action(data, "restore", str(data / "todo.sqlite.before-restore"))
    assert taken_back.returncode == 0 and ".before-restore-2" in taken_back.stdout
    with TodoServer(data) as server:
        assert server.ask("GET", "/v1/journal").json()["last"] == 5


# A new name is lost by a power cut until its folder is on disk.
def test_a_restored_file_has_its_name_for_good(tmp_path):
    data, copy = tmp_path / "data", tmp_path / "copy.sqlite"
    with TodoServer(data) as server:
        assert run_action(data, "backup", str(copy)).returncode == 0
        server.stop()
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-y", "-o", trace, "-e", "trace=rename,fsync",
               BINARY, "--data-dir", data, "restore", copy]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if "ptrace" in done.stderr:
        pytest.skip("strace may not trace here")
    assert done.returncode == 0, done.stderr
    calls = trace.read_text().splitlines()
    renamed = max(i for i, call in enumerate(calls) if "rename(" in call)
    assert any("fsync(" in call and f"<{data}>) = 0" in call for call in calls[renamed:])


def titles(data):
    with TodoServer(data) as server:
        return {task["title"] for task in server.ask("GET", "/v1/tasks").json()["tasks"]}


# Whatever it was doing to the names of the files: all of the one or all of the other is there.
@pytest.mark.parametrize("call", ["link", "unlink", "rename"])
def test_a_killed_restore_leaves_the_old_data_or_the_new(tmp_path, call):
    data, copy = tmp_path / "data", tmp_path / "copy.sqlite"
    with TodoServer(data) as server:
        server.ask("POST", "/v1/tasks", {"title": "in both"})
        assert run_action(data, "backup", str(copy)).returncode == 0
        server.ask("POST", "/v1/tasks", {"title": "since then"})
        server.kill()  # so that the newest entries are in the log beside the file
    for nth in range(1, 20):
        tried = tmp_path / f"{nth}"
        shutil.copytree(data, tried)
        done = subprocess.run(
            ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}",
             "-e", f"inject={call}:signal=SIGKILL:when={nth}",
             BINARY, "--data-dir", tried, "restore", copy],
            capture_output=True, text=True, timeout=60)
        if "ptrace" in done.stderr:
            pytest.skip("strace may not trace here")
        assert titles(tried) in ({"in both", "since then"}, {"in both"})
        if done.returncode == 0:
            break
        assert run_action(tried, "restore", str(copy)).returncode == 0
        assert titles(tried) == {"in both"}
    assert done.returncode == 0 and nth > 1


def test_a_restore_says_who_keeps_the_data_in_use(tmp_path):
    data, copy = tmp_path / "data", tmp_path / "copy.sqlite"
    with TodoServer(data) as server:
        fill(server)
        assert run_action(data, "backup", str(copy)).returncode == 0
        assert server.stop() == 0
    with contextlib.closing(sqlite3.connect(data / "todo.sqlite")) as other:
        other.execute("SELECT count(*) FROM sqlite_master").fetchall()
        refused = run_action(data, "restore", str(copy))
        assert refused.returncode == 3 and "another program is using" in refused.stderr
    assert run_action(data, "restore", str(copy)).returncode == 0


def test_a_damaged_backup_is_not_restored(tmp_path):
    data, copy = tmp_path / "data", tmp_path / "copy.sqlite"
    with TodoServer(data) as server:
        fill(server, 50)
        run_action(data, "backup", str(copy))
        server.stop()
    damaged = bytearray(copy.read_bytes())
    at = damaged.find(b"Task 20")
    damaged[at:at + 7] = b"Task XX"
    copy.write_bytes(damaged)
    before = (data / "todo.sqlite").read_bytes()
    assert run_action(data, "restore", str(copy)).returncode == 3
    assert (data / "todo.sqlite").read_bytes() == before
    assert run_action(data, "check").returncode == 0


def test_two_servers_on_one_file_see_each_other_at_once(tmp_path):
    with TodoServer(tmp_path) as one, TodoServer(tmp_path) as two:
        for i in range(20):
            writer, reader = (one, two) if i % 2 else (two, one)
            place = writer.ask("POST", "/v1/tasks", {"title": f"Task {i}"}).headers["location"]
            assert reader.ask("GET", place).status == 200
            assert len(reader.ask("GET", "/v1/tasks").json()["tasks"]) == i + 1


def test_two_servers_write_one_file_at_the_same_time(tmp_path):
    with TodoServer(tmp_path) as one, TodoServer(tmp_path) as two:
        statuses = []

        def write(server):
            connection = server.connect()
            for i in range(100):
                statuses.append(ask(connection, "POST", "/v1/tasks", {"title": f"{i}"}).status)

        threads = [threading.Thread(target=write, args=(server,))
                   for server in (one, two) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses == [201] * 400
        snapshots = [server.ask("GET", "/v1/snapshot").body for server in (one, two)]
        assert snapshots[0] == snapshots[1]
        assert len(json.loads(snapshots[0])["tasks"]) == 400
    assert run_action(tmp_path, "check").returncode == 0


def test_the_web_app_is_served_with_its_paths(tmp_path):
    web = tmp_path / "web"
    (web / "assets").mkdir(parents=True)
    (web / "index.html").write_text("<!doctype html><title>Tasks</title>")
    (web / "assets" / "index-B-3_x9aQ.js").write_text("let a = 1;")
    (web / "assets" / "index-B-3_x9aQ.js.gz").write_bytes(b"zipped")
    (web / "favicon-20261123.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("secret")
    with TodoServer(tmp_path / "data", "--web-root", str(web)) as server:
        page = server.ask("GET", "/")
        assert page.body.startswith(b"<!doctype html>")
        assert "script-src 'self' 'wasm-unsafe-eval'" in page.headers["content-security-policy"]
        assert page.headers["cache-control"] == "no-cache"
        for known in (page.headers["etag"], f'"x","y",W/{page.headers["etag"]}'):
            assert server.ask("GET", "/", If_None_Match=known).status == 304
        assert server.ask("GET", "/project/home").body == page.body
        script = server.ask("GET", "/assets/index-B-3_x9aQ.js", Accept_Encoding="br, gzip")
        assert (script.body, script.headers["content-encoding"]) == (b"zipped", "gzip")
        assert "immutable" in script.headers["cache-control"]
        assert server.ask("GET", "/favicon-20261123.svg").headers["cache-control"] == "no-cache"
        assert server.ask("GET", "/assets/index-B-3_x9aQ.js").body == b"let a = 1;"
        for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/missing.js"):
            assert server.ask("GET", path).status == 404
        assert server.ask("POST", "/", {}).status == 404
