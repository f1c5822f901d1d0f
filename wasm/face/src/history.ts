import type { DeviceId, Entry, Mutation } from "./model.js";

const most = 100;

/** The newest entries of one device, for taking them back. */
export class History {
  #entries: Entry[] = [];

  constructor(readonly device: DeviceId) {}

  /** Takes the place of an entry of the same name: what was foreseen is now known. */
  add(entry: Entry): void {
    if (entry.context.mutation.device !== this.device) return;
    const { number } = entry.context.mutation;
    const known = this.#entries.findIndex((each) => each.context.mutation.number === number);
    if (known >= 0) this.#entries[known] = entry;
    else this.#entries.push(entry);
    if (this.#entries.length > most) this.#entries.shift();
  }

  find({ device, number }: Mutation): Entry | null {
    if (device !== this.device) return null;
    return this.#entries.find((entry) => entry.context.mutation.number === number) ?? null;
  }

  /** What an undo takes back: the last thing done that still holds. */
  lastDone(): Entry | null {
    const { done } = this.#stacks();
    return done.at(-1) ?? null;
  }

  /** What a redo takes back: the last undo, if nothing was done since. */
  lastUndone(): Entry | null {
    const { undone } = this.#stacks();
    return undone.at(-1) ?? null;
  }

  // An undo takes its target from the one stack to the other, and so does the undo of an undo.
  #stacks(): { done: Entry[]; undone: Entry[] } {
    let done: Entry[] = [];
    let undone: Entry[] = [];
    for (const entry of this.#entries) {
      if (entry.refusal || !entry.events?.length) continue;
      const taken = entry.undoes && this.find(entry.undoes);
      if (!taken) {
        if (!entry.undoes) [done, undone] = [[...done, entry], []];
      } else if (undone.includes(taken)) {
        undone = undone.filter((each) => each !== taken);
        done.push(entry);
      } else {
        done = done.filter((each) => each !== taken);
        undone.push(entry);
      }
    }
    return { done, undone };
  }
}
