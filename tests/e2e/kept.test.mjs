// Whatever happens while somebody writes: the text is kept, and its writer is told where it is.
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

const phone = { viewport: { width: 390, height: 844 } };
const notesOf = (page) => page.getByRole("textbox", { name: "Notes" });

async function openWith(title, options) {
  const opened = await openAt(browser, server, "/inbox", options);
  const { page } = opened;
  await add(page, title);
  await rowOf(page, title).locator(".title").click();
  await notesOf(page).waitFor();
  await saved(page);
  return opened;
}

async function taskOf(title) {
  const { tasks = [] } = await server.snapshot();
  return tasks.find((task) => task.title === title);
}

// Another program, as the page hears of it.
async function remove(title) {
  const { id } = await taskOf(title);
  const answer = await fetch(`${server.url}/v1/tasks/${id}`, { method: "DELETE" });
  assert.ok(answer.ok);
}

test("a task removed elsewhere keeps what is being written in it", async () => {
  const { page, context, complaints } = await openWith("Removed while written");
  await notesOf(page).fill("Two hours of work");
  await remove("Removed while written");
  await page.getByText("This task was removed").waitFor();
  assert.equal(await notesOf(page).inputValue(), "Two hours of work");
  await notesOf(page).press("End");
  await page.keyboard.type(", and more");
  await picture(page, "removed-elsewhere");

  await page.getByRole("button", { name: "Restore and save" }).click();
  await rowOf(page, "Removed while written").waitFor();
  await saved(page);
  const task = await taskOf("Removed while written");
  assert.equal(task.notes, "Two hours of work, and more");
  assert.equal(task.deleted_at, undefined);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("what was written in a removed task is kept when its sheet is put away", async () => {
  const { page, context } = await openWith("Removed behind the sheet", phone);
  await notesOf(page).fill("Still mine");
  await remove("Removed behind the sheet");
  await page.getByText("This task was removed").waitFor();
  await page.getByRole("button", { name: "Close task" }).click();
  const matter = page.getByRole("region", { name: /^Not saved: Changed the notes/ });
  await matter.getByText("Still mine").waitFor();
  await picture(page, "not-saved-390");

  await matter.getByRole("button", { name: "Discard" }).click();
  await matter.waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^Undo/ }).click();
  await matter.getByRole("button", { name: "Restore and save" }).click();
  await matter.waitFor({ state: "detached" });
  await rowOf(page, "Removed behind the sheet").waitFor();
  await saved(page);
  assert.equal((await taskOf("Removed behind the sheet")).notes, "Still mine");
  await context.close();
});

test("what was written while the server was away is kept if the task is gone by then", async () => {
  const { page, context } = await openWith("Gone meanwhile");
  await context.route("**/v1/**", (route) => route.abort());
  await notesOf(page).fill("Written on the train");
  await notesOf(page).blur();
  await page.locator('.sync[data-state="offline"]').waitFor();
  await remove("Gone meanwhile");
  await page.getByRole("button", { name: "Try now" }).waitFor();
  await context.unroute("**/v1/**"); // found out by itself, soon
  const matter = page.getByRole("region", { name: /^Not saved/ });
  await matter.getByText("Written on the train").waitFor();
  await page.locator('.sync[data-state="unsaved"]').waitFor();
  await picture(page, "not-saved");
  await matter.getByRole("button", { name: "Restore and save" }).click();
  await saved(page);
  assert.equal((await taskOf("Gone meanwhile")).notes, "Written on the train");
  await context.close();
});

test("Escape puts away what was written, and it can be brought back", async () => {
  const { page, context } = await openWith("Escaped");
  await notesOf(page).fill("First thoughts");
  await notesOf(page).press("Escape");
  assert.equal(await notesOf(page).inputValue(), "");
  await notesOf(page).press("Control+z");
  assert.equal(await notesOf(page).inputValue(), "First thoughts");

  await notesOf(page).press("Escape");
  await page.getByRole("button", { name: "Close task" }).click();
  await page.getByRole("button", { name: /^Undo/ }).click(); // its field has gone: it is saved
  await saved(page);
  assert.equal((await taskOf("Escaped")).notes, "First thoughts");
  await context.close();
});

test("a text whose field goes is saved", async () => {
  const { page, context } = await openWith("Closed while written", phone);
  await notesOf(page).fill("Written, then back");
  await page.goBack();
  await notesOf(page).waitFor({ state: "detached" });
  await saved(page);
  assert.equal((await taskOf("Closed while written")).notes, "Written, then back");
  await context.close();
});

test("a text that is refused after its field went is there again with the reason", async () => {
  const { page, context } = await openWith("Short", phone);
  const title = page.getByRole("textbox", { name: "Title" });
  await title.fill("x".repeat(1001));
  await page.goBack();
  await rowOf(page, "Short").getByText("The title was not changed").waitFor();
  await rowOf(page, "Short").locator(".title").click();
  assert.equal(await title.inputValue(), "x".repeat(1001));
  await page.locator(".d-title .complaint").waitFor();
  await title.fill("Short enough");
  await page.goBack();
  await rowOf(page, "Short enough").waitFor();
  await context.close();
});

test("a task that is not added yet keeps its title", async () => {
  const { page, context } = await openAt(browser, server);
  await page.keyboard.press("q");
  await page.getByLabel("New task").fill("Half a thought");
  await page.keyboard.press("Escape");
  await page.getByLabel("New task").waitFor({ state: "detached" });
  await page.keyboard.press("q");
  assert.equal(await page.getByLabel("New task").inputValue(), "Half a thought");
  await page.keyboard.press("Enter");
  await rowOf(page, "Half a thought").waitFor();
  await page.keyboard.press("q");
  assert.equal(await page.getByLabel("New task").inputValue(), "");

  await page.getByLabel("New task").fill("Cancelled by mistake");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: /^Undo/ }).click();
  assert.equal(await page.getByLabel("New task").inputValue(), "Cancelled by mistake");
  await context.close();
});

// Gives whether the browser asks before the page closes; it stays.
async function asksBeforeClosing(page) {
  const asked = page
    .waitForEvent("dialog", { timeout: 2000 })
    .then((dialog) => dialog.dismiss().then(() => dialog.type() === "beforeunload"));
  await page.close({ runBeforeUnload: true });
  return asked.catch(() => false);
}

test("closing the page asks first if something would be lost, and only then", async () => {
  const { page, context } = await openWith("Asked about");
  await notesOf(page).fill("Not saved yet");
  assert.equal(await asksBeforeClosing(page), true, "a text in its field");
  await notesOf(page).blur();
  await saved(page);

  await server.kill();
  await add(page, "Written offline");
  await page.locator('.sync[data-state="offline"]').waitFor();
  assert.equal(await asksBeforeClosing(page), true, "a change that waits");
  await server.start();
  await saved(page);

  assert.equal(await asksBeforeClosing(page), false, "nothing");
  assert.ok(page.isClosed());
  await context.close();
});

test("what waits is saved in the journal that a backup brought back", async () => {
  const { page, context } = await openWith("In the backup");
  const backup = await server.backup();
  await add(page, "After the backup");
  await saved(page);
  await server.kill();
  await server.restore(backup);
  await add(page, "Made while it was away");
  await notesOf(page).fill("These too");
  await notesOf(page).blur();
  await server.start();

  const news = page.getByRole("region", { name: "The server holds other tasks than before" });
  await news.getByText("The 2 changes that waited here were made again").waitFor();
  await picture(page, "restored");
  await saved(page);
  assert.equal((await taskOf("In the backup")).notes, "These too");
  assert.ok(await taskOf("Made while it was away"));
  assert.equal(await taskOf("After the backup"), undefined);
  await news.getByRole("button", { name: "Close" }).click();
  await news.waitFor({ state: "detached" });
  await context.close();
});

test("an address that leads to nothing says so and leads on", async () => {
  const { page, context, complaints } = await openAt(browser, server, "/nonsense");
  await page.getByText("There is no page at /nonsense").waitFor();
  await picture(page, "nowhere");
  await page.getByRole("link", { name: "See today" }).click();
  await page.getByRole("heading", { level: 1, name: /^Today/ }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/today");
  assert.deepEqual(complaints, []);
  await context.close();
});
