import type { LedgerClock } from "../productivity/ledger/clock.ts";
import type { Calendar } from "../productivity/ledger/opening.ts";

/** The real clock, for the ledger and its thread. */
export const ledgerClock: LedgerClock = {
  nowMs: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Minutes by which the machine's clock on the wall is before UTC at that time. */
export const localOffsetMinutesAt = (atMs: number): number => -new Date(atMs).getTimezoneOffset();

/** Days as the machine's time zone has them. */
export const localCalendar: Calendar = {
  label: (atMs) => {
    const at = new Date(atMs);
    const two = (number: number): string => String(number).padStart(2, "0");
    const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
    return `${day}T${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join("-")}`;
  },
  startOfDay: (atMs) => new Date(atMs).setHours(0, 0, 0, 0),
};
