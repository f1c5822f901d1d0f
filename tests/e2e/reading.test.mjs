// What is long, slow or written the other way can be read.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { add, launchBrowser, openAt, openProfile, picture, rowOf, TodoServer } from "./world.mjs";

let browser;
let server;
before(async () => {
  browser = await launchBrowser();
  server = await TodoServer.start();
});
after(async () => {
  await browser?.close();
  await server?.dispose();
});

const phone = { viewport: { width: 390, height: 844 } };

async function openWith(title) {
  const opened = await openAt(browser, server, "/inbox", phone);
  await add(opened.page, title);
  await rowOf(opened.page, title).locator(".title").click();
  await opened.page.getByRole("textbox", { name: "Notes" }).waitFor();
  return opened;
}

test("a note of ten thousand characters leaves the facts of its task in sight", async () => {
  const { page, context, complaints } = await openWith("Long note");
  const notes = page.getByRole("textbox", { name: "Notes" });
  const paragraph = `${"Lorem ipsum dolor sit amet. ".repeat(12)}\n\n`;
  await notes.fill(paragraph.repeat(30).slice(0, 10_000));
  await page.getByRole("button", { name: "Close task" }).click();
  await rowOf(page, "Long note").locator(".title").click();
  const date = page.getByRole("button", { name: "Date", exact: true });
  await date.waitFor();
  assert.ok((await date.boundingBox()).y < phone.viewport.height, "the date is in sight");
  await picture(page, "long-note-390");

  await page.getByRole("button", { name: "Show all of the notes" }).click();
  assert.ok((await page.locator(".d-notes .grow").boundingBox()).height > 2000);
  assert.equal((await notes.inputValue()).length, 10_000);
  await page.getByRole("button", { name: "Show less of the notes" }).click();
  assert.ok((await page.locator(".d-notes .grow").boundingBox()).height < 400);
  await notes.focus();
  assert.ok((await page.locator(".d-notes .grow").boundingBox()).height > 2000, "when written in");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a right-to-left title stays beside its ring", async () => {
  const { page, context } = await openWith("לקנות חלב");
  const title = page.getByRole("textbox", { name: "Title" });
  assert.equal(await title.evaluate((area) => getComputedStyle(area).direction), "rtl");
  assert.equal(await title.evaluate((area) => getComputedStyle(area).textAlign), "left");
  await context.close();
});

test("a row says all that matters of its task, and is worked by keys alone", async () => {
  const { page, context } = await openAt(browser, server, "/inbox");
  await page.keyboard.press("q");
  await page.keyboard.type("Pay rent");
  await page.keyboard.press("Enter");
  const row = (name) => page.getByRole("row", { name, exact: true });
  await row("Pay rent").focus();
  await page.keyboard.press("1");
  await row("Pay rent, Urgent priority").waitFor();
  await page.keyboard.press("t");
  await row("Pay rent, Tomorrow, Urgent priority").waitFor();
  await page.keyboard.press("Space");
  await row("Pay rent, Tomorrow, Urgent priority").waitFor({ state: "detached" });
  await page.keyboard.press("z");
  await row("Pay rent, Tomorrow, Urgent priority").waitFor();
  await context.close();
});

test("an address of a task that never was says so in words", async () => {
  const { page, context } = await openAt(browser, server, "/inbox?task=nobody", phone);
  await page.getByText("There is no such task").waitFor();
  await context.close();
});

test("a page whose program is still on its way says what it waits for", async () => {
  const { context } = await openProfile(browser, server, phone);
  await context.route("**/assets/*.js", () => {}); // never answers
  const page = await context.newPage();
  await page.goto("/today", { waitUntil: "commit" });
  await page.getByText("Fetching your tasks").waitFor();
  await context.close();
});
