import { readModule } from "#module";
import { TodoError } from "./error.js";

export interface EngineOptions {
  /** The most memory that the tasks may take, in MiB: 4 to 2048, which it is unless given. */
  maxMemory?: number;
  /** The compiled module, where it cannot be read from beside this package. */
  module?: WebAssembly.Module;
}

interface Exports {
  _initialize(): void;
  reserve(size: number): number;
  call(): number;
  answer_size(): number;
}

const pageSize = 65_536;
const leastPages = 64;
const mostPages = 32_768;

let compiled: Promise<WebAssembly.Module> | undefined;

// Compiled once; tried again if it could not be read.
function moduleOf(options: EngineOptions): Promise<WebAssembly.Module> {
  if (options.module) return Promise.resolve(options.module);
  compiled ??= readModule().catch((error: unknown) => {
    compiled = undefined;
    throw error;
  });
  return compiled;
}

/** An instance of the engine: JSON text in, JSON text out. It is one replica of one workspace. */
export class Engine {
  #exports: Exports | undefined;
  #memory: WebAssembly.Memory | undefined;
  #over = "";

  private constructor(exports: Exports, memory: WebAssembly.Memory) {
    this.#exports = exports;
    this.#memory = memory;
  }

  static async create(options: EngineOptions = {}): Promise<Engine> {
    const module = await moduleOf(options);
    const memory = new WebAssembly.Memory({
      initial: leastPages,
      maximum: pagesOf(options.maxMemory ?? 2048),
    });
    const instance = await WebAssembly.instantiate(module, {
      env: { memory, emscripten_notify_memory_growth: () => {} },
      wasi_snapshot_preview1: { proc_exit: () => {} },
    });
    const exports = instance.exports as unknown as Exports;
    exports._initialize();
    return new Engine(exports, memory);
  }

  /** Answers `{"ok":...}` or `{"error":{"code","message","field"}}`. */
  call(text: string | Uint8Array): string {
    const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
    const [exports, memory] = this.#living();
    const size = this.#run(() => {
      const place = exports.reserve(bytes.length) >>> 0;
      if (place === 0) return null;
      new Uint8Array(memory.buffer, place, bytes.length).set(bytes);
      const answer = exports.call() >>> 0;
      return answer === 0 ? null : { answer, length: exports.answer_size() };
    });
    return new TextDecoder().decode(new Uint8Array(memory.buffer, size.answer, size.length));
  }

  /** Gives the memory back. Whatever is asked later is refused. */
  dispose(): void {
    this.#end(this.#over || "this was disposed");
  }

  #living(): [Exports, WebAssembly.Memory] {
    if (this.#exports && this.#memory) return [this.#exports, this.#memory];
    throw new TodoError("unavailable", this.#over);
  }

  // Whatever stops within a call leaves half of a change behind.
  #run<T>(call: () => T | null): T {
    let reason = "the memory has run out";
    try {
      const result = call();
      if (result !== null) return result;
    } catch (error) {
      reason = `the engine has stopped (${String(error)})`;
    }
    this.#end(`${reason}: open it again from what was stored`);
    throw new TodoError("unavailable", this.#over);
  }

  #end(why: string): void {
    this.#over = why;
    this.#exports = undefined;
    this.#memory = undefined;
  }
}

function pagesOf(mebibytes: number): number {
  const pages = (mebibytes * 1024 * 1024) / pageSize;
  if (Number.isInteger(pages) && pages >= leastPages && pages <= mostPages) return pages;
  throw new TodoError("out_of_range", "the memory has 4 to 2048 MiB", "/maxMemory");
}
