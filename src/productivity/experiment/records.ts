/** What the ledger has of experiments, other than what is counted in any case. */

import type { Stamped } from "../stamped.ts";

/** An experiment, as it was laid down before any of its data: it begins with this record. */
export interface PreregRecord extends Stamped {
  readonly kind: "prereg";
  /** 16 hexadecimal digits from the system's random source. */
  readonly experiment: string;
  /** SHA-256 of seed and configuration (`experiment/plan.ts`): 64 hexadecimal digits. */
  readonly commitment: string;
  /** The `ExperimentPlan` as JSON with its keys in order. */
  readonly configuration: string;
  /** What the half-hours without suggestions are drawn from: 64 hexadecimal digits from the system's random source. */
  readonly seed: string;
}

/** The user has agreed to the experiment, or does so no more. */
export interface ConsentRecord extends Stamped {
  readonly kind: "consent";
  readonly experiment: string;
  /** Of the text that was agreed to. */
  readonly textVersion: number;
  readonly isGiven: boolean;
}

/** How many times as much the user thinks to write in the same time with suggestions: 1.2 is 20 % more. */
export interface BeliefRecord extends Stamped {
  readonly kind: "belief";
  readonly experiment: string;
  /** The experiment's data. */
  readonly when: "before" | "after";
  readonly factor: number;
}

/** One half-hour's part in the experiment. Once a half-hour and experiment, whichever window came first. */
export interface AssignRecord extends Stamped {
  readonly kind: "assign";
  readonly experiment: string;
  /** Where it begins: a multiple of 1,800,000 since the epoch. */
  readonly slotMs: number;
  /** The user's local day: `2026-11-29`. */
  readonly day: string;
  /** Which group of half-hours, counted from 0, and which one in it, from 0. */
  readonly stratum: number;
  readonly position: number;
  /** With suggestions, or without. */
  readonly arm: "on" | "off";
  /** Of the local time, east of UTC. */
  readonly zoneOffsetMinutes: number;
}

/** What became of an experiment. The last one says how it stands. */
export interface ExperimentRecord extends Stamped {
  readonly kind: "experiment";
  readonly experiment: string;
  readonly what: "paused" | "resumed" | "stopped" | "completed";
}

/**
 * A suggestion that was drawn by itself, in an experiment of tier 3, and what came after. `atMs` is that of the draw. Written once
 * its outcome is known, or can't be known any more.
 */
export interface TrialRecord extends Stamped {
  readonly kind: "trial";
  readonly experiment: string;
  /** Which draw of its session: with the experiment's seed it says what was drawn. */
  readonly draw: number;
  /** As it was drawn. */
  readonly isShown: boolean;
  /** It was held back, and then asked for by hand and shown: it counts as drawn. */
  readonly isAsked: boolean;
  readonly state: "reached" | "censored";
  /**
   * For `censored`. For `reached`: why not all of the characters could be looked at ten minutes later; each had been there for ten
   * seconds at least then.
   */
  readonly reason: "" | "session-ended" | "document-closed" | "read-anew" | "too-long" | "too-many";
  /** Work from the draw to the 40th lasting character, or as long as it is known not to have been there; pauses count up to 120 s. */
  readonly activeMs: number;
  /** Typed and accepted in the document since the draw, within `activeMs`, and not touched in the ten minutes after that. */
  readonly survivingChars: number;
}
