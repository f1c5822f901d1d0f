import { describe, expect, it } from "vitest";
import { formatRule, parseRule } from "../src/engine/rule";
import { sayRecurrence } from "../src/engine/sentences";

const say = (rule: string, date: string | null = "2026-11-23") =>
  sayRecurrence(
    {
      rules: [rule],
      rdates: [],
      exdates: [],
      anchored_to: "due",
      repeat_from: "schedule",
      missed: "keep",
    } as never,
    date,
    "2026-11-23",
  );

describe("the text of a rule", () => {
  it("comes back as it was, in the order of RFC 5545", () => {
    for (const text of [
      "FREQ=DAILY",
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR",
      "FREQ=MONTHLY;COUNT=5;BYDAY=-1FR",
      "FREQ=YEARLY;UNTIL=20301231;BYMONTH=3;BYMONTHDAY=1,-1",
      "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
    ]) {
      expect(formatRule(parseRule(text)!)).toBe(text);
    }
  });

  it("is read in any order and letter case", () => {
    expect(formatRule(parseRule("RRULE:byday=mo;freq=weekly")!)).toBe("FREQ=WEEKLY;BYDAY=MO");
  });

  it("keeps a part it cannot read for the engine to judge", () => {
    expect(parseRule("FREQ=DAILY;INTERVAL=often")?.rest).toEqual(["INTERVAL=often"]);
    expect(parseRule("every day")).toBeNull();
  });
});

describe("the sentence of a rule", () => {
  it.each([
    ["FREQ=DAILY", "Every day"],
    ["FREQ=DAILY;INTERVAL=3", "Every 3 days"],
    ["FREQ=WEEKLY;BYDAY=MO", "Every Monday"],
    ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every weekday"],
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "Every 2 weeks on Monday and Thursday"],
    ["FREQ=MONTHLY", "Every month on the 23rd"],
    ["FREQ=MONTHLY;BYMONTHDAY=-1", "Every month on the last day"],
    ["FREQ=MONTHLY;BYDAY=2TU", "Every month on the second Tuesday"],
    ["FREQ=YEARLY", "Every year on 23 November"],
    ["FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1", "Every year on the 1st in March"],
    ["FREQ=DAILY;COUNT=10", "Every day, 10 times"],
    ["FREQ=DAILY;UNTIL=20261231", "Every day, until Thu 31 Dec"],
    ["FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1", "By the rule FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1"],
  ])("%s is “%s”", (rule, sentence) => expect(say(rule)).toBe(sentence));

  it("counts from the day of completion if the task repeats from there", () => {
    const after = (rule: string) =>
      sayRecurrence(
        { rules: [rule], anchored_to: "due", repeat_from: "completion", missed: "keep" },
        "2026-11-23",
        "2026-11-23",
      );
    expect(after("FREQ=DAILY;INTERVAL=3")).toBe("3 days after it is done");
    expect(after("FREQ=MONTHLY;COUNT=5")).toBe("1 month after it is done, 5 times");
    expect(after("FREQ=WEEKLY;BYDAY=MO")).toBe("Every Monday, from when it is done");
  });
});
