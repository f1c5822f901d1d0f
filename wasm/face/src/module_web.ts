/** The engine, from beside this file. */
export const readModule = (): Promise<WebAssembly.Module> =>
  WebAssembly.compileStreaming(fetch(new URL("./libtodo.wasm", import.meta.url)));
