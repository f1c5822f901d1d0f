"""Values never change, are what was given, and refuse what would lose something."""

import copy
import datetime as dt
import enum
import pickle
import uuid
from zoneinfo import ZoneInfo

import libtodo
import pytest
from hypothesis import given, strategies as st
from libtodo import InvalidValue, Task

ID = "0190f7a0-0000-7000-8000-000000000001"
PARIS = ZoneInfo("Europe/Paris")
NEW_YEAR = dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)

FULL = Task(
    id=ID,
    title="Plan the week",
    notes="- now\n- then",
    priority="high",
    tags={"work", "plan"},
    blocked_by=["0190f7a0-0000-7000-8000-000000000002"],
    start=dt.date(2026, 11, 20),
    due=dt.datetime(2026, 11, 23, 9, tzinfo=PARIS),
    reminders=[
        libtodo.Reminder(trigger=libtodo.RelativeTrigger("due", dt.timedelta(minutes=-30))),
        libtodo.Reminder(trigger=libtodo.AbsoluteTrigger(NEW_YEAR)),
    ],
    recurrence=libtodo.Recurrence(rules=["FREQ=WEEKLY"], missed="next"),
    estimate=dt.timedelta(days=1, hours=2),
    attributes={"color": "red"},
)


def refused(code, field, make):
    with pytest.raises(InvalidValue) as caught:
        make()
    assert (caught.value.code, caught.value.field) == (code, field)


def test_a_member_is_what_was_given():
    assert FULL.id == uuid.UUID(ID)
    assert FULL.priority is libtodo.Priority.HIGH
    assert FULL.tags == {"work", "plan"}
    assert FULL.start == dt.date(2026, 11, 20) and type(FULL.start) is dt.date
    assert FULL.due == dt.datetime(2026, 11, 23, 9, tzinfo=PARIS)
    assert FULL.due.tzinfo.key == "Europe/Paris"
    assert FULL.estimate == dt.timedelta(days=1, hours=2)
    assert FULL.recurrence.rules == ("FREQ=WEEKLY",)
    assert FULL.recurrence.missed is libtodo.Missed.NEXT
    assert {type(reminder.trigger) for reminder in FULL.reminders} == {
        libtodo.RelativeTrigger,
        libtodo.AbsoluteTrigger,
    }
    assert dict(FULL.attributes) == {"color": "red"}


def test_a_new_task_gets_an_id_of_its_own():
    first, second = Task(title="a"), Task(title="a")
    assert first.id.version == second.id.version == 7
    assert first != second


@pytest.mark.parametrize("copied", [
    lambda value: pickle.loads(pickle.dumps(value)),
    copy.copy,
    copy.deepcopy,
    lambda value: type(value).from_json(value.to_json()),
    lambda value: value.replace(),
])
@pytest.mark.parametrize("value", [
    FULL,
    libtodo.TaskPatch(due=None, tags=libtodo.Change(add={"a"}, remove={"b"})),
    libtodo.Complete(ID, cascade=True),
    libtodo.Batch([libtodo.Skip(ID), libtodo.Reopen(ID)]),
    libtodo.Settings(zone="Europe/Paris", morning=dt.time(7, 30)),
    libtodo.Refusal(code="conflict", message="no", field="/a"),
], ids=lambda value: type(value).__name__)
def test_a_copy_is_equal_and_has_the_same_hash(value, copied):
    if isinstance(value, libtodo.TaskPatch) and not hasattr(value, "replace"):
        copied = copy.copy
    assert copied(value) == value
    assert hash(copied(value)) == hash(value)
    assert not copied(value) != value


def test_values_cannot_be_changed():
    for change in (lambda: setattr(FULL, "title", "x"), lambda: setattr(FULL, "new", 1),
                   lambda: delattr(FULL, "title"), lambda: FULL.attributes.update(a="b")):
        with pytest.raises(AttributeError):
            change()
    with pytest.raises(TypeError):
        type("Mine", (Task,), {})


def test_replace_leaves_the_original_as_it_is():
    assert FULL.replace(title="Other").title == "Other"
    assert FULL.title == "Plan the week"
    refused("wrong_type", "/title", lambda: FULL.replace(title=None))


def test_a_command_is_one_of_its_base_class_and_can_be_matched():
    match libtodo.Command.from_json(libtodo.Complete(ID).to_json()):
        case libtodo.Complete(task, cascade):
            assert (task, cascade) == (uuid.UUID(ID), False)
        case other:
            pytest.fail(f"{other!r}")
    assert isinstance(libtodo.Complete(ID), libtodo.Command)
    refused("wrong_type", "", lambda: libtodo.Skip.from_json(libtodo.Complete(ID).to_json()))


def test_what_names_a_task_may_be_the_task():
    assert Task(title="b", parent=FULL).parent == FULL.id
    assert libtodo.Complete(FULL) == libtodo.Complete(ID)


def test_names_compare_by_their_place_and_are_texts():
    low, high = libtodo.Priority.LOW, libtodo.Priority.HIGH
    assert low < high and high >= "medium" and sorted([high, low]) == [low, high]
    assert low == "low" and f"{low}" == "low" and isinstance(low, enum.Enum)
    with pytest.raises(TypeError):
        low < "lowest"


def test_a_patch_is_a_mapping_of_what_it_sets():
    patch = libtodo.TaskPatch(title="x", due=None)
    assert dict(patch) == {"title": "x", "due": None}
    assert list(patch) == ["title", "due"] and len(patch) == 2 and "notes" not in patch
    with pytest.raises(KeyError):
        patch["notes"]
    assert libtodo.TaskPatch(attributes={"a": "b"}).to_json() == '{"attributes":[["a","b"]]}'
    change = libtodo.Change(add={"a": "b"}, remove=["c"])
    assert libtodo.TaskPatch(attributes=change).to_json() == '{"attributes":{"a":"b","c":null}}'


def test_a_rule_is_its_canonical_text():
    rule = libtodo.Rule("INTERVAL=2;FREQ=WEEKLY")
    assert rule == "FREQ=WEEKLY;INTERVAL=2" and repr(rule) == "Rule('FREQ=WEEKLY;INTERVAL=2')"
    assert pickle.loads(pickle.dumps(rule)) == rule
    refused("malformed", "", lambda: libtodo.Rule("FREQ=OFTEN"))
    with pytest.raises(libtodo.Unsupported):
        libtodo.Rule("FREQ=YEARLY;BYWEEKNO=1")


WRONG = {
    "/title": [None, 1, b"x", "\ud800"],
    "/priority": [2, "highest", None],
    "/tags": ["work", {"a": 1}, [1], ["a", "A"], 5],
    "/parent": [1, "x", uuid.UUID(int=0)],
    "/due": ["2026-11-23", 1, dt.time(9), NEW_YEAR.replace(microsecond=1),
             NEW_YEAR.replace(tzinfo=dt.timezone(dt.timedelta(hours=1))),
             dt.datetime(2026, 10, 25, 2, 30, fold=1)],
    "/reminders": [[1], [FULL]],
    "/recurrence": [1, "FREQ=NEVER", "weekly"],
    "/estimate": [60, dt.timedelta(microseconds=1)],
    "/attributes": [{"a": 1}, {1: "a"}, [("a", "b")]],
    "/created_at": [dt.datetime(2026, 1, 1), dt.date(2026, 1, 1), NEW_YEAR.astimezone(PARIS),
                    NEW_YEAR.replace(microsecond=1)],
    "/nothing": [1],
}


@pytest.mark.parametrize("field, value", [
    pytest.param(field, value, id=f"{field}-{index}")
    for field, values in WRONG.items() for index, value in enumerate(values)
])
def test_a_wrong_member_is_refused_by_name(field, value):
    with pytest.raises(InvalidValue) as caught:
        Task(**{field[1:]: value})
    assert caught.value.field.startswith(field)
    assert isinstance(caught.value, (TypeError, libtodo.TodoError))
    assert caught.value.message


def test_the_first_wrong_member_of_the_table_is_named():
    refused("wrong_type", "/title", lambda: Task(nothing=1, notes=2, title=3))


def test_a_datetime_in_utc_is_in_the_zone_utc():
    due = dt.datetime(2026, 1, 1, 12, tzinfo=dt.timezone.utc)
    assert Task(title="a", due=due).due == due
    assert Task(title="a", due=due).due.tzinfo == ZoneInfo("UTC")


TIMES = st.datetimes().map(lambda time: time.replace(microsecond=0, fold=0))
ZONES = st.sampled_from(["Europe/Paris", "America/New_York", "UTC"]).map(ZoneInfo)
WHENS = st.one_of(
    st.dates(), TIMES, st.builds(lambda time, zone: time.replace(tzinfo=zone), TIMES, ZONES)
)


@given(WHENS)
def test_a_date_or_time_comes_back_as_it_was(when):
    back = Task(title="a", due=when).due
    assert type(back) is type(when) and back == when
    assert getattr(back, "tzinfo", None) == getattr(when, "tzinfo", None)
    assert libtodo.parse_when(libtodo.format_when(when)) == when


@given(st.timedeltas().map(lambda long: dt.timedelta(days=long.days, seconds=long.seconds)))
def test_a_duration_comes_back_as_it_was(duration):
    assert libtodo.parse_duration(libtodo.format_duration(duration)) == duration


@given(st.text())
def test_text_comes_back_as_it_was(text):
    assert Task(title=text).title == text
    assert Task.from_json(Task(title=text).to_json()).title == text
