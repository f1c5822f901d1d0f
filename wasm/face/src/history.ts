import type { DeviceId, Entry, Mutation } from "./model.js";

const most = 100;
const mostCharacters = 8_000_000; // of their JSON

interface Kept {
  entry: Entry;
  characters: number;
}

/** The newest entries of one device, for taking them back. */
export class History {
  #kept: Kept[] = [];

  constructor(readonly device: DeviceId) {}

  /** Takes the place of an entry of the same name: what was foreseen is now known. */
  add(entry: Entry): void {
    if (entry.context.mutation.device !== this.device) return;
    const kept = { entry, characters: JSON.stringify(entry).length };
    const known = this.#indexOf(entry.context.mutation.number);
    if (known >= 0) this.#kept[known] = kept;
    else this.#kept.push(kept);
    this.#forget();
  }

  find({ device, number }: Mutation): Entry | null {
    if (device !== this.device) return null;
    return this.#kept[this.#indexOf(number)]?.entry ?? null;
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

  #indexOf(number: number): number {
    return this.#kept.findIndex(({ entry }) => entry.context.mutation.number === number);
  }

  // The newest one stays, however large it is.
  #forget(): void {
    let characters = this.#kept.reduce((sum, each) => sum + each.characters, 0);
    while (this.#kept.length > 1 && (this.#kept.length > most || characters > mostCharacters))
      characters -= this.#kept.shift()!.characters;
  }

  // An undo takes its target from the one stack to the other, and so does the undo of an undo.
  #stacks(): { done: Entry[]; undone: Entry[] } {
    let done: Entry[] = [];
    let undone: Entry[] = [];
    for (const { entry } of this.#kept) {
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
