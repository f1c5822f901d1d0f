// Keeps a replica in step with the server's journal: sends what is pending, takes in what comes.
import type { Replica, Request } from "libtodo";
import type { Health } from "./api";
import { Backoff, Rest } from "./backoff";
import { count } from "./dates";
import { Refused, Unreachable, readJournal, sendRequests, type Feed } from "./server";
import { Slices } from "./slices";

/** What the journal belongs to, and who may write. */
export interface Link {
  replica: Replica;
  lineage: string;
  /** Before requests up to `number` are sent: whether the number will not be forgotten. */
  keep(number: number): Promise<void>;
}

export type Settled = ReturnType<Replica["commit"]>["settled"];

export interface Watcher {
  health(health: Health): void;
  /** What the journal has answered to requests of this device. */
  settled(answers: Settled): void;
  /** The server does not take `request` into the journal, whenever it is sent. */
  rejected(request: Request, why: Refused): void;
  /** The journal cannot be followed from here: load anew. */
  left(): void;
}

const pollMs = 2_000;
const soonMs = 50;

export class Sync {
  readonly #link: Link;
  readonly #watcher: Watcher;
  readonly #rest = new Rest();
  readonly #backoff = new Backoff();
  readonly #slices = new Slices();
  #sent: Request[] = [];
  #isUnsure = false; // what was sent may be in the journal: it is read before more is sent
  #doubted = 0; // the number of a request that was rejected once
  #pause: "none" | "ours" | "asked for" = "none";
  #trouble: Pick<Health, "state" | "says"> | null = null;
  #over = false;

  constructor(link: Link, watcher: Watcher) {
    this.#link = link;
    this.#watcher = watcher;
  }

  /** Follows the journal until `stop`. */
  async run(): Promise<void> {
    while (!this.#over) {
      const waitMs = await this.#turn();
      if (!this.#over) await this.#rest.for(waitMs);
    }
  }

  /** There is something to send. Whoever is in trouble is not hurried by that. */
  nudge(): void {
    this.#tellState();
    if (this.#pause === "none") this.#rest.cut();
  }

  /** Somebody waits: tries again now, unless the server has said when. */
  hurry(): void {
    if (this.#pause !== "asked for") this.#rest.cut();
  }

  stop(): void {
    this.#over = true;
    this.#rest.cut();
  }

  // Gives how long to wait until the next one.
  async #turn(): Promise<number> {
    try {
      const more = await this.#exchange();
      if (this.#over) return 0;
      this.#backoff.reset();
      this.#trouble = null;
      this.#pause = "none";
      this.#tellState();
      return more ? soonMs : pollMs;
    } catch (error) {
      if (this.#over) return 0;
      if (error instanceof Unreachable) return this.#goOffline(error);
      if (error instanceof Refused) return this.#hearNo(error);
      throw error;
    }
  }

  // Gives whether there is more to do at once.
  async #exchange(): Promise<boolean> {
    const { replica, lineage } = this.#link;
    this.#sent = this.#isUnsure ? [] : this.#slices.first(replica.requests());
    if (this.#sent.length) await this.#link.keep(replica.lastNumber);
    const sends = this.#sent.length > 0;
    this.#isUnsure ||= sends;
    const feed = sends
      ? await sendRequests(replica.seq, lineage, this.#sent)
      : await readJournal(replica.seq);
    if (this.#over) return false;
    this.#take(feed);
    this.#isUnsure &&= feed.more;
    if (replica.pending === 0) this.#slices.reset();
    return feed.more || replica.pending > 0;
  }

  #take(feed: Feed): void {
    if (feed.lineage !== this.#link.lineage) throw new Refused(409, "lineage", "");
    const { settled } = this.#link.replica.commit(feed.entries);
    if (settled.length) this.#watcher.settled(settled);
  }

  #hearNo(no: Refused): number {
    const [first] = this.#sent;
    if (no.code === "lineage" || no.status === 410) {
      this.stop();
      this.#watcher.left();
    } else if (!first || !no.isAboutContent) {
      return this.#wait({ state: "refused", says: no.message });
    } else if (this.#sent.length > 1) {
      this.#slices.shrink(this.#sent);
    } else if (this.#doubted !== first.context.mutation.number) {
      this.#doubted = first.context.mutation.number ?? 0; // an earlier copy may have come through
    } else {
      this.stop();
      this.#watcher.rejected(first, no);
    }
    return soonMs;
  }

  #goOffline({ retryAfterMs }: Unreachable): number {
    if (this.#sent.length > 1) this.#slices.shrink(this.#sent); // it may be too much for the line
    return this.#wait({ state: "offline", says: "Offline" }, retryAfterMs);
  }

  #wait(trouble: Pick<Health, "state" | "says">, askedMs = 0): number {
    this.#trouble = trouble;
    this.#pause = askedMs > 0 ? "asked for" : "ours";
    this.#tellState();
    return this.#backoff.next(askedMs);
  }

  #tellState(): void {
    const waiting = this.#link.replica.pending;
    if (this.#trouble) this.#watcher.health(withWaiting(this.#trouble, waiting));
    else if (waiting > 0) this.#watcher.health({ state: "sending", says: "Saving…", waiting });
    else this.#watcher.health({ state: "saved", says: "Saved" });
  }
}

/** "Offline: 2 changes wait here". */
export function withWaiting({ state, says }: Health, waiting: number): Health {
  const wait = `${count(waiting, "change")} ${waiting > 1 ? "wait" : "waits"} here`;
  return { state, says: waiting && state === "offline" ? `${says}: ${wait}` : says, waiting };
}
