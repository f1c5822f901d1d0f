// A program of its own, for what a test cannot see in itself: uncaught errors, and whether it ends.
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What the module `text` writes; fails if it does not end by itself, or not well. */
export function runProgram(text) {
  const file = fileURLToPath(new URL(`./${randomUUID()}.mjs`, import.meta.url)); // finds libtodo
  writeFileSync(file, text);
  try {
    const options = { encoding: "utf8", timeout: 20_000 };
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, [file], options);
    if (status === 0) return stdout;
    throw new Error(`the program ended with ${signal ?? status}: ${stderr}`);
  } finally {
    rmSync(file);
  }
}
