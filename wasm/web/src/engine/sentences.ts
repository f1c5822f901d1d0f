// What a repetition says, and what a command did, in a sentence.
import { quoted } from "./quote";
import {
  count,
  dateOf,
  monthDayName,
  monthName,
  ordinal,
  shortDate,
  dayWord,
  timeOf,
} from "./dates";
import type { Command, Recurrence, Task, TaskPatch, When } from "./model";
import { parseRule, weekdayCodes, type RuleParts, type WeekdayNumber } from "./rule";

const weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const units: Record<string, string> = {
  SECONDLY: "second",
  MINUTELY: "minute",
  HOURLY: "hour",
  DAILY: "day",
  WEEKLY: "week",
  MONTHLY: "month",
  YEARLY: "year",
};

/** "Every month on the 23rd"; `date` is what the rule counts from. */
export function sayRecurrence(recurrence: Recurrence, date: When | null, today: string): string {
  const done = recurrence.repeat_from === "completion";
  const rules = (recurrence.rules ?? []).map((rule) => sayRule(rule, { date, today, done }));
  return rules.join("; and ") || "On chosen dates";
}

interface Setting {
  date: When | null;
  today: string;
  /** Whether it counts from the day of completion. */
  done: boolean;
}

function sayRule(text: string, { date, today, done }: Setting): string {
  const rule = parseRule(text);
  if (!rule || rule.rest.some((part) => !part.startsWith("WKST="))) return `By the rule ${text}`;
  const every = done ? sayAfter(rule, date) : sayEvery(rule, date);
  return every + sayEnd(rule, today);
}

// "3 days after it is done"
function sayAfter(rule: RuleParts, date: When | null): string {
  if (rule.byDay.length || rule.byMonthDay.length || rule.byMonth.length) {
    return `${sayEvery(rule, date)}, from when it is done`;
  }
  return `${count(rule.interval, units[rule.frequency]!)} after it is done`;
}

function sayEvery(rule: RuleParts, date: When | null): string {
  const unit = units[rule.frequency]!;
  const every = rule.interval === 1 ? `Every ${unit}` : `Every ${count(rule.interval, unit)}`;
  const months = rule.byMonth.length ? ` in ${list(rule.byMonth.map(monthName))}` : "";
  if (rule.frequency === "YEARLY" && !rule.byDay.length && !rule.byMonthDay.length) {
    return every + (months || (date ? ` on ${monthDayName(dateOf(date))}` : ""));
  }
  if (rule.byMonthDay.length)
    return `${every} on ${list(rule.byMonthDay.map(sayMonthDay))}${months}`;
  if (rule.byDay.length) return sayDays(rule, every) + months;
  if (rule.frequency === "MONTHLY" && date)
    return `${every} on the ${ordinal(Number(date.slice(8, 10)))}${months}`;
  return every + months;
}

function sayDays(rule: RuleParts, every: string): string {
  const days = rule.byDay.map(({ day }) => weekdayCodes.indexOf(day));
  const plain = rule.byDay.every(({ number }) => number === 0);
  const weekdays = plain && days.length === 5 && days.every((day) => day < 5);
  const weekly = rule.frequency === "WEEKLY" || rule.frequency === "DAILY";
  if (weekdays && rule.interval === 1 && weekly) return "Every weekday";
  if (plain && weekly && rule.interval === 1)
    return `Every ${list(days.map((day) => weekdayNames[day]!))}`;
  return `${every} on ${plain ? "" : "the "}${list(rule.byDay.map(sayWeekday))}`;
}

function sayWeekday({ number, day }: WeekdayNumber): string {
  const name = weekdayNames[weekdayCodes.indexOf(day)]!;
  if (number === 0) return name;
  const words = ["first", "second", "third", "fourth", "fifth"];
  const which =
    number > 0
      ? (words[number - 1] ?? ordinal(number))
      : number === -1
        ? "last"
        : `${ordinal(-number)} last`;
  return `${which} ${name}`;
}

function sayMonthDay(day: number): string {
  if (day > 0) return `the ${ordinal(day)}`;
  return day === -1 ? "the last day" : `the ${ordinal(-day)} last day`;
}

function sayEnd(rule: RuleParts, today: string): string {
  if (rule.count !== null) return rule.count === 1 ? ", once" : `, ${rule.count} times`;
  if (rule.until === null) return "";
  const until = `${rule.until.slice(0, 4)}-${rule.until.slice(4, 6)}-${rule.until.slice(6, 8)}`;
  return `, until ${shortDate(until, today)}`;
}

function list(words: string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** "Mon 30 Nov, 09:00", or "Today, 09:00". */
export function sayWhen(when: When, today: string): string {
  const time = timeOf(when);
  return dayWord(dateOf(when), today) + (time && `, ${time}`);
}

/**
 * "Completed “Oat milk”, next tomorrow": `task` is the one it was about, as it was before; `next`
 * is when it comes again.
 */
export function sayCommand(
  command: Command,
  task: Task | null,
  today: string,
  next: When | null = null,
): string {
  const title = quoted(task?.title ?? "");
  switch (command.type) {
    case "create":
      return `Added ${quoted(command.task.title ?? "")}`;
    case "edit":
      return sayEdit(command.patch ?? {}, title, today);
    case "remove":
      return `Removed ${title}`;
    case "complete":
      return `Completed ${title}${next ? `, next ${lower(sayWhen(next, today))}` : ""}`;
    case "cancel":
      return `Cancelled ${title}`;
    case "reopen":
      return `Reopened ${title}`;
    case "skip":
      return `Skipped ${title} once`;
    case "restore":
      return `Restored ${title}`;
    case "create_project":
      return `Added the project @${command.project.name}`;
    case "batch":
      return sayBatch(command.commands ?? [], task, today);
    default:
      return "Changed";
  }
}

// Of several commands about one task, the first says what it is for.
function sayBatch(commands: Command[], task: Task | null, today: string): string {
  const [first] = commands;
  return task && first
    ? sayCommand(first, task, today)
    : `Changed ${count(commands.length, "task")}`;
}

function sayEdit(patch: TaskPatch, title: string, today: string): string {
  const [field, ...others] = Object.keys(patch);
  if (field === "due" && others.every((other) => other === "recurrence")) {
    if (!patch.due) return `${title} has no date any more`;
    return `${title} is due ${lower(sayWhen(patch.due, today))}`;
  }
  if (others.length) return `Changed ${title}`;
  if (field === "title") return `Renamed to ${quoted(patch.title ?? "")}`;
  if (field === "priority")
    return `${title} has ${patch.priority === "none" ? "no" : patch.priority} priority`;
  if (field === "recurrence")
    return patch.recurrence ? `${title} repeats` : `${title} does not repeat any more`;
  if (field === "project") return `Moved ${title}`;
  return `Changed the ${field} of ${title}`;
}

/** With a capital and a full stop, as the engine's messages are not. */
export function asSentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(whole) ? whole : `${whole}.`;
}

// "Today" within a sentence; the name of a weekday keeps its capital.
const lower = (text: string): string =>
  text.replace(/^(Today|Tomorrow|Yesterday)/, (word) => word.toLowerCase());
