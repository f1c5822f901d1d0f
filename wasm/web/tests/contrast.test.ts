import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

// WCAG 2.2: text against its paper 4.5:1, edges of controls 3:1.
const css = readFileSync(new URL("../src/styles/tokens.css", import.meta.url), "utf8");
const colours = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\(\s*(#\w+),\s*(#\w+)\s*\)/g)].map(
    ([, name, light, dark]) => [name!, { light: light!, dark: dark! }] as const,
  ),
);

const papers = ["canvas", "surface", "raised", "sunken", "hover", "selected"];
const inks = ["ink", "ink-2", "accent", "late", "warn", "sky", "plum"];
const softs = ["accent", "late", "warn", "sky", "plum"];

const pairs: [string, string, number][] = [
  ...papers.flatMap((paper) => inks.map((ink): [string, string, number] => [ink, paper, 4.5])),
  ...papers.map((paper): [string, string, number] => ["line-strong", paper, 3]),
  ...softs.flatMap((soft) =>
    [soft, "ink", "ink-2"].map((ink): [string, string, number] => [ink, `${soft}-soft`, 4.5]),
  ),
  ["on-accent", "accent", 4.5],
  ["on-accent", "accent-hover", 4.5],
  ["ink", "mark", 4.5],
  ["surface", "ink", 4.5],
  ["on-toast", "toast", 4.5],
  ["toast-accent", "toast", 4.5],
];

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter! + 0.05) / (darker! + 0.05);
}

describe.each(["light", "dark"] as const)("the %s colours", (theme) => {
  it.each(pairs)("%s on %s has a contrast of %s or more", (ink, paper, least) => {
    const [above, below] = [colours.get(ink)![theme], colours.get(paper)![theme]];
    expect(contrast(above, below)).toBeGreaterThanOrEqual(least);
  });
});
