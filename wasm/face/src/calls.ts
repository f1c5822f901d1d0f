// What an instance of the engine may be asked, by type, and what it answers. What is empty is left
// out of an answer.
import type {
  Answer,
  Command,
  DeviceId,
  Entry,
  Filter,
  Instant,
  Project,
  RecurrenceInput,
  Request,
  Settings,
  Snapshot,
  Task,
  TaskId,
  When,
} from "./model.js";

export interface Calls {
  load: { ask: { snapshot: Snapshot }; answer: null };
  ask: { ask: { request: Request; if_accepted?: boolean }; answer: Entry | null };
  settle: { ask: object; answer: Entry[] };
  commit: { ask: { entries: Entry[] }; answer: Progress };
  requests: { ask: object; answer: Request[] };
  snapshot: { ask: object; answer: Snapshot };
  state: { ask: { device: DeviceId }; answer: State };
  find: { ask: FindAsk; answer: Window };
  task: { ask: { id: TaskId }; answer: Task | null };
  projects: { ask: object; answer: Project[] };
  filters: { ask: object; answer: Filter[] };
  settings: { ask: object; answer: Settings };
  tags: { ask: object; answer: TagCount[] };
  next_due: { ask: object; answer: Instant | null };
  due: { ask: { now: Instant; limit?: number }; answer: TaskId[] };
  zones: { ask: object; answer: string[] };
  resolve: { ask: { zone: string; local: string[] }; answer: Instant[] };
  offsets: { ask: { zone?: string; at: Instant[] }; answer: number[] };
  local_times: { ask: { zone?: string; at: Instant[] }; answer: string[] };
  instants: { ask: { zone?: string; at: When[] }; answer: Instant[] };
  occurrences: { ask: { dates: Dates; limit?: number }; answer: When[] };
  next_occurrence: { ask: { dates: Dates }; answer: When | null };
  read_import: { ask: ImportAsk; answer: Import };
  read: { ask: { as: ValueType; text: string }; answer: unknown };
}

export interface Progress {
  seq: number;
  pending: number;
  settled?: Answer[];
}

export interface State {
  seq: number;
  pending: number;
  last_number: number;
}

export interface FindAsk {
  now: Instant;
  query: string;
  sort: string;
  limit: number;
  cursor: string;
  typing: boolean;
  count: boolean;
}

export interface Window {
  tasks?: Task[];
  next?: string;
  total?: number;
}

export interface TagCount {
  /** As it is written. */
  name: string;
  /** How many open tasks have it. */
  open: number;
}

export interface Dates {
  recurrence: RecurrenceInput;
  /** What the rules count from, if the recurrence has no anchor. */
  date?: When;
  /** Only dates after this one. */
  after?: When;
  /** Only the local time of each, on the wall clock of its zone. */
  local?: boolean;
}

export type ImportFormat = "ical" | "taskwarrior";

export interface ImportAsk {
  format: ImportFormat;
  text: string;
  namespace: string;
  now: Instant;
}

export interface Import {
  /** To be applied in one batch. */
  commands?: Command[];
  /** What did not simply become a member of a task, by its place in the text. */
  losses?: Loss[];
}

export interface Loss {
  /** The UID or uuid of the task in the source; left out: it has none, or all of the text. */
  item?: string;
  /** The line of the text, or the item of a JSON list, from 1. */
  at: number;
  /** As the source calls it; left out: all of the item. */
  property?: string;
  /** What became of it. */
  fate: "kept" | "derived" | "changed" | "dropped";
  /** Why, for people. */
  message?: string;
}

export type ValueType =
  | "Task"
  | "TaskPatch"
  | "Project"
  | "Filter"
  | "Settings"
  | "Command"
  | "Request"
  | "Event"
  | "Entry"
  | "Snapshot"
  | "Rule"
  | "Query";
