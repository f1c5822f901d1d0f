// Dates and times on the owner's wall clock, in words. All texts here are local: "2026-11-23" or
// "2026-11-23T09:00:00"; which local time an instant is, the engine says.
import type { LocalTime, When } from "./model";
import { weekdayCodes, type WeekdayCode } from "./rule";

const dayMs = 86_400_000;

export const dateOf = (local: LocalTime | When): string => local.slice(0, 10);

/** "14:00", "" for a date. */
export const timeOf = (local: LocalTime | When): string => local.slice(11, 16);

/** "Europe/Paris", "" if it has none. */
export const zoneOf = (when: When): string => /\[(.+)\]$/.exec(when)?.[1] ?? "";

/** Days since 1970, so that dates can be counted between. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs;

export const dateAt = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

export const addDays = (date: string, days: number): string => dateAt(dayNumber(date) + days);

/** Monday is 0. */
export const weekdayIndex = (date: string): number => (((dayNumber(date) + 3) % 7) + 7) % 7;

export const weekdayCode = (date: string): WeekdayCode => weekdayCodes[weekdayIndex(date)]!;

/** The same date and time of day at another date; a zone stays. */
export const moveTo = (when: When, date: string): When => date + when.slice(10);

const zone = { timeZone: "UTC" } as const;
const short = new Intl.DateTimeFormat("en-GB", {
  ...zone,
  weekday: "short",
  day: "numeric",
  month: "short",
});
const withYear = new Intl.DateTimeFormat("en-GB", {
  ...zone,
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
});
const long = new Intl.DateTimeFormat("en-GB", {
  ...zone,
  weekday: "long",
  day: "numeric",
  month: "long",
});
const monthDay = new Intl.DateTimeFormat("en-GB", { ...zone, day: "numeric", month: "long" });
const weekday = new Intl.DateTimeFormat("en-GB", { ...zone, weekday: "long" });
const month = new Intl.DateTimeFormat("en-GB", { ...zone, month: "long" });

const format = (formatter: Intl.DateTimeFormat, date: string): string =>
  formatter.format(dayNumber(date) * dayMs).replaceAll(",", "");

/** "Fri 27 Nov", with its year if that is not this one or close. */
export function shortDate(date: string, today: string): string {
  const far =
    date.slice(0, 4) !== today.slice(0, 4) && Math.abs(dayNumber(date) - dayNumber(today)) > 90;
  return format(far ? withYear : short, date);
}

export const fullDate = (date: string): string => format(withYear, date); // "Fri 27 Nov 2026"
export const longDate = (date: string): string => format(long, date); // "Monday 23 November"
export const monthDayName = (date: string): string => format(monthDay, date); // "23 November"
export const weekdayName = (date: string): string => format(weekday, date); // "Monday"
export const monthName = (number: number): string =>
  format(month, `2024-${String(number).padStart(2, "0")}-01`);

/** "Today", "Tomorrow", "Yesterday", else the date. */
export function dayWord(date: string, today: string): string {
  const distance = dayNumber(date) - dayNumber(today);
  const near = { "-1": "Yesterday", "0": "Today", "1": "Tomorrow" }[String(distance)];
  return near ?? shortDate(date, today);
}

/** "in 3 days", "3 days ago"; "" for today and beyond a week. */
export function distance(date: string, today: string): string {
  const days = dayNumber(date) - dayNumber(today);
  if (days === 0 || Math.abs(days) > 7) return "";
  return days > 0 ? `in ${count(days, "day")}` : `${count(-days, "day")} ago`;
}

/** "1 day", "3 days", "2,140 tasks". */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-GB")} ${noun}${number === 1 ? "" : "s"}`;
}

/** "1st", "22nd", "13th". */
export function ordinal(number: number): string {
  const ending =
    number % 100 >= 11 && number % 100 <= 13
      ? "th"
      : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${number}${ending}`;
}

/** "1 h 30 min" from "PT1H30M"; a day of work has no fixed length, so days stay days. */
export function spanText(duration: string): string {
  const [, days, hours, minutes] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$/.exec(duration) ?? [];
  const parts = [
    days && count(Number(days), "day"),
    hours && `${hours} h`,
    minutes && `${minutes} min`,
  ];
  return parts.filter(Boolean).join(" ");
}

/** "Berlin" from "Europe/Berlin". */
export const cityOf = (zoneName: string): string =>
  zoneName.split("/").at(-1)!.replaceAll("_", " ");
