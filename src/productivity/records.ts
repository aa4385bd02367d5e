/**
 * What is written down: figures, kinds and HMACs. No text of anybody's, no path, no name of a file. One union, one table for each
 * kind in the ledger (`ledger/columns.ts` says with which columns).
 */

import type {
  AssignRecord,
  BeliefRecord,
  ConsentRecord,
  ExperimentRecord,
  PreregRecord,
  TrialRecord,
} from "./experiment/records.ts";
import type { Placed, Stamped } from "./stamped.ts";

/** The editor asked, and the document was eligible. Once, however often Pairwise has it ask again for the same. */
export interface OpportunityRecord extends Stamped, Placed {
  readonly kind: "opportunity";
  readonly trigger: "automatic" | "manual";
}

/** What came of it, twice where nothing came of it at first. `run` where a suggestion was returned: the same for one that is already followed. */
export interface ResponseRecord extends Stamped, Placed {
  readonly kind: "response";
  readonly run: string | undefined;
  /**
   * `held-back`: there was one, and an experiment wants this half-hour without: it was not shown. `held-back-singly`: it was not
   * shown since it was drawn by itself, in a half-hour with suggestions.
   */
  readonly outcome: "returned" | "dropped" | "cancelled" | "failed" | "broken" | "held-back" | "held-back-singly";
  /** For `returned` and what is held back where it came from, else the reason. */
  readonly reason: string;
  readonly afterMs: number;
  /** Of the first suggestion; 0 without one. */
  readonly chars: number;
  readonly lines: number;
  /** How many there are to choose from. */
  readonly choices: number;
  readonly model: string;
}

/** Still the valid suggestion so long after it was returned, or accepted before (`accepted`), which proves it. Once a run and threshold. */
export interface ShownRecord extends Stamped, Placed {
  readonly kind: "shown";
  readonly run: string;
  readonly thresholdMs: 300 | 750;
  readonly evidence: "held" | "accepted";
}

export interface AcceptRecord extends Stamped, Placed {
  readonly kind: "accept";
  /** Unique: `session` and a number. */
  readonly accept: string;
  readonly run: string;
  readonly part: "full" | "word" | "line";
  /** The item's command, our own accept command, or inferred from one change. */
  readonly evidence: "command" | "wrapper" | "inferred";
  /** Inserted at one caret, beyond what it replaced. */
  readonly chars: number;
  readonly lines: number;
  readonly carets: number;
  /** From the run's first showing. */
  readonly afterMs: number;
  readonly model: string;
}

/** The end of a run. */
export interface EndRecord extends Stamped, Placed {
  readonly kind: "end";
  readonly run: string;
  readonly outcome: "accepted" | "partly-accepted" | "typed-through" | "ignored" | "rejected";
  readonly reason: EndReason;
  readonly trigger: "automatic" | "manual";
  /** From its first return to its end. */
  readonly lastedMs: number;
  /** Of the suggestion as first returned; where there were several, of the one that was written or accepted, else of the first. */
  readonly chars: number;
  /** Of it, as far as they were not taken away again: at most `chars` together. */
  readonly typedChars: number;
  readonly acceptedChars: number;
  /** Another extension's suggestion was accepted in it, or another provider is active: not part of rates. */
  readonly contaminated: "no" | "other-active" | "other-accepted";
  readonly model: string;
}

export type EndReason =
  | "accepted"
  | "typed-through"
  | "typing-disagreed"
  | "superseded"
  | "cursor-moved"
  | "document-changed"
  | "blurred"
  | "timed-out"
  | "escape"
  /** The window ended. */
  | "session-ended";

/** Undone within 10 s of the accept. */
interface RegretRecord extends Stamped {
  readonly kind: "regret";
  readonly accept: string;
  readonly afterMs: number;
}

export type Check = "30s" | "2m" | "5m" | "10m" | "15m" | "24h" | "commit";

/** What is left of an accept at a check, or that it can't be said any more, and why. Exactly one for each accept and check. */
export interface SurvivalRecord extends Stamped {
  readonly kind: "survival";
  readonly accept: string;
  readonly check: Check;
  readonly state: "alive" | "dead" | "censored";
  /** Alive by its lexemes where too few of its characters are. */
  readonly isRescued: boolean;
  /** A line break is one character, as in all records. */
  readonly insertedChars: number;
  /** Surviving characters. After a rescue by lexemes those that were last counted. */
  readonly survivingChars: number;
  /** Lexeme edit distance by the accepted text's length, where it was computed. */
  readonly distance: number | undefined;
  /** For `censored`: `not-found`, `too-late`, `deleted-file`, `too-many`, `unreadable` (then without figures), … */
  readonly reason: string;
  /** How long after its time the check was. What the user had deleted by its time is dead however late that is said. */
  readonly lateMs: number;
}

/** What of the typed characters of one `edit` record is left after ten minutes. */
interface TypedSurvivalRecord extends Stamped {
  readonly kind: "typedSurvival";
  /** The `edit` record's. */
  readonly edit: string;
  readonly typedChars: number;
  readonly survivingChars: number;
  readonly state: "counted" | "censored";
}

/**
 * Ten seconds of changes to one file, by where they came from; `atMs` is their start. Characters inserted, but for `deletedChars`:
 * those that were removed by hand, also by typing or pasting over a selection.
 */
export interface EditRecord extends Stamped, Placed {
  readonly kind: "edit";
  readonly edit: string;
  readonly typedChars: number;
  readonly aiChars: number;
  readonly deletedChars: number;
  /** Of pastes of at most 200 characters. */
  readonly pasteChars: number;
  readonly longPasteChars: number;
  readonly bulkChars: number;
  readonly formatterChars: number;
  readonly diskChars: number;
  readonly ownChars: number;
  readonly otherChars: number;
  readonly undos: number;
  readonly redos: number;
  readonly changes: number;
}

/** What of one minute of a window went to one project. Milliseconds of it; `activeNMs` with gaps between events of at most N seconds. */
export interface ActivityRecord extends Stamped {
  readonly kind: "activity";
  readonly project: string;
  readonly focusedMs: number;
  readonly active60Ms: number;
  readonly active120Ms: number;
  readonly active300Ms: number;
}

/** Errors that were not there before the last look. */
interface GuardRecord extends Stamped, Placed {
  readonly kind: "guard";
  readonly newErrors: number;
}

interface CommitRecord extends Stamped {
  readonly kind: "commit";
  readonly project: string;
}

/** A stretch of time in which not everything was counted, or in which the clock can't be relied on. */
export interface GapRecord extends Stamped {
  readonly kind: "gap";
  readonly reason: "clock-jump" | "not-written" | "dropped" | "turned-off" | "damaged" | "removed";
  readonly fromMs: number;
  readonly toMs: number;
  /** How many records are missing, where that is known. */
  readonly lost: number | undefined;
}

/** A cell of the self-test's matrix for one version of VS Code. */
export interface SelfTestRecord extends Stamped {
  readonly kind: "selfTest";
  readonly run: string;
  readonly editorVersion: string;
  readonly scenario: string;
  /** What was done, and what the detector made of it. */
  readonly truth: string;
  readonly detected: string;
  readonly count: number;
}

export type LedgerRecord =
  | OpportunityRecord
  | ResponseRecord
  | ShownRecord
  | AcceptRecord
  | EndRecord
  | RegretRecord
  | SurvivalRecord
  | TypedSurvivalRecord
  | EditRecord
  | ActivityRecord
  | GuardRecord
  | CommitRecord
  | GapRecord
  | SelfTestRecord
  | PreregRecord
  | ConsentRecord
  | BeliefRecord
  | AssignRecord
  | ExperimentRecord
  | TrialRecord;

export type RecordKind = LedgerRecord["kind"];

/** A record as the pure parts make it: the recorder adds the session, and makes HMACs of the address. */
export type Fact = FactOf<LedgerRecord>;

type FactOf<Record> = Record extends Placed
  ? Omit<Record, "session" | "file" | "project"> & { readonly uri: string }
  : Record extends Stamped
    ? Omit<Record, "session">
    : never;
