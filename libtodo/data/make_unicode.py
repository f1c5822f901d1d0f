#!/usr/bin/env python3
"""Makes unicode_tables.cpp from the Unicode Character Database (Debian's package `unicode-data`).

    python3 libtodo/data/make_unicode.py

A table is in two stages: the block of 128 characters, and the value in the block; equal blocks are
there once, and what is behind the last block has the value 0. A mapping is a place in a pool of
texts, each a byte with its length and then UTF-8; 0 stands for the character itself.
"""

import pathlib

SOURCE = pathlib.Path("/usr/share/unicode")
FOLDER = pathlib.Path(__file__).parent
BLOCK = 128
LETTER, DIGIT, NFC_NO, NFC_MAYBE = 1, 2, 4, 8

# The blocks of combining marks that Latin, Greek and Cyrillic letters take.
ACCENTS = [
    range(0x0300, 0x0370),
    range(0x1AB0, 0x1B00),
    range(0x1DC0, 0x1E00),
    range(0x20D0, 0x2100),
    range(0xFE20, 0xFE30),
]


def rows(file):
    """Fields of each line; the first is a code point or a range of them."""
    for line in (SOURCE / file).read_text().splitlines():
        row = [field.strip() for field in line.split("#")[0].split(";")]
        if row[0]:
            first, _, last = row[0].partition("..")
            yield range(int(first, 16), int(last or first, 16) + 1), row


def with_property(file, name, value=None):
    return {
        c
        for span, row in rows(file)
        if row[1] == name and (value is None or row[2] == value)
        for c in span
    }


class Characters:
    def __init__(self):
        self.category, self.combining_class, self.decomposition = {}, {}, {}
        first = None
        for span, row in rows("UnicodeData.txt"):
            code = span[0]
            if row[1].endswith("First>"):
                first = code
            for c in range(first, code + 1) if row[1].endswith("Last>") else [code]:
                self.category[c] = row[2]
            if row[3] != "0":
                self.combining_class[code] = int(row[3])
            if row[5] and not row[5].startswith("<"):
                self.decomposition[code] = [int(c, 16) for c in row[5].split()]

        self.case_folding = {
            span[0]: [int(c, 16) for c in row[2].split()]
            for span, row in rows("CaseFolding.txt")
            if row[1] in "CF"
        }
        derived = "DerivedNormalizationProps.txt"
        self.nfc_no = with_property(derived, "NFC_QC", "N")
        self.nfc_maybe = with_property(derived, "NFC_QC", "M")
        self.not_composed = with_property(derived, "Full_Composition_Exclusion")
        self.variation_selectors = with_property("PropList.txt", "Variation_Selector")

    def decompose(self, codes):
        """Without putting marks in order, which the library does; Hangul syllables stay."""
        made = []
        for c in codes:
            made += self.decompose(self.decomposition[c]) if c in self.decomposition else [c]
        return made

    def fold(self, c):
        """Accents go first: U+0345, folded, is a letter, whose place among marks would count."""
        before, codes = None, [c]
        while codes != before:
            before = codes
            bare = [d for d in self.decompose(codes) if not any(d in span for span in ACCENTS)]
            codes = [f for d in bare for f in self.case_folding.get(d, [d])]
        return codes

    def flags(self, c):
        category = self.category.get(c, "")
        is_letter = category[:1] == "L" or category in ("Mn", "Mc")
        return (
            LETTER * (is_letter and c not in self.variation_selectors)
            | DIGIT * (category == "Nd")
            | NFC_NO * (c in self.nfc_no)
            | NFC_MAYBE * (c in self.nfc_maybe)
        )

    def compositions(self):
        for composite, codes in self.decomposition.items():
            if len(codes) == 2 and composite not in self.not_composed:
                yield (*codes, composite)


def two_stages(values):
    """From a value per code point to the numbers of the blocks, and the blocks in a row."""
    last = max(values)
    numbers, blocks = [], {}
    for start in range(0, last + 1, BLOCK):
        block = tuple(values.get(c, 0) for c in range(start, start + BLOCK))
        numbers.append(blocks.setdefault(block, len(blocks)))
    return numbers, [value for block in blocks for value in block]


def text_pool(mapping):
    """From a text per code point to its place in the pool, and the pool."""
    pool, places = bytearray(b"\0"), {}
    for codes in sorted(mapping.values()):
        text = "".join(map(chr, codes)).encode()
        if text not in places:
            places[text] = len(pool)
            pool += bytes([len(text)]) + text
    return {c: places["".join(map(chr, codes)).encode()] for c, codes in mapping.items()}, pool


def array(type_, name, values):
    lines, line = [], " "
    for value in values:
        text = f" {value},"
        if len(line) + len(text) > 100:
            lines.append(line)
            line = " "
        line += text
    return [f"const {type_} {name}[] = {{", *lines, line, "};", ""]


def trie(type_, name, values):
    numbers, blocks = two_stages(values)
    return [
        *array("std::uint16_t", f"{name}_blocks", numbers),
        *array(type_, f"{name}_values", blocks),
    ], f"{{{name}_blocks, {len(numbers)}, {name}_values}}"


def main():
    version = (SOURCE / "ReadMe.txt").read_text().split("Version ")[1].split()[0].rstrip(".")
    characters = Characters()
    everything = range(0x110000)

    records, record_of = {(0, 0): 0}, {}
    for c in everything:
        record = (characters.combining_class.get(c, 0), characters.flags(c))
        number = records.setdefault(record, len(records))
        if number:
            record_of[c] = number
    assert len(records) <= 256
    decomposed = {c: characters.decompose([c]) for c in characters.decomposition}
    folded = {c: characters.fold(c) for c in everything if not 0xD800 <= c < 0xE000}
    # What only decomposes is left to the NFC that ends a folding.
    folded = {c: codes for c, codes in folded.items() if codes != characters.decompose([c])}
    decomposition_places, decomposition_pool = text_pool(decomposed)
    folding_places, folding_pool = text_pool(folded)

    property_lines, properties = trie("std::uint8_t", "property", record_of)
    decomposition_lines, decompositions = trie(
        "std::uint16_t", "decomposition", decomposition_places
    )
    folding_lines, foldings = trie("std::uint16_t", "folding", folding_places)
    compositions = sorted(characters.compositions())
    lines = [
        f"// Unicode Character Database {version}. Made by make_unicode.py, not for editing.",
        '#include "base/unicode_tables.h"',
        "",
        "namespace todo {",
        "namespace {",
        "",
        "// clang-format off",
        *property_lines,
        *decomposition_lines,
        *folding_lines,
        *array("unsigned char", "decomposition_pool", decomposition_pool),
        *array("unsigned char", "folding_pool", folding_pool),
        "}  // namespace",
        "",
        f"const Trie<std::uint8_t> property_numbers = {properties};",
        f"const TextMap decompositions = {{{decompositions}, decomposition_pool}};",
        f"const TextMap foldings = {{{foldings}, folding_pool}};",
        "",
        *array(
            "CharacterProperties", "character_properties", [f"{{{a}, {b}}}" for a, b in records]
        ),
        *array(
            "Composition",
            "compositions",
            [f"{{{a:#x}, {b:#x}, {c:#x}}}" for a, b, c in compositions],
        ),
        f"const std::size_t composition_count = {len(compositions)};",
        "",
        "}  // namespace todo",
        "",
    ]
    (FOLDER / "unicode_tables.cpp").write_text("\n".join(lines))
    print(
        f"Unicode {version}: {len(records)} kinds of character, {len(decomposed)} decompositions,"
        f" {len(folded)} foldings, {len(compositions)} compositions"
    )


main()
