// The values of the engine. Their types are written from its field tables at build time; this is
// the one place that names the generated file.
export type {
  Command,
  ErrorCode,
  Instant,
  Mutation,
  Priority,
  Project,
  ProjectId,
  Recurrence,
  Settings,
  SettingsPatch,
  Status,
  Task,
  TaskId,
  TaskPatch,
  Weekday,
  When,
} from "./generated/model";

/** A time on some wall clock: "2026-11-23T09:00:00". */
export type LocalTime = string;
