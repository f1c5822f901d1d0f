import type { Calls, Dates, Import, ImportFormat, TagCount } from "./calls.js";
import { Engine, type EngineOptions } from "./engine.js";
import { TodoError } from "./error.js";
import { History } from "./history.js";
import { Listeners, type Listener } from "./listeners.js";
import type {
  Command,
  DeviceId,
  Entry,
  EntityId,
  Filter,
  FilterId,
  Instant,
  Mutation,
  Project,
  ProjectId,
  RecurrenceInput,
  Request,
  Settings,
  SettingsPatch,
  Snapshot,
  Task,
  TaskId,
  TaskInput,
  TaskPatch,
  When,
} from "./model.js";
import { instantOf } from "./instant.js";
import { strongRandom, timeOrderedUuid, type Random } from "./random.js";

export interface WorkspaceOptions extends EngineOptions {
  /** Where to go on from; empty unless given. */
  snapshot?: Snapshot;
  /** Counts its requests for ever: no two that are in use at a time may have the same. */
  device?: DeviceId;
  /** Whom the journal names. */
  actor?: string;
  /** The program or device, for people. */
  origin?: string;
  /** The clock, unless that of the system. */
  now?: () => Date;
  random?: Random;
}

/** Without an id one is made. */
export type NewTask = Omit<TaskInput, "id"> & { id?: TaskId };

export interface QueryOptions {
  /** "due,-priority"; ties, and nothing at all, by id: the oldest first. */
  sort?: string;
  now?: Date;
}

export interface PageOptions extends QueryOptions {
  /** 1 to 500. */
  limit?: number;
  /** `next` of the page before. */
  cursor?: string | null;
  /** Whether the last word of the query is only begun. */
  typing?: boolean;
  /** Whether to count the tasks on all pages. */
  count?: boolean;
}

export interface Page {
  tasks: Task[];
  /** The cursor of the next page; `null` if there is none. */
  next: string | null;
  /** How many match, if that was asked. */
  total?: number;
}

export interface DateOptions {
  /** IANA name; the owner's zone unless given. */
  zone?: string;
}

export type DatesOptions = Omit<Dates, "recurrence">;

/** Tasks of one owner, and what may be asked of them. Its calls block: nothing in it waits. */
export abstract class Workspace implements Disposable {
  readonly device: DeviceId;
  protected readonly engine: Engine;
  protected readonly history: History;
  readonly #options: WorkspaceOptions;
  readonly #listeners = new Listeners();

  protected constructor(engine: Engine, options: WorkspaceOptions) {
    this.engine = engine;
    this.#options = options;
    this.device = options.device ?? this.newId();
    this.history = new History(this.device);
    if (options.snapshot) this.call("load", { snapshot: options.snapshot });
  }

  /**
   * Does `command` whole or not at all, at the time `now`.
   * @throws {TodoError} if it is refused; its `field` points into the command.
   */
  abstract apply(command: Command, now?: Date): Entry;

  // Tasks

  create(task: NewTask): Task {
    const id = task.id ?? this.newId();
    this.apply({ type: "create", task: { ...task, id } });
    return this.#written(id);
  }

  edit(id: TaskId, patch: TaskPatch): Task {
    this.apply({ type: "edit", task: id, patch });
    return this.#written(id);
  }

  /** With its subtasks; can be restored for 30 days. */
  remove(id: TaskId): Entry {
    return this.apply({ type: "remove", task: id });
  }

  restore(id: TaskId): Task {
    this.apply({ type: "restore", task: id });
    return this.#written(id);
  }

  /** If the task recurs, its next occurrence comes. `cascade` completes open subtasks too. */
  complete(id: TaskId, { cascade = false }: { cascade?: boolean } = {}): Task {
    this.apply({ type: "complete", task: id, cascade });
    return this.#written(id);
  }

  /** Will not be done; a series ends. */
  cancel(id: TaskId, { cascade = false }: { cascade?: boolean } = {}): Task {
    this.apply({ type: "cancel", task: id, cascade });
    return this.#written(id);
  }

  reopen(id: TaskId): Task {
    this.apply({ type: "reopen", task: id });
    return this.#written(id);
  }

  /** Leaves out this occurrence: its next one comes. */
  skip(id: TaskId): Task {
    this.apply({ type: "skip", task: id });
    return this.#written(id);
  }

  /** All of them or none; a later one sees what the earlier ones did. */
  batch(commands: Command[], now?: Date): Entry {
    return this.apply({ type: "batch", commands }, now);
  }

  /** `null` if there is none. */
  get(id: TaskId): Task | null {
    return this.call("task", { id });
  }

  /** All tasks that match, page by page as they are asked for. */
  query(where = "", options: QueryOptions = {}): Iterable<Task> {
    const first = this.page(where, { ...options, limit: 100 });
    return this.#pages(where, options, first);
  }

  /** Tasks that match, a window of them. */
  page(where = "", options: PageOptions = {}): Page {
    const {
      tasks = [],
      next,
      total,
    } = this.call("find", {
      now: instantOf(options.now ?? this.now()),
      query: where,
      sort: options.sort ?? "",
      limit: options.limit ?? 100,
      cursor: options.cursor ?? "",
      typing: options.typing ?? false,
      count: options.count ?? false,
    });
    return { tasks, next: next ?? null, ...(total === undefined ? {} : { total }) };
  }

  /** Tags of open tasks. */
  tags(): TagCount[] {
    return this.call("tags", {});
  }

  // Beside the tasks

  projects(): Project[] {
    return this.call("projects", {});
  }

  createProject(project: Omit<Project, "id"> & { id?: ProjectId }): ProjectId {
    const id = project.id ?? this.newId();
    this.apply({ type: "create_project", project: { ...project, id } });
    return id;
  }

  filters(): Filter[] {
    return this.call("filters", {});
  }

  createFilter(filter: Omit<Filter, "id"> & { id?: FilterId }): FilterId {
    const id = filter.id ?? this.newId();
    this.apply({ type: "create_filter", filter: { ...filter, id } });
    return id;
  }

  settings(): Settings {
    return this.call("settings", {});
  }

  editSettings(patch: SettingsPatch): Settings {
    this.apply({ type: "edit_settings", patch });
    return this.settings();
  }

  // Undo

  /**
   * Takes back what the request `of` did, or the last one of this device, by a new entry.
   * @throws {TodoError} "conflict" if what it did has changed since: the next `undo()` takes back
   * what was done before it; "not_found" if there is none.
   */
  undo(of?: Mutation): Entry {
    const entry = of ? this.history.find(of) : this.history.lastDone();
    return this.#takeBack(entry, "there is nothing to undo");
  }

  /** Does again what was undone last, unless something else was done since. */
  redo(): Entry {
    return this.#takeBack(this.history.lastUndone(), "there is nothing to redo");
  }

  // Dates

  /** What a date (from its midnight) or a local time means. */
  instants(dates: When[], options: DateOptions = {}): Instant[] {
    return this.call("instants", { at: dates, ...options });
  }

  localTimes(instants: Instant[], options: DateOptions = {}): string[] {
    return this.call("local_times", { at: instants, ...options });
  }

  /** Seconds east of UTC. */
  offsets(instants: Instant[], options: DateOptions = {}): number[] {
    return this.call("offsets", { at: instants, ...options });
  }

  /** IANA names. */
  zones(): string[] {
    return this.call("zones", {});
  }

  /** The first `limit` dates that a recurrence gives. */
  occurrences(
    recurrence: RecurrenceInput,
    options: DatesOptions & { limit?: number } = {},
  ): When[] {
    const { limit = 10, ...others } = options;
    return pointingInto("/dates", () =>
      this.call("occurrences", { dates: { recurrence, ...others }, limit }),
    );
  }

  nextOccurrence(recurrence: RecurrenceInput, options: DatesOptions = {}): When | null {
    return pointingInto("/dates", () =>
      this.call("next_occurrence", { dates: { recurrence, ...options } }),
    );
  }

  // The whole

  /**
   * What another program's file would become here; `batch(commands)` does it, and again does
   * nothing. Ids are named by the source's own in `namespace`, a UUID.
   */
  readImport(
    format: ImportFormat,
    text: string,
    { namespace, now = this.now() }: { namespace: string; now?: Date },
  ): Required<Import> {
    const ask = { format, text, namespace, now: instantOf(now) };
    return { commands: [], losses: [], ...this.call("read_import", ask) };
  }

  /** What the journal has come to, without what is pending. */
  snapshot(): Snapshot {
    return this.call("snapshot", {});
  }

  get seq(): number {
    return this.state().seq;
  }

  /** A new id, for what a command creates. */
  newId(): EntityId {
    return timeOrderedUuid(this.now(), this.#options.random ?? strongRandom);
  }

  /**
   * Tells of every entry that the tasks show, in order, until the returned function is called. What
   * `listener` throws is reported as uncaught, and stops neither a call nor other listeners.
   */
  subscribe(listener: Listener): () => void {
    return this.#listeners.add(listener);
  }

  /** Gives the memory back. Whatever is asked later is refused. */
  dispose(): void {
    this.engine.dispose();
    this.#listeners.clear();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  protected now(): Date {
    return this.#options.now?.() ?? new Date();
  }

  protected state() {
    return this.call("state", { device: this.device });
  }

  protected call<Type extends keyof Calls>(
    type: Type,
    ask: Calls[Type]["ask"],
  ): Calls[Type]["answer"] {
    const answer = JSON.parse(this.engine.call(JSON.stringify({ type, ...ask }))) as
      | { ok: Calls[Type]["answer"] }
      | { error: { code: TodoError["code"]; message: string; field?: string } };
    if ("ok" in answer) return answer.ok;
    throw new TodoError(answer.error.code, answer.error.message, answer.error.field);
  }

  /** The entry that `command` will be; a refused one too, unless `ifAccepted`. */
  protected ask(command: Command, now: Date, ifAccepted = false): Entry {
    const request: Request = {
      context: {
        now: instantOf(now),
        actor: this.#options.actor ?? "local",
        origin: this.#options.origin ?? "javascript",
        mutation: { device: this.device, number: this.state().last_number + 1 },
      },
      command,
    };
    return pointingInto("/request/command", () =>
      this.call("ask", { request, if_accepted: ifAccepted })!,
    );
  }

  protected tell(entries: Entry[]): void {
    this.#listeners.tell(entries);
  }

  #takeBack(entry: Entry | null, otherwise: string): Entry {
    if (!entry) throw new TodoError("not_found", otherwise);
    const { context, command = "", events = [] } = entry;
    try {
      return this.apply({ type: "undo", of: context.mutation, events, command });
    } catch (error) {
      const isRefused = error instanceof TodoError && error.code !== "unavailable";
      if (isRefused) this.history.withdraw(context.mutation);
      throw error;
    }
  }

  #written(id: TaskId): Task {
    return this.get(id)!;
  }

  *#pages(where: string, options: QueryOptions, first: Page): Iterable<Task> {
    let page = first;
    yield* page.tasks;
    while (page.next !== null) {
      page = this.page(where, { ...options, limit: 100, cursor: page.next });
      yield* page.tasks;
    }
  }
}

// Errors point into `part` of a call: for who gave only that part, into what they gave.
function pointingInto<T>(part: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    const within = (field: string) => field === part || field.startsWith(`${part}/`);
    if (!(error instanceof TodoError && within(error.field))) throw error;
    throw new TodoError(error.code, error.message, error.field.slice(part.length));
  }
}

/** Whatever was refused is an error for who asked. */
export function accepted(entry: Entry): Entry {
  if (!entry.refusal) return entry;
  throw new TodoError(entry.refusal.code, entry.refusal.message ?? "", entry.refusal.field);
}
