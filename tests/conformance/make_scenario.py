#!/usr/bin/env python3
"""Writes a long scenario for the operation "workspace": commands of every kind, most of them right.

    python3 tests/conformance/make_scenario.py > tests/vectors/scenario.jsonl
    python3 tests/conformance/compare.py --only scenario --accept build/dev/tests/todo-conformance
"""

import json
import random

STEPS = 200
rng = random.Random(20261123)


class Scenario:
    def __init__(self):
        self.minutes = 0
        self.made = 0
        self.tasks = []
        self.projects = []
        self.filters = []
        self.reminders = []  # (task, reminder)
        self.steps = []

    def new_id(self):
        self.made += 1
        return f"0198c5a2-7b1e-7c3d-9a4f-{self.made:012x}"

    def now(self):
        return f"2026-03-{20 + self.minutes // 1440:02}T" \
               f"{self.minutes // 60 % 24:02}:{self.minutes % 60:02}:00Z"

    def when(self):
        day = f"2026-03-{rng.randint(20, 31)}"
        return rng.choice([day, f"{day}T02:30:00", f"{day}T02:30:00[Europe/Paris]"])

    def recurrence(self):
        rule = rng.choice(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,FR", "FREQ=MONTHLY;BYMONTHDAY=-1",
                           "FREQ=DAILY;COUNT=2", "FREQ=WEEKLY;UNTIL=20260401"])
        return {"rules": [rule], "missed": rng.choice(["keep", "next", "collapse"]),
                "repeat_from": rng.choice(["schedule", "completion"])}

    def task(self):
        task = {"id": self.new_id(), "title": f"Task {self.made} für Zoë 😀"}
        if rng.random() < .6:
            task["due"] = self.when()
            if rng.random() < .5:
                task["recurrence"] = self.recurrence()
            if rng.random() < .4:
                reminder = self.new_id()
                task["reminders"] = [{"id": reminder,
                                      "trigger": {"type": "relative", "offset": "-PT30M"}}]
                self.reminders.append((task["id"], reminder))
        if self.tasks and rng.random() < .15:
            task["parent"] = rng.choice(self.tasks)
        if self.projects and rng.random() < .2:
            task["project"] = rng.choice(self.projects)
        if rng.random() < .4:
            task["tags"] = rng.sample(["home", "work", "Ärger", "a/b"], 2)
        if rng.random() < .2:
            task["attributes"] = {"wait": "2026-04-01", "uda": "x"}
        self.tasks.append(task["id"])
        return task

    def patch(self):
        members = {"title": f"Edited at {self.minutes}", "notes": "one\ntwo", "due": self.when(),
                   "priority": rng.choice(["none", "high", "urgent"]), "project": None,
                   "tags": rng.choice([{"add": ["new"], "remove": ["home"]}, ["only"], None]),
                   "attributes": {"uda": None, "k": "v"}, "estimate": "PT45M", "order": "a0V",
                   "blocked_by": [rng.choice(self.tasks)]}
        return {name: members[name] for name in rng.sample(sorted(members), rng.randint(1, 4))}

    def command(self):
        kind = rng.choices(
            ["create", "edit", "complete", "cancel", "reopen", "skip", "remove", "restore",
             "create_project", "edit_project", "remove_project", "create_filter", "edit_filter",
             "remove_filter", "edit_settings", "snooze", "acknowledge", "advance", "batch"],
            [30, 25, 20, 4, 6, 8, 2, 4, 4, 2, 1, 2, 1, 1, 2, 4, 4, 4, 5])[0]
        return self.fill(kind) or {"type": "create", "task": self.task()}

    def fill(self, kind):
        """A command of this kind, None if there is nothing that it could be about."""
        command = {"type": kind}
        if kind == "create":
            command["task"] = self.task()
        elif kind == "batch":
            command["commands"] = [self.command() for _ in range(rng.randint(1, 3))]
        elif kind == "edit_settings":
            command["patch"] = {"zone": rng.choice(["Europe/Paris", "America/New_York", "Mars"])}
        elif kind == "create_project":
            command["project"] = {"id": self.new_id(), "name": f"Project {self.made}"}
            self.projects.append(command["project"]["id"])
        elif kind == "create_filter":
            command["filter"] = {"id": self.new_id(), "name": "Soon", "query": "due<=+7d #home"}
            self.filters.append(command["filter"]["id"])
        elif kind.endswith("_project") or kind.endswith("_filter"):
            verb, thing = kind.split("_")
            known = self.projects if thing == "project" else self.filters
            if not known:
                return None
            command[thing] = rng.choice(known)
            if verb == "edit":
                command["patch"] = {"name": f"Renamed {self.minutes}"}
        elif kind in ("snooze", "acknowledge"):
            if not self.reminders:
                return None
            command["task"], command["reminder"] = rng.choice(self.reminders)
            if kind == "snooze":
                command["until"] = "2026-04-02T08:00:00Z"
        elif not self.tasks:
            return None
        elif kind == "advance":
            command["tasks"] = sorted(set(rng.choices(self.tasks, k=3)))
        else:
            command["task"] = rng.choice(self.tasks[-12:])
            if kind == "edit":
                command["patch"] = self.patch()
            if kind in ("complete", "cancel"):
                command["cascade"] = rng.random() < .7
        return command

    def step(self):
        self.minutes += rng.randint(1, 90)
        if self.steps and rng.random() < .1:
            return {"now": self.now(), "undo": len(self.steps) - rng.randint(0, 3) or 1}
        return {"now": self.now(), "command": self.command()}


def main():
    scenario = Scenario()
    while len(scenario.steps) < STEPS:
        scenario.steps.append(scenario.step())
    line = {"op": "workspace", "commands": scenario.steps}
    print('{"in":' + json.dumps(line, separators=(",", ":"), ensure_ascii=False) + ',"out":{}}')


if __name__ == "__main__":
    main()
