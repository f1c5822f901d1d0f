// One page's replica: loaded from the server, written by one tab, begun again if it has to be.
import { Replica, TodoError, type Entry, type Request } from "libtodo";
import { EngineError, type Applied, type Health, type Notice, type Opened } from "./api";
import { readDevice, writeDevice } from "./device";
import type { Command, Mutation, Task, TaskId, When } from "./model";
import { said } from "./replica_core";
import { sayCommand } from "./sentences";
import { Unreachable, readSnapshot } from "./server";
import { Sync } from "./sync";
import { becomeWriter, waitToWrite } from "./writer";

const health = (state: Health["state"], says: string): Notice => ({
  type: "health",
  health: { state, says },
});
const elsewhere = health("other_tab", "Open in another tab");
const longestRetryMs = 5_000;
const revivalMs = 60_000;

export class PageSession {
  readonly opened: Promise<Opened>;
  #hasOpened!: (opened: Opened) => void;
  #opening: Promise<Opened> | undefined;
  #replica: Replica | undefined;
  #sync: Sync | undefined;
  #writes: Awaited<ReturnType<typeof becomeWriter>> = "not yet";
  #unsettled: Request[] = []; // outlives a replica that has stopped
  #revivedAt = -revivalMs;
  readonly #says = new Map<number, string>(); // of each mutation of this page
  readonly #listeners = new Set<(notice: Notice) => void>();

  constructor() {
    this.opened = new Promise((resolve) => (this.#hasOpened = resolve));
  }

  open(): Promise<Opened> {
    this.#opening ??= this.#begin();
    return this.#opening;
  }

  subscribe(listener: (notice: Notice) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** An engine that has stopped, for want of memory, begins again from what the server has. */
  ask<T>(question: (replica: Replica) => T): T {
    const replica = this.#replica;
    if (!replica) throw new EngineError("unavailable", "Your tasks are not here yet");
    return said(() => {
      try {
        return question(replica);
      } catch (error) {
        if (error instanceof TodoError && error.code === "unavailable") this.#revive(error);
        throw error;
      }
    });
  }

  apply(command: Command, today: string): Applied {
    const task = taskOf(command);
    const before = task === null ? null : this.ask((replica) => replica.get(task));
    const says = (entry: Entry) => sayCommand(command, before, today, nextOf(before, entry));
    return this.#do((replica) => replica.apply(command), says, task);
  }

  undo(mutation: Mutation): Applied {
    const done = this.#says.get(mutation.number);
    const says = done ? `Undone: ${done}` : "Undone";
    return this.#do(
      (replica) => replica.undo(mutation),
      () => says,
      null,
    );
  }

  #do(
    act: (replica: Replica) => Entry,
    say: (entry: Entry) => string,
    task: TaskId | null,
  ): Applied {
    if (this.#writes === "not yet")
      throw new EngineError("unavailable", "Tasks are changed in another tab");
    const entry = this.ask(act);
    this.#unsettled = this.ask((replica) => replica.requests());
    this.#sync?.nudge();
    const { mutation } = entry.context;
    if (!entry.events?.length) return { mutation: null, says: "Nothing has changed", task };
    const says = say(entry);
    this.#says.set(mutation.number, says);
    return { mutation, says, task };
  }

  async #begin(): Promise<Opened> {
    this.#writes = await becomeWriter();
    if (this.#writes === "not yet") waitToWrite(() => this.#later(() => this.#takeOver()));
    const opened = await this.#load();
    this.#hasOpened(opened);
    return opened;
  }

  async #takeOver(): Promise<void> {
    await this.opened;
    this.#writes = "alone";
    await this.#load();
  }

  #revive(reason: TodoError): void {
    const now = performance.now();
    if (now - this.#revivedAt < revivalMs) return this.#fail(reason);
    this.#revivedAt = now;
    this.#later(() => this.#load());
  }

  async #load(): Promise<Opened> {
    this.#sync?.stop();
    const { lineage, snapshot } = await this.#untilReached(readSnapshot);
    const own = this.#unsettled[0]?.context.mutation.device;
    const kept = this.#writes === "alone" ? await readDevice() : null;
    const open = (device?: string) =>
      Replica.create({ snapshot, origin: "web", ...(device && { device }) });
    let replica = await open(own ?? kept?.id);
    // What was sent before this page, and is not in the journal, may still come to it: its numbers
    // are taken.
    if (!own && kept && replica.lastNumber < kept.number) replica = await open();
    replica.askAgain(this.#unsettled);
    await this.#follow(replica, lineage);
    return { lineage };
  }

  async #follow(replica: Replica, lineage: string): Promise<void> {
    const device = { id: replica.device, number: replica.lastNumber };
    const lasts = this.#writes === "alone" && (await writeDevice(device));
    this.#replica?.dispose();
    this.#replica = replica;
    replica.subscribe(() => this.#tell({ type: "changed" }));
    const keep = async (number: number): Promise<void> => {
      if (lasts && !(await writeDevice({ ...device, number }))) throw new Unreachable();
    };
    this.#sync = new Sync(
      { replica, lineage, keep },
      {
        health: (now) =>
          this.#tell(this.#writes === "not yet" ? elsewhere : { type: "health", health: now }),
        left: () => this.#later(() => this.#load()),
        replaced: () =>
          this.#tell(health("failed", "The server holds other tasks than before. Reload the page")),
      },
    );
    const sync = this.#sync;
    this.#later(() => sync.run());
    this.#tell({ type: "changed" });
  }

  async #untilReached<T>(read: () => Promise<T>): Promise<T> {
    for (let waitMs = 250; ; waitMs = Math.min(waitMs * 2, longestRetryMs)) {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
        this.#tell(health("offline", "Offline"));
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }

  #later(act: () => Promise<unknown>): void {
    act().catch((error: unknown) => this.#fail(error));
  }

  #fail(error: unknown): void {
    console.error(error);
    this.#tell(health("failed", "The engine stopped. Reload the page"));
  }

  #tell(notice: Notice): void {
    for (const listener of [...this.#listeners]) listener(notice);
  }
}

function taskOf(command: Command): TaskId | null {
  if (!("task" in command)) return null;
  return typeof command.task === "string" ? command.task : command.task.id;
}

// When the task comes again, if what was done to it made the next one.
function nextOf(before: Task | null, { events = [] }: Entry): When | null {
  for (const event of events) {
    if (!before || event.type !== "task_created") continue;
    if (event.task.series === (before.series ?? before.id)) return event.task.due ?? null;
  }
  return null;
}
