// The text of an RRULE as the parts that the repeat editor offers, and back.
export type Frequency =
  "SECONDLY" | "MINUTELY" | "HOURLY" | "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";

export interface RuleParts {
  frequency: Frequency;
  interval: number;
  count: number | null;
  /** As RFC 5545 writes it: "20261231". */
  until: string | null;
  byDay: WeekdayNumber[];
  byMonthDay: number[];
  byMonth: number[];
  /** What is not understood here, as it was written: "BYSETPOS=-1". */
  rest: string[];
}

/** "MO", or with a number the nth of the month: -1 is the last. */
export interface WeekdayNumber {
  day: WeekdayCode;
  number: number;
}
export type WeekdayCode = "MO" | "TU" | "WE" | "TH" | "FR" | "SA" | "SU";

export const weekdayCodes: WeekdayCode[] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const frequencies: Frequency[] = [
  "SECONDLY",
  "MINUTELY",
  "HOURLY",
  "DAILY",
  "WEEKLY",
  "MONTHLY",
  "YEARLY",
];

export function everyDay(): RuleParts {
  return {
    frequency: "DAILY",
    interval: 1,
    count: null,
    until: null,
    byDay: [],
    byMonthDay: [],
    byMonth: [],
    rest: [],
  };
}

/** `null` if it is not a rule at all; whether it is a good one the engine says. */
export function parseRule(text: string): RuleParts | null {
  const parts = everyDay();
  let found = false;
  for (const part of text
    .trim()
    .replace(/^RRULE:/i, "")
    .split(";")) {
    if (part === "") continue;
    const [name = "", value = ""] = part.toUpperCase().split("=", 2);
    if (name === "FREQ") {
      if (!isFrequency(value)) return null;
      parts.frequency = value;
      found = true;
    } else if (!readPart(parts, name, value)) {
      parts.rest.push(part);
    }
  }
  return found ? parts : null;
}

function readPart(parts: RuleParts, name: string, value: string): boolean {
  switch (name) {
    case "INTERVAL":
      return assign(numbers(value), ([interval]) => (parts.interval = interval!));
    case "COUNT":
      return assign(numbers(value), ([count]) => (parts.count = count!));
    case "UNTIL":
      parts.until = value;
      return true;
    case "BYDAY":
      return assign(weekdays(value), (days) => (parts.byDay = days));
    case "BYMONTHDAY":
      return assign(numbers(value), (days) => (parts.byMonthDay = days));
    case "BYMONTH":
      return assign(numbers(value), (months) => (parts.byMonth = months));
    default:
      return false;
  }
}

function assign<T>(values: T[] | null, take: (values: T[]) => void): boolean {
  if (values) take(values);
  return values !== null;
}

function isFrequency(value: string): value is Frequency {
  return (frequencies as string[]).includes(value);
}

function numbers(value: string): number[] | null {
  const read = value.split(",");
  return read.every((text) => /^[+-]?\d{1,4}$/.test(text)) ? read.map(Number) : null;
}

function weekdays(value: string): WeekdayNumber[] | null {
  const read = value.split(",").map((text) => /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(text));
  if (!read.every((match) => match !== null)) return null;
  return read.map((match) => ({ number: Number(match[1] ?? 0), day: match[2] as WeekdayCode }));
}

/** Parts in the order of RFC 5545, defaults left out, as the engine writes it. */
export function formatRule(parts: RuleParts): string {
  const text = [`FREQ=${parts.frequency}`];
  if (parts.until !== null) text.push(`UNTIL=${parts.until}`);
  if (parts.count !== null) text.push(`COUNT=${parts.count}`);
  if (parts.interval !== 1) text.push(`INTERVAL=${parts.interval}`);
  if (parts.byMonth.length) text.push(`BYMONTH=${parts.byMonth.join(",")}`);
  if (parts.byMonthDay.length) text.push(`BYMONTHDAY=${parts.byMonthDay.join(",")}`);
  if (parts.byDay.length) {
    text.push(`BYDAY=${parts.byDay.map(({ number, day }) => (number || "") + day).join(",")}`);
  }
  return [...text, ...parts.rest].join(";");
}
