"""Reads a Dockerfile, as far as ours goes; anything else is an error, never passed over."""

import fnmatch
import json
import re
import shlex
from pathlib import Path
from typing import NamedTuple

KNOWN = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "VOLUME", "EXPOSE", "ENTRYPOINT",
         "HEALTHCHECK"}


class Instruction(NamedTuple):
    name: str
    value: str  # on one line


class Copy(NamedTuple):
    stage: str  # empty: the build context
    sources: list[str]
    target: str


class Stage(NamedTuple):
    image: str
    name: str
    instructions: list[Instruction]

    def values(self, name: str) -> list[str]:
        return [each.value for each in self.instructions if each.name == name]

    def environment(self) -> dict[str, str]:
        return {name: value for line in self.values("ENV") for name, value in pairs(line)}

    def entrypoint(self) -> list[str]:
        return json.loads(self.values("ENTRYPOINT")[-1])

    def exposed(self) -> list[int]:
        return [int(port) for line in self.values("EXPOSE") for port in line.split()]

    def health_command(self) -> str:
        return self.values("HEALTHCHECK")[-1].partition("CMD ")[2]


def pairs(line: str) -> list[tuple[str, str]]:
    """A=1 B="2 3", of ENV."""
    parts = [part.partition("=") for part in shlex.split(line)]
    if not all(name and equals for name, equals, _ in parts):
        raise ValueError(f"ENV takes NAME=VALUE: {line}")
    return [(name, value) for name, _, value in parts]


def parse_copy(value: str) -> Copy:
    words = value.split()
    stage = ""
    if words[0].startswith("--"):
        option, _, stage = words.pop(0).partition("=")
        if option != "--from":
            raise ValueError(f"COPY with an unknown option: {option}")
    *sources, target = words
    if len(sources) > 1 and not target.endswith("/"):
        raise ValueError(f"COPY of several sources needs a folder: {value}")
    return Copy(stage, sources, target)


def instructions(text: str) -> list[Instruction]:
    lines = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith("#"))
    found = []
    for line in re.sub(r"\\\n", " ", lines).split("\n"):
        if not line.strip():
            continue
        name, _, value = line.partition(" ")
        if name not in KNOWN or value.startswith("<<"):
            raise ValueError(f"not understood: {line}")
        found.append(Instruction(name, value.strip()))
    return found


def parse(text: str) -> list[Stage]:
    stages: list[Stage] = []
    for instruction in instructions(text):
        if instruction.name == "FROM":
            image, _, name = instruction.value.partition(" AS ")
            stages.append(Stage(image, name, []))
        elif stages:
            stages[-1].instructions.append(instruction)
        else:
            raise ValueError("a Dockerfile begins with FROM")
    return stages


class Context:
    """The build context: the files of `root` that `ignore` (a .dockerignore) leaves."""

    def __init__(self, root: Path, ignore: str):
        self.root = root
        lines = [line.strip() for line in ignore.split("\n")]
        self.patterns = [line for line in lines if line and not line.startswith("#")]

    def has(self, path: str) -> bool:
        """Whether the file or folder is there and not ignored; the last pattern counts."""
        if not (self.root / path).exists():
            return False
        kept = True
        for pattern in self.patterns:
            if _matches(path, pattern.removeprefix("!")):
                kept = pattern.startswith("!")
        return kept

    def leaves_out(self, folder: str, names: list[str]) -> set[str]:
        """Of the `names` in `folder` (absolute) those that are ignored: for shutil.copytree."""
        inside = Path(folder).relative_to(self.root)
        return {name for name in names if not self.has(str(inside / name))}


def _matches(path: str, pattern: str) -> bool:
    """A pattern fits a path and all that is in it; ** stands for any folders."""
    parts = path.split("/")
    if pattern.startswith("**/"):
        return any(fnmatch.fnmatchcase(part, pattern[3:]) for part in parts)
    wanted = pattern.split("/")
    return len(wanted) <= len(parts) and all(map(fnmatch.fnmatchcase, parts, wanted))
