// What the page asks of its engine. The engine lives in a worker; each call is one round trip.
//
// Reads answer with what is to be shown: sentences, dates in words and the order of rows are made
// in the worker, so that no component works out any of them.
import type {
  Command,
  ErrorCode,
  Instant,
  LocalTime,
  Mutation,
  Priority,
  Project,
  ProjectId,
  Recurrence,
  Settings,
  Status,
  Task,
  TaskId,
  When,
} from "./model";
import type { WeekdayNumber } from "./rule";

export interface EngineClient {
  /** Loads the owner's tasks. Until it answers, other calls wait. */
  open(): Promise<Opened>;
  list(ask: ListAsk): Promise<ListPage>;
  /** `null` if there is no such task. */
  task(id: TaskId): Promise<TaskCard | null>;
  /** The same for a task that is still being written. */
  draft(task: NewTask): Promise<TaskCard>;
  places(): Promise<Places>;
  dueMenu(due: When | null): Promise<DueMenu>;
  repeatMenu(ask: RepeatAsk): Promise<RepeatMenu>;
  settings(): Promise<Settings>;
  /** A new id, for whatever a command creates. */
  newId(): Promise<string>;
  /** Does `command` whole or not at all. Rejects with an EngineError if it is refused. */
  apply(command: Command): Promise<Applied>;
  /** Takes back what was applied under this name, as a new entry. */
  undo(mutation: Mutation): Promise<Applied>;
  /** What did not go as the owner meant it and waits to be dealt with, oldest first. */
  matters(): Promise<Matter[]>;
  /** Makes the change of a matter once more. */
  retry(matter: number): Promise<Applied>;
  /** The owner lets a matter go. */
  drop(matter: number): Promise<void>;
  /** Takes back `drop`. */
  bringBack(matter: number): Promise<void>;
  /** Makes a matter of a change that was refused, where its owner can no longer see why. */
  setAside(command: Command, why: string): Promise<void>;
  /** Somebody looks: tries the server now if it was away. */
  hurry(): Promise<void>;
  /**
   * Tells of every change of the workspace, own or foreign, until the returned function is called.
   * The page itself asks again as the clock goes on.
   */
  subscribe(listener: (notice: Notice) => void): () => void;
}

export interface Opened {
  lineage: string;
}

/** Why the engine said no; `field` is a JSON pointer into what was asked. */
export class EngineError extends Error {
  override readonly name = "EngineError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly field = "",
  ) {
    super(message);
  }
}

export type View =
  | { type: "today" }
  | { type: "upcoming" }
  | { type: "inbox" }
  | { type: "project"; id: ProjectId }
  | { type: "tag"; name: string }
  | { type: "completed" }
  | { type: "search"; query: string };

/** A sort key of the engine; "-" in front turns it round. */
export type SortKey = "due" | "-priority" | "title" | "-created" | "-completed";

export interface ListAsk {
  view: View;
  /** `null`: the order that the view is made for. */
  sort: SortKey | null;
  limit: number;
  /** From the page before. */
  cursor: string | null;
}

export interface ListPage {
  heading: Heading;
  /** Sections that `rows` of this page belong to. */
  sections: Section[];
  rows: Row[];
  next: string | null;
  /** Of the whole list. */
  count: number;
  sorts: SortKey[];
  /** What a task added here starts with. */
  adds: Omit<NewTask, "title">;
  /** What to say if the list is empty. */
  empty: EmptyState;
}

export interface Heading {
  title: string;
  /** Beside the title: "Monday 23 November". */
  aside: string;
  /** A sentence about the whole: "9 to do, 3 of them late." */
  summary: string;
}

export interface Section {
  key: string;
  /** Empty: no heading. */
  title: string;
  tone: "plain" | "late";
  /** `null` where it is not known without counting all. */
  count: number | null;
}

export interface EmptyState {
  picture: "sunrise" | "tray" | "lens";
  title: string;
  text: string;
  /** A search that would find something. */
  instead: { label: string; query: string } | null;
}

/** A task as a list shows it. */
export interface Row {
  id: TaskId;
  section: string;
  title: string;
  status: Status;
  priority: Priority;
  when: ShownWhen | null;
  /** "Waits for “Buy a watering can”" */
  blocked: string | null;
  repeats: string | null;
  reminders: number;
  estimate: string | null;
  notes: boolean;
  project: string | null;
  tags: string[];
}

export interface ShownWhen {
  text: string;
  state: "late" | "today" | "later" | "closed";
}

/** A task as its detail shows it. */
export interface TaskCard {
  task: Task;
  /** Whether it was removed: it can be restored, and then changed. */
  removed: boolean;
  project: Project | null;
  due: { text: string; hint: string; late: boolean } | null;
  repeats: { text: string; then: string } | null;
  start: string | null;
  estimate: string | null;
  blocked: string | null;
  /** One line: "Created on Thu 19 Nov" */
  history: string;
}

export interface Places {
  today: number;
  upcoming: number;
  inbox: number;
  projects: { id: ProjectId; name: string; open: number }[];
  tags: { name: string; open: number }[];
}

export interface DueMenu {
  choices: { label: string; hint: string; due: When }[];
  /** For a due date that gets a time: the zone to offer first, and all there are. */
  zone: string;
  zones: string[];
}

export interface RepeatAsk {
  due: When | null;
  /** `null`: does not repeat yet. */
  recurrence: Recurrence | null;
}

export interface RepeatMenu {
  /** What the rule counts from: the due date asked with, else today. */
  due: When;
  presets: { label: string; rule: string }[];
  /** The ways to say the day of `due` within its month. */
  monthDays: { label: string; byDay: WeekdayNumber[]; byMonthDay: number[] }[];
  /** The sentence that the rule says, and the first dates it gives. */
  says: string;
  next: string[];
  /** Why the engine refuses the rule; "" if it does not. */
  refusal: string;
}

/** What a person says of a task before it is there. */
export type NewTask = Pick<Task, "title"> &
  Partial<Pick<Task, "notes" | "priority" | "tags" | "project" | "due" | "recurrence">>;

export interface Applied {
  /** The name to undo it by; `null` if nothing happened. */
  mutation: Mutation | null;
  /** What happened: "Completed “Oat milk”". */
  says: string;
  /** The task that it was about, when it was one. */
  task: TaskId | null;
}

export interface Matter {
  id: number;
  /** What the change would have done, or what has happened. */
  says: string;
  why: string;
  /** What the owner wrote in it. */
  text: string;
  /** "Try again"; `null` if there is nothing to try. */
  retry: string | null;
}

export interface Health {
  state:
    | "loading"
    | "saved"
    | "sending"
    | "offline"
    | "other_tab"
    | "refused" // the server does not want to hear from this page
    | "unsaved" // there are matters
    | "failed";
  /** The same for people: "Saved". */
  says: string;
  /** How many changes only this page holds. */
  waiting?: number;
}

export type Notice = { type: "changed" } | { type: "health"; health: Health };

/**
 * What the worker needs of the engine to answer all this. Only the engine knows zones, rules and
 * queries.
 */
export interface Core {
  now(): Instant;
  settings(): Settings;
  zones(): string[];
  /** A date or floating time counts in the owner's zone; a date from its midnight. */
  instant(when: When): Instant;
  /** On the owner's wall clock. */
  local(at: Instant): LocalTime;
  task(id: TaskId): Task | null;
  projects(): Project[];
  /** Tags of open tasks. */
  tags(): { name: string; open: number }[];
  /** Throws an EngineError that points into the query. */
  search(ask: Search): Found;
  /** Dates that come strictly after `after`, the first ones if it is `null`. Throws if refused. */
  occurrences(recurrence: Recurrence, due: When, after: When | null, limit: number): When[];
}

export interface Search {
  query: string;
  /** Whether the last word may be only begun. */
  typing?: boolean;
  sort: SortKey[];
  /** 1 to 500. */
  limit: number;
  cursor: string | null;
  /** Whether to count all: that costs a look at each. */
  count?: boolean;
}

export interface Found {
  tasks: Task[];
  next: string | null;
  /** If it was asked, else 0. */
  count: number;
}
