// The main job, as its user does it: the page of the real server in a real browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { add, launchBrowser, openAt, picture, rowOf, saved, TodoServer } from "./world.mjs";

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

const openPage = (path) => openAt(browser, server, path);

const complete = (page, title) => rowOf(page, title).locator(".check").click();

async function due(page, day, time, zone) {
  await page.getByRole("button", { name: /^Date/ }).click();
  await page.getByRole("spinbutton", { name: /^day/i }).click();
  await page.keyboard.type(day);
  await page.getByRole("spinbutton", { name: /^hour/i }).click();
  await page.keyboard.type(time);
  await page.getByLabel("Zone").selectOption(zone);
  await page.getByRole("button", { name: "Set", exact: true }).click();
}

const openTasks = async () =>
  (await server.snapshot()).tasks.filter(({ status }) => status === "open");

test("a weekly meeting keeps its hour when clocks change and servers die", async () => {
  const { page, context, complaints } = await openPage("/today");
  await page.getByRole("button", { name: "Use Europe/Paris" }).click();
  await saved(page);
  await page.goto("/inbox");
  await add(page, "Weekly meeting", async () => {
    await due(page, "22032027", "0900", "Europe/Paris");
    await page.getByRole("button", { name: /^Repeat/ }).click();
    await page.getByRole("button", { name: "Every Monday" }).click();
  });
  await assertRow(page, "Weekly meeting", /Mon 22 Mar 2027, 09:00/);
  await saved(page);

  await complete(page, "Weekly meeting");
  await assertRow(page, "Weekly meeting", /Mon 29 Mar 2027, 09:00/); // after the change
  await saved(page);
  await picture(page, "meeting");

  await server.kill();
  await server.start();
  await page.reload();
  await assertRow(page, "Weekly meeting", /Mon 29 Mar 2027, 09:00/);
  const [task, ...others] = await openTasks();
  assert.equal(task.due, "2027-03-29T09:00:00[Europe/Paris]");
  assert.deepEqual(others, []);
  assert.equal((await server.snapshot()).tasks.length, 2);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("what is done while the server is away waits here, and is done once", async () => {
  const { page, context, complaints } = await openPage();
  await saved(page);
  await server.kill();
  await add(page, "Written offline");
  await page
    .locator('.sync[data-state="offline"]')
    .filter({ hasText: "1 change waits here" })
    .waitFor();
  await server.start();
  await saved(page);
  await page.reload();
  await rowOf(page, "Written offline").waitFor();
  const written = (await openTasks()).filter(({ title }) => title === "Written offline");
  assert.equal(written.length, 1);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("one tab writes; the other says so, follows, and takes over when it closes", async () => {
  const { page, context, complaints } = await openPage();
  await saved(page);
  const second = await context.newPage();
  await second.goto("/inbox");
  await second.locator('.sync[data-state="other_tab"]').waitFor();

  await add(page, "From the first tab");
  await rowOf(second, "From the first tab").waitFor();

  await page.close();
  await saved(second);
  await add(second, "From the second tab");
  await saved(second);
  const titles = (await openTasks()).map(({ title }) => title);
  assert.ok(titles.includes("From the first tab") && titles.includes("From the second tab"));
  assert.deepEqual(complaints, []);
  await context.close();
});

test("two browsers see what the other does", async () => {
  const [here, there] = [await openPage(), await openPage()];
  await add(here.page, "For both");
  await rowOf(there.page, "For both").waitFor();
  await complete(there.page, "For both");
  await rowOf(here.page, "For both").waitFor({ state: "detached" });
  await here.context.close();
  await there.context.close();
});

test("a title is text, whatever it looks like", async () => {
  const { page, context, complaints } = await openPage();
  const titles = [
    '<img src=x onerror="document.title=1">',
    "<script>document.title=2</script>",
    "[click](javascript:document.title=3)",
    "{{constructor.constructor('document.title=4')()}}",
    "\u202egnitirw drawkcab\u202c é 😀",
  ];
  for (const title of titles) await add(page, title);
  for (const title of titles) assert.equal(await rowOf(page, title).count(), 1, title);
  await rowOf(page, titles[0]).locator(".title").click();
  await page.getByRole("textbox", { name: "Title" }).waitFor();
  assert.equal(await page.locator(".rows img, .rows script, .rows a[href^=javascript]").count(), 0);
  assert.doesNotMatch(await page.title(), /^[1-4]$/);
  assert.deepEqual(complaints, []);
  await context.close();
});

async function assertRow(page, title, text) {
  await rowOf(page, title).filter({ hasText: text }).waitFor();
}
