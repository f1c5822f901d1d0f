// What each view asks the engine: sections one after the other, each a query in its own order.
import type { EmptyState, Heading, Section, SortKey, View } from "./api";
import { addDays, longDate, shortDate, weekdayIndex } from "./dates";
import type { Scene } from "./present";

export interface Plan {
  heading: Pick<Heading, "title" | "aside">;
  sections: PlannedSection[];
  /** The orders offered, the view's own first. */
  sorts: SortKey[];
}

export interface PlannedSection {
  key: string;
  title: string;
  tone: Section["tone"];
  query: string;
  sort: SortKey[];
  /** A heading for each day instead of one for all. */
  days: "due" | "completed_at" | null;
  /** The day that the heading says. */
  said: string | null;
}

const byDue: SortKey[] = ["due", "-priority"];
const usualSorts: SortKey[] = ["due", "-priority", "title", "-created"];

export function planOf(scene: Scene, view: View, sort: SortKey | null): Plan {
  const plan = usualPlan(scene, view);
  const chosen = sort !== null && sort !== plan.sorts[0] && plan.sorts.includes(sort) ? sort : null;
  if (!chosen) return plan;
  // Another order runs through all, except that what is late stays apart.
  const whole = view.type === "today" || plan.sections.length === 0;
  const sections = whole ? plan.sections : [section("all", "", queryOf(scene, view))];
  return {
    ...plan,
    sections: sections.map((each) => ({ ...each, sort: [chosen, ...byDue], days: null })),
  };
}

function usualPlan(scene: Scene, view: View): Plan {
  const query = queryOf(scene, view);
  switch (view.type) {
    case "today":
      return plan("Today", longDate(scene.today), todaySections(scene));
    case "upcoming":
      return plan("Upcoming", "", [{ ...section("days", "", query), days: "due" }]);
    case "completed": {
      const days = {
        ...section("days", "", query),
        sort: ["-completed"] as SortKey[],
        days: "completed_at" as const,
      };
      return { ...plan("Completed", "", [days]), sorts: ["-completed", "title"] };
    }
    case "search":
      return plan("Search", "", [section("all", "", query)]);
    case "inbox":
      return plan("Inbox", "", datedSections(scene, query));
    case "project": {
      const name = scene.projects.get(view.id)?.name;
      if (name === undefined) return plan("Project", "", []);
      return plan(name, `@${name}`, datedSections(scene, query));
    }
    case "tag":
      return plan(`#${view.name}`, "", datedSections(scene, query));
  }
}

/** All that the view shows, as one query. */
export function queryOf(scene: Scene, view: View): string {
  switch (view.type) {
    case "today":
      return "(is:overdue OR is:today)";
    case "upcoming":
      return "is:upcoming";
    case "inbox":
      return "is:inbox";
    case "project":
      return `@"${scene.projects.get(view.id)?.name ?? ""}"`;
    case "tag":
      return `#${view.name}`;
    case "completed":
      return "is:done";
    case "search":
      return view.query.trim() || "is:open";
  }
}

const plan = (title: string, aside: string, sections: PlannedSection[]): Plan => ({
  heading: { title, aside },
  sections,
  sorts: usualSorts,
});

const section = (key: string, title: string, query: string): PlannedSection => ({
  key,
  title,
  tone: "plain",
  query,
  sort: byDue,
  days: null,
  said: null,
});

const overdue = (query: string): PlannedSection => ({
  ...section("overdue", "Overdue", `${query} is:overdue`.trim()),
  tone: "late",
});

function todaySections(scene: Scene): PlannedSection[] {
  return [overdue(""), { ...section("today", "Today", "is:today -is:overdue"), said: scene.today }];
}

// The week ends on the eve of the owner's first day of the week.
function datedSections(scene: Scene, query: string): PlannedSection[] {
  const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  const first = days.indexOf(scene.core.settings().week_start);
  const left = (first - 1 - weekdayIndex(scene.today) + 7) % 7;
  const end = addDays(scene.today, left);
  const week = left > 0 ? [section("week", "This week", `${query} due>today due<=${end}`)] : [];
  return [
    overdue(query),
    { ...section("today", "Today", `${query} is:today -is:overdue`), said: scene.today },
    ...week,
    section("later", "Later", `${query} due>${end}`),
    section("none", "No date", `${query} -has:due`),
  ];
}

/** The heading of a day: "Tomorrow, Tuesday 24 November". */
export function dayHeading(date: string, today: string): string {
  const near: Record<string, string> = {
    [today]: "Today",
    [addDays(today, 1)]: "Tomorrow",
    [addDays(today, -1)]: "Yesterday",
  };
  const name = near[date];
  const words = date.slice(0, 4) === today.slice(0, 4) ? longDate(date) : shortDate(date, today);
  return name ? `${name}, ${longDate(date)}` : words;
}

type EmptyText = Omit<EmptyState, "instead">;

/** `title` is that of the view. Today and Search have more to say than this. */
export function emptyText(view: View, title: string): EmptyText {
  switch (view.type) {
    case "today":
      return say("sunrise", "Nothing left for today", "");
    case "upcoming":
      return say("sunrise", "Nothing is planned", "Tasks with a date after today stand here.");
    case "inbox":
      return say("tray", "The inbox is empty", "New tasks without a project land here.");
    case "project":
      return say("tray", `Nothing to do in ${title}`, "New tasks of this project stand here.");
    case "tag":
      return say("tray", `No open task carries ${title}`, "Completed tasks keep their tags.");
    case "completed":
      return say(
        "sunrise",
        "Nothing completed yet",
        "What you complete stands here, newest first.",
      );
    case "search":
      return view.query.trim() === ""
        ? say("lens", "No open tasks", "Search looks at titles, notes, tags and projects.")
        : say("lens", "Nothing matches", "No open task does, and no completed one.");
  }
}

const say = (picture: EmptyState["picture"], title: string, text: string): EmptyText => ({
  picture,
  title,
  text,
});
