// Writes the types of the engine's values by asking `todo-describe`, which is built with the
// library. Usage: TODO_DESCRIBE=build/.../todo-describe node tools/model.mjs
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const target = fileURLToPath(new URL("../src/engine/generated/model.ts", import.meta.url));
const program = process.env.TODO_DESCRIBE;

if (program) {
  const text = execFileSync(program, ["typescript"], { encoding: "utf8" });
  mkdirSync(dirname(target), { recursive: true });
  if (!existsSync(target) || readFileSync(target, "utf8") !== text) writeFileSync(target, text);
} else if (!existsSync(target)) {
  console.error("The types of the engine's values are not there yet. Set TODO_DESCRIBE to the");
  console.error("built program todo-describe, as in TODO_DESCRIBE=../../build/dev/todo-describe.");
  process.exit(1);
}
