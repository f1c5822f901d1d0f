import { describe, expect, it } from "vitest";
import { EngineError, type EngineClient, type Notice } from "../src/engine/api";
import { connect, type Port } from "../src/engine/client";
import { serve, type Scope } from "../src/engine/serve";

// Page and worker, joined without a thread between them.
function join(engine: Partial<EngineClient>) {
  const page: Port = {
    postMessage: (data) => queueMicrotask(() => void scope.onmessage?.({ data } as MessageEvent)),
    onmessage: null,
  };
  const scope: Scope = {
    postMessage: (data) => queueMicrotask(() => void page.onmessage?.({ data } as MessageEvent)),
    onmessage: null,
  };
  serve(scope, { subscribe: () => () => {}, ...engine } as EngineClient);
  return { client: connect(page), page };
}

describe("a call to the worker", () => {
  it("gets its own answer, whichever comes first", async () => {
    const late = new Promise((resolve) => setTimeout(resolve, 5));
    const { client } = join({
      task: async (id) => (id === "slow" ? (await late, null) : ({ id } as never)),
    });
    const answers = await Promise.all([client.task("slow"), client.task("quick")]);
    expect(answers).toEqual([null, { id: "quick" }]);
  });

  it("is refused with code, sentence and field", async () => {
    const { client } = join({
      apply: async () =>
        Promise.reject(new EngineError("out_of_range", "too long", "/patch/title")),
    });
    const refused = await client
      .apply({ type: "complete", task: "x" })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(EngineError);
    expect(refused).toMatchObject({
      code: "out_of_range",
      message: "too long",
      field: "/patch/title",
    });
  });

  it("does not wait for ever when the worker dies", async () => {
    const { client, page } = join({ open: () => new Promise(() => {}) });
    const health: Notice[] = [];
    client.subscribe((notice) => health.push(notice));
    const opening = client.open();
    page.onerror?.({} as ErrorEvent);
    await expect(opening).rejects.toMatchObject({ code: "unavailable" });
    expect(health).toMatchObject([{ type: "health", health: { state: "failed" } }]);
  });
});
