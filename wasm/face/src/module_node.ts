import { readFile } from "node:fs/promises";

/** The engine, from beside this file. */
export async function readModule(): Promise<WebAssembly.Module> {
  const bytes = await readFile(new URL("./libtodo.wasm", import.meta.url));
  return WebAssembly.compile(new Uint8Array(bytes));
}
