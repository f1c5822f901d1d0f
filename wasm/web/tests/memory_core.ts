// An engine for the tests of what is shown: a few tasks in memory, and the zones that they name by
// fixed offsets. It answers queries from a table, because how queries are read is not tested here.
import { EngineError, type Core, type Found, type Search } from "../src/engine/api";
import { zoneOf } from "../src/engine/dates";
import type { Project, Settings, Task } from "../src/engine/model";

export interface World {
  now?: string;
  zone?: string;
  tasks?: Task[];
  projects?: Project[];
  /** Which tasks, by id, answer a query. */
  answers?: Record<string, string[]>;
  occurrences?: string[];
}

const hoursEast: Record<string, number> = { UTC: 0, "Europe/Berlin": 1, "Asia/Tokyo": 9 };

export const id = (number: number): string =>
  `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;

export function task(number: number, members: Partial<Task> = {}): Task {
  return {
    id: id(number),
    title: `Task ${number}`,
    status: "open",
    priority: "none",
    ...members,
  } as Task;
}

export function memoryCore(world: World = {}): Core {
  const zone = world.zone ?? "Europe/Berlin";
  const tasks = new Map((world.tasks ?? []).map((each) => [each.id, each]));
  return {
    now: () => world.now ?? "2026-11-23T09:00:00Z",
    settings: () => ({ zone, locale: "en", week_start: "monday", morning: "09:00" }) as Settings,
    zones: () => Object.keys(hoursEast),
    instant: (when) => shift(`${local(when)}Z`, -hoursEast[zoneOf(when) || zone]!),
    local: (at) => shift(at, hoursEast[zone]!).slice(0, 19),
    task: (taskId) => tasks.get(taskId) ?? null,
    projects: () => world.projects ?? [],
    tags: () => [],
    search: (ask) => search(world, tasks, ask),
    occurrences: (_, __, ___, limit) => (world.occurrences ?? []).slice(0, limit),
  };
}

const local = (when: string): string =>
  when.length === 10 ? `${when}T00:00:00` : when.slice(0, 19);

const shift = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * 3_600_000).toISOString();

function search(world: World, tasks: Map<string, Task>, ask: Search): Found {
  const found = (world.answers?.[ask.query] ?? []).map((taskId) => tasks.get(taskId)!);
  if (ask.limit < 1 || ask.limit > 500) throw new EngineError("out_of_range", "1 to 500", "/limit");
  const from = Number(ask.cursor ?? 0);
  const end = from + ask.limit;
  return {
    tasks: found.slice(from, end),
    next: end < found.length ? String(end) : null,
    count: ask.count ? found.length : 0,
  };
}
