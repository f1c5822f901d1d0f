// The fields of the repeat editor: each shows one part of the rule and changes it.
import { parseDate, type CalendarDate } from "@internationalized/date";
import { useId, type ReactNode } from "react";
import {
  DateField,
  DateInput,
  DateSegment,
  Input,
  Label,
  NumberField,
  Radio,
  RadioGroup,
  TextField,
  ToggleButton,
  ToggleButtonGroup,
} from "react-aria-components";
import type { RepeatMenu } from "../engine/api";
import { dateOf } from "../engine/dates";
import type { Recurrence, When } from "../engine/model";
import { weekdayCodes, type Frequency, type RuleParts, type WeekdayCode } from "../engine/rule";

interface FieldProps {
  parts: RuleParts;
  onChange(change: Partial<RuleParts>): void;
}

const units: [Frequency, string, string][] = [
  ["DAILY", "day", "days"],
  ["WEEKLY", "week", "weeks"],
  ["MONTHLY", "month", "months"],
  ["YEARLY", "year", "years"],
];

export function EveryFields({ parts, onChange }: FieldProps) {
  const known = units.some(([frequency]) => frequency === parts.frequency);
  return (
    <div className="field">
      <Count label="Every" value={parts.interval} onChange={(interval) => onChange({ interval })} />
      <select
        className="inp"
        aria-label="Unit"
        value={parts.frequency}
        onChange={(event) => {
          const frequency = event.target.value as Frequency;
          onChange({ frequency, byDay: [], byMonthDay: [], byMonth: [] });
        }}
      >
        {!known && <option value={parts.frequency}>{parts.frequency.toLowerCase()}</option>}
        {units.map(([frequency, one, many]) => (
          <option key={frequency} value={frequency}>
            {parts.interval === 1 ? one : many}
          </option>
        ))}
      </select>
    </div>
  );
}

interface CountProps {
  label: string;
  value: number;
  onChange(value: number): void;
  hidden?: boolean;
}

function Count({ label, value, onChange, hidden }: CountProps) {
  return (
    <NumberField
      className="field"
      value={value}
      minValue={1}
      maxValue={9999}
      formatOptions={{ useGrouping: false }}
      onChange={(number) => onChange(Number.isNaN(number) ? 1 : number)}
    >
      <Label className={hidden ? "vh" : "lab"}>{label}</Label>
      <Input className="inp inp-n" />
    </NumberField>
  );
}

const weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

export function OnFields({
  parts,
  monthDays,
  onChange,
}: FieldProps & Pick<RepeatMenu, "monthDays">) {
  const label = useId();
  if (parts.frequency === "WEEKLY") {
    const days = parts.byDay.map(({ day }) => day);
    return (
      <div className="field">
        <span className="lab" id={label}>
          On
        </span>
        <ToggleButtonGroup
          className="seg"
          aria-labelledby={label}
          selectionMode="multiple"
          selectedKeys={days}
          onSelectionChange={(chosen) => {
            const codes = weekdayCodes.filter((day) => chosen.has(day));
            onChange({ byDay: codes.map((day: WeekdayCode) => ({ day, number: 0 })) });
          }}
        >
          {weekdayCodes.map((day, index) => (
            <ToggleButton key={day} id={day} aria-label={weekdayNames[index]!}>
              {weekdayNames[index]!.slice(0, 2)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </div>
    );
  }
  if (parts.frequency !== "MONTHLY" || monthDays.length === 0) return null;
  const said = ({ byDay, byMonthDay }: Pick<RuleParts, "byDay" | "byMonthDay">) =>
    JSON.stringify([byDay.map(({ number, day }) => [number, day]), byMonthDay]);
  const chosen = said(parts) === said({ byDay: [], byMonthDay: [] }) ? monthDays[0]! : parts;
  return (
    <Segments
      label="On"
      value={said(chosen)}
      onChange={(value) => onChange(monthDays.find((each) => said(each) === value)!)}
    >
      {monthDays.map((each) => [said(each), each.label])}
    </Segments>
  );
}

interface SegmentsProps {
  label: string;
  value: string;
  onChange(value: string): void;
  children: [string, ReactNode][];
}

function Segments({ label, value, onChange, children }: SegmentsProps) {
  return (
    <RadioGroup className="field" value={value} onChange={onChange} orientation="horizontal">
      <Label className="lab">{label}</Label>
      <div className="seg">
        {children.map(([key, name]) => (
          <Radio key={key} value={key}>
            {name}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

interface PolicyFieldsProps {
  recurrence: Recurrence;
  onChange(change: Partial<Recurrence>): void;
}

export function PolicyFields({ recurrence, onChange }: PolicyFieldsProps) {
  const missed = useId();
  return (
    <>
      <Segments
        label="Count from"
        value={recurrence.repeat_from ?? "schedule"}
        onChange={(value) => onChange({ repeat_from: value as Recurrence["repeat_from"] })}
      >
        {[
          ["schedule", "The schedule"],
          ["completion", "When I finish"],
        ]}
      </Segments>
      <div className="field">
        <label className="lab" htmlFor={missed}>
          If missed
        </label>
        <select
          className="inp fill"
          id={missed}
          value={recurrence.missed ?? "keep"}
          onChange={(event) => onChange({ missed: event.target.value as Recurrence["missed"] })}
        >
          <option value="keep">keep it until it is done</option>
          <option value="next">skip to the next one</option>
          <option value="collapse">fold all missed into one</option>
        </select>
      </div>
    </>
  );
}

type End = "never" | "date" | "count";

export function EndFields({ parts, onChange, from }: FieldProps & { from: When | null }) {
  const id = useId();
  const end: End = parts.count !== null ? "count" : parts.until !== null ? "date" : "never";
  const start = from ? dateOf(from) : "";

  function choose(chosen: End) {
    onChange({
      count: chosen === "count" ? 10 : null,
      until: chosen === "date" ? untilOf(parseDate(start).add({ years: 1 })) : null,
    });
  }

  return (
    <div className="field">
      <label className="lab" htmlFor={id}>
        Ends
      </label>
      <div className="rest">
        <select
          className="inp"
          id={id}
          value={end}
          onChange={(event) => choose(event.target.value as End)}
        >
          <option value="never">never</option>
          {start && <option value="date">on a date</option>}
          <option value="count">after a number of times</option>
        </select>
        {end === "count" && (
          <Count
            hidden
            label="Times"
            value={parts.count!}
            onChange={(count) => onChange({ count })}
          />
        )}
        {end === "date" && (
          <UntilField until={parts.until!} onChange={(until) => onChange({ until })} />
        )}
      </div>
    </div>
  );
}

const untilOf = (date: CalendarDate): string => date.toString().replaceAll("-", "");

function UntilField({ until, onChange }: { until: string; onChange(until: string): void }) {
  const date = /^(\d{4})(\d{2})(\d{2})/.exec(until);
  return (
    <DateField
      aria-label="Last date"
      shouldForceLeadingZeros
      value={date ? parseDate(`${date[1]}-${date[2]}-${date[3]}`) : null}
      onChange={(chosen) => chosen && onChange(untilOf(chosen))}
    >
      <DateInput className="inp dates">
        {(segment) => <DateSegment className="segment" segment={segment} />}
      </DateInput>
    </DateField>
  );
}

interface RuleFieldProps {
  rule: string;
  refusal: string;
  onChange(rule: string): void;
}

export function RuleField({ rule, refusal, onChange }: RuleFieldProps) {
  return (
    <>
      <TextField
        className="field"
        value={rule}
        onChange={onChange}
        isInvalid={refusal !== ""}
        autoComplete="off"
        spellCheck="false"
      >
        <Label className="lab">As a rule</Label>
        <Input className="inp fill mono" />
      </TextField>
      {refusal && (
        <p className="complaint" role="alert">
          {refusal.charAt(0).toUpperCase() + refusal.slice(1)}.
        </p>
      )}
    </>
  );
}
