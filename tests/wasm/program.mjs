// A program of its own, for what a test cannot see in itself: uncaught errors, and whether it ends.
import { spawnSync } from "node:child_process";

/** What the module `text` writes; fails if it does not end by itself, or not well. */
export function runProgram(text) {
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", text],
    { cwd: new URL(".", import.meta.url), encoding: "utf8", timeout: 20_000 },
  );
  if (status === 0) return stdout;
  throw new Error(`the program ended with ${signal ?? status}: ${stderr}`);
}
