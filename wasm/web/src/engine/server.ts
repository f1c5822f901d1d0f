// The journal on the page's own server.
import type { Entry, ErrorCode, Request, Snapshot } from "libtodo";

export interface Feed {
  lineage: string;
  entries: Entry[];
  /** Whether there are further ones. */
  more: boolean;
}

/** The server did not answer, or could not: what was sent may or may not be done. */
export class Unreachable extends Error {
  constructor(
    cause?: unknown,
    /** How long the server wants to be left alone. */
    readonly retryAfterMs = 0,
  ) {
    super("the server does not answer", { cause });
  }
}

/** The server has answered, with no. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: ErrorCode | "lineage",
    message: string,
    readonly field = "",
  ) {
    super(message);
  }

  /** Whether it was about what was sent, and not about who sent it, or where to. */
  get isAboutContent(): boolean {
    return [400, 409, 413, 422].includes(this.status);
  }
}

const stallMs = 15_000; // without a byte in either direction
const slowestBytesPerMs = 8;
const longestRetryAfterMs = 3_600_000;

export async function readSnapshot(): Promise<{ lineage: string; snapshot: Snapshot }> {
  const { headers, value } = await ask("/v1/snapshot");
  return { lineage: headers.get("todo-lineage") ?? "", snapshot: value as Snapshot };
}

export async function readJournal(after: number): Promise<Feed> {
  return (await ask(`/v1/journal?after=${after}&limit=1000`)).value as Feed;
}

export async function sendRequests(
  after: number,
  lineage: string,
  requests: Request[],
): Promise<Feed> {
  const path = `/v1/requests?after=${after}&lineage=${encodeURIComponent(lineage)}`;
  return (await ask(path, JSON.stringify(requests))).value as Feed;
}

/** RFC 9457, as the server writes it. */
interface Problem {
  code: ErrorCode | "lineage";
  title: string;
  detail: string;
  field: string;
}

interface Answer {
  headers: Headers;
  value: unknown;
}

async function ask(path: string, body?: string): Promise<Answer> {
  const { response, text } = await exchange(path, body);
  const { status, headers } = response;
  if (status >= 500 || status === 429) throw new Unreachable(status, retryAfter(headers));
  const value = parse(text);
  if (response.ok) return { headers, value };
  const { code, title, detail, field } = value as Partial<Problem>;
  const says = detail ?? title ?? `The server says no (${status})`;
  throw new Refused(status, code ?? "unsupported", says, field);
}

// Slow is not away: only where nothing moves any more is it given up.
async function exchange(path: string, body = ""): Promise<{ response: Response; text: string }> {
  const stalled = new AbortController();
  const expect = (ms: number) => setTimeout(() => stalled.abort(), ms);
  let timer = expect(stallMs + body.length / slowestBytesPerMs);
  const heard = () => {
    clearTimeout(timer);
    timer = expect(stallMs);
  };
  const posted = { method: "POST", headers: { "content-type": "application/json" }, body };
  try {
    const init: RequestInit = { cache: "no-store", signal: stalled.signal };
    const response = await fetch(path, body ? { ...init, ...posted } : init);
    return { response, text: await textOf(response, heard) };
  } catch (error) {
    throw new Unreachable(error);
  } finally {
    clearTimeout(timer);
  }
}

async function textOf(response: Response, heard: () => void): Promise<string> {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let text = "";
  while (reader) {
    heard();
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}

// Whatever answers in another form is not the server.
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Unreachable(error);
  }
}

// Seconds, or a date.
function retryAfter(headers: Headers): number {
  const text = headers.get("retry-after") ?? "";
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Math.min(Math.max(ms || 0, 0), longestRetryAfterMs);
}
