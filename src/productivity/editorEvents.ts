/**
 * What an editor did, as data: the one input of the detector, of activity and of survival. Texts in it stay in memory; nothing
 * of them is written down.
 */

/** Milliseconds since the epoch, by a clock that never goes back within a session (the monotonic one, set at its start). */
export type Instant = number;

interface At {
  readonly atMs: Instant;
}

interface InDocument extends At {
  /** The document's address. In memory alone: the ledger gets an HMAC. */
  readonly uri: string;
}

/** Offsets are in UTF-16 code units, as are all lengths. */
export interface TextEdit {
  /** In the document before the whole event. */
  readonly offset: number;
  readonly length: number;
  /** How many of the line breaks that it removes are two characters long; none where it is absent. */
  readonly longBreaks?: number;
  /** With the document's own line breaks. */
  readonly text: string;
}

/** One change event of a document; all its edits are in terms of the text before it. */
export interface ChangeEvent extends InDocument {
  readonly kind: "change";
  readonly languageId: string;
  /** Of the document after it. */
  readonly version: number;
  /** Ascending by offset; never empty. */
  readonly edits: readonly TextEdit[];
  readonly reason: "undo" | "redo" | undefined;
  /** The document counts as changed after it. Text that was read from the disk anew does not. */
  readonly isDirty: boolean;
  /** The document is being saved: between "will save" and "did save". */
  readonly isSaving: boolean;
  /** A composition of an input method goes on with it. */
  readonly isComposing: boolean;
  /** Pairwise itself has written it: an edit or an answer of the chat that was accepted. Not the accept of a suggestion. */
  readonly isOwn: boolean;
  /** Where the carets were before it, and what was selected, as far as known: where nobody types nothing was typed. */
  readonly selectionsBefore: readonly Stretch[] | undefined;
  /** The document is the one that the window's active editor shows. */
  readonly isActive: boolean;
}

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

interface SelectionEvent extends InDocument {
  readonly kind: "selection";
  /** `active` is where the caret is. The first one is the primary. */
  readonly selections: readonly { readonly anchor: number; readonly active: number }[];
  readonly cause: "keyboard" | "mouse" | "command" | undefined;
}

/** What a suggestion would put where, in terms of the document's version that was asked about. */
export interface GivenSuggestion {
  /** The same while somebody types along, and when it comes again from a cache. */
  readonly id: string;
  readonly insertText: string;
  /** What it replaces. */
  readonly from: number;
  readonly to: number;
}

export type EditorEvent =
  | ChangeEvent
  | SelectionEvent
  | (At & { readonly kind: "focus"; readonly isFocused: boolean })
  /** Another editor is in front, or none. */
  | (At & { readonly kind: "active"; readonly uri: string | undefined })
  | (InDocument & { readonly kind: "scroll" })
  | (InDocument & { readonly kind: "opened"; readonly languageId: string })
  | (InDocument & { readonly kind: "closed" })
  | (InDocument & { readonly kind: "saved" })
  /** It counts as changed now, whatever was said with its last change. */
  | (InDocument & { readonly kind: "dirtied" })
  /** The editor asks for a suggestion, where the document is eligible. Followed by exactly one `answered` with the same `ask`. */
  | (InDocument & {
      readonly kind: "asked";
      readonly ask: number;
      readonly languageId: string;
      readonly version: number;
      readonly offset: number;
      readonly trigger: "automatic" | "manual";
      /**
       * Pairwise itself has the editor ask once more, for what was asked before: that is no request of anybody's. What it got the
       * first time is said, since a suggestion may come now where there was none, or go on, with others to choose from.
       */
      readonly repeats?: Repeated;
      /** Another extension that suggests inline is active for this document, by its name; it may be it that is seen. */
      readonly others: boolean;
    })
  | (InDocument & { readonly kind: "answered"; readonly ask: number; readonly answer: Answer })
  /** The editor asked and gets nothing, without any opportunity: suggestions are off, snoozed, or the file is ignored. */
  | (InDocument & { readonly kind: "withheld"; readonly version: number; readonly offset: number })
  /** The command of a suggestion ran: it was accepted whole. VS Code runs it after the document's change. */
  | (At & { readonly kind: "accepted"; readonly id: string })
  /** Our own command is about to insert a part of what is shown; the change comes after it. `isRest`: nothing is left then. */
  | (InDocument & {
      readonly kind: "taking";
      readonly id: string;
      readonly part: "word" | "line";
      readonly offset: number;
      readonly text: string;
      readonly isRest: boolean;
    })
  /** It did not insert it: the user had typed meanwhile. */
  | (InDocument & { readonly kind: "not-taken"; readonly id: string })
  /** Escape, where a suggestion was visible. */
  | (At & { readonly kind: "dismissed"; readonly id: string })
  /** Time passes: told at least once a second while anything waits (see `nextDueMs` of who waits). */
  | (At & { readonly kind: "tick" });

export type Repeated = "unanswered" | "returned";

export type Answer =
  | {
      /**
       * Given to the editor, not cancelled; or there, and not given to it, since an experiment wants this half-hour without, or
       * this suggestion alone was drawn to be held back.
       */
      readonly kind: "returned" | "held-back" | "held-back-singly";
      /** Where it was drawn just now whether it is shown. */
      readonly draw?: SingleDraw;
      readonly suggestions: readonly GivenSuggestion[];
      readonly origin: "typed-through" | "cache" | "joined" | "model";
      /** As the settings name it, such as `embedded/smollm2-135m-instruct`. */
      readonly model: string;
    }
  | { readonly kind: "nothing"; readonly why: "dropped" | "cancelled" | "failed" | "broken"; readonly reason: string };

/** Whether a single suggestion is shown, as it was drawn from the seed of an experiment. */
export interface SingleDraw {
  readonly experiment: string;
  /** Which draw of its session, from 0 on. */
  readonly draw: number;
  readonly isShown: boolean;
}

/** What a change was, once that is known. */
export type Origin =
  /** Accepted from a suggestion of ours: `accept` is the record's id. All that the change inserted is the model's. */
  | { readonly kind: "ai"; readonly accept: string }
  /** By hand, character by character; also what the editor adds (closing brackets, indentation). */
  | { readonly kind: "typed" }
  /**
   * Chosen from the editor's own list of completions, snippets among them: of the user's writing, as it would be without any of our
   * suggestions, and counted and followed with what is typed.
   */
  | { readonly kind: "completed" }
  | { readonly kind: "deleted" }
  | { readonly kind: "paste" }
  /** Large, or in many places, and nothing else. */
  | { readonly kind: "bulk" }
  | { readonly kind: "formatter" }
  | { readonly kind: "undo" }
  | { readonly kind: "redo" }
  /** Read anew from the disk: git, or another program. */
  | { readonly kind: "disk" }
  /** Pairwise's own, other than suggestions: edits and answers of the chat that were accepted. */
  | { readonly kind: "own" }
  /** Another extension, or a command of the editor. */
  | { readonly kind: "other" };

/** A change and what it was. Told in the order of the changes, at most a second later. */
export interface AttributedChange {
  readonly change: ChangeEvent;
  readonly origin: Origin;
}
