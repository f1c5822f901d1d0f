"""The image is made of what is there, and holds nothing that it does not need."""

import os
import re
import subprocess
from pathlib import Path

import pytest

import dockerfile
from project import CONTEXT, IMAGE, ROOT, STAGES, text_of

SERVER = os.environ.get("TODO_SERVER", "")


def copies(stage):
    return [dockerfile.parse_copy(value) for value in stage.values("COPY")]


def test_what_is_copied_is_in_the_build_context():
    for stage in STAGES:
        for copy in copies(stage):
            for source in copy.sources:
                assert copy.stage or CONTEXT.has(source), source


def test_what_is_copied_from_a_stage_was_made_there():
    build = STAGES[0]
    for copy in copies(IMAGE):
        assert copy.stage in ("", build.name)
        for source in copy.sources:
            assert not copy.stage or source.startswith(build.values("WORKDIR")[0] + "/")


def test_the_context_holds_sources_and_nothing_that_was_built():
    for path in ("libtodo/CMakeLists.txt", "server/src/main.cpp", "wasm/web/package-lock.json"):
        assert CONTEXT.has(path), path
    for path in (".git", "build", "tests", "k8s", "wasm/web/node_modules"):
        assert not CONTEXT.has(path), path


def test_bases_are_debian_12_by_its_tag():
    for stage in STAGES:
        image, _, tag = stage.image.partition(":")
        assert image == "debian" and re.fullmatch(r"12(\.\d+)?-slim|bookworm-\d{8}-slim", tag)


def test_the_server_is_a_numbered_user_and_process_one():
    [user] = IMAGE.values("USER")
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    assert IMAGE.entrypoint()[0] == "todo-server"


def test_packages_of_the_image_are_for_running_only():
    [install] = IMAGE.values("RUN")
    assert "--no-install-recommends" in install and "rm -rf /var/lib/apt/lists/*" in install
    assert not re.search(r"-dev\b|g\+\+|cmake|python|node|curl|wget", install)


def test_the_network_is_trusted_out_loud():
    assert "--trust-network" in IMAGE.entrypoint()
    assert not [name for name in IMAGE.environment() if "TRUST" in name]


def test_the_build_stage_takes_its_packages_from_where_they_are_named():
    first = STAGES[0].values("RUN")[0]
    named = set(re.findall(r"^(\w+_packages)=", text_of("server/setup.sh"), re.M))
    assert set(re.findall(r"\$(\w+)", first)) <= named


def package_of(library: str) -> str:
    """The package that a shared library is from, without its architecture."""
    for path in (library, str(Path(library).resolve())):
        for name in (path, path.removeprefix("/usr"), "/usr" + path):
            found = subprocess.run(["dpkg-query", "-S", name], capture_output=True, text=True)
            if found.returncode == 0:
                return found.stdout.partition(":")[0]
    raise LookupError(library)


@pytest.mark.skipif(not SERVER, reason="todo-server is not built")
def test_every_library_of_the_server_is_in_the_image():
    loaded = subprocess.run(["ldd", SERVER], capture_output=True, text=True, check=True).stdout
    libraries = re.findall(r"=> (/\S+)", loaded)
    needed = {package_of(library) for library in libraries}
    [install] = IMAGE.values("RUN")
    installed = set(install.split())
    brought = {"libc6", "libgcc-s1", "libfmt9"}  # of the base, and by libspdlog1.10
    assert needed - brought <= installed
    assert libraries


def test_an_unknown_instruction_is_never_passed_over():
    for text in ("RUN true", "FROM a\nADD b c", "FROM a\nRUN <<END", "FROM a\nrun true"):
        with pytest.raises(ValueError):
            dockerfile.parse(text)


def test_lines_are_joined_and_comments_between_them_left_out():
    [stage] = dockerfile.parse("FROM a AS b\n# c\nRUN one \\\n# d\n  && two\nENV A=1 B='2 3'\n")
    assert (stage.image, stage.name) == ("a", "b")
    assert stage.values("RUN") == ["one    && two"]
    assert stage.environment() == {"A": "1", "B": "2 3"}


def test_the_last_pattern_of_dockerignore_that_fits_counts():
    context = dockerfile.Context(ROOT, "*\n!server\n**/docs\nserver/run.sh")
    assert context.has("server/src/main.cpp") and context.has("server/README.md")
    assert not context.has("server/docs/reference.js")
    assert not context.has("server/run.sh")
    assert not context.has("README.md") and not context.has("server/nowhere")
