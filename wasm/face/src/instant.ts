import type { Instant } from "./model.js";

/** As the engine writes it: without milliseconds if they are zero. */
export const instantOf = (date: Date): Instant => date.toISOString().replace(".000Z", "Z");
