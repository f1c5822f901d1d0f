#!/usr/bin/env python3
"""Breaks the engine on purpose, one way at a time, in a copy; each must make a simulation fail.

    tests/sim/mutate.py LIBRARY [WORD]

LIBRARY is a built libtodo.a: what the engine needs of the other layers is taken from it. WORD runs
only the mutants whose description holds it. Exits with the number of mutants that nothing noticed.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SESSION = "libtodo/src/engine/session.cpp"
CLOSE = "libtodo/src/engine/close.cpp"
EVOLVE = "libtodo/src/engine/evolve.cpp"
SYNC = "tests/sim/sync_sim.cpp"
SIMULATIONS = ("replicas_sim", "sync_sim")
SEEDS = "1"  # of TODO_LONG

MUTANTS = [  # what breaks; then file, text, replacement, once or more
    ("answers leave before they are durable", SESSION,
     "  foresee(pending_.back(), durable_ + pending_.size(), std::move(decision));",
     "  foresee(pending_.back(), durable_ + pending_.size(), std::move(decision));\n"
     "    const Entry& e = pending_.back().entry;\n"
     "    answers_.push_back({e.context.mutation, e.seq, e.refusal, {}, {}});"),
    ("reads leave before they are durable", SESSION, "view.seq <= durable_ ?", "true ?"),
    ("a rebase keeps standing views", SESSION, "  ++rebases_;\n", ""),
    ("a rebase does not take back", SESSION, "      revert(workspace_, *event);\n", ""),
    ("a rebase does not decide again", SESSION,
     "for (Pending& pending : pending_) foresee(pending, ++seq, decide(pending.request));",
     "for (Pending& pending : pending_) {\n    pending.entry.seq = ++seq;\n"
     "    for (const Event& e : pending.entry.events) evolve(workspace_, e);\n  }"),
    ("a settled request stays pending", SESSION, "    pending_.erase(settled);\n", ""),
    ("a repeated request is decided again", SESSION, "mutation.number == last + 1",
     "mutation.number <= last + 1"),
    ("any entry with the right seq is taken as foreseen", SESSION,
     "entries.front() == pending_.front().entry",
     "entries.front().seq == pending_.front().entry.seq"),
    ("gaps are jumped", SESSION, "entries.front().seq == durable_ + 1) rebase", "true) rebase",
     SESSION, "    if (entry.seq != durable_ + 1) break;\n", ""),
    ("known entries are taken twice", SESSION, "entries.front().seq <= durable_)",
     "entries.front().seq < 1)", SESSION, "entries.front().seq == durable_ + 1) rebase",
     "true) rebase", SESSION, "    if (entry.seq != durable_ + 1) break;\n", ""),
    ("revert keeps the new values", EVOLVE, "change(workspace, changed.id, changed.before)",
     "change(workspace, changed.id, changed.after)"),
    ("a successor's id depends on the device", CLOSE, "  if (is_over) return std::nullopt;\n",
     "  if (is_over) return std::nullopt;\n"
     "  successor->id.bytes[0] = deciding.context.mutation.device.bytes[0];\n"),
    ("decide depends on what does not travel", CLOSE, "changed.completed_at = now;",
     "static int calls = 0;\n  changed.completed_at = now + std::chrono::seconds{++calls};"),
    ("a client sends what it has not saved", SYNC,
     "return request.context.mutation.number > disk_.last_number;",
     "return request.context.mutation.number > disk_.last_number + 99;"),
    ("a client saves its requests but not what it heard", SYNC, "Disk written{heard_.size(),",
     "Disk written{0 * heard_.size(),"),
]


def compile_objects(copy, sources):
    for source in sources:
        command = ["ccache", "g++", "-std=c++20", "-O1", "-w", "-Ilibtodo/include",
                   f"-I{ROOT}/libtodo/src", "-c", source, "-o", source + ".o"]
        subprocess.run(command, cwd=copy, check=True)


def killers(copy, library):
    """The simulations that fail, each with what it said."""
    found = []
    engine = sorted(str(path) for path in copy.glob("libtodo/src/engine/*.o"))
    for name in SIMULATIONS:
        program = copy / name
        link = ["g++", f"{copy}/tests/sim/{name}.cpp.o", *engine, library, "-lgtest",
                "-lgtest_main", "-o", program]
        subprocess.run(link, check=True)
        try:
            run = subprocess.run([program, "--gtest_brief=1"], timeout=120, capture_output=True,
                                 text=True, env={"TODO_LONG": SEEDS})
        except subprocess.TimeoutExpired:
            print(f"unknown {name} does not end")
            continue
        if run.returncode:
            said = [line for line in run.stdout.splitlines() if "not so" in line]
            found.append(f"{name} ({said[0] if said else run.returncode})")
    return found


def mutate(copy, edits):
    """Applies the edits; gives the whole texts of the files as they were."""
    whole = {}
    for file, text, replacement in zip(edits[0::3], edits[1::3], edits[2::3]):
        source = (copy / file).read_text()
        whole.setdefault(file, source)
        assert source.count(text) == 1, (file, text, source.count(text))
        (copy / file).write_text(source.replace(text, replacement))
    return whole


def main():
    library = pathlib.Path(sys.argv[1]).resolve()
    only = sys.argv[2] if len(sys.argv) > 2 else ""
    alive = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder)
        for part in ("libtodo/include", "libtodo/src/engine", "tests/sim"):
            shutil.copytree(ROOT / part, copy / part)
        engine = [str(path.relative_to(copy)) for path in copy.glob("libtodo/src/engine/*.cpp")]
        compile_objects(copy, engine + [f"tests/sim/{name}.cpp" for name in SIMULATIONS])
        assert not killers(copy, library), "the simulations fail without a mutant"
        for what, *edits in MUTANTS:
            if only not in what:
                continue
            whole = mutate(copy, edits)
            compile_objects(copy, whole)
            found = killers(copy, library)
            alive += not found
            print(f"{'killed' if found else 'ALIVE '}  {what}: {'; '.join(found)}", flush=True)
            for file, source in whole.items():
                (copy / file).write_text(source)
            compile_objects(copy, whole)
    return alive


if __name__ == "__main__":
    sys.exit(main())
