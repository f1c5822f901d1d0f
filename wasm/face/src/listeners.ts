import type { Entry } from "./model.js";

export type Listener = (entries: Entry[]) => void;

/** Who hears of entries, each of them in the order in which the entries came to be. */
export class Listeners {
  readonly #listeners = new Set<Listener>();
  readonly #untold: Entry[][] = [];
  #telling = false;

  add(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  clear(): void {
    this.#listeners.clear();
  }

  /** What a listener itself brings about is told after all have heard of `entries`. */
  tell(entries: Entry[]): void {
    if (entries.length === 0) return;
    this.#untold.push(entries);
    if (this.#telling) return;
    this.#telling = true;
    for (let next = this.#untold.shift(); next; next = this.#untold.shift()) this.#tellAll(next);
    this.#telling = false;
  }

  // What has happened stays so, whatever becomes of a listener: its error is reported as uncaught.
  #tellAll(entries: Entry[]): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(entries);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
