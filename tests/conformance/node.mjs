// Answers each line of standard input by one line, through the text interface of the npm package;
// README.md beside this file has the protocol.
import { createInterface } from "node:readline";
import { Engine } from "../../wasm/face/dist/index.js";

const device = "00000000-0000-7000-8000-000000000001";
const engine = await Engine.create();

/** A refusal, as its JSON text. */
class No extends Error {}
const no = (code, message, field = "") =>
  new No(JSON.stringify({ error: { code, message, ...(field && { field }) } }));

// Gives the text of the value. `rename` puts pointers into the call as pointers into the line.
const ask = (call, rename) => textOf(engine.call(JSON.stringify(call)), rename);
function textOf(answer, rename = (field) => field) {
  if (answer.startsWith('{"ok":')) return answer.slice('{"ok":'.length, -1);
  const { code, message, field = "" } = JSON.parse(answer).error;
  throw no(code, message, rename(field));
}
const moved = (from, to) => (field) =>
  field === from || field.startsWith(`${from}/`) ? to + field.slice(from.length) : field;

/** The arguments of a line; null is as good as absent. */
class Arguments {
  constructor({ op, ...given }) {
    this.left = new Map(Object.entries(given).filter(([, value]) => value !== null));
  }

  take(name, otherwise) {
    const value = this.left.has(name) ? this.left.get(name) : otherwise;
    this.left.delete(name);
    return value;
  }

  need(name) {
    if (!this.left.has(name)) throw no("missing", "this member has to be there", `/${name}`);
    return this.take(name);
  }

  list(name) {
    const value = this.take(name, []);
    return Array.isArray(value) ? value : [value];
  }

  end() {
    for (const name of this.left.keys())
      throw no("unknown_member", "there is no such member", `/${name}`);
  }
}

const load = (values = {}) =>
  ask({ type: "load", snapshot: { v: 1, ...values } }, (field) =>
    moved("/settings", "")(moved("/snapshot", "")(field)),
  );
const check = (as, text, field) => ask({ type: "read", as, text }, (inner) => field + inner);

function datesOf(given) {
  const start = given.need("start");
  const zone = given.take("zone", "");
  const inZone = (date) => (zone && /^[^[]*T[^[]*$/.test(date) ? `${date}[${zone}]` : date);
  const rules = given.take("rule", []);
  const dates = {
    recurrence: {
      anchor: inZone(start),
      rules: [rules].flat(),
      rdates: given.list("rdate").map(inZone),
      exdates: given.list("exdate").map(inZone),
    },
    after: given.take("after"),
    local: true,
  };
  if (given.list("exrule").length) throw no("unsupported", "EXRULE is not supported", "/exrule");
  load();
  if (zone) ask({ type: "offsets", zone, at: [] });
  if (Array.isArray(rules)) rules.forEach((rule, index) => check("Rule", rule, `/rule/${index}`));
  else check("Rule", rules, "/rule");
  load({ settings: { zone: zone || "UTC" } }); // where an UNTIL of a date's rule is read
  return dates;
}

const pointers = [
  ["/dates/recurrence/anchor", "/start"],
  ["/dates/after", "/after"],
  ["/dates/recurrence", ""],
];
const inDates = (field) => {
  const pair = pointers.find(([from]) => moved(from, "")(field) !== field);
  return pair ? moved(...pair)(field) : field;
};

const operations = {
  "recurrence.expand"(given) {
    const call = { type: "occurrences", dates: datesOf(given), limit: given.take("limit", 100) };
    given.end();
    return ask(call, inDates);
  },

  "recurrence.next"(given) {
    const call = { type: "next_occurrence", dates: datesOf(given) };
    given.end();
    return ask(call, inDates);
  },

  "recurrence.format"(given) {
    const rule = given.need("rule");
    given.end();
    return check("Rule", rule, "/rule");
  },

  "zone.offset"(given) {
    const call = { type: "offsets", zone: given.need("zone"), at: given.need("at") };
    given.end();
    return ask(call);
  },

  "zone.resolve"(given) {
    const call = { type: "resolve", zone: given.need("zone"), local: given.need("local") };
    given.end();
    return ask(call);
  },

  query(given) {
    const values = { tasks: given.take("tasks", []), projects: given.take("projects", []) };
    const call = {
      type: "find",
      query: given.take("query", ""),
      sort: given.list("sort").join(","),
      limit: given.take("limit", 50),
      now: given.take("now", "1970-01-01T00:00:00Z"),
    };
    const settings = {
      zone: given.take("zone", "UTC"),
      locale: given.take("locale", "en"),
      week_start: given.take("week_start", "monday"),
    };
    given.end();
    load({ ...values, settings });
    const { tasks = [] } = JSON.parse(ask(call));
    return JSON.stringify(tasks.map(({ id }) => id));
  },

  "query.format"(given) {
    const query = given.take("query", "");
    given.end();
    return check("Query", query, "/query");
  },

  workspace(given) {
    const steps = given.need("commands");
    given.end();
    load();
    return `{"entries":[${askAll(steps).join()}],"tasks":${tasksHere()}}`;
  },

  "workspace.try"(given) {
    const steps = given.take("commands", []);
    const texts = given.need("texts");
    const now = given.need("now");
    given.end();
    load();
    let number = askAll(steps).length + 1;
    const refusals = texts.map((text) => {
      try {
        ask({ type: "read", as: "Command", text });
        const { refusal = null } = JSON.parse(askText(text, { now, number: number++ }));
        return JSON.stringify(refusal);
      } catch (refusal) {
        if (!(refusal instanceof No)) throw refusal;
        return JSON.stringify(JSON.parse(refusal.message).error);
      }
    });
    return `{"refusals":[${refusals.join()}],"snapshot":${ask({ type: "snapshot" })}}`;
  },

  "interchange.import"(given) {
    const call = {
      type: "read_import",
      format: given.need("format"),
      text: given.need("text"),
      now: given.need("now"),
      namespace: given.need("namespace"),
    };
    const times = given.take("times", 1);
    load({ settings: { zone: given.take("zone", "UTC") } });
    given.end();
    let losses = [];
    for (let number = 1; number <= times; ++number) {
      const read = JSON.parse(ask(call));
      losses = read.losses ?? [];
      if (read.commands) applyBatch(read.commands, { now: call.now, number });
    }
    const parts = [ask({ type: "projects" }), tasksHere(), JSON.stringify(losses)];
    return `{"projects":${parts[0]},"tasks":${parts[1]},"losses":${parts[2]}}`;
  },

  "codec.read"(given) {
    const as = given.need("type");
    const text = given.need("text");
    given.end();
    if (as === "Rule" || as === "Query") throw no("unknown_name", "there is no such type", "/type");
    try {
      ask({ type: "read", as, text: "" });
    } catch (refusal) {
      if (JSON.parse(refusal.message).error.field === "/as")
        throw no("unknown_name", "there is no such type", "/type");
    }
    return ask({ type: "read", as, text });
  },
};

// Gives the entry of the nth request, with the JSON text of a command as it is.
function askText(text, { now, number }, rename) {
  const context = { now, actor: "conformance", mutation: { device, number } };
  const request = `{"context":${JSON.stringify(context)},"command":${text}}`;
  const entry = textOf(engine.call(`{"type":"ask","request":${request}}`), rename);
  ask({ type: "settle" });
  return entry;
}

function askAll(steps) {
  const entries = [];
  steps.forEach((step, index) => {
    const place = `/commands/${index}`;
    const command = step.command ?? undoing(step.undo, entries, place);
    const asked = { now: step.now, number: index + 1 };
    const rename = (field) => moved("/request/context", place)(moved("/request", place)(field));
    entries.push(askText(JSON.stringify(command), asked, rename));
  });
  return entries;
}

function applyBatch(commands, { now, number }) {
  const context = { now, actor: "conformance", mutation: { device, number } };
  ask({
    type: "ask",
    request: { context, command: { type: "batch", commands } },
    if_accepted: true,
  });
  ask({ type: "settle" });
}

function tasksHere() {
  const { tasks = [] } = JSON.parse(ask({ type: "snapshot" }));
  return `[${tasks.map(({ id }) => ask({ type: "task", id })).join()}]`;
}

function undoing(number, entries, place) {
  if (number === undefined) {
    throw no("missing", "a step has a command or an undo", `${place}/command`);
  }
  const text = entries[number - 1];
  if (!text) throw no("not_found", "there is no such request", `${place}/undo`);
  const { events = [], command } = JSON.parse(text);
  return { type: "undo", of: { device, number }, events, command };
}

function answer(line) {
  const { error } = JSON.parse(engine.call(line)); // no line is a call, but is it JSON?
  if (error?.code === "malformed") return JSON.stringify({ error });
  const given = JSON.parse(line.toString());
  if (given === null || typeof given !== "object" || Array.isArray(given))
    throw no("wrong_type", "expected an object");
  if (!Object.hasOwn(operations, given.op)) throw no("unknown_name", "there is no such op", "/op");
  return `{"ok":${operations[given.op](new Arguments(given))}}`;
}

process.stdin.setEncoding("latin1"); // bytes as they are, whether or not they are text
for await (const line of createInterface({ input: process.stdin })) {
  try {
    console.log(answer(Buffer.from(line, "latin1")));
  } catch (refusal) {
    if (!(refusal instanceof No)) throw refusal;
    console.log(refusal.message);
  }
}
