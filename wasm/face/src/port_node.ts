import { parentPort, Worker } from "node:worker_threads";
import type { Port } from "./port.js";

export function startWorker(): Port {
  const worker = new Worker(new URL("./thread.js", import.meta.url));
  return {
    postMessage: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on("message", listener),
    onDeath: (listener) => void worker.on("error", (error) => listener(String(error))),
    close: () => void worker.terminate(),
  };
}

/** The end of whoever has started this worker. */
export const parent = (): Port => ({
  postMessage: (message) => parentPort?.postMessage(message),
  onMessage: (listener) => void parentPort?.on("message", listener),
  onDeath: () => {},
  close: () => parentPort?.close(),
});
