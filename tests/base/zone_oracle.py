#!/usr/bin/env python3
"""Compares the embedded time zones with Python's `zoneinfo`, at every transition of every zone.

    python3 tests/base/zone_oracle.py [--every N] build/dev/tests/todo-conformance

Both read the same IANA release, so that each difference is a fault: Python has its own reader of
TZif files, and reads them as Debian compiled them. The driver is asked for `zone.offset` at the
seconds around each transition, and for `zone.resolve` of the local times around it. With --every,
only of every Nth zone. Exits with 77 where Debian's release is another one than the library's.
"""

import argparse
import json
import pathlib
import struct
import subprocess
import sys
import zoneinfo
from datetime import datetime, timedelta

FOLDER = pathlib.Path("/usr/share/zoneinfo")
PACK = pathlib.Path(__file__).parents[2] / "libtodo/data/zones.bin"
EPOCH = datetime(1970, 1, 1)
FIRST, LAST = -5_000_000_000, 4_200_000_000  # 1811 to 2103
STEPS = (-3601, -1801, -1, 0, 1, 1799, 3600)


def names():
    for line in (FOLDER / "tzdata.zi").read_text().splitlines():
        match line.split():
            case ["Z", name, *_] | ["L", _, name]:
                yield name


def transitions(name):
    """Seconds since 1970, from the second block of the TZif file."""
    data = (FOLDER / name).read_bytes()

    def counts(at):
        return struct.unpack(">6I", data[at + 20 : at + 44])

    utc, standard, leap, time, types, chars = counts(0)
    at = 44 + time * 5 + types * 6 + chars + leap * 8 + standard + utc
    time = counts(at)[3]
    return struct.unpack(f">{time}q", data[at + 44 : at + 44 + 8 * time])


def moments(name):
    """Around each transition; and every nine days of the years that only the footer knows."""
    around = {t + step for t in transitions(name) for step in STEPS}
    footer = range(2_145_916_800, LAST, 9 * 86_400 + 1_000)
    return sorted(t for t in around | set(footer) if FIRST < t < LAST)


def text(moment):
    return (EPOCH + timedelta(seconds=moment)).isoformat()


def cases(name):
    """Pairs of a request and the answer that Python gives."""
    zone = zoneinfo.ZoneInfo(name)
    at = moments(name)
    shown = [datetime.fromtimestamp(t, zone) for t in at]
    offsets = [int(time.utcoffset().total_seconds()) for time in shown]
    yield {"op": "zone.offset", "zone": name, "at": [text(t) + "Z" for t in at]}, offsets

    # Local times in a gap are none that a zone shows: those an hour later than what it does show.
    seconds = [t + o + more for t, o in zip(at, offsets) for more in (0, 3600)]
    local = [EPOCH + timedelta(seconds=s) for s in seconds]
    resolved = [(time - time.replace(tzinfo=zone).utcoffset()).isoformat() + "Z" for time in local]
    yield {"op": "zone.resolve", "zone": name, "local": [t.isoformat() for t in local]}, resolved


def check_release():
    ours = PACK.read_bytes()[8:16].rstrip(b"\0").decode()
    theirs = (FOLDER / "tzdata.zi").read_text().split()[2]
    if ours != theirs:
        print(f"the library has the time zones of {ours}, this machine those of {theirs}")
        sys.exit(77)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth zone")
    parser.add_argument("driver", help="path of todo-conformance")
    given = parser.parse_args()
    check_release()
    zoneinfo.reset_tzpath([FOLDER])
    pipe = subprocess.PIPE
    driver = subprocess.Popen([given.driver], stdin=pipe, stdout=pipe, text=True)
    checked = wrong = 0
    for name in list(names())[::given.every]:
        for request, expected in cases(name):
            print(json.dumps(request), file=driver.stdin, flush=True)
            answer = json.loads(driver.stdout.readline())
            if "ok" not in answer:
                sys.exit(f"{name}: {answer}")
            inputs = request.get("at") or request["local"]
            checked += len(inputs)
            for asked, ours, theirs in zip(inputs, answer["ok"], expected, strict=True):
                if ours != theirs:
                    wrong += 1
                    print(f"{request['op']} {name} {asked}: {ours}, but Python says {theirs}")
    print(f"{checked} answers compared, {wrong} differ")
    sys.exit(1 if wrong else 0)


main()
