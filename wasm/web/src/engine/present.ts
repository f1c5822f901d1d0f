// How a task is shown: its row in a list and its detail. Pure; runs in the worker.
import type { Core, Row, ShownWhen, TaskCard } from "./api";
import {
  cityOf,
  count,
  dateOf,
  dayNumber,
  dayWord,
  distance,
  shortDate,
  spanText,
  timeOf,
  zoneOf,
} from "./dates";
import type { Instant, LocalTime, Project, ProjectId, Task, TaskId, When } from "./model";
import { quoted } from "./quote";
import { sayRecurrence, sayWhen } from "./sentences";

/** One moment, as the owner sees it, and what is known at it. */
export interface Scene {
  core: Core;
  now: Instant;
  /** On the owner's wall clock. */
  today: string;
  zone: string;
  projects: Map<string, Project>;
}

export function lookAt(core: Core): Scene {
  const now = core.now();
  return {
    core,
    now,
    today: dateOf(core.local(now)),
    zone: core.settings().zone,
    projects: new Map(core.projects().map((project) => [project.id, project])),
  };
}

/** On the owner's wall clock: "2026-11-23", or "2026-11-23T09:00:00". */
export function ownerTime(scene: Scene, when: When): string | LocalTime {
  return zoneOf(when) ? scene.core.local(scene.core.instant(when)) : when;
}

/** The day after which a date, or the instant after which a time, is late. */
export function isLate(scene: Scene, task: Task): boolean {
  if (task.status !== "open" || !task.due) return false;
  if (!timeOf(task.due)) return dateOf(task.due) < scene.today;
  return Date.parse(scene.core.instant(task.due)) < Date.parse(scene.now);
}

/** What the headings around a row say already. */
export interface Said {
  day: string | null;
  project: ProjectId | null;
}

export function rowOf(scene: Scene, task: Task, section: string, said: Said): Row {
  const elsewhere = task.project && task.project !== said.project;
  const project = elsewhere ? scene.projects.get(task.project!) : undefined;
  return {
    id: task.id,
    section,
    title: task.title ?? "",
    status: task.status,
    priority: task.priority,
    when: whenOf(scene, task, said.day),
    blocked: blockedOf(scene, task),
    repeats: task.recurrence ? sayRecurrence(task.recurrence, task.due ?? null, scene.today) : null,
    reminders: (task.reminders ?? []).length,
    estimate: task.estimate ? spanText(task.estimate) : null,
    notes: Boolean(task.notes),
    project: project?.name ?? null,
    tags: task.tags ?? [],
  };
}

export function whenOf(scene: Scene, task: Task, said: string | null): ShownWhen | null {
  if (task.status !== "open") return closedWhen(scene, task, said);
  if (!task.due) return null;
  const local = ownerTime(scene, task.due);
  if (isLate(scene, task)) return { text: lateness(scene, task.due, local), state: "late" };
  const date = dateOf(local);
  const time = timeOf(local);
  const day = date === said ? "" : dayWord(date, scene.today);
  const text = [day, time].filter(Boolean).join(", ");
  return text ? { text, state: date === scene.today ? "today" : "later" } : null;
}

function closedWhen(scene: Scene, task: Task, said: string | null): ShownWhen | null {
  if (!task.completed_at) return null;
  const local = scene.core.local(task.completed_at);
  const day = dateOf(local) === said ? "" : dayWord(dateOf(local), scene.today);
  const text = [day, timeOf(local)].filter(Boolean).join(", ");
  return { text, state: "closed" };
}

// "3 days late", "20 min late"; beyond a week the date says more.
function lateness(scene: Scene, due: When, local: string): string {
  const days = dayNumber(scene.today) - dayNumber(dateOf(local));
  if (days > 7) return shortDate(dateOf(local), scene.today);
  if (days > 0) return `${count(days, "day")} late`;
  const minutes = Math.floor(
    (Date.parse(scene.now) - Date.parse(scene.core.instant(due))) / 60_000,
  );
  if (minutes < 1) return "Now";
  return minutes < 60 ? `${minutes} min late` : `${Math.floor(minutes / 60)} h late`;
}

function blockedOf(scene: Scene, task: Task): string | null {
  const open = (id: TaskId) => scene.core.task(id)?.status === "open";
  const [first, ...others] = (task.blocked_by ?? []).filter(open);
  if (!first || task.status !== "open") return null;
  const title = quoted(scene.core.task(first)?.title ?? "");
  return `Waits for ${title}${others.length ? ` and ${others.length} more` : ""}`;
}

export function cardOf(scene: Scene, task: Task): TaskCard {
  return {
    task,
    removed: Boolean(task.deleted_at),
    project: (task.project && scene.projects.get(task.project)) || null,
    due: task.due ? dueOf(scene, task, task.due) : null,
    repeats: repeatsOf(scene, task),
    start: task.start ? sayWhen(ownerTime(scene, task.start), scene.today) : null,
    estimate: task.estimate ? spanText(task.estimate) : null,
    blocked: blockedOf(scene, task),
    history: historyOf(scene, task),
  };
}

function dueOf(scene: Scene, task: Task, due: When): NonNullable<TaskCard["due"]> {
  const local = ownerTime(scene, due);
  const late = isLate(scene, task);
  const elsewhere = zoneOf(due) !== "" && zoneOf(due) !== scene.zone;
  const there = elsewhere ? `${timeOf(due)} ${cityOf(zoneOf(due))} time` : "";
  const hint = there || (late ? lateness(scene, due, local) : distance(dateOf(local), scene.today));
  const text = sayWhen(local, scene.today);
  return { text, hint: hint === text ? "" : hint, late };
}

function repeatsOf(scene: Scene, task: Task): TaskCard["repeats"] {
  if (!task.recurrence) return null;
  const text = sayRecurrence(task.recurrence, task.due ?? null, scene.today);
  if (task.status !== "open" || !task.due || task.recurrence.repeat_from === "completion")
    return { text, then: "" };
  const next = scene.core.occurrences(task.recurrence, task.due, task.due, 3);
  const dates = next.map((when) => shortDate(dateOf(when), scene.today)).join(", ");
  return { text, then: dates ? `Then ${dates}` : "This is the last one" };
}

function historyOf(scene: Scene, task: Task): string {
  const at = (instant: Instant) => {
    const local = scene.core.local(instant);
    return `${lowerWord(dayWord(dateOf(local), scene.today))}, ${timeOf(local)}`;
  };
  if (task.completed_at && task.status !== "open") {
    return `${task.status === "done" ? "Completed" : "Cancelled"} ${at(task.completed_at)}`;
  }
  return task.created_at ? `Created ${at(task.created_at)}` : "";
}

const lowerWord = (text: string): string =>
  text.replace(/^(Today|Tomorrow|Yesterday)/, (word) => word.toLowerCase());
