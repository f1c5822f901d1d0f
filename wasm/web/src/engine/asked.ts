// What this page has asked for, from when it is done here until the journal has answered. It
// outlives the replica that it was done in.
import { TodoError, type Replica, type Request, type Snapshot } from "libtodo";
import type { Device } from "./device";
import { Matters } from "./matters";
import type { Command, Mutation } from "./model";
import type { Settled } from "./sync";

type Name = Request["context"]["mutation"];

export interface AskedAgain {
  asked: number;
  /** How many of them were refused, and are matters now. */
  refused: number;
}

export class Asked {
  /** What was refused. */
  readonly matters = new Matters();
  #unsettled: Request[] = [];
  readonly #says = new Map<string, string>();
  readonly #renamed = new Map<string, Mutation>();

  get unsettled(): readonly Request[] {
    return this.#unsettled;
  }

  /** Who asked for what waits, and the number before the first of it. */
  get device(): Device | null {
    const mutation = this.#unsettled[0]?.context.mutation;
    return mutation ? { id: mutation.device, number: (mutation.number ?? 1) - 1 } : null;
  }

  get lastNumber(): number {
    return this.#unsettled.at(-1)?.context.mutation.number ?? 0;
  }

  /** What `replica` was asked last has this name, and in a sentence is `says`. */
  note(replica: Replica, name: Mutation, says: string): void {
    const request = replica.requests().at(-1);
    if (request) this.#unsettled.push(request);
    this.#says.set(keyOf(name), says);
  }

  saying(name: Mutation): string | undefined {
    return this.#says.get(keyOf(name));
  }

  /** What the journal calls it, if it was asked again under another name. */
  nameOf(name: Mutation): Mutation {
    const renamed = this.#renamed.get(keyOf(name));
    return renamed ? this.nameOf(renamed) : name;
  }

  settle(answers: Settled): void {
    for (const { mutation, refusal } of answers) {
      const request = this.#take(mutation);
      if (request && refusal) this.#refuse(request, refusal.message ?? "");
    }
  }

  reject(request: Request, why: string): void {
    const rejected = this.#take(request.context.mutation);
    if (rejected) this.#refuse(rejected, why);
  }

  /** Asks `replica` for what its journal does not have; skips what it has. */
  askAgain(replica: Replica): AskedAgain {
    replica.askAgain(this.#unsettled);
    this.#unsettled = replica.requests();
    return { asked: this.#unsettled.length, refused: 0 };
  }

  /**
   * The same of a replica whose journal does not know these requests' device, or would take their
   * numbers for others: each is a new request.
   */
  askAnew(replica: Replica, { answers = [] }: Snapshot): AskedAgain {
    const last = new Map(answers.map(({ mutation }) => [mutation.device, mutation.number]));
    const isUnknown = ({ context: { mutation } }: Request) =>
      (mutation.number ?? 0) > (last.get(mutation.device) ?? 0);
    const unknown = this.#unsettled.filter(isUnknown);
    const refused = unknown.filter((request) => !this.#askAs(replica, request));
    this.#unsettled = replica.requests();
    return { asked: unknown.length, refused: refused.length };
  }

  // Gives whether it is accepted.
  #askAs(replica: Replica, request: Request): boolean {
    const { context, command } = request;
    try {
      const entry = replica.apply(this.#withNames(command), new Date(context.now));
      const name = entry.context.mutation;
      this.#renamed.set(keyOf(context.mutation), name);
      this.#says.set(keyOf(name), this.#says.get(keyOf(context.mutation)) ?? "");
      return true;
    } catch (error) {
      if (!(error instanceof TodoError) || error.code === "unavailable") throw error;
      this.#refuse(request, error.message);
      return false;
    }
  }

  // What is taken back may have been asked again too; an undo may hold another.
  #withNames(command: Command): Command {
    const renamed = (key: string, value: unknown) =>
      key === "of" && isName(value) ? this.nameOf(value) : value;
    return JSON.parse(JSON.stringify(command), renamed) as Command;
  }

  #take(name: Name): Request | null {
    const key = keyOf(name);
    const taken = this.#unsettled.find(({ context }) => keyOf(context.mutation) === key) ?? null;
    this.#unsettled = this.#unsettled.filter((request) => request !== taken);
    return taken;
  }

  #refuse({ context, command }: Request, why: string): void {
    const says = this.#says.get(keyOf(context.mutation)) ?? "A change";
    this.matters.add({ says, why, command });
  }
}

const isName = (value: unknown): value is Mutation =>
  typeof value === "object" && value !== null && "device" in value && "number" in value;

const keyOf = ({ device, number }: Name): string => `${device} ${number}`;
