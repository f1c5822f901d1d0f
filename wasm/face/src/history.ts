import type { DeviceId, Entry, Mutation } from "./model.js";

const most = 100;
const mostCharacters = 8_000_000; // of their JSON

interface Kept {
  entry: Entry;
  characters: number;
  /** Whether an undo or a redo without a name may still take it back. */
  offered: boolean;
}

/** The newest entries of one device, for taking them back. */
export class History {
  #kept: Kept[] = [];

  constructor(readonly device: DeviceId) {}

  /** Takes the place of an entry of the same name: what was foreseen is now known. */
  add(entry: Entry): void {
    if (entry.context.mutation.device !== this.device) return;
    const known = this.#indexOf(entry.context.mutation.number);
    const offered = this.#kept[known]?.offered ?? true;
    const kept = { entry, characters: JSON.stringify(entry).length, offered };
    if (known >= 0) this.#kept[known] = kept;
    else this.#kept.push(kept);
    this.#forget();
  }

  find(name: Mutation): Entry | null {
    return this.#keptAs(name)?.entry ?? null;
  }

  /** It could not be taken back: `lastDone` and `lastUndone` give what came before it. */
  withdraw(name: Mutation): void {
    const kept = this.#keptAs(name);
    if (kept) kept.offered = false;
  }

  /** What an undo takes back: the last thing done that still holds. */
  lastDone(): Entry | null {
    return newestOffered(this.#stacks().done);
  }

  /** What a redo takes back: the last undo, if nothing was done since. */
  lastUndone(): Entry | null {
    return newestOffered(this.#stacks().undone);
  }

  #keptAs({ device, number }: Mutation): Kept | undefined {
    return device === this.device ? this.#kept[this.#indexOf(number)] : undefined;
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
  #stacks(): { done: Kept[]; undone: Kept[] } {
    let done: Kept[] = [];
    let undone: Kept[] = [];
    for (const kept of this.#kept) {
      const { refusal, events, undoes } = kept.entry;
      if (refusal || !events?.length) continue;
      const taken = undoes && this.#keptAs(undoes);
      if (!taken) {
        if (!undoes) [done, undone] = [[...done, kept], []];
      } else if (undone.includes(taken)) {
        undone = undone.filter((each) => each !== taken);
        done.push(kept);
      } else {
        done = done.filter((each) => each !== taken);
        undone.push(kept);
      }
    }
    return { done, undone };
  }
}

const newestOffered = (stack: Kept[]): Entry | null =>
  stack.findLast(({ offered }) => offered)?.entry ?? null;
