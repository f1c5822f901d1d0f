// How long the page waits for a server, and when it gives up.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Backoff } from "../src/engine/backoff";
import { Refused, Unreachable, readJournal } from "../src/engine/server";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const text = JSON.stringify({ lineage: "first", more: false, entries: [] });

// Answers with a character of `text` every `everyMs`.
function dripping(everyMs: number): (path: string, init: RequestInit) => Promise<Response> {
  return async (_, { signal }) => {
    let at = 0;
    const stream = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, everyMs));
        if (signal?.aborted) return controller.error(signal.reason);
        controller.enqueue(new TextEncoder().encode(text[at++]));
        if (at === text.length) controller.close();
      },
    });
    return new Response(stream);
  };
}

const answering = (status: number, body: string, headers: HeadersInit = {}) => {
  vi.stubGlobal("fetch", async () => new Response(body, { status, headers }));
};
const caught = () => readJournal(0).catch((error: unknown) => error);

test("an answer that comes slowly is heard to its end", async () => {
  vi.stubGlobal("fetch", dripping(10_000));
  const heard = readJournal(0);
  await vi.advanceTimersByTimeAsync(10_000 * (text.length + 1));
  expect(await heard).toEqual(JSON.parse(text));
});

test("an answer in which nothing comes any more is given up", async () => {
  vi.stubGlobal("fetch", dripping(16_000));
  const heard = caught();
  await vi.advanceTimersByTimeAsync(32_000);
  expect(await heard).toBeInstanceOf(Unreachable);
});

test("a server in trouble is away for as long as it says", async () => {
  answering(503, "", { "retry-after": "7" });
  expect(await caught()).toMatchObject({ retryAfterMs: 7_000 });
  answering(429, "", { "retry-after": new Date(Date.now() + 60_000).toUTCString() });
  const { retryAfterMs } = (await caught()) as Unreachable;
  expect(retryAfterMs).toBeGreaterThan(58_000);
  answering(502, "", { "retry-after": "soon" });
  expect(await caught()).toMatchObject({ retryAfterMs: 0 });
});

test("a no is told from a no of something else on the way", async () => {
  answering(413, JSON.stringify({ code: "out_of_range", detail: "Too large" }));
  expect(await caught()).toMatchObject({ status: 413, message: "Too large", isAboutContent: true });
  answering(403, JSON.stringify({ code: "invalid", title: "Forbidden" }));
  expect(((await caught()) as Refused).isAboutContent).toBe(false);
  answering(401, JSON.stringify({ error: "sign in" }));
  expect(await caught()).toMatchObject({ status: 401, message: "The server says no (401)" });
  answering(404, "<h1>Sign in to this network</h1>");
  expect(await caught()).toBeInstanceOf(Unreachable);
});

test("pauses grow to half a minute, and are not the same for all", () => {
  const backoff = new Backoff();
  const pauses = Array.from({ length: 12 }, () => backoff.next());
  expect(pauses[0]).toBeLessThanOrEqual(250);
  expect(Math.min(...pauses.slice(8))).toBeGreaterThanOrEqual(15_000);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(30_000);
  expect(new Set(pauses.slice(8)).size).toBe(4);
  expect(backoff.next(90_000)).toBe(90_000);
  backoff.reset();
  expect(backoff.next()).toBeLessThanOrEqual(250);
});
