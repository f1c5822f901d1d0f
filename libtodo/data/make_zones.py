#!/usr/bin/env python3
"""Packs the time zones of Debian's package `tzdata` into zones.bin and zones_data.cpp.

    python3 libtodo/data/make_zones.py

Run it when `tzdata` has news, and commit what it writes.

The packed form, all numbers big-endian:

    8 bytes   "todozone"
    8 bytes   version of the rules ("2026f"), filled with NUL
    u32       number of names
    16 bytes  per name, in the order of their bytes:
                u32  where the name begins, from the start of the pack
                u16  length of the name
                u16  which name this one is a link to; its own number if it is none
                u32  where the body begins; 0 for a link
                u32  length of the body; 0 for a link
    names, then bodies

A body is a TZif file (RFC 9636) without its first block, which has 32-bit times: it begins with
the second header and ends with the footer. Transitions that follow from the footer are left out,
as `zic -b slim` does; Debian's files have them, and its `zic` (glibc 2.36) drops some others with
them.
"""

import io
import pathlib
import struct
import zoneinfo
from datetime import datetime

SOURCE = pathlib.Path("/usr/share/zoneinfo")
FOLDER = pathlib.Path(__file__).parent


def read_names(source):
    """The version, the names of zones, and the links: name -> what it is a link to."""
    version, zones, links = "", [], {}
    for line in (source / "tzdata.zi").read_text().splitlines():
        match line.split():
            case ["#", "version", text]:
                version = text
            case ["Z", name, *_]:
                zones.append(name)
            case ["L", target, name]:
                links[name] = target
    return version, zones, links


def resolve(name, links):
    while name in links:
        name = links[name]
    return name


def second_block(tzif):
    isut, isstd, leap, time, type_, char = struct.unpack(">6I", tzif[20:44])
    return tzif[44 + time * 5 + type_ * 6 + char + leap * 8 + isstd + isut :]


def with_transitions(block, count):
    """The block with its first `count` transitions, and without the flags that readers ignore."""
    isut, isstd, leap, time, type_, char = struct.unpack(">6I", block[20:44])
    types_at = 44 + time * 9
    rest_at = types_at + type_ * 6 + char
    assert leap == 0
    return (
        block[:20]
        + struct.pack(">6I", 0, 0, 0, count, type_, char)
        + block[44 : 44 + count * 8]
        + block[44 + time * 8 :][:count]
        + block[types_at:rest_at]
        + block[rest_at + isstd + isut :]
    )


def footer_zone(block):
    """What the footer alone says, for all time."""
    footer = block[block.rindex(b"\n", 0, -1) :]
    header = b"TZif2".ljust(20, b"\0") + struct.pack(">6I", 0, 0, 0, 0, 1, 1)
    return zoneinfo.ZoneInfo.from_file(io.BytesIO((header + bytes(7)) * 2 + footer))


def slim(block):
    """Leaves out the last transitions, as far as the footer says the same from the one before."""
    time = struct.unpack(">I", block[32:36])[0]
    ats = struct.unpack(f">{time}q", block[44 : 44 + 8 * time])
    offsets = [
        struct.unpack_from(">i", block, 44 + 9 * time + 6 * type_)[0]
        for type_ in block[44 + 8 * time :][:time]
    ]
    zone = footer_zone(block)

    def footer_agrees(index):
        """From transition `index` until before the next."""
        begin = ats[index]
        end = ats[index + 1] if index + 1 < time else begin + 1
        probes = [*range(begin, end, 86_400), end - 1]
        said = [datetime.fromtimestamp(at, zone).utcoffset().total_seconds() for at in probes]
        return said == [offsets[index]] * len(probes)

    kept = time
    while kept > 1 and footer_agrees(kept - 1) and footer_agrees(kept - 2):
        kept -= 1
    return with_transitions(block, kept)


def pack(version, bodies, links):
    names = sorted([*bodies, *links], key=str.encode)
    number = {name: i for i, name in enumerate(names)}
    head = b"todozone" + version.encode().ljust(8, b"\0") + struct.pack(">I", len(names))

    name_at = len(head) + 16 * len(names)
    body_at = name_at + sum(len(name) for name in names)
    index = b""
    for name in names:
        body = bodies.get(name, b"")
        target = number[resolve(name, links)]
        index += struct.pack(
            ">IHHII", name_at, len(name), target, body_at if body else 0, len(body)
        )
        name_at += len(name)
        body_at += len(body)
    return head + index + "".join(names).encode() + b"".join(bodies.get(n, b"") for n in names)


def cpp_lines(packed):
    line = ""
    for byte in packed:
        if len(line) > 96:
            yield line
            line = ""
        line += f"{byte},"
    yield line


def cpp_source(version, packed):
    return "\n".join([
        f"// zones.bin: IANA time zones {version}. Made by make_zones.py; not for editing.",
        '#include "base/packed_zones.h"',
        "",
        "namespace todo {",
        "",
        "// clang-format off",
        f"const unsigned char packed_zones[{len(packed)}] = {{",
        *cpp_lines(packed),
        "};",
        "const std::size_t packed_zones_size = sizeof packed_zones;",
        "",
        "}  // namespace todo",
        "",
    ])


def main():
    version, zones, links = read_names(SOURCE)
    bodies = {name: slim(second_block((SOURCE / name).read_bytes())) for name in zones}
    packed = pack(version, bodies, links)
    (FOLDER / "zones.bin").write_bytes(packed)
    (FOLDER / "zones_data.cpp").write_text(cpp_source(version, packed))
    print(f"tzdata {version}: {len(zones)} zones, {len(links)} links, {len(packed)} bytes")


main()
