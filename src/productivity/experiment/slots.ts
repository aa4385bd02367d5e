/** Half-hours, by UTC: the same for every window, and on a journey. */

export const SLOT_MS = 1_800_000;
export const WASHOUT_MS = 300_000;
/**
 * After the end of a half-hour: by then it is said what of its characters was there after ten minutes, a check that was six minutes
 * late included. What is said later still changes nothing, so that what was compared once stays as it was.
 */
export const SETTLED_MS = 1_020_000;

/** Where the half-hour begins in which a time is. */
export const slotOf = (atMs: number): number => Math.floor(atMs / SLOT_MS) * SLOT_MS;

export const isSlot = (slotMs: number): boolean => Number.isSafeInteger(slotMs) && slotMs % SLOT_MS === 0;

/**
 * The day of UTC: `2026-11-29`.
 *
 * Source: Hinnant, chrono-Compatible Low-Level Date Algorithms, 2013 (civil_from_days), for times after 1970.
 */
export function utcDayOf(atMs: number): string {
  // Counted from 1 March of the year 0, so that a leap day is the last one of its year.
  const days = Math.floor(atMs / 86_400_000) + 719_468;
  const era = Math.floor(days / 146_097);
  const ofEra = days - era * 146_097;
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const month = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * month + 2) / 5) + 1;
  const civilMonth = month < 10 ? month + 3 : month - 9;
  const civilYear = year + era * 400 + (civilMonth <= 2 ? 1 : 0);
  return [String(civilYear).padStart(4, "0"), two(civilMonth), two(day)].join("-");
}

const two = (value: number): string => String(value).padStart(2, "0");
