// Keeps a replica in step with the server's journal: sends what is pending, takes in what comes.
import type { Replica } from "libtodo";
import type { Health } from "./api";
import { count } from "./dates";
import { Refused, Unreachable, readJournal, sendRequests, type Feed } from "./server";

/** What the journal belongs to, and who may write. */
export interface Link {
  replica: Replica;
  lineage: string;
  /** Before requests up to `number` are sent: whether the number will not be forgotten. */
  keep(number: number): Promise<void>;
}

export interface Watcher {
  health(health: Health): void;
  /** The journal has been cut off behind the replica: load anew. */
  left(): void;
  /** The server holds another journal: what is here is not part of it. */
  replaced(): void;
}

const pollMs = 2_000;
const soonMs = 50;
const firstRetryMs = 250;
const longestRetryMs = 5_000;

export class Sync {
  readonly #link: Link;
  readonly #watcher: Watcher;
  #wake: () => void = () => {};
  #retryMs = 0;
  #offline = false;
  #refusal = "";
  #over = false;

  constructor(link: Link, watcher: Watcher) {
    this.#link = link;
    this.#watcher = watcher;
  }

  /** Follows the journal until `stop`. */
  async run(): Promise<void> {
    while (!this.#over) {
      await this.#turn();
      if (!this.#over) await this.#rest();
    }
  }

  /** There is something to send. */
  nudge(): void {
    this.#refusal = "";
    if (this.#offline) this.#tellOffline();
    else this.#tellState();
    this.#wake();
  }

  stop(): void {
    this.#over = true;
    this.#wake();
  }

  async #turn(): Promise<void> {
    try {
      const more = await this.#exchange();
      this.#offline = false;
      this.#retryMs = more ? soonMs : 0;
      if (!this.#over) this.#tellState();
    } catch (error) {
      if (this.#over) return;
      if (error instanceof Unreachable) this.#goOffline();
      else if (error instanceof Refused) await this.#hearNo(error);
      else throw error;
    }
  }

  // Gives whether there is more to hear at once.
  async #exchange(): Promise<boolean> {
    const { replica, lineage } = this.#link;
    const requests = replica.requests();
    if (requests.length) await this.#link.keep(replica.lastNumber);
    const feed = requests.length
      ? await sendRequests(replica.seq, lineage, requests)
      : await readJournal(replica.seq);
    if (!this.#over) this.#take(feed);
    return feed.more;
  }

  #take(feed: Feed): void {
    if (feed.lineage !== this.#link.lineage) throw new Refused(409, "lineage", "");
    const { settled } = this.#link.replica.commit(feed.entries);
    const refused = settled.find(({ refusal }) => refusal)?.refusal;
    if (refused) this.#refusal = refused.message ?? "";
  }

  // A request that the server will not take waits, so that it is not lost unseen.
  async #hearNo({ status, code, message }: Refused): Promise<void> {
    if (code === "lineage" || status === 410) {
      this.stop();
      return code === "lineage" ? this.#watcher.replaced() : this.#watcher.left();
    }
    this.#retryMs = longestRetryMs;
    this.#watcher.health({ state: "refused", says: message });
  }

  #tellState(): void {
    const { pending } = this.#link.replica;
    if (this.#refusal) this.#watcher.health({ state: "refused", says: this.#refusal });
    else if (pending > 0)
      this.#watcher.health({ state: "sending", says: "Saving…", waiting: pending });
    else this.#watcher.health({ state: "saved", says: "Saved" });
  }

  #goOffline(): void {
    this.#offline = true;
    this.#retryMs = Math.min(Math.max(this.#retryMs * 2, firstRetryMs), longestRetryMs);
    this.#tellOffline();
  }

  #tellOffline(): void {
    const { pending } = this.#link.replica;
    const waiting = `${count(pending, "change")} ${pending > 1 ? "wait" : "waits"} here`;
    this.#watcher.health({
      state: "offline",
      says: pending ? `Offline: ${waiting}` : "Offline",
      waiting: pending,
    });
  }

  // Until there is something to send, or it is time for news. Whoever is offline is not hurried.
  #rest(): Promise<void> {
    const waitMs = this.#retryMs || (this.#link.replica.pending > 0 ? soonMs : pollMs);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      this.#wake = () => {
        if (this.#retryMs > soonMs && !this.#over) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
