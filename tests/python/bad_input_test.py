"""Each member of each class, as the tables of the module have them, refuses what it cannot be."""

import datetime as dt
import uuid

import libtodo
import pytest
from libtodo import _ext

ID = uuid.UUID("0190f7a0-0000-7000-8000-000000000001")
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.timezone.utc)

# What the members that have to be there may be, by the type that they are declared with.
GOOD = {
    "datetime": NOW,
    "Task": libtodo.Task(title="a"),
    "Project": libtodo.Project(name="a"),
    "Filter": libtodo.Filter(name="a"),
    "Trigger": libtodo.AbsoluteTrigger(NOW),
    "Mutation": libtodo.Mutation(device=ID),
    "Context": libtodo.Context(now=NOW, mutation=libtodo.Mutation(device=ID)),
    "Command": libtodo.Skip(ID),
}
TABLES = [table for table in _ext._tables if table["kind"] in ("value", "patch")]


class Nothing:
    """Is of no type that a member has, and is in no list of names."""


def accepted_by(declared):
    """The types of Python that a declaration like "Collection[str] | None" names."""
    names = declared.replace("[", "|").replace("]", "").split("|")
    return {name.strip() for name in names}


def wrong_values(declared):
    yield "wrong_type", Nothing()
    yield "wrong_type", 1.5
    yield "wrong_type", b"x"
    types = accepted_by(declared)
    if "str" in types and "Collection" not in types and "Mapping" not in types:
        yield "malformed", "\ud800"
    if "int" in types:
        yield from (("out_of_range", number) for number in (-1, 2**53, 2**70))
        yield "wrong_type", True
    if "Literal" in types:
        yield "unknown_name", "none of them"
    if "Collection" in types:
        yield "wrong_type", [Nothing()]
        yield "wrong_type", "a text is no list of texts"
    if "Mapping" in types:
        yield "wrong_type", {"a": Nothing()}


def cases():
    for table in TABLES:
        for member in table["members"]:
            for code, value in wrong_values(member["given"]):
                yield pytest.param(table, member["name"], code, value,
                                   id=f"{table['name']}-{member['name']}-{value!r:.12}")


def needed_by(table):
    return {member["name"]: GOOD.get(member["given"], ID) for member in table["members"]
            if member["required"] and table["kind"] == "value"}


@pytest.mark.parametrize("table, member, code, value", cases())
def test_a_wrong_value_is_refused_by_the_name_of_its_member(table, member, code, value):
    with pytest.raises(libtodo.InvalidValue) as caught:
        getattr(libtodo, table["name"])(**(needed_by(table) | {member: value}))
    assert caught.value.code == code
    assert f"{caught.value.field}/".startswith(f"/{member}/")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["name"])
def test_members_that_are_missing_or_unknown_are_refused_by_name(table):
    cls, needed = getattr(libtodo, table["name"]), needed_by(table)
    for name in needed:
        with pytest.raises(libtodo.InvalidValue) as caught:
            cls(**{other: value for other, value in needed.items() if other != name})
        assert (caught.value.code, caught.value.field) == ("missing", f"/{name}")
    with pytest.raises(libtodo.InvalidValue) as caught:
        cls(**needed, surprise=1)
    assert (caught.value.code, caught.value.field) == ("unknown_member", "/surprise")
