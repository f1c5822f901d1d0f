"""What the compiled half needs of Python: enumerations, rules, changes, and pickling."""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any


class Name(str, enum.Enum):
    """A name out of a list of names: a `str` that compares by its place in the list."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"

    def _places(self, other: object) -> tuple[int, int]:
        names = list(type(self))
        if other not in names:
            raise TypeError(f"{other!r} is no {type(self).__name__}")
        return names.index(self), names.index(type(self)(other))

    def __lt__(self, other: object) -> bool:
        own, others = self._places(other)
        return own < others

    def __le__(self, other: object) -> bool:
        own, others = self._places(other)
        return own <= others

    def __gt__(self, other: object) -> bool:
        return not self <= other

    def __ge__(self, other: object) -> bool:
        return not self < other


def make_enum(name: str, names: Collection[str], doc: str) -> type[Name]:
    """The class of an enumeration of the library."""
    make: Any = Name  # mypy takes the call for that of a member
    made: type[Name] = make(name, [(text.upper(), text) for text in names], module="libtodo")
    made.__doc__ = doc
    return made


class Rule(str):
    """An RRULE of RFC 5545, in its canonical text: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR"."""

    __slots__ = ()

    def __new__(cls, text: str) -> Rule:
        from libtodo import _ext

        return super().__new__(cls, _ext.canonical_rule(text))

    def __repr__(self) -> str:
        return f"Rule({str(self)!r})"


@dataclass(frozen=True)
class Change:
    """A change of some items of a set or mapping: the others stay as they are."""

    add: Collection[Any] | Mapping[str, str] = ()
    """Items that come, or take the place of the one with their key."""
    remove: Collection[Any] = ()
    """Keys that go: the items themselves, or their ids."""


def restore(cls: Any, text: str) -> Any:
    """The object whose JSON is `text`."""
    return cls.from_json(text)
