// The due date: days at hand first, then any date, with a time and its zone if it has them.
import { parseDate, parseTime, type CalendarDate, type Time } from "@internationalized/date";
import { useState, type FormEvent } from "react";
import { Button, DateField, DateInput, DateSegment, Label, TimeField } from "react-aria-components";
import { useAnswer } from "../app/engine";
import { useWidth } from "../app/media";
import { dateOf, timeOf, zoneOf } from "../engine/dates";
import type { When } from "../engine/model";
import { Complaint } from "./Complaint";
import type { OnChange } from "./FactList";
import { MonthView } from "./MonthView";
import { useComplaint } from "./useComplaint";

interface DueEditorProps {
  due: When | null;
  onChange: OnChange;
  close(): void;
}

const floating = "floating";

export function DueEditor({ due, onChange, close }: DueEditorProps) {
  const { value: menu } = useAnswer(`due ${due}`, (client) => client.dueMenu(due));
  const [date, setDate] = useState<CalendarDate | null>(due ? parseDate(dateOf(due)) : null);
  const [time, setTime] = useState<Time | null>(due && timeOf(due) ? parseTime(timeOf(due)) : null);
  const [zone, setZone] = useState<string | null>(
    due && timeOf(due) ? zoneOf(due) || floating : null,
  );
  const [complaint, attempt] = useComplaint();
  const keyboard = useWidth() !== "phone"; // there it would come up over the days

  async function set(chosen: When | null) {
    if (await attempt(() => onChange({ due: chosen }))) close();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const chosenZone = zone ?? menu?.zone ?? floating;
    if (date) void set(whenOf(date, time, chosenZone === floating ? "" : chosenZone));
  }

  return (
    <form className="form" onSubmit={submit}>
      <div className="days" role="group" aria-label="Days at hand">
        {menu?.choices.map(({ label, hint, due: chosen }) => (
          <Button key={label} className="choice" onPress={() => void set(chosen)}>
            {label}
            <span className="n">{hint}</span>
          </Button>
        ))}
      </div>
      <MonthView key={due} date={date} onChange={setDate} />
      <DateField
        className="field"
        shouldForceLeadingZeros
        value={date}
        onChange={setDate}
        autoFocus={keyboard}
      >
        <Label className="lab">Date</Label>
        <DateInput className="inp dates">
          {(segment) => <DateSegment className="segment" segment={segment} />}
        </DateInput>
      </DateField>
      <TimeField
        className="field"
        value={time}
        onChange={setTime}
        hourCycle={24}
        shouldForceLeadingZeros
      >
        <Label className="lab">Time</Label>
        <DateInput className="inp dates">
          {(segment) => <DateSegment className="segment" segment={segment} />}
        </DateInput>
        {time && (
          <Button slot={null} className="btn btn-text" onPress={() => setTime(null)}>
            All day
          </Button>
        )}
      </TimeField>
      {time && menu && <ZoneField zone={zone ?? menu.zone} zones={menu.zones} onChange={setZone} />}
      <Complaint says={complaint} />
      <div className="pop-foot">
        {due && (
          <Button className="btn btn-late" onPress={() => void set(null)}>
            No date
          </Button>
        )}
        <Button className="btn" onPress={close}>
          Cancel
        </Button>
        <Button className="btn btn-primary" type="submit" isDisabled={!date}>
          Set
        </Button>
      </div>
    </form>
  );
}

interface ZoneFieldProps {
  zone: string;
  zones: string[];
  onChange(zone: string): void;
}

function ZoneField({ zone, zones, onChange }: ZoneFieldProps) {
  const known = zones.includes(zone) || zone === floating ? zones : [zone, ...zones];
  return (
    <label className="field">
      <span className="lab">Zone</span>
      <select className="inp fill" value={zone} onChange={(event) => onChange(event.target.value)}>
        <option value={floating}>Wherever I am</option>
        {known.map((name) => (
          <option key={name} value={name}>
            {name.replaceAll("_", " ")}
          </option>
        ))}
      </select>
    </label>
  );
}

function whenOf(date: CalendarDate, time: Time | null, zone: string): When {
  if (!time) return date.toString();
  const local = `${date.toString()}T${time.toString().slice(0, 5)}:00`;
  return zone ? `${local}[${zone}]` : local;
}
