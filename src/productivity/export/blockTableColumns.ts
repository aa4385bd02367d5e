import type { Block } from "../experiment/blocks.ts";

/** All that a block has; that none is missing is checked where the type is. */
const columns = {
  experiment: true,
  slotMs: true,
  day: true,
  zoneOffsetMinutes: true,
  stratum: true,
  position: true,
  arm: true,
  qualifies: true,
  whyNot: true,
  netChars: true,
  netTypedChars: true,
  netAiChars: true,
  writtenChars: true,
  unknownChars: true,
  excludedChars: true,
  otherwiseChars: true,
  active120Ms: true,
  active60Ms: true,
  active300Ms: true,
  focusedMs: true,
  charsPerMinute: true,
  manualTriggers: true,
  shown: true,
  shownByItself: true,
  accepts: true,
  heldBack: true,
  newErrors: true,
  undos: true,
  changes: true,
  dayOldAiChars: true,
  churnedAiChars: true,
} satisfies Readonly<Record<keyof Block, true>>;

/** In the order in which a file has them. */
export const blockTableColumns = Object.keys(columns) as readonly (keyof Block)[];
