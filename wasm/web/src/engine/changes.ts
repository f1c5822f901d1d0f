// What the owner does in this page: done at once, said in a sentence, and kept if it is refused
// later.
import type { Entry, Replica } from "libtodo";
import { EngineError, type Applied, type Matter } from "./api";
import type { Asked } from "./asked";
import { textOf, type Kept } from "./matters";
import type { Command, Mutation, Task, TaskId, When } from "./model";
import type { Ask } from "./replica_core";
import { asSentence, sayCommand } from "./sentences";

export interface Doing {
  ask: Ask;
  /** Throws an EngineError if nothing may be changed here. */
  mayWrite(): void;
  /** Something was asked of the journal. */
  didAsk(): void;
  /** There is more or less for the owner to deal with. */
  didKeep(): void;
}

export class Changes {
  readonly #asked: Asked;
  readonly #doing: Doing;

  constructor(asked: Asked, doing: Doing) {
    this.#asked = asked;
    this.#doing = doing;
  }

  apply(command: Command, today: string): Applied {
    const [task, before] = this.#subjectOf(command);
    const says = (entry: Entry) => sayCommand(command, before, today, nextOf(before, entry));
    try {
      return this.#do((replica) => replica.apply(command), says, task);
    } catch (error) {
      throw inKilobytes(error, command);
    }
  }

  undo(mutation: Mutation): Applied {
    const done = this.#asked.saying(mutation);
    const name = this.#asked.nameOf(mutation);
    const says = done ? `Undone: ${done}` : "Undone";
    return this.#do(
      (replica) => replica.undo(name),
      () => says,
      null,
    );
  }

  /** What the owner has to deal with, oldest first. */
  matters(): Matter[] {
    return this.#asked.matters.open.map((kept) => ({
      id: kept.id,
      says: kept.command ? `Not saved: ${kept.says}` : kept.says,
      why: asSentence(kept.why),
      text: textOf(kept.command),
      retry: kept.command && (this.#removedTask(kept) ? "Restore and save" : "Try again"),
    }));
  }

  /** Makes a change once more; if its task was removed, that comes back first. */
  retry(id: number, today: string): Applied {
    const { matters } = this.#asked;
    const kept = matters.find(id);
    if (!kept?.command) throw new EngineError("not_found", "It is dealt with already");
    const task = this.#removedTask(kept);
    const restored: Command[] = task ? [{ type: "restore", task }, kept.command] : [];
    try {
      const command: Command = task ? { type: "batch", commands: restored } : kept.command;
      const applied = this.apply(command, today);
      matters.close(id);
      return applied;
    } catch (error) {
      if (error instanceof EngineError) matters.explain(id, error.message);
      throw error;
    } finally {
      this.#doing.didKeep();
    }
  }

  /** Keeps a change that could not be made. */
  setAside(command: Command, why: string, today: string): void {
    const [, before] = this.#subjectOf(command);
    this.#asked.matters.add({ says: sayCommand(command, before, today), why, command });
    this.#doing.didKeep();
  }

  drop(id: number): void {
    this.#asked.matters.drop(id);
    this.#doing.didKeep();
  }

  bringBack(id: number): void {
    this.#asked.matters.bringBack(id);
    this.#doing.didKeep();
  }

  #do(
    act: (replica: Replica) => Entry,
    say: (entry: Entry) => string,
    task: TaskId | null,
  ): Applied {
    this.#doing.mayWrite();
    const entry = this.#doing.ask(act);
    const { mutation } = entry.context;
    const happened = Boolean(entry.events?.length);
    const says = happened ? say(entry) : "Nothing has changed";
    this.#doing.ask((replica) => this.#asked.note(replica, mutation, says));
    this.#doing.didAsk();
    return { mutation: happened ? mutation : null, says, task };
  }

  #subjectOf(command: Command): [TaskId | null, Task | null] {
    const id = taskOf(command);
    return [id, id === null ? null : this.#doing.ask((replica) => replica.get(id))];
  }

  #removedTask({ command }: Kept): TaskId | null {
    if (!command) return null;
    const [id, task] = this.#subjectOf(command);
    return task?.deleted_at ? id : null;
  }
}

// A limit in bytes says nothing to whoever wrote the text.
function inKilobytes(error: unknown, command: Command): unknown {
  if (!(error instanceof EngineError)) return error;
  const [, most] = /^at most (\d+) bytes$/.exec(error.message) ?? [];
  if (!most) return error;
  const size = Math.ceil(new TextEncoder().encode(textOf(command)).length / 1024);
  const says = `This is ${size} KB of text, the limit is ${Number(most) / 1024} KB`;
  return new EngineError(error.code, says, error.field);
}

// The task that all of a command is about.
function taskOf(command: Command): TaskId | null {
  if (command.type === "batch") {
    const tasks = new Set((command.commands ?? []).map(taskOf));
    return tasks.size === 1 ? [...tasks][0]! : null;
  }
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
