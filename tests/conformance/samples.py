"""Commands with every member of every alternative, by the schemas that todo-describe writes."""

import json
from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

# A workspace that the samples fit: what they refer to is there, with the second of two tasks.
FIRST, SECOND, PROJECT, FILTER, REMINDER = (
    f"0190f7a0-0000-7000-8000-{number:012}" for number in range(1, 6))
NOW = "2026-11-23T09:00:00Z"
SETUP = [
    {"type": "create", "task": {
        "id": FIRST, "title": "first", "due": "2026-11-24T09:00:00",
        "recurrence": {"rules": ["FREQ=WEEKLY"]},
        "reminders": [{"id": REMINDER, "trigger": {"type": "relative"}}]}},
    {"type": "create", "task": {"id": SECOND, "title": "second"}},
    {"type": "create_project", "project": {"id": PROJECT, "name": "project"}},
    {"type": "create_filter", "filter": {"id": FILTER, "name": "filter"}},
]

# What is written as text, by the name of its type.
TEXTS = {
    "TaskId": SECOND, "ProjectId": PROJECT, "FilterId": FILTER, "ReminderId": REMINDER,
    "DeviceId": "0190f7a0-0000-7000-8000-0000000000d0", "When": "2026-11-25T09:00:00",
    "Instant": "2126-01-01T00:00:00Z", "Duration": "PT30M", "TimeOfDay": "08:00",
    "Rule": "FREQ=WEEKLY",
}
# What a member has to be whose meaning its type does not tell.
MEMBERS = {
    "zone": "Europe/Paris", "locale": "de", "query": "is:open", "sort": "due", "status": "done",
    "quiet_until": "07:00", "commands": [{"type": "complete", "task": SECOND}],
}
# Members of a task that no patch may set.
SEALED = {"id", "status", "series", "occurrence", "created_at", "updated_at", "completed_at",
          "deleted_at"}


class Sampler:
    """Makes samples by the schemas `types`."""

    def __init__(self, types: dict[str, Schema]):
        self.types = types
        self._made = 0

    def alternatives(self, schema: Schema) -> list[Schema]:
        """The schemas without alternatives that `schema` comes to, null left out."""
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            return [{"name": name, **one} for one in self.alternatives(self.types[name])]
        if isinstance(schema.get("type"), list):
            return [{**schema, "type": kind} for kind in schema["type"] if kind != "null"]
        several = schema.get("anyOf") or schema.get("oneOf")
        if several:
            return [one for each in several for one in self.alternatives(each)]
        return [] if schema.get("type") == "null" else [schema]

    def is_nullable(self, schema: Schema) -> bool:
        if isinstance(schema.get("type"), list):
            return "null" in schema["type"]
        return any(one.get("type") == "null" for one in schema.get("anyOf", ()))

    def commands(self) -> Iterator[dict[str, Any]]:
        for schema in self.alternatives(self.types["Command"]):
            yield from self.samples(schema, "")

    def samples(self, schema: Schema, member: str) -> list[Any]:
        """Values that have each alternative at least once between them."""
        return [value for one in self.alternatives(schema)
                for value in self._samples_of_one(one, member)]

    def _samples_of_one(self, schema: Schema, member: str) -> list[Any]:
        if member in MEMBERS:
            return [MEMBERS[member]]
        if "const" in schema:
            return [schema["const"]]
        if "enum" in schema:
            return [schema["enum"][-1]]
        match schema["type"]:
            case "object" if "properties" in schema:
                return self._objects(schema)
            case "object":
                return [{"name": value} for value in
                        self.samples(schema["additionalProperties"], "")]
            case "array":
                items = self.samples(schema["items"], "")
                return [[item] * schema.get("minItems", 1) for item in items]
            case "string":
                return [self._text(schema, member)]
            case "boolean":
                return [True]
            case "integer":
                return [max(1, schema["minimum"])]
        raise ValueError(f"no sample of {schema}")

    def _objects(self, schema: Schema) -> list[Any]:
        is_patch = schema.get("name", "").endswith("Patch")
        members = {name: self.samples(one, name) for name, one in schema["properties"].items()
                   if name != "id" and not (is_patch and name in SEALED)}
        has_id = "id" in schema["properties"] and not is_patch
        count = max((len(values) for values in members.values()), default=1)
        return [({"id": self.new_id()} if has_id else {}) |
                {name: values[index % len(values)] for name, values in members.items()}
                for index in range(count)]

    def new_id(self) -> str:
        self._made += 1
        return f"0190f7a0-0000-7000-9000-{self._made:012}"

    def _text(self, schema: Schema, member: str) -> str:
        if member == "task":
            return FIRST
        return TEXTS[schema["name"]] if "pattern" in schema else "a"


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
