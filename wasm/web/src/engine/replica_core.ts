// The engine's core as the page reads it, over the replica in this worker.
import { TodoError, type Replica } from "libtodo";
import { EngineError, type Core } from "./api";

export type Ask = <T>(question: (replica: Replica) => T) => T;

export function createCore(ask: Ask): Core {
  return {
    now: () => new Date().toISOString(),
    settings: () => ask((tasks) => tasks.settings()),
    zones: () => ask((tasks) => tasks.zones()),
    instant: (when) => ask((tasks) => tasks.instants([when])[0]!),
    local: (at) => ask((tasks) => tasks.localTimes([withoutZeros(at)])[0]!),
    task: (id) => ask((tasks) => tasks.get(id)),
    projects: () => ask((tasks) => tasks.projects()),
    tags: () => ask((tasks) => tasks.tags()),
    search: ({ query, typing = false, sort, limit, cursor }) =>
      ask((tasks) => {
        const order = sort.join(",");
        const options = { sort: order, limit: Math.max(limit, 1), cursor, typing, count: true };
        const { tasks: found, next, total = 0 } = tasks.page(query, options);
        return limit > 0
          ? { tasks: found, next, count: total }
          : { tasks: [], next: null, count: total };
      }),
    occurrences: (recurrence, date, after, limit) =>
      ask((tasks) =>
        tasks.occurrences(recurrence, { date, limit, ...(after === null ? {} : { after }) }),
      ),
  };
}

// The engine writes an instant without milliseconds if they are zero, and reads no other way.
const withoutZeros = (instant: string): string => instant.replace(".000Z", "Z");

/** What the engine says no to, as the page hears it. */
export function said<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof TodoError)) throw error;
    throw new EngineError(error.code, error.message, error.field);
  }
}
