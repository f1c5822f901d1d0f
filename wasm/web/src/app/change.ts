// What an editor sets on a task, and the patch that says it to the engine.
import { dateOf, moveTo } from "../engine/dates";
import type { Priority, ProjectId, Recurrence, Task, TaskPatch, When } from "../engine/model";

/** `null` clears. Tags are given whole. */
export interface Change {
  title?: string;
  notes?: string;
  priority?: Priority;
  tags?: string[];
  project?: ProjectId | null;
  due?: When | null;
  recurrence?: Recurrence | null;
}

/** Tags travel as what came and what went, so that two devices can add one each. */
export function patchOf(task: Task, change: Change): TaskPatch {
  const { tags, ...others } = change;
  const rest = { ...others, ...seriesAt(task, change) };
  if (!tags) return rest as TaskPatch;
  const before = task.tags ?? [];
  const add = tags.filter((tag) => !before.includes(tag));
  const remove = before.filter((tag) => !tags.includes(tag));
  const parts = { ...(add.length && { add }), ...(remove.length && { remove }) };
  return { ...rest, tags: parts } as TaskPatch;
}

// Another date is that of this occurrence alone, but another time of day is that of the series: the
// next one would come back at the old time, or with none.
function seriesAt({ recurrence }: Task, { due, recurrence: other }: Change): Change {
  const anchor = recurrence?.anchor;
  if (!anchor || !due || other !== undefined || recurrence.anchored_to !== "due") return {};
  if (due.slice(10) === anchor.slice(10)) return {};
  const moved = (when: When) => moveTo(due, dateOf(when));
  const { rdates = [], exdates = [] } = recurrence;
  const dates = { rdates: rdates.map(moved), exdates: exdates.map(moved) };
  return { recurrence: { ...recurrence, anchor: moved(anchor), ...dates } };
}

/** Of a task that is not there yet: what is cleared is not said. */
export function changed<T extends object>(task: T, change: Change): T {
  const entries = Object.entries({ ...task, ...change });
  return Object.fromEntries(entries.filter(([, value]) => value !== null)) as T;
}
