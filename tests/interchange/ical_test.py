"""Tasks made by the Python library icalendar, then completed and edited through todoman."""

import json
import os
import subprocess
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from icalendar import Alarm, Calendar, Event, Timezone, Todo, vText

from importer import assert_twice_changes_nothing, id_of, import_text

PARIS = ZoneInfo("Europe/Paris")
STAMP = datetime(2026, 11, 1, tzinfo=timezone.utc)


def todo(uid: str, summary: str, **properties) -> Todo:
    one = Todo()
    one.add("uid", uid)
    one.add("summary", summary)
    one.add("dtstamp", STAMP)
    for name, value in properties.items():
        one.add(name.replace("_", "-"), value)
    return one


def alarm(trigger, **properties) -> Alarm:
    one = Alarm()
    one.add("trigger", trigger)
    for name, value in {"action": "DISPLAY", **properties}.items():
        one.add(name, value)
    return one


def calendar(*components) -> Calendar:
    whole = Calendar()
    whole.add("prodid", "-//tests//")
    whole.add("version", "2.0")
    for component in components:
        whole.add_component(component)
    return whole


def text_of(*components) -> str:
    return calendar(*components).to_ical().decode()


def rich_todo() -> Todo:
    """With everything that a VTODO may say, and a bit more."""
    one = todo("rich@tests", "Ein Fest, groß; und \\ schön 🎉" + " lang" * 40,
               description="Erste Zeile\nZweite; Zeile, mit Komma", status="IN-PROCESS",
               priority=4, percent_complete=30, categories=["Home", "Büro groß"],
               dtstart=datetime(2027, 3, 1, 9, 0, tzinfo=PARIS),
               due=datetime(2027, 3, 5, 18, 30, tzinfo=PARIS),
               created=STAMP, last_modified=datetime(2026, 11, 2, 8, 30, tzinfo=timezone.utc),
               sequence=7, location="Köln", url="https://example.org/a?b=c", organizer="mailto:a@b",
               comment=["eins", "zwei"], contact="Ann", resources="Beamer", geo=(50.9, 6.9),
               x_own="own;value", color="red")
    one["class"] = vText("PRIVATE")
    one.add("attendee", "mailto:bob@example.org", parameters={"CN": "Bob; der", "ROLE": "CHAIR"})
    one.add_component(alarm(timedelta(minutes=-15), description="weckt"))
    one.add_component(alarm(timedelta(hours=-1), repeat=2, duration=timedelta(minutes=5)))
    one.add_component(alarm(datetime(2027, 3, 4, 7, 0, tzinfo=timezone.utc), action="AUDIO"))
    return one


def checks_of(task: dict, component: Todo) -> dict:
    """What says that a property was taken over as it is."""
    def instant(name):
        return component[name].dt.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    def when(name):
        value = component[name].dt
        if not isinstance(value, datetime):
            return value.isoformat()
        zone = "UTC" if value.utcoffset() == timedelta(0) else "Europe/Paris"
        return value.strftime(f"%Y-%m-%dT%H:%M:%S[{zone}]")

    return {
        "UID": lambda: task["id"] == id_of(component["uid"]),
        "SUMMARY": lambda: task["title"] == component["summary"],
        "DESCRIPTION": lambda: task["notes"] == component["description"],
        "STATUS": lambda: {"NEEDS-ACTION": "open", "COMPLETED": "done",
                           "CANCELLED": "cancelled"}[component["status"]] == task["status"],
        "PRIORITY": lambda: task["priority"] == {0: "none", 1: "urgent", 3: "high", 5: "medium",
                                                 9: "low"}[component["priority"]],
        "CATEGORIES": lambda: set(task["tags"]) == set(map(str, component["categories"].cats)),
        "DTSTART": lambda: task["start"] == when("dtstart"),
        "DUE": lambda: task["due"] == when("due"),
        "COMPLETED": lambda: task["completed_at"] == instant("completed"),
        "CREATED": lambda: task["created_at"] == instant("created"),
        "LAST-MODIFIED": lambda: task["updated_at"] == instant("last-modified"),
        "RELATED-TO": lambda: task["parent"] == id_of(component["related-to"]),
        "RRULE": lambda: task["recurrence"]["rules"] == [component["rrule"].to_ical().decode()],
    }


def assert_accounted_for(text: str) -> int:
    """Each property of each task has a row, or is what the task says. How many there are."""
    imported = import_text("ical", text)
    count = 0
    for component in Calendar.from_ical(text).walk("VTODO"):
        uid = str(component["uid"])
        task = imported.task(uid)
        checks = checks_of(task, component)
        for name, value in component.property_items(recursive=False, sorted=False):
            if name in ("BEGIN", "END"):
                continue
            count += 1
            rows = imported.rows(uid, name)
            assert rows or (name in checks and checks[name]()), (name, value, task)
            if any(row["fate"] == "kept" for row in rows):
                prefix = "ical." + name.lower()
                assert any(key.startswith(prefix) for key in task["attributes"]), (name, task)
        for number, part in enumerate(component.walk("VALARM"), 1):
            for name, _ in part.property_items(recursive=False, sorted=False):
                is_told = imported.rows(uid, f"VALARM.{number}.{name}")
                assert is_told or name in ("BEGIN", "END", "TRIGGER"), (name, imported.losses)
    return count


def test_every_property_is_accounted_for():
    others = [todo("a@tests", "Open", status="NEEDS-ACTION", priority=1, due=date(2027, 1, 2)),
              todo("b@tests", "Done", status="COMPLETED", percent_complete=100,
                   completed=datetime(2026, 11, 3, 10, 0, tzinfo=timezone.utc)),
              todo("c@tests", "Cancelled", status="CANCELLED", priority=9, related_to="a@tests",
                   last_modified=STAMP),
              todo("d@tests", "Weekly", due=datetime(2027, 1, 4, 9, 0, tzinfo=PARIS),
                   rrule={"freq": "weekly", "count": 5}),
              todo("e@tests", "Odd rule", due=date(2027, 1, 4),
                   rrule={"freq": "yearly", "byeaster": 1})]
    assert assert_accounted_for(text_of(rich_todo(), *others)) > 45


def test_what_a_rich_task_says_is_there():
    imported = import_text("ical", text_of(rich_todo()))
    task = imported.task("rich@tests")
    assert task["title"].startswith("Ein Fest, groß; und \\ schön 🎉 lang")
    assert task["notes"] == "Erste Zeile\nZweite; Zeile, mit Komma"
    assert task["priority"] == "high"
    assert sorted(task["tags"]) == ["Büro-groß", "Home"]
    assert task["due"] == "2027-03-05T18:30:00[Europe/Paris]"
    kept = task["attributes"]
    assert kept["ical.status"] == "IN-PROCESS"
    assert kept["ical.priority"] == "4"
    assert kept["ical.percent-complete"] == "30"
    assert kept["ical.location"] == "Köln"
    assert (kept["ical.comment"], kept["ical.comment.2"]) == ("eins", "zwei")
    assert kept["ical.attendee"] == ';CN="Bob; der";ROLE=CHAIR:mailto:bob@example.org'
    triggers = sorted(str(reminder["trigger"]) for reminder in task["reminders"])
    assert [("-PT15M" in text, "-PT1H" in text, "2027-03-04T07:00:00Z" in text)
            for text in triggers].count((False, False, False)) == 0
    assert len(triggers) == 3
    assert {"kept"} == imported.fates("rich@tests", "VALARM.2.REPEAT")


def test_other_components_are_said_to_be_left_out():
    event = Event()
    event.add("uid", "event@tests")
    zone = Timezone()
    zone.add("tzid", "Europe/Paris")
    imported = import_text("ical", text_of(zone, event, todo("a@tests", "Only one")))
    assert len(imported.tasks) == 1
    assert imported.fates("event@tests", "VEVENT") == {"dropped"}
    assert imported.fates("", "VTIMEZONE") == {"derived"}


def test_importing_twice_changes_nothing():
    child = todo("child@tests", "Child", related_to="rich@tests")
    weekly = todo("weekly@tests", "Weekly", due=date(2027, 1, 4), rrule={"freq": "weekly"})
    assert_twice_changes_nothing("ical", text_of(child, rich_todo(), weekly))


def test_a_child_may_stand_before_its_parent():
    text = text_of(todo("grandchild@tests", "Sand", related_to="child@tests"),
                   todo("child@tests", "Paint", related_to="parent@tests"),
                   todo("parent@tests", "Renovate"))
    imported = import_text("ical", text)
    assert imported.task("grandchild@tests")["parent"] == id_of("child@tests")
    assert imported.task("child@tests")["parent"] == id_of("parent@tests")


class Todoman:
    """One with its own calendars."""

    def __init__(self, folder):
        self.list = folder / "calendars" / "own"
        self.list.mkdir(parents=True)
        self.config = folder / "config.py"
        self.config.write_text(f'path = "{folder}/calendars/*"\n'
                               f'cache_path = "{folder}/cache.sqlite3"\n'
                               'date_format = "%Y-%m-%d"\ntime_format = "%H:%M"\n'
                               'default_list = "own"\n')
        self.env = os.environ | {"TZ": "Europe/Paris", "LC_ALL": "C.UTF-8", "HOME": str(folder)}

    def __call__(self, *arguments: str) -> str:
        command = ["/usr/bin/todoman", "--config", str(self.config), *arguments]
        return subprocess.run(command, env=self.env, stdout=subprocess.PIPE, check=True,
                              stdin=subprocess.DEVNULL, timeout=60).stdout.decode()

    def put(self, component: Todo) -> None:
        (self.list / f"{component['uid']}.ics").write_bytes(calendar(component).to_ical())

    def id_of(self, summary: str) -> str:
        tasks = json.loads(self("--porcelain", "list"))
        return next(str(task["id"]) for task in tasks if task["summary"] == summary)

    def text(self) -> str:
        """All that it has written, one calendar after the other."""
        return "".join(path.read_bytes().decode() for path in sorted(self.list.glob("*.ics")))


@pytest.fixture
def todoman(tmp_path) -> Todoman:
    return Todoman(tmp_path)


def calendars_in(text: str) -> list[str]:
    return [part + "END:VCALENDAR\r\n" for part in text.split("END:VCALENDAR\r\n")[:-1]]


def test_what_todoman_completed_and_edited_is_accounted_for(todoman):
    todoman.put(todo("weekly@tests", "Weekly", due=datetime(2026, 11, 2, 9, 0, tzinfo=PARIS),
                     rrule={"freq": "weekly"}, x_own="own", description="Notizen",
                     categories=["Home"]))
    todoman.put(todo("plain@tests", "Plain", due=date(2027, 1, 5), url="https://example.org"))
    rich = rich_todo()
    rich["summary"] = vText("Rich")
    todoman.put(rich)
    todoman("done", todoman.id_of("Weekly"))
    todoman("edit", "--due", "2027-02-01 10:00", "--priority", "high", "--location", "Köln",
            todoman.id_of("Plain"))
    todoman("new", "--list", "own", "--due", "2027-01-01", "Neu — im Jahr")

    text = todoman.text()
    assert sum(assert_accounted_for(part) for part in calendars_in(text)) > 40
    assert_twice_changes_nothing("ical", text)


def test_what_todoman_makes_of_a_recurring_task(todoman):
    """It closes the task without its rule, and writes another one with a new UID, in UTC."""
    todoman.put(todo("weekly@tests", "Weekly", due=datetime(2026, 11, 2, 9, 0, tzinfo=PARIS),
                     rrule={"freq": "weekly"}))
    todoman("done", todoman.id_of("Weekly"))
    imported = import_text("ical", todoman.text())
    done = imported.task("weekly@tests")
    successor, = [task for task in imported.tasks.values() if task != done]
    assert done["status"] == "done" and "recurrence" not in done
    assert done["due"] == "2026-11-02T08:00:00[UTC]"
    assert successor["status"] == "open"
    assert successor["due"] == "2026-11-09T08:00:00[UTC]"
    assert successor["recurrence"]["rules"] == ["FREQ=WEEKLY"]
