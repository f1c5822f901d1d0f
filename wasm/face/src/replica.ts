import type { Progress } from "./calls.js";
import { Engine } from "./engine.js";
import type { Command, Entry, Request } from "./model.js";
import { Workspace, type WorkspaceOptions } from "./workspace.js";

/**
 * Tasks whose journal a server keeps. What is asked shows at once and is pending until an entry of
 * the journal settles it: send `requests()`, and `commit` the entries that come back.
 */
export class Replica extends Workspace {
  private constructor(engine: Engine, options: WorkspaceOptions) {
    super(engine, options);
  }

  static async create(options: WorkspaceOptions = {}): Promise<Replica> {
    return new Replica(await Engine.create(options), options);
  }

  /**
   * Gives the entry as it is foreseen: whatever comes first may change it. What is refused here is
   * not asked of the journal.
   */
  override apply(command: Command, now = this.now()): Entry {
    const entry = this.ask(command, now, true);
    this.history.add(entry);
    this.tell([entry]);
    return entry;
  }

  /** Asks again what was asked before this replica was made; skips what the journal has. */
  askAgain(requests: Request[]): void {
    for (const request of requests) {
      if ((request.context.mutation.number ?? 0) <= this.lastNumber) continue;
      const entry = this.call("ask", { request });
      if (entry) this.history.add(entry);
    }
  }

  /** What is not known to be in the journal, oldest first. */
  requests(): Request[] {
    return this.call("requests", {});
  }

  get pending(): number {
    return this.state().pending;
  }

  get lastNumber(): number {
    return this.state().last_number;
  }

  /** The journal goes on with `entries`: those known are skipped; it stops at a gap. */
  commit(entries: Entry[]): Required<Progress> {
    const before = this.seq;
    const progress = this.call("commit", { entries });
    const fresh = entries.filter(({ seq }) => seq > before && seq <= progress.seq);
    for (const entry of fresh) this.history.add(entry);
    this.tell(fresh);
    return { settled: [], ...progress };
  }
}
