"""Builds and runs an image without a container engine: Debian by debootstrap, and chroot.

Each stage is an overlay above one Debian root. What runs has a network, mounts and devices of its
own, a root that is read only, no capabilities, and the numeric user of the image. Needs root.
"""

import ctypes
import fcntl
import os
import shutil
import socket
import struct
import subprocess
import time
from pathlib import Path

import dockerfile

NEW_MOUNTS, NEW_NETWORK = 0x00020000, 0x40000000  # of unshare(2)
SET_INTERFACE_FLAGS, UP_AND_RUNNING = 0x8914, 0x41  # of netdevice(7)
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
DEBIAN = "http://deb.debian.org/debian"
SOURCES = f"""\
deb {DEBIAN} bookworm main
deb {DEBIAN} bookworm-updates main
deb http://deb.debian.org/debian-security bookworm-security main
"""


class CannotRun(Exception):
    """Why this machine does not let us."""


def execute(*command: str | Path) -> None:
    subprocess.run([str(word) for word in command], check=True, stdin=subprocess.DEVNULL)


def unshare(what: int) -> None:
    if ctypes.CDLL(None, use_errno=True).unshare(what) != 0:
        raise CannotRun(f"unshare: {os.strerror(ctypes.get_errno())}")


def own_mounts() -> None:
    """What is mounted from here on is seen by this process only, and ends with it."""
    if os.geteuid() != 0:
        raise CannotRun("changing the root needs to be root")
    if not shutil.which("debootstrap"):
        raise CannotRun("debootstrap is not installed")
    unshare(NEW_MOUNTS)
    execute("mount", "--make-rprivate", "/")


def own_network() -> None:
    """Nothing but a loopback of our own: ports are free, and nothing goes out."""
    unshare(NEW_NETWORK)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh", b"lo", UP_AND_RUNNING)
        fcntl.ioctl(any_socket, SET_INTERFACE_FLAGS, request)


def debian_root(folder: Path) -> Path:
    """Debian 12 with its essential packages, fetched once."""
    root = folder / "debian-12"
    if root.exists():
        return root
    part = folder / "debian-12.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    execute("debootstrap", "--variant=minbase", "bookworm", part, DEBIAN)
    (part / "etc/apt/sources.list").write_text(SOURCES)
    part.rename(root)
    return root


class Root:
    """The files of one stage. Variables, user and folder are as its lines so far have them."""

    def __init__(self, base: Path, folder: Path):
        self.path = folder / "root"
        for each in ("root", "upper", "work"):
            (folder / each).mkdir(parents=True)
        layers = f"lowerdir={base},upperdir={folder / 'upper'},workdir={folder / 'work'}"
        done = subprocess.run(["mount", "-t", "overlay", "overlay", "-o", layers, self.path],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise CannotRun(f"no overlay can be mounted: {done.stderr.strip()}")
        self.environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                            "HOME": "/root"}
        self.folder = "/"
        self.user = "0:0"
        self._mount_system()

    def _mount_system(self) -> None:
        execute("mount", "-t", "proc", "proc", self.path / "proc")
        for name in ("dev", "run", "tmp"):
            execute("mount", "-t", "tmpfs", "-o", "mode=1777", "tmpfs", self.path / name)
        for name in ("null", "zero", "full", "random", "urandom"):
            (self.path / "dev" / name).touch()
            execute("mount", "--bind", f"/dev/{name}", self.path / "dev" / name)
        (self.path / "dev/fd").symlink_to("/proc/self/fd")
        (self.path / "dev/pts").mkdir()
        execute("mount", "-t", "devpts", "-o", "ptmxmode=0666", "devpts", self.path / "dev/pts")
        (self.path / "dev/ptmx").symlink_to("pts/ptmx")

    def inside(self, path: str) -> Path:
        return self.path / os.path.join(self.folder, path).lstrip("/")

    def command(self, *words: str, **variables: str) -> list[str]:
        """What to run on this machine so that `words` run in the root."""
        user, group = self.user.split(":")
        rights = []
        if user != "0":
            rights = ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups",
                      "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"]
        given = [f"{name}={value}" for name, value in {**self.environment, **variables}.items()]
        return ["chroot", str(self.path), *rights, "env", "-i", "-C", self.folder, *given, *words]


def build(stages: list[dockerfile.Stage], context: dockerfile.Context, folder: Path) -> Root:
    """Carries out all stages below `folder`; the last one's root."""
    base = debian_root(folder)
    built: dict[str, Root] = {}
    for number, stage in enumerate(stages):
        if not stage.image.startswith("debian:12"):
            raise ValueError(f"debootstrap does not make {stage.image}")
        place = folder / f"stage-{number}"
        shutil.rmtree(place, ignore_errors=True)
        root = built[stage.name] = Root(base, place)
        for instruction in stage.instructions:
            started = time.monotonic()
            print(f"{instruction.name} {instruction.value}", flush=True)
            carry_out(instruction, root, built, context)
            if instruction.name == "RUN":
                print(f"  took {time.monotonic() - started:.0f} s", flush=True)
    return root


def carry_out(instruction: dockerfile.Instruction, root: Root, built: dict[str, Root],
              context: dockerfile.Context) -> None:
    name, value = instruction
    if name == "RUN":
        execute(*root.command("sh", "-c", value, **certificates(root)))
    elif name == "COPY":
        copy = dockerfile.parse_copy(value)
        for source in copy.sources:
            copy_one(copy, source, root, built, context)
    elif name == "ENV":
        root.environment.update(dockerfile.pairs(value))
    elif name == "WORKDIR":
        root.folder = value
        root.inside("").mkdir(parents=True, exist_ok=True)
    elif name == "USER":
        root.user = value


def copy_one(copy: dockerfile.Copy, source: str, root: Root, built: dict[str, Root],
             context: dockerfile.Context) -> None:
    """A folder's content into the target, or a file; ignored files are left out."""
    origin = built[copy.stage].path / source.lstrip("/") if copy.stage else context.root / source
    target = root.inside(copy.target)
    if origin.is_dir():
        ignore = None if copy.stage else context.leaves_out
        shutil.copytree(origin, target, symlinks=True, ignore=ignore, dirs_exist_ok=True)
        return
    (target if copy.target.endswith("/") else target.parent).mkdir(parents=True, exist_ok=True)
    shutil.copy2(origin, target)


def certificates(root: Root) -> dict[str, str]:
    """Lets pip and npm trust whom this machine trusts, for networks with a proxy of their own."""
    if not CERTIFICATES.exists():
        return {}
    path = "run/certificates-of-the-machine.crt"
    shutil.copy(CERTIFICATES, root.path / path)
    names = ("PIP_CERT", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE")
    return {name: f"/{path}" for name in names}


def make_read_only(root: Root, data: Path) -> None:
    """As in the cluster: a volume of the group at /data, a /tmp, and nothing else to write to."""
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    os.chown(data, 0, int(root.user.partition(":")[2]))
    data.chmod(0o2770)
    execute("mount", "--bind", data, root.path / "data")
    execute("umount", root.path / "run")
    execute("mount", "-o", "remount,ro", root.path)
