// A real server with the built page, and a real browser.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const fromPage = createRequire(new URL("../../wasm/web/package.json", import.meta.url));
const { chromium } = fromPage("playwright-core");

export const launchBrowser = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** todo-server on a port and a folder that stay the same when it is started again. */
export class TodoServer {
  #folder = mkdtempSync(join(tmpdir(), "todo-e2e-"));
  #data = join(this.#folder, "data");
  #process = null;

  static async start() {
    const server = new TodoServer();
    server.port = await freePort();
    server.url = `http://127.0.0.1:${server.port}`;
    await server.start();
    return server;
  }

  async start() {
    const [program, ...first] = process.env.TODO_SERVER.split(" ");
    this.#process = spawn(
      program,
      [
        ...first,
        "--listen",
        `127.0.0.1:${this.port}`,
        "--data-dir",
        this.#data,
        "--web-root",
        process.env.TODO_WEB,
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    await new Promise((resolve, reject) => {
      this.#process.stdout.once("data", resolve);
      this.#process.once("exit", (code) => reject(new Error(`todo-server ended with ${code}`)));
    });
  }

  kill() {
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.kill("SIGKILL");
    return ended;
  }

  /** A copy of the data as it is now. */
  async backup() {
    const file = join(this.#folder, "backup");
    await this.#act("backup", file);
    return file;
  }

  /** Puts a copy in the place of the data; the server must not run. */
  restore(file) {
    return this.#act("restore", file);
  }

  async #act(...words) {
    const [program, ...first] = process.env.TODO_SERVER.split(" ");
    const acting = spawn(program, [...first, "--data-dir", this.#data, ...words], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    const [code] = await once(acting, "exit");
    if (code !== 0) throw new Error(`todo-server ${words[0]} ended with ${code}`);
  }

  async dispose() {
    await this.kill();
    rmSync(this.#folder, { recursive: true });
  }

  async snapshot() {
    return (await fetch(`${this.url}/v1/snapshot`)).json();
  }
}

/** A page in a browser profile of its own, that fails the test if anything complains. */
export async function openProfile(browser, server, options = {}) {
  const context = await browser.newContext({
    baseURL: server.url,
    timezoneId: "Europe/Paris",
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const complaints = [];
  context.on("weberror", (error) => complaints.push(String(error.error())));
  context.on("console", (message) => {
    // A server that is away is none of the page's faults.
    const away = /Failed to load resource|ERR_CONNECTION/.test(message.text());
    if (message.type() === "error" && !away) complaints.push(message.text());
  });
  return { context, complaints };
}

/** A page of its own at `path`, once it shows something. */
export async function openAt(browser, server, path = "/inbox", options = {}) {
  const { context, complaints } = await openProfile(browser, server, options);
  const page = await context.newPage();
  await page.goto(path);
  await page.locator("h1").waitFor();
  return { page, context, complaints };
}

export const rowOf = (page, title) => page.getByRole("row").filter({ hasText: title });

export async function add(page, title, fill = async () => {}) {
  await page
    .getByRole("button", { name: /^Add task/ })
    .first()
    .click();
  await page.getByLabel("New task").fill(title);
  await fill();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Add task/ })
    .click();
  await rowOf(page, title).waitFor();
}

/** Until the page says that everything is saved: in the side bar, where there is one. */
export const saved = (page) =>
  page.locator('.side .sync[data-state="saved"]').waitFor({ state: "attached" });

/** For people to look at, if a folder for pictures is given. */
export async function picture(page, name) {
  const folder = process.env.TODO_SHOTS;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
}
