"""A value spoiled at each of its places, in each way that its schema forbids."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from samples import SEALED, Sampler, Schema, dumped

Path = tuple[str | int, ...]

HUGE = 65_537  # bytes: more than any text may have
DEEP = "[" * 40 + "]" * 40
OF_KINDS = {"null": "null", "boolean": "true", "integer": "1", "number": "1.5", "string": '"x"',
            "array": "[]", "object": "{}"}
BAD_STRINGS = ['"\\ud800"', '"\\udc00\\ud800"', '"\\x"', '"\\u12"', '"\x01"']
# As Python shows bytes that are no UTF-8.
BAD_BYTES = ['"\udcff"', '"\udcc0\udcaf"', '"\udced\udca0\udc80"']
BAD_INTEGERS = ["-1", "9007199254740992", "1e2", "-0", "99999999999999999999", "1e400"]
# Beside texts that no pattern takes, by the name of the type.
BAD_TEXTS = {
    "When": ["2026-02-30", "2026-11-25T24:00:00", "2026-11-25T09:00", "2026-11-25T09:00:00Z",
             "10000-01-01", "2026-11-25T09:00:00[]"],
    "Instant": ["2026-13-01T00:00:00Z", "2026-11-25T09:00:00", "2026-11-25T09:00:00+01:00"],
    "Duration": ["P1Y", "PT", "30", "P99999999999999999999D"],
    "TimeOfDay": ["24:00", "08:60", "8"],
    "Rule": ["FREQ=NEVER", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=1;UNTIL=20260101", "COUNT=1"],
}
BAD_IDS = ["00000000-0000-0000-0000-000000000000", "0190f7a0-0000-7000-8000-00000000000g", "1"]
NOBODY = "0190f7a0-0000-7000-8000-000000000099"
# What only a decision refuses, by the name of the member.
DECIDED = {
    "start": ["2026-11-25T09:00:00[Mars/North]"], "due": ["2026-11-25T09:00:00[Mars/North]"],
    "zone": ["Mars/North", ""], "locale": ["?", ""], "tags": ["not ok", ""],
    "query": ["due:someday", "("], "sort": ["colour", "due,due"],
    "task": [NOBODY], "project": [NOBODY], "filter": [NOBODY], "reminder": [NOBODY],
    "parent": [NOBODY], "blocked_by": [NOBODY],
}


class Spoiled(NamedTuple):
    """`root` with `raw` in place of what is at `path`."""

    how: str
    root: Any
    path: Path
    raw: str
    field: str  # that the error has to name
    code: str = ""  # that it has to have, if only one will do
    is_decided: bool = False  # it can be read, and is refused afterwards
    is_prefix: bool = False  # the error may name something within the field

    def text(self, within: int = 0) -> str:
        """As JSON; of the value that the first `within` steps of the path lead to."""
        value = self.root
        for step in self.path[:within]:
            value = value[step]
        return rendered(value, self.path[within:], self.raw)


def as_decided(spoiled: Spoiled) -> Spoiled | None:
    """What a decision says of it, None if it has nothing to say."""
    if not spoiled.is_decided or "patch" not in spoiled.path:
        return spoiled
    if "remove" in spoiled.path:
        return None
    # What a change of a set comes to is judged, not how it was written.
    begin = spoiled.field.find("/", len("/patch/"))
    return spoiled if begin < 0 else spoiled._replace(field=spoiled.field[:begin], is_prefix=True)


def rendered(value: Any, path: Path, raw: str) -> str:
    if not path:
        return raw
    if isinstance(value, list):
        return f"[{','.join(rendered_item(i, item, path, raw) for i, item in enumerate(value))}]"
    members = [f"{dumped(n)}:{rendered_item(n, item, path, raw)}" for n, item in value.items()]
    return f"{{{','.join(members)}}}"


def rendered_item(name: str | int, item: Any, path: Path, raw: str) -> str:
    return rendered(item, path[1:], raw) if name == path[0] else dumped(item)


def pointer(path: Path) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


class Spoiler:
    """Spoils each place once, however many samples show it."""

    def __init__(self, sampler: Sampler):
        self._sampler = sampler
        self._seen: set[Path] = set()

    def spoiled(self, root: Any) -> Iterator[Spoiled]:
        yield from self._within({"$ref": "Command"}, root, (), root, ())

    def _within(self, schema: Schema, root: Any, path: Path, value: Any, place: Path
                ) -> Iterator[Spoiled]:
        """`place` is the path with the alternatives that are taken along it."""
        alternatives = self._sampler.alternatives(schema)
        one = next(one for one in alternatives if fits(one, value))
        place += (alternatives.index(one),)
        if place not in self._seen:
            self._seen.add(place)
            yield from filter(None, map(as_decided, self._at(schema, one, root, path, value)))
        for step, item in items_of(value):
            yield from self._within(schema_of(one, step), root, path + (step,), item,
                                    place + (step,))

    def _at(self, schema: Schema, one: Schema, root: Any, path: Path, value: Any
            ) -> Iterator[Spoiled]:
        def make(how: str, raw: str, *inner: str | int, **more: Any) -> Spoiled:
            return Spoiled(how, root, path, raw, pointer(path + inner), **more)

        alternatives = self._sampler.alternatives(schema)
        kinds = {kind_of(each) for each in alternatives}
        if self._sampler.is_nullable(schema):
            kinds.add("null")
        for kind, raw in OF_KINDS.items():
            if kind not in kinds:
                yield make(f"{kind} for {'/'.join(sorted(kinds))}", raw, code="wrong_type")
        yield make("nested too deep", DEEP, code="malformed", is_prefix=True)

        match kind_of(one):
            case "object":
                yield from self._object(one, value, make)
            case "array":
                yield from self._too_many(one, value, make)
            case "string":
                member = next((step for step in reversed(path) if isinstance(step, str)), "")
                yield from self._string(one, value, member, make)
            case "integer":
                for raw in BAD_INTEGERS:
                    yield make("a bad number", raw)

    def _object(self, schema: Schema, value: dict, make: Any) -> Iterator[Spoiled]:
        inside = dumped(value)[1:-1]
        for name, item in value.items():
            again = f"{{{inside},{dumped(name)}:{dumped(item)}}}"
            yield make("twice", again, name, code="malformed")
        yield make("a name that is no text", f'{{{inside},"\\ud800":1}}', code="malformed")
        yield make("bytes in a name", f'{{{inside},"\udcff":1}}', code="malformed")
        if "properties" not in schema:
            yield from self._map(schema, value, make)
            return
        for name in ("surprise", "a/b~c", ""):
            yield make("an unknown member", dumped(value | {name: 1}), name, code="unknown_member")
        for name in schema.get("required", ()):
            left = {other: item for other, item in value.items() if other != name}
            yield make("a missing member", dumped(left), name, code="missing")
        if schema.get("name", "").endswith("Patch"):
            yield from self._patch(schema, value, make)

    def _map(self, schema: Schema, value: dict, make: Any) -> Iterator[Spoiled]:
        most = schema.get("maxProperties")
        if most:
            many = {str(number): "a" for number in range(most + 1)}
            yield make("too many members", dumped(many), is_decided=True, code="out_of_range")
        yield make("a long name", dumped({"x" * HUGE: "a"}), is_decided=True)
        yield make("no name", dumped({"": "a"}), "", is_decided=True)

    def _patch(self, schema: Schema, value: dict, make: Any) -> Iterator[Spoiled]:
        for name in sorted(SEALED & schema["properties"].keys()):
            sample = self._sampler.samples(schema["properties"][name], name)[0]
            yield make("a sealed member", dumped(value | {name: sample}), name, is_decided=True,
                       code="invalid")
            yield make("a sealed member", dumped(value | {name: True}), name, code="wrong_type")
        whole = self._sampler.types[schema["name"].removesuffix("Patch")]["properties"]
        for name in value:
            most = whole[name].get("maxItems")
            if most:
                many = self._items(whole[name]["items"], most + 1)
                yield make("too many items", dumped(value | {name: many}), name, is_decided=True,
                           code="out_of_range")

    def _too_many(self, schema: Schema, value: list, make: Any) -> Iterator[Spoiled]:
        most = schema.get("maxItems")
        if most and most > schema.get("minItems", 0):
            items = self._items(schema["items"], most + 1)
            yield make("too many items", dumped(items), is_decided=True, code="out_of_range")

    def _items(self, schema: Schema, count: int) -> list[Any]:
        """Items that differ from each other where they have to."""
        one = self._sampler.alternatives(schema)[0]
        if one.get("name", "").endswith("Id"):
            return [self._sampler.new_id() for _ in range(count)]
        if kind_of(one) == "string" and "pattern" not in one:
            return [f"a{number}" for number in range(count)]
        sample = self._sampler.samples(one, "")[0]
        if isinstance(sample, dict) and "id" in sample:
            return [sample | {"id": self._sampler.new_id()} for _ in range(count)]
        return [sample] * count

    def _string(self, schema: Schema, value: str, member: str, make: Any) -> Iterator[Spoiled]:
        for raw in BAD_STRINGS:
            yield make("a bad string", raw, code="malformed")
        for raw in BAD_BYTES:
            yield make("bytes in a text", raw, code="malformed")
        if "const" in schema or "enum" in schema:
            for text in ("", value.upper(), value + " ", "x" * HUGE):
                yield make("a name of nothing", dumped(text), code="unknown_name")
            return
        name = schema.get("name", "")
        if "pattern" in schema:
            bad = BAD_TEXTS.get(name, BAD_IDS)
            for text in ("", value + " ", value + "\0", "x" * HUGE, *bad):
                yield make("a bad text", dumped(text))
        else:
            yield make("a long text", dumped("x" * HUGE), is_decided=True)
        for text in DECIDED.get(member, []):
            yield make("a text without meaning", dumped(text), is_decided=True)
        if "maxLength" in schema:
            long = "x" * (schema["maxLength"] + 1)
            yield make("too long", dumped(long), is_decided=True, code="out_of_range")
        if schema.get("minLength"):
            yield make("empty", '""', is_decided=True)


def kind_of(schema: Schema) -> str:
    return schema.get("type", "string")  # a constant, an enumeration


def fits(schema: Schema, value: Any) -> bool:
    kinds = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer"}
    if kind_of(schema) != kinds[type(value)]:
        return False
    tag = schema.get("properties", {}).get("type", {}).get("const")
    return tag is None or value.get("type") == tag


def items_of(value: Any) -> list[tuple[str | int, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def schema_of(schema: Schema, step: str | int) -> Schema:
    if isinstance(step, int):
        return schema["items"]
    return schema["properties"][step] if "properties" in schema else schema["additionalProperties"]

