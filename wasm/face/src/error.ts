import type { ErrorCode } from "./model.js";

/** Why the engine said no. */
export class TodoError extends Error {
  override readonly name = "TodoError";

  constructor(
    /** What kind of refusal it is, for programs. */
    readonly code: ErrorCode,
    /** What is wrong and what would be right, for people. */
    message: string,
    /** JSON pointer (RFC 6901) into what was asked; empty: about the whole. */
    readonly field = "",
  ) {
    super(message);
  }
}
