// One month to choose a day from.
import type { CalendarDate } from "@internationalized/date";
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  Heading,
} from "react-aria-components";
import { useAnswer } from "../app/engine";
import { Icon } from "./Icon";

interface MonthViewProps {
  date: CalendarDate | null;
  onChange(date: CalendarDate): void;
}

export function MonthView({ date, onChange }: MonthViewProps) {
  const { value: settings } = useAnswer("settings", (client) => client.settings());
  const firstDay = (settings?.week_start ?? "monday").slice(0, 3);
  return (
    <Calendar
      aria-label="Day"
      className="month"
      value={date}
      onChange={onChange}
      firstDayOfWeek={firstDay as "mon"}
    >
      <header className="month-head">
        <Heading className="month-name" />
        <Button slot="previous" className="btn-icon">
          <Icon name="back" />
        </Button>
        <Button slot="next" className="btn-icon">
          <Icon name="right" />
        </Button>
      </header>
      <CalendarGrid className="month-grid" weekdayStyle="short">
        <CalendarGridHeader>
          {(day) => <CalendarHeaderCell>{day.slice(0, 2)}</CalendarHeaderCell>}
        </CalendarGridHeader>
        <CalendarGridBody>{(day) => <CalendarCell className="day" date={day} />}</CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  );
}
