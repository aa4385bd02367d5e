import { flawAt } from "./checks.ts";
import { finished, lacking, type Outcome } from "./outcome.ts";

export interface KeystrokeInput {
  readonly survivingChars: number;
  /** The user's own typing speed. */
  readonly charsPerSecond: number;
  /** How many suggestions were shown, and what reading one of them takes. */
  readonly shown: number;
  readonly readSeconds: number;
  /** How many were accepted, and what putting one of them right takes. */
  readonly accepted: number;
  readonly fixSeconds: number;
  readonly activeMinutes: number;
}

type Assumption = "charsPerSecond" | "readSeconds" | "fixSeconds";

/** What half and double of one assumption make of S. */
interface TornadoBar {
  readonly assumption: Assumption;
  readonly atHalf: number;
  readonly atDouble: number;
}

export interface KeystrokeResult {
  /** S by the model. It is no measurement. */
  readonly estimate: number;
  readonly netSeconds: number;
  /** The assumption that most hangs on comes first. */
  readonly tornado: readonly TornadoBar[];
}

const assumptions: readonly Assumption[] = ["charsPerSecond", "readSeconds", "fixSeconds"];

/**
 * What suggestions save by arithmetic: seconds of typing the surviving characters by hand, less reading what was shown, less fixing
 * what was accepted; S = (T + net) / T of the active time T. It stands on three assumptions, so it always comes with what half and
 * double of each would make of it.
 *
 * Source: the keystroke-level model, Card, Moran and Newell, CACM 23, 1980, with reading and fixing for its operators.
 */
export function keystrokeModel(input: KeystrokeInput): Outcome<KeystrokeResult> {
  const flaw =
    flawAt("survivingChars", input.survivingChars, "not-negative") ??
    flawAt("charsPerSecond", input.charsPerSecond, "positive") ??
    flawAt("shown", input.shown, "not-negative") ??
    flawAt("readSeconds", input.readSeconds, "not-negative") ??
    flawAt("accepted", input.accepted, "not-negative") ??
    flawAt("fixSeconds", input.fixSeconds, "not-negative") ??
    flawAt("activeMinutes", input.activeMinutes, "not-negative");
  if (flaw) return flaw;
  if (input.activeMinutes === 0) return lacking({ kind: "nothing-counted", field: "activeMinutes" });
  const netSeconds = netOf(input);
  const activeSeconds = input.activeMinutes * 60;
  const estimate = (activeSeconds + netSeconds) / activeSeconds;
  if (estimate <= 0)
    return finished(lacking({ kind: "more-lost-than-spent", lostSeconds: -netSeconds, activeSeconds }));
  const tornado = assumptions
    .map((assumption) => ({
      assumption,
      atHalf: 1 + netOf({ ...input, [assumption]: input[assumption] / 2 }) / activeSeconds,
      atDouble: 1 + netOf({ ...input, [assumption]: input[assumption] * 2 }) / activeSeconds,
    }))
    .toSorted((a, b) => Math.abs(b.atHalf - b.atDouble) - Math.abs(a.atHalf - a.atDouble));
  return finished({ estimate, netSeconds, tornado });
}

function netOf(input: KeystrokeInput): number {
  return (
    input.survivingChars / input.charsPerSecond - input.shown * input.readSeconds - input.accepted * input.fixSeconds
  );
}
