import type { Port } from "./port.js";

export function startWorker(): Port {
  const worker = new Worker(new URL("./thread.js", import.meta.url), { type: "module" });
  return {
    postMessage: (message) => worker.postMessage(message),
    onMessage: (listener) => worker.addEventListener("message", ({ data }) => listener(data)),
    onDeath: (listener) =>
      worker.addEventListener("error", ({ message }) => listener(message || "it did not start")),
    close: () => worker.terminate(),
  };
}

/** The end of whoever has started this worker. */
export const parent = (): Port => ({
  postMessage: (message) => self.postMessage(message),
  onMessage: (listener) => self.addEventListener("message", ({ data }) => listener(data)),
  onDeath: () => {},
  close: () => self.close(),
});
