// What the editors of date and repetition offer.
import { EngineError, type DueMenu, type RepeatAsk, type RepeatMenu } from "./api";
import {
  addDays,
  dateOf,
  dayNumber,
  fullDate,
  moveTo,
  ordinal,
  shortDate,
  weekdayCode,
  weekdayIndex,
  weekdayName,
  zoneOf,
} from "./dates";
import type { When } from "./model";
import { ownerTime, type Scene } from "./present";
import { sayRecurrence } from "./sentences";

export function dueMenu(scene: Scene, due: When | null): DueMenu {
  const { today } = scene;
  const choice = (label: string, date: string) => ({
    label,
    hint: shortDate(date, today),
    due: due ? moveTo(due, date) : date,
  });
  const saturday = addDays(today, (5 - weekdayIndex(today) + 7) % 7 || 7);
  const monday = addDays(today, 7 - weekdayIndex(today));
  return {
    choices: [
      choice("Today", today),
      choice("Tomorrow", addDays(today, 1)),
      choice(weekdayIndex(today) < 5 ? "This weekend" : "Next weekend", saturday),
      choice("Next week", monday),
    ],
    zone: (due && zoneOf(due)) || scene.zone,
    zones: scene.core.zones(),
  };
}

export function repeatMenu(scene: Scene, ask: RepeatAsk): RepeatMenu {
  const due = ask.due ?? scene.today;
  const menu = {
    due,
    presets: presets(due),
    monthDays: monthDays(dateOf(due)),
    next: [],
    refusal: "",
  };
  if (!ask.recurrence) return { ...menu, says: "Does not repeat" };
  const says = sayRecurrence(ask.recurrence, due, scene.today);
  try {
    const dates = scene.core.occurrences(ask.recurrence, due, null, 5);
    return { ...menu, says, next: dates.map((when) => fullDate(dateOf(ownerTime(scene, when)))) };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { ...menu, says, refusal: error.message };
  }
}

function presets(due: When): RepeatMenu["presets"] {
  const date = dateOf(due);
  const day = Number(date.slice(8));
  return [
    { label: "Every day", rule: "FREQ=DAILY" },
    { label: "Every weekday", rule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR" },
    { label: `Every ${weekdayName(date)}`, rule: `FREQ=WEEKLY;BYDAY=${weekdayCode(date)}` },
    { label: `Every month on the ${ordinal(day)}`, rule: `FREQ=MONTHLY;BYMONTHDAY=${day}` },
    { label: "Every year", rule: "FREQ=YEARLY" },
  ];
}

// The ways to say this day of its month: "Day 23", "4th Monday", "Last Monday".
function monthDays(date: string): RepeatMenu["monthDays"] {
  const day = Number(date.slice(8));
  const [year, month] = date.split("-").map(Number);
  const length =
    dayNumber(new Date(Date.UTC(year!, month!, 1)).toISOString().slice(0, 10)) -
    dayNumber(`${date.slice(0, 8)}01`);
  const code = weekdayCode(date);
  const name = weekdayName(date);
  const nth = Math.ceil(day / 7);
  return [
    { label: `Day ${day}`, byDay: [], byMonthDay: [day] },
    ...(day === length ? [{ label: "Last day", byDay: [], byMonthDay: [-1] }] : []),
    ...(nth < 5
      ? [{ label: `${ordinal(nth)} ${name}`, byDay: [{ number: nth, day: code }], byMonthDay: [] }]
      : []),
    ...(day > length - 7
      ? [{ label: `Last ${name}`, byDay: [{ number: -1, day: code }], byMonthDay: [] }]
      : []),
  ];
}
