// The values of the engine. Their types are written from its field tables at build time; this is
// the one place that names the generated file.
export type {
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
  SettingsPatch,
  Status,
  Task,
  TaskId,
  TaskPatch,
  Weekday,
  When,
} from "./generated/model";
