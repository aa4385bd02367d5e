/** What a prompt is made of, told along with it for the person who looks at what was sent. No back-end gets it. */

export interface Provenance {
  readonly stretches: readonly Stretch[];
  /** What was replaced in the prompt before it was sent. */
  readonly redactions: readonly Redaction[];
  /** The id of the suggestion that the answer may become. */
  readonly suggestion?: string;
  /** Where that says more than the request's own purpose, by which back-ends go. */
  readonly askedFor?: AskedFor;
}

/** `trial` is asked as a suggestion is, to try a prompt; all others as the chat asks. */
export type AskedFor =
  | "trial"
  | "edit"
  | "tests"
  | "translation"
  | "review"
  | "names"
  | "commit-message"
  | "pull-request"
  | "commit-explanation"
  | "command";

/** A run of characters of a prompt, and where it comes from. */
export interface Stretch {
  /** `before` and `after` are the caret's own file on its two sides; others are named by their source. */
  readonly source: string;
  /** As it stands in the prompt; whoever changes the prompt changes it too. */
  readonly text: string;
  /** Of the file it is from, relative to its workspace folder, with `/`. */
  readonly path: string | undefined;
  /** Tells that folder from others, which may have the same path in them. */
  readonly folder?: string | undefined;
  /** From 0, in that file. */
  readonly line: number | undefined;
  /** As estimated when it was chosen. */
  readonly tokens: number;
  /** Absent where nothing was chosen: the caret's own file is always there. */
  readonly reason?: StretchReason;
}

/** Why a stretch was chosen, as data: a kind, and what its sentence names. */
export interface StretchReason {
  readonly kind: string;
  readonly name?: string;
  readonly specifier?: string;
  /** From 0 to 1. */
  readonly similarity?: number;
}

export interface Redaction {
  /** What stands in the prompt instead. */
  readonly placeholder: string;
  /** What kind of secret it was. */
  readonly rule: string;
  /** How often it was replaced. */
  readonly count: number;
}
