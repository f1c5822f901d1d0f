export type { Import, ImportFormat, Loss, Progress, TagCount } from "./calls.js";
export { Engine, type EngineOptions } from "./engine.js";
export { TodoError } from "./error.js";
export type { Listener } from "./listeners.js";
export type * from "./model.js";
export type { Random } from "./random.js";
export { Replica } from "./replica.js";
export { Todo } from "./todo.js";
export {
  Workspace,
  type DateOptions,
  type DatesOptions,
  type NewTask,
  type Page,
  type PageOptions,
  type QueryOptions,
  type WorkspaceOptions,
} from "./workspace.js";
