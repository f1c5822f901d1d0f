// Answers the reads of the page from the engine's core. Runs in the worker.
import {
  EngineError,
  type Core,
  type EngineClient,
  type EmptyState,
  type Found,
  type ListAsk,
  type ListPage,
  type Places,
  type Row,
  type Section,
  type View,
} from "./api";
import { addDays, count, dateOf, timeOf } from "./dates";
import { dueMenu, repeatMenu } from "./menus";
import type { Task } from "./model";
import { cardOf, lookAt, ownerTime, rowOf, type Scene } from "./present";
import { cut, quoted } from "./quote";
import { dayHeading, emptyText, planOf, queryOf, type Plan, type PlannedSection } from "./views";

export type Reader = Pick<
  EngineClient,
  "list" | "task" | "draft" | "places" | "dueMenu" | "repeatMenu" | "settings"
>;

export function createReader(core: Core): Reader {
  return {
    list: async (ask) => list(lookAt(core), ask),
    task: async (id) => {
      const task = isId(id) ? core.task(id) : null; // it may come from a mistyped address
      return task && cardOf(lookAt(core), task);
    },
    draft: async (task) => cardOf(lookAt(core), { ...unborn, ...task }),
    places: async () => places(lookAt(core)),
    dueMenu: async (due) => dueMenu(lookAt(core), due),
    repeatMenu: async (ask) => repeatMenu(lookAt(core), ask),
    settings: async () => core.settings(),
  };
}

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

// What a task is before anything is said of it.
const unborn = { id: "", status: "open", priority: "none" } as Task;

function list(scene: Scene, ask: ListAsk): ListPage {
  const plan = planOf(scene, ask.view, ask.sort);
  const counts = plan.sections.map(({ query }) =>
    countOf(scene, query, ask.view.type === "search"),
  );
  const total = counts.reduce((sum, number) => sum + number, 0);
  const page = read(scene, plan, ask, counts);
  return {
    heading: { ...plan.heading, summary: summary(ask.view, total, counts) },
    ...page,
    count: total,
    sorts: plan.sorts,
    adds: additionsIn(scene, ask.view),
    empty: emptyOf(scene, ask.view, plan.heading.title, total === 0),
  };
}

// A cursor is "2 abc": the third section, and the engine's cursor into it.
function read(
  scene: Scene,
  plan: Plan,
  ask: ListAsk,
  counts: number[],
): Pick<ListPage, "rows" | "sections" | "next"> {
  const reading: Reading = { scene, view: ask.view, rows: [], sections: [] };
  const { rows, sections } = reading;
  const [, start = "0", inner = ""] = /^(\d+) (.*)$/s.exec(ask.cursor ?? "") ?? [];
  let index = Number(start);
  let cursor: string | null = inner || null;
  while (index < plan.sections.length && rows.length < ask.limit) {
    const planned = plan.sections[index]!;
    const size = counts[index]!;
    const limit = Math.min(ask.limit - rows.length, mostAtOnce);
    const found = size > 0 ? search(scene, planned, { limit, cursor, view: ask.view }) : none;
    show(reading, planned, found.tasks, size);
    cursor = found.next;
    if (cursor === null) ++index;
  }
  const more = cursor !== null || counts.slice(index).some((size) => size > 0);
  return { rows, sections, next: more ? `${index} ${cursor ?? ""}` : null };
}

const mostAtOnce = 500;
const none: Found = { tasks: [], next: null, count: 0 };

interface Window {
  limit: number;
  cursor: string | null;
  view: View;
}

function search(scene: Scene, { query, sort }: PlannedSection, window: Window): Found {
  const { limit, cursor, view } = window;
  return scene.core.search({ query, sort, limit, cursor, typing: view.type === "search" });
}

interface Reading {
  scene: Scene;
  view: View;
  rows: Row[];
  sections: Section[];
}

function show(reading: Reading, planned: PlannedSection, tasks: Task[], size: number): void {
  const { scene, view, rows, sections } = reading;
  const project = view.type === "project" ? view.id : null;
  for (const task of tasks) {
    const day = planned.days ? dayOf(scene, task, planned.days) : null;
    const key = day ?? planned.key;
    if (sections.at(-1)?.key !== key) sections.push(headingOf(scene, planned, day, size));
    rows.push(rowOf(scene, task, key, { day: day ?? planned.said, project }));
  }
}

function headingOf(
  scene: Scene,
  planned: PlannedSection,
  day: string | null,
  size: number,
): Section {
  const { key, tone } = planned;
  if (day !== null) return { key: day, title: dayHeading(day, scene.today), tone, count: null };
  if (planned.days) return { key, title: "No date", tone, count: null };
  return { key, title: planned.title, tone, count: size };
}

function dayOf(scene: Scene, task: Task, field: "due" | "completed_at"): string | null {
  if (field === "due") return task.due ? dateOf(ownerTime(scene, task.due)) : null;
  return task.completed_at ? dateOf(scene.core.local(task.completed_at)) : null;
}

const countOf = (scene: Scene, query: string, typing = false): number =>
  scene.core.search({ query, typing, sort: [], limit: 1, cursor: null, count: true }).count;

function summary(view: View, total: number, counts: number[]): string {
  if (total === 0) return "";
  if (view.type === "completed") return `${count(total, "task")} done.`;
  if (view.type === "search") return `${count(total, "task")} found.`;
  const late = view.type === "today" ? (counts[0] ?? 0) : 0;
  const ofThem = late === total ? "all" : String(late);
  return `${total.toLocaleString("en-GB")} to do${late ? `, ${ofThem} of them late` : ""}.`;
}

// A task added to a view must show up there.
function additionsIn(scene: Scene, view: View): ListPage["adds"] {
  switch (view.type) {
    case "today":
      return { due: scene.today };
    case "upcoming":
      return { due: addDays(scene.today, 1) };
    case "project":
      return scene.projects.has(view.id) ? { project: view.id } : {};
    case "tag":
      return { tags: [view.name] };
    default:
      return {};
  }
}

function emptyOf(scene: Scene, view: View, title: string, empty: boolean): EmptyState {
  const state = { ...emptyText(view, title), instead: null };
  if (!empty) return state;
  if (view.type === "project" && !scene.projects.has(view.id)) {
    return { ...state, title: "There is no such project", text: "It may have been removed." };
  }
  if (view.type === "today") return { ...state, text: tomorrow(scene) };
  if (view.type === "search") return { ...state, ...instead(scene, view.query) };
  return state;
}

// "Tomorrow has 4, the first at 08:30: “Tram to the dentist”."
function tomorrow(scene: Scene): string {
  const { tasks, count: size } = scene.core.search({
    query: "due:tomorrow",
    sort: ["due"],
    limit: 50,
    cursor: null,
    count: true,
  });
  const first = tasks.find((task) => task.due && timeOf(task.due)) ?? tasks[0];
  if (!first) return "Tomorrow has nothing yet.";
  const time = first.due ? timeOf(ownerTime(scene, first.due)) : "";
  const which = time ? `the first at ${time}` : "among them";
  return `Tomorrow has ${size}, ${which}: ${quoted(first.title ?? "")}.`;
}

// Which word of the query left out the most: "Without !high there are 6."
function instead(scene: Scene, query: string): Partial<EmptyState> {
  const words = query.match(/"[^"]*"|\S+/g) ?? [];
  const tries = words.slice(0, words.length < 2 ? 0 : 8).map((word, index) => {
    const rest = words.filter((_, other) => other !== index).join(" ");
    return { word, rest, size: tryCount(scene, rest) };
  });
  const best = tries.sort((a, b) => b.size - a.size)[0];
  if (best && best.size > 0) {
    const text = `Without ${best.word} there ${best.size === 1 ? "is 1" : `are ${best.size}`}.`;
    return { text, instead: { label: `Leave out ${cut(best.word)}`, query: best.rest } };
  }
  const closed = `${query} is:done`;
  const size = tryCount(scene, closed);
  if (size === 0) return {};
  const text = `No open task does. ${count(size, "completed task")} ${size === 1 ? "does" : "do"}.`;
  return { text, instead: { label: "See completed ones", query: closed } };
}

// Part of a query may be none.
function tryCount(scene: Scene, query: string): number {
  try {
    return countOf(scene, query);
  } catch (error) {
    if (error instanceof EngineError) return 0;
    throw error;
  }
}

function places(scene: Scene): Places {
  const open = (view: View) => countOf(scene, queryOf(scene, view));
  const projects = [...scene.projects.values()].map(({ id, name = "", order = "" }) => ({
    id,
    name,
    order,
  }));
  projects.sort((a, b) => compare(a.order, b.order) || compare(a.name, b.name));
  return {
    today: open({ type: "today" }),
    upcoming: open({ type: "upcoming" }),
    inbox: open({ type: "inbox" }),
    projects: projects.map(({ id, name }) => ({ id, name, open: open({ type: "project", id }) })),
    tags: scene.core.tags().sort((a, b) => b.open - a.open || compare(a.name, b.name)),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
