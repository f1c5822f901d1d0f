// The journal on the page's own server.
import type { Entry, ErrorCode, Request, Snapshot } from "libtodo";

export interface Feed {
  lineage: string;
  entries: Entry[];
  /** Whether there are further ones. */
  more: boolean;
}

/** The server did not answer, or could not: what was sent may or may not be done. */
export class Unreachable extends Error {}

/** The server has answered, with no. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: ErrorCode | "lineage",
    message: string,
  ) {
    super(message);
  }
}

const timeoutMs = 15_000;

export async function readSnapshot(): Promise<{ lineage: string; snapshot: Snapshot }> {
  const response = await ask("/v1/snapshot");
  const lineage = response.headers.get("todo-lineage") ?? "";
  return { lineage, snapshot: (await read(response)) as Snapshot };
}

export async function readJournal(after: number): Promise<Feed> {
  return (await read(await ask(`/v1/journal?after=${after}&limit=1000`))) as Feed;
}

export async function sendRequests(
  after: number,
  lineage: string,
  requests: Request[],
): Promise<Feed> {
  const response = await ask(`/v1/requests?after=${after}&lineage=${encodeURIComponent(lineage)}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(requests),
  });
  return (await read(response)) as Feed;
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await reach(() =>
    fetch(path, { ...init, cache: "no-store", signal: AbortSignal.timeout(timeoutMs) }),
  );
  if (response.ok) return response;
  if (response.status >= 500 || response.status === 429) throw new Unreachable();
  const problem = (await read(response)) as { code: ErrorCode; detail?: string; title: string };
  throw new Refused(response.status, problem.code, problem.detail ?? problem.title);
}

const read = (response: Response): Promise<unknown> => reach(() => response.json());

async function reach<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new Unreachable("the server does not answer", { cause: error });
  }
}
