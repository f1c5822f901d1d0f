// What did not go as its owner meant it: changes that the journal does not take, and what was found
// in its place. Each is kept until the owner has dealt with it.
import type { Command } from "./model";

export interface Kept {
  id: number;
  says: string;
  why: string;
  /** The change; `null` if there is none to make again. */
  command: Command | null;
}

export class Matters {
  readonly #all = new Map<number, Kept>();
  readonly #dropped = new Set<number>();
  #last = 0;

  /** Those to be shown, oldest first. */
  get open(): Kept[] {
    return [...this.#all.values()].filter(({ id }) => !this.#dropped.has(id));
  }

  /** How many changes are kept nowhere else. */
  get unsaved(): number {
    return this.open.filter(({ command }) => command !== null).length;
  }

  find(id: number): Kept | null {
    return this.#all.get(id) ?? null;
  }

  add(matter: Omit<Kept, "id">): void {
    const id = ++this.#last;
    this.#all.set(id, { id, ...matter });
  }

  explain(id: number, why: string): void {
    const matter = this.#all.get(id);
    if (matter) this.#all.set(id, { ...matter, why });
  }

  /** Its owner lets it go, and may want it back. */
  drop(id: number): void {
    this.#dropped.add(id);
  }

  bringBack(id: number): void {
    this.#dropped.delete(id);
  }

  /** It is dealt with. */
  close(id: number): void {
    this.#all.delete(id);
  }
}

/** What was written in a change, for taking it elsewhere. */
export function textOf(command: Command | null): string {
  switch (command?.type) {
    case "create":
      return joined([command.task.title, command.task.notes]);
    case "edit":
      return joined([command.patch?.title, command.patch?.notes]);
    case "batch":
      return joined((command.commands ?? []).map(textOf));
    default:
      return "";
  }
}

const joined = (texts: (string | null | undefined)[]): string => texts.filter(Boolean).join("\n\n");
