// What goes between the page and its worker: calls one way, answers and notices the other.
import type { EngineClient, Notice } from "./api";
import type { ErrorCode } from "./model";

export type Methods = Omit<EngineClient, "subscribe">;
export type Method = keyof Methods;

export interface Call {
  id: number;
  method: Method;
  args: unknown[];
}

export interface Refusal {
  code: ErrorCode;
  message: string;
  field: string;
}

export type Message =
  | { type: "answer"; id: number; value: unknown }
  | { type: "refusal"; id: number; error: Refusal }
  | { type: "notice"; notice: Notice };
