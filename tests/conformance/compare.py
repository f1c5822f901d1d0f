#!/usr/bin/env python3
"""Runs drivers over the vectors and compares what they answer, byte for byte.

    python3 tests/conformance/compare.py DRIVER...           all of tests/vectors
    python3 tests/conformance/compare.py --only zone DRIVER  only zone.jsonl
    python3 tests/conformance/compare.py --accept DRIVER     writes its answers into the vectors

A DRIVER is a command line, in quotes if it has arguments. Every driver has to answer what the "out"
of the line says; an error without a "message" there stands for any message. Drivers have to agree
with each other on the messages as well. README.md beside this file has the protocol.
"""

import argparse
import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

VECTORS = Path(__file__).parent.parent / "vectors"
TIMEOUT_S = 120


class Vector(NamedTuple):
    path: Path
    line: int
    given: str  # the text of "in", as it is in the file
    expected: str


def texts_of(line: str) -> tuple[str, str]:
    """The texts of "in" and "out", unchanged: a driver must see exactly what is written."""
    decoder = json.JSONDecoder()
    begin = len('{"in":')
    _, end = decoder.raw_decode(line, begin)
    middle = ',"out":'
    if not line.startswith('{"in":') or not line.startswith(middle, end) or line[-1] != "}":
        raise ValueError('a vector is {"in":...,"out":...} without further spaces')
    return line[begin:end], line[end + len(middle):-1]


def read_vectors(only: list[str]) -> list[Vector]:
    vectors = []
    for path in sorted(VECTORS.glob("*.jsonl")):
        if only and path.stem not in only:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if line:
                vectors.append(Vector(path, number, *texts_of(line)))
    return vectors


def answers_of(driver: str, vectors: list[Vector]) -> list[str]:
    given = "".join(vector.given + "\n" for vector in vectors).encode(errors="surrogateescape")
    done = subprocess.run(shlex.split(driver), input=given, stdout=subprocess.PIPE, check=True,
                          timeout=TIMEOUT_S)
    answers = done.stdout.decode().split("\n")
    if answers.pop() or len(answers) != len(vectors):
        raise ValueError(f"{driver}: {len(answers)} answers to {len(vectors)} lines")
    return answers


def fits(answer: str, expected: str) -> bool:
    if answer == expected:
        return True
    error = json.loads(expected).get("error")
    if error is None or "message" in error:
        return False
    answered = json.loads(answer).get("error", {})
    answered.pop("message", None)
    return answered == error


def compare(drivers: list[str], vectors: list[Vector]) -> int:
    """Prints each difference and gives how many there are."""
    answers = [answers_of(driver, vectors) for driver in drivers]
    differences = 0
    for index, vector in enumerate(vectors):
        found = [of_driver[index] for of_driver in answers]
        if fits(found[0], vector.expected) and all(answer == found[0] for answer in found):
            continue
        differences += 1
        print(f"{vector.path.name}:{vector.line}: {vector.given}\n  out: {vector.expected}")
        for driver, answer in zip(drivers, found):
            print(f"  {driver}: {answer}")
    return differences


def accept(driver: str, vectors: list[Vector]) -> None:
    lines: dict[Path, list[str]] = {}
    for vector, answer in zip(vectors, answers_of(driver, vectors)):
        expected = vector.expected if fits(answer, vector.expected) else answer
        lines.setdefault(vector.path, []).append(f'{{"in":{vector.given},"out":{expected}}}\n')
    for path, text in lines.items():
        path.write_text("".join(text), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("drivers", nargs="+", metavar="DRIVER", help="a command line")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="of a file")
    parser.add_argument("--accept", action="store_true", help="take the first driver's answers")
    given = parser.parse_args()
    vectors = read_vectors(given.only)
    if not vectors:
        parser.error("there are no such vectors")
    if given.accept:
        accept(given.drivers[0], vectors)
        return 0
    differences = compare(given.drivers, vectors)
    print(f"{len(vectors)} vectors, {len(given.drivers)} drivers, {differences} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
