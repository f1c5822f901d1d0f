// One page's replica: loaded from the server, written by one tab, begun again if it has to be.
import { Replica, TodoError, type Snapshot } from "libtodo";
import { EngineError, type Health, type Notice, type Opened } from "./api";
import { Asked, type AskedAgain } from "./asked";
import { Backoff, Rest } from "./backoff";
import { Changes } from "./changes";
import { count } from "./dates";
import { readDevice, writeDevice, type Device } from "./device";
import { said } from "./replica_core";
import { Refused, Unreachable, readSnapshot } from "./server";
import { Sync, withWaiting, type Watcher } from "./sync";
import { becomeWriter, waitToWrite } from "./writer";

export interface SessionOptions {
  /** The most memory that the tasks may take, in MiB. */
  maxMemory?: number;
}

interface Loaded {
  lineage: string;
  snapshot: Snapshot;
  replica: Replica;
  /** Whether the device is another one than before, so that what waits is asked anew. */
  isAnew: boolean;
  keep(number: number): Promise<void>;
}

const elsewhere: Health = { state: "other_tab", says: "Open in another tab" };
const longLifeMs = 60_000;

export class PageSession {
  readonly opened: Promise<Opened>;
  readonly changes: Changes;
  #hasOpened!: (opened: Opened) => void;
  #opening: Promise<Opened> | undefined;
  #loading: Promise<unknown> = Promise.resolve();
  #replica: Replica | undefined;
  #lineage = "";
  #sync: Sync | undefined;
  #health: Health = { state: "loading", says: "Fetching your tasks" };
  #writes: Awaited<ReturnType<typeof becomeWriter>> = "not yet";
  #isOutOfStep = false; // the journal and the device count differently: another device goes on
  #isReviving = false;
  #mayHurry = true; // unless the server has said when
  #loadedAt = 0;
  readonly #deaths = new Backoff();
  readonly #rest = new Rest();
  readonly #asked = new Asked();
  readonly #options: SessionOptions;
  readonly #listeners = new Set<(notice: Notice) => void>();

  constructor(options: SessionOptions = {}) {
    this.#options = options;
    this.opened = new Promise((resolve) => (this.#hasOpened = resolve));
    this.changes = new Changes(this.#asked, {
      ask: (question) => this.ask(question),
      mayWrite: () => this.#mayWrite(),
      didAsk: () => this.#sync?.nudge(),
      didKeep: () => this.#mattersChanged(),
    });
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
        if (!hasStopped(error)) throw error;
        this.#revive();
        throw new EngineError("unavailable", "This tab ran out of memory: it begins again");
      }
    });
  }

  /** Somebody looks: what waits for a better time is tried now. */
  hurry(): void {
    if (this.#mayHurry) this.#rest.cut();
    this.#sync?.hurry();
  }

  #mayWrite(): void {
    if (this.#writes === "not yet")
      throw new EngineError("unavailable", "Tasks are changed in another tab");
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

  #revive(): void {
    if (this.#isReviving) return;
    this.#isReviving = true;
    this.#later(() => this.#load());
  }

  // One after the other: a later one may find more than the one before.
  #load(): Promise<Opened> {
    const load = this.#loading.then(() => this.#loadNow());
    this.#loading = load.catch(() => {});
    return load;
  }

  async #loadNow(): Promise<Opened> {
    this.#sync?.stop();
    if (performance.now() - this.#loadedAt > longLifeMs) this.#deaths.reset();
    while (true) {
      try {
        if (this.#isReviving) await this.#comeRound();
        this.#use(await this.#fetch());
        return { lineage: this.#lineage };
      } catch (error) {
        if (!hasStopped(error)) throw error;
        this.#isReviving = true;
      }
    }
  }

  async #comeRound(): Promise<void> {
    const waiting = this.#asked.unsettled.length;
    this.#tellHealth({ state: "loading", says: "Out of memory: beginning again", waiting });
    await this.#rest.for(this.#deaths.next());
  }

  async #fetch(): Promise<Loaded> {
    const { lineage, snapshot } = await this.#untilReached(readSnapshot);
    const kept = this.#writes === "alone" ? await readDevice() : null;
    const device = this.#isOutOfStep ? null : (this.#asked.device ?? kept);
    let replica = await this.#open(snapshot, device?.id);
    // What was sent before this page, and is not in the journal, may still come to it: its numbers
    // are taken. And another journal may have fewer.
    const isAnew = device === null || replica.lastNumber < device.number;
    if (device && isAnew) replica = await this.#open(snapshot);
    const number = isAnew
      ? replica.lastNumber
      : Math.max(replica.lastNumber, this.#asked.lastNumber);
    const keep = await this.#keeper({ id: replica.device, number });
    return { lineage, snapshot, replica, isAnew, keep };
  }

  #open(snapshot: Snapshot, device?: string): Promise<Replica> {
    return Replica.create({ ...this.#options, snapshot, origin: "web", ...(device && { device }) });
  }

  // Nothing in here waits, so that nothing done in the replica before is missed.
  #use({ lineage, snapshot, replica, isAnew, keep }: Loaded): void {
    const again = isAnew ? this.#asked.askAnew(replica, snapshot) : this.#asked.askAgain(replica);
    if (this.#lineage && lineage !== this.#lineage) this.#asked.matters.add(replaced(again));
    this.#lineage = lineage;
    this.#isOutOfStep = false;
    this.#isReviving = false;
    this.#loadedAt = performance.now();
    this.#replica?.dispose();
    this.#replica = replica;
    replica.subscribe(() => this.#tell({ type: "changed" }));
    const sync = new Sync({ replica, lineage, keep }, this.#watcher());
    this.#sync = sync;
    this.#later(() => sync.run());
    this.#tell({ type: "changed" });
  }

  // Gives how a number is kept from now on.
  async #keeper(device: Device): Promise<Loaded["keep"]> {
    const lasts = this.#writes === "alone" && (await writeDevice(device));
    return async (number) => {
      if (lasts && !(await writeDevice({ ...device, number }))) throw new Unreachable();
    };
  }

  #watcher(): Watcher {
    return {
      health: (now) => this.#tellHealth(now),
      settled: (answers) => {
        this.#asked.settle(answers);
        if (answers.some(({ refusal }) => refusal)) this.#tell({ type: "changed" });
      },
      rejected: (request, why) => {
        // A number out of place is no fault of what was asked.
        if (!why.field.endsWith("/mutation/number")) this.#asked.reject(request, why.message);
        this.#isOutOfStep = true;
        this.#later(() => this.#load());
      },
      left: () => this.#later(() => this.#load()),
    };
  }

  async #untilReached<T>(read: () => Promise<T>): Promise<T> {
    for (const backoff = new Backoff(); ;) {
      try {
        return await read();
      } catch (error) {
        await this.#waitOut(error, backoff);
      }
    }
  }

  async #waitOut(error: unknown, backoff: Backoff): Promise<void> {
    const waiting = this.#asked.unsettled.length;
    if (error instanceof Refused)
      this.#tellHealth({ state: "refused", says: error.message, waiting });
    else if (error instanceof Unreachable)
      this.#tellHealth(withWaiting({ state: "offline", says: "Offline" }, waiting));
    else throw error;
    const askedMs = error instanceof Unreachable ? error.retryAfterMs : 0;
    this.#mayHurry = askedMs === 0;
    await this.#rest.for(backoff.next(askedMs));
    this.#mayHurry = true;
  }

  #later(act: () => Promise<unknown>): void {
    act().catch((error: unknown) => {
      if (hasStopped(error)) return this.#revive();
      console.error(error);
      this.#tellHealth({
        state: "failed",
        says: whyItStopped(error),
        waiting: this.#asked.unsettled.length,
      });
    });
  }

  #mattersChanged(): void {
    this.#tellHealth(this.#health);
    this.#tell({ type: "changed" });
  }

  #tellHealth(now: Health): void {
    this.#health = now;
    const { unsaved } = this.#asked.matters;
    const waiting = (now.waiting ?? 0) + unsaved;
    const isWell = now.state === "saved" || now.state === "sending";
    const says = `${count(unsaved, "change")} could not be saved`;
    if (this.#writes === "not yet") this.#tell({ type: "health", health: elsewhere });
    else if (unsaved && isWell)
      this.#tell({ type: "health", health: { state: "unsaved", says, waiting } });
    else this.#tell({ type: "health", health: { ...now, waiting } });
  }

  #tell(notice: Notice): void {
    for (const listener of [...this.#listeners]) listener(notice);
  }
}

// For want of memory, or within a call: it may hold half of a change.
const hasStopped = (error: unknown): boolean =>
  error instanceof TodoError && error.code === "unavailable";

const beyondUs = ["unsupported", "unknown_member", "unknown_name"];

// Reloading brings the page that belongs to the server.
const whyItStopped = (error: unknown): string =>
  error instanceof TodoError && beyondUs.includes(error.code)
    ? "The server is newer than this page"
    : "The engine stopped";

function replaced(again: AskedAgain) {
  return {
    says: "The server holds other tasks than before",
    why:
      "Its journal was replaced, perhaps by a backup: what was saved since then may be missing. " +
      fateOf(again),
    command: null,
  };
}

function fateOf({ asked, refused }: AskedAgain): string {
  const made = asked - refused;
  const were = (number: number) => (number === 1 ? "was" : "were");
  if (asked === 0) return "Nothing waited here.";
  if (refused === 0) {
    const all = asked === 1 ? "change" : count(asked, "change");
    return `The ${all} that waited here ${were(made)} made again.`;
  }
  const kept = `${refused} could not be, and ${refused === 1 ? "is" : "are"} kept here`;
  const all = count(asked, "change");
  return `Of ${all} that waited here, ${made} ${were(made)} made again; ${kept}.`;
}
