// Looks at the running page: pictures at desktop and phone width, light and dark, into shots/; then
// sideways scroll at 320 px, touch targets, what the console says, and axe.
//
// Usage: node shots.mjs URL NAME [picture ...]     (NAME starts the names of the pictures)
import { chromium } from "playwright-core";
import { mkdirSync, readFileSync } from "node:fs";

const [url = "http://127.0.0.1:8636", name = "page", ...only] = process.argv.slice(2);
const axe = readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const folder = new URL("./shots/", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });

// Each leads from a fresh page to what is looked at.
const open = (path) => (page) => page.goto(new URL(path, url).href);
const rows = ".rows .item";
const scenes = {
  today: [open("/today")],
  upcoming: [open("/upcoming")],
  inbox: [open("/inbox")],
  completed: [open("/completed")],
  search: [open("/search?q=the%20!high")],
  nothing: [open("/search?q=zebra%20!high")],
  settings: [open("/settings")],
  browse: [open("/browse")],
  add: [open("/today"), press("q"), (page) => page.keyboard.type("Weekly meeting")],
  task: [open("/today"), clickRow(1)],
  due: [open("/today"), clickRow(1), clickName(/^Date/)],
  repeat: [open("/today"), clickRow(1), clickName(/^Repeat/)],
  tags: [open("/today"), clickRow(1), clickName(/^Tags/)],
  done: [open("/today"), completeFirst],
};

function press(key) {
  return async (page) => {
    await page.waitForSelector("h1");
    await page.keyboard.press(key);
  };
}
function clickRow(index) {
  return async (page) => {
    const row = page.locator(rows).nth(index);
    if (await appears(row)) await row.locator(".title").click();
  };
}
function clickName(label) {
  return async (page) => {
    const button = page.getByRole("button", { name: label }).first();
    if (await appears(button)) await button.click();
  };
}
async function completeFirst(page) {
  const ring = page.locator(`${rows} .check`).first();
  if (await appears(ring)) await ring.click();
  await page.waitForTimeout(200);
}
const appears = (locator) =>
  locator.waitFor({ timeout: 1500 }).then(
    () => true,
    () => false,
  );

const faults = [];
const fault = (...words) => faults.push(words.join(" "));

async function look(browser, theme, width, height) {
  const phone = width < 700;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: width === 390 ? 2 : 1,
    colorScheme: theme,
    reducedMotion: "reduce",
    hasTouch: phone,
    isMobile: phone,
  });
  for (const [scene, steps] of Object.entries(scenes)) {
    if (only.length && !only.includes(scene)) continue;
    const page = await context.newPage();
    const where = `${scene} ${width} ${theme}:`;
    page.on("console", (message) => {
      if (message.type() === "error") fault(where, "console", message.text());
    });
    page.on("pageerror", (error) => fault(where, "error", error.message));
    for (const step of steps) await step(page);
    await page.waitForTimeout(700); // the slowest machine we know
    if (width !== 320) {
      await page.screenshot({ path: `${folder}${name}-${scene}-${width}-${theme}.png` });
    }
    await check(page, where, phone);
    await page.close();
  }
  await context.close();
}

// React Aria puts unseen buttons that close a popover around its dialog.
const dismissed = '<div style="display: contents;">';

async function check(page, where, phone) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) fault(where, `scrolls sideways by ${wide} px`);
  for (const small of phone ? await page.evaluate(smallTargets) : []) fault(where, "small", small);
  await page.evaluate(axe);
  const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), rules);
  for (const { id, nodes } of found.violations) {
    const [node] = nodes.filter(({ html }) => !(id === "region" && html === dismissed));
    if (node) fault(where, id, `${nodes.length}x`, node.html.slice(0, 160));
  }
}

// Runs in the page: what can be pressed and is smaller than a fingertip.
function smallTargets() {
  const pressable = [...document.querySelectorAll("a, button, input, select, [role=row]")];
  const seen = pressable.filter((element) => {
    const hidden = element.closest(
      "[inert], [aria-hidden=true], .vh, [data-react-aria-prevent-focus]",
    );
    return !hidden && element.checkVisibility({ visibilityProperty: true });
  });
  return seen.flatMap((element) => {
    const host = element.closest("label, .search") ?? element;
    const { width, height } = host.getBoundingClientRect();
    const exempt = element.matches(".skip, .link, .chip button") || width * height < 2;
    if (exempt || (width >= 43.5 && height >= 43.5)) return [];
    return [`${host.className || host.tagName} ${Math.round(width)}x${Math.round(height)}`];
  });
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
});
const sizes = [
  [1440, 900, "light", "dark"],
  [390, 844, "light", "dark"],
  [900, 800, "light"],
  [320, 720, "light"],
];
for (const [width, height, ...themes] of sizes) {
  for (const theme of themes) await look(browser, theme, width, height);
}
await browser.close();
for (const each of [...new Set(faults)]) console.log(each);
console.log(`${faults.length} findings`);
process.exit(faults.length ? 1 : 0);
