#!/usr/bin/env python3
"""Builds the image as k8s/Dockerfile says, runs it as the manifests say, and asks it.

    python tests/k8s/run_dockerfile.py [folder]

By docker or podman if one of them runs here and can fetch the base; else as root by debootstrap in
`folder` (build/image), which keeps a Debian root there for the next time. Takes some ten
minutes and 4 GiB. Exits with 77 and a reason where neither can be done.
"""

import multiprocessing
import shutil
import subprocess
import sys
from pathlib import Path

import chroot_image
import project
import served

SERVICE = project.arguments()["--host-name"][-1]
SKIPPED = 77
TAG = "todo-server:tested"


def engine() -> str | None:
    """The container engine of this machine that can fetch the base of the image."""
    for name in ("docker", "podman"):
        if shutil.which(name) and works(name, "info") and works(name, "pull", project.IMAGE.image):
            return name
    return None


def works(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=300).returncode == 0
    except subprocess.TimeoutExpired:
        return False


class EngineContainer:
    def __init__(self, name: str):
        self.name = name
        self._engine("build", "-f", project.ROOT / "k8s/Dockerfile", "-t", TAG, project.ROOT)
        started = self._engine(
            "run", "--detach", "--read-only", "--tmpfs=/tmp", "--cap-drop=ALL",
            "--security-opt=no-new-privileges", "--publish=127.0.0.1::8636",
            "--publish=127.0.0.1::8637", TAG, *project.server()["args"], capture=True)
        self.id = started.strip()
        self.http, self.ops = self._published(8636), self._published(8637)

    def _engine(self, *words, capture: bool = False) -> str:
        done = subprocess.run([self.name, *map(str, words)], check=True, text=True,
                              stdout=subprocess.PIPE if capture else None)
        return done.stdout or ""

    def _published(self, port: int) -> tuple[str, int]:
        line = self._engine("port", self.id, f"{port}/tcp", capture=True).split("\n")[0]
        return "127.0.0.1", int(line.rpartition(":")[2])

    def run(self, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run([self.name, "exec", self.id, *words], capture_output=True, text=True)

    def stop(self) -> int:
        self._engine("stop", "--time=60", self.id, capture=True)
        return int(self._engine("inspect", "--format={{.State.ExitCode}}", self.id, capture=True))

    def remove(self) -> None:
        self._engine("rm", "--force", "--volumes", self.id)
        self._engine("rmi", TAG)


class ChrootContainer:
    http, ops = ("127.0.0.1", 8636), ("127.0.0.1", 8637)

    def __init__(self, root: chroot_image.Root):
        self.root = root
        command = root.command(*project.IMAGE.entrypoint(), *project.server()["args"])
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def run(self, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run(self.root.command(*words), capture_output=True, text=True)

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(served.SECONDS)

    def remove(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def check_and_remove(container) -> None:
    try:
        served.wait_until_ready(container)
        health = container.run("sh", "-c", project.IMAGE.health_command())
        assert health.returncode == 0, health.stderr
        print("HEALTHCHECK says that it is healthy")
        served.check(container, SERVICE)
    finally:
        container.remove()


def run_in_chroot(folder: Path) -> None:
    try:
        chroot_image.own_mounts()
        root = chroot_image.build(project.STAGES, project.CONTEXT, folder)
        chroot_image.make_read_only(root, folder / "data")
        chroot_image.own_network()
    except chroot_image.CannotRun as why:
        print(f"no container engine runs here, and {why}")
        sys.exit(SKIPPED)
    check_and_remove(ChrootContainer(root))


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else project.ROOT / "build/image").resolve()
    if name := engine():
        print(f"by {name}", flush=True)
        check_and_remove(EngineContainer(name))
        return 0

    # In a process of its own, whose mounts end with it, so that what was built can be removed.
    child = multiprocessing.get_context("fork").Process(target=run_in_chroot, args=(folder,))
    child.start()
    child.join()
    for place in [*folder.glob("stage-*"), folder / "data"]:
        shutil.rmtree(place, ignore_errors=True)
    return child.exitcode


if __name__ == "__main__":
    sys.exit(main())
