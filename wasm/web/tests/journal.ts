// A server's journal, for the tests of what a page does when the server fails.
import { Engine, type Command, type Entry, type Request } from "libtodo";
import { id } from "./memory_core";

/** The server as `fetch` finds it. */
export class Journal {
  lineage = "first";
  away = false;
  /** Takes requests, and then the answer is lost. */
  mute = false;
  /** Bytes of a body at most. */
  mostBytes = 16 * 1024 * 1024;
  /** What it says to requests instead of taking them. */
  answer: (requests: Request[]) => Response | null = () => null;
  entries: Entry[] = [];
  readonly sent: Request[][] = [];
  #engine: Engine;
  #heard = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  ask(call: object): unknown {
    const { ok, error } = JSON.parse(this.#engine.call(JSON.stringify(call)));
    if (error) throw new Refusal(error);
    return ok;
  }

  /** Another journal takes its place, with the first `seq` entries of this one. */
  async replace(seq: number): Promise<void> {
    this.#engine = await Engine.create();
    this.entries = this.entries.slice(0, seq);
    this.ask({ type: "commit", entries: this.entries });
    this.lineage += " replaced";
  }

  /** What another device asks for. */
  hear(command: Command): void {
    const context = {
      now: new Date().toISOString().replace(".000Z", "Z"),
      mutation: { device: id(0), number: ++this.#heard },
    };
    this.ask({ type: "ask", request: { context, command } });
    this.entries.push(...(this.ask({ type: "settle" }) as Entry[]));
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    if (this.away) throw new TypeError("no route");
    const url = new URL(path, "http://localhost");
    if (url.pathname === "/v1/snapshot")
      return Response.json(this.ask({ type: "snapshot" }), {
        headers: { "todo-lineage": this.lineage },
      });
    if (url.pathname === "/v1/requests") {
      if (url.searchParams.get("lineage") !== this.lineage) return problem(409, "lineage");
      const no = this.#take(String(init.body));
      if (no) return no;
    }
    const entries = this.entries.slice(Number(url.searchParams.get("after")));
    return Response.json({ lineage: this.lineage, more: false, entries });
  }

  #take(body: string): Response | null {
    if (body.length > this.mostBytes) return problem(413, "out_of_range", "The body is too large");
    const requests = JSON.parse(body) as Request[];
    this.sent.push(requests);
    const no = this.answer(requests);
    if (no) return no;
    try {
      for (const request of requests) this.ask({ type: "ask", request });
      return null;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return problem(409, error.error.code, error.error.message, error.error.field);
    } finally {
      this.entries.push(...(this.ask({ type: "settle" }) as Entry[]));
      if (this.mute) throw new TypeError("cut off");
    }
  }
}

class Refusal extends Error {
  constructor(readonly error: { code: string; message: string; field: string }) {
    super(error.message);
  }
}

export const problem = (status: number, code: string, detail = "No", field = ""): Response =>
  Response.json({ status, code, detail, field }, { status });
