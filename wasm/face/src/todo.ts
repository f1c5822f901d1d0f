import { Engine } from "./engine.js";
import { instantOf } from "./instant.js";
import type { Command, Entry } from "./model.js";
import { Workspace, accepted, type WorkspaceOptions } from "./workspace.js";

/** Tasks that live here: what is asked is done at once. Keep `snapshot()` to go on from later. */
export class Todo extends Workspace {
  private constructor(engine: Engine, options: WorkspaceOptions) {
    super(engine, options);
  }

  static async create(options: WorkspaceOptions = {}): Promise<Todo> {
    return new Todo(await Engine.create(options), options);
  }

  override apply(command: Command, now = this.now()): Entry {
    const entry = this.#settle(command, now);
    this.history.add(entry);
    this.tell([entry]);
    return accepted(entry);
  }

  /** When to call `advance` next; `null` if nothing is to come. */
  get nextDue(): Date | null {
    const due = this.call("next_due", {});
    return due === null ? null : new Date(due);
  }

  /** Fires the reminders that are due, and erases what was removed over 30 days ago. */
  advance(now = this.now()): Entry[] {
    const entries: Entry[] = [];
    for (;;) {
      const tasks = this.call("due", { now: instantOf(now), limit: 100 });
      if (tasks.length === 0) return entries;
      const entry = this.#settle({ type: "advance", tasks }, now);
      this.tell([entry]);
      if (!accepted(entry).events) return entries;
      entries.push(entry);
    }
  }

  #settle(command: Command, now: Date): Entry {
    const entry = this.ask(command, now);
    this.call("settle", {});
    return entry;
  }
}
