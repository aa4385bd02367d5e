/**
 * What the view "What was sent" and its page say to each other. The page only shows: words, figures and the places of
 * things are made on this side. Neither side takes a message that is not of these shapes.
 */

import { type Check, isCount, isFlag, isNumber, isObject, isText, listOf, oneOf, shape } from "./messageShapes.ts";

/** The sources that have a colour of their own on the page. */
export const shownSources = [
  "before",
  "after",
  "outline",
  "definitions",
  "imports",
  "map",
  "recent-edits",
  "similar",
  "diagnostics",
  "clipboard",
  "scored",
  "prompt-file",
  "format",
  "other",
] as const;

export type ShownSource = (typeof shownSources)[number];

/** The words of the page that are the same for all requests. */
export const stringNames = [
  "title",
  "list",
  "note",
  "purge",
  "purgeHint",
  "pause",
  "resume",
  "emptyTitle",
  "emptyText",
  "suggest",
  "purgedTitle",
  "purgedText",
  "pausedTitle",
  "pausedText",
  "composition",
  "redactions",
  "prompt",
  "answer",
  "copy",
  "save",
  "copied",
  "saved",
  "caret",
  "parameters",
  "showInPrompt",
  "openFile",
] as const;

export type Strings = Readonly<Record<(typeof stringNames)[number], string>>;

const shownStates = ["running", "answered", "aborted", "failed"] as const;

/** A request as a row of the list. */
export interface SentRow {
  readonly id: number;
  /** Milliseconds since 1970; the page knows the user's time zone. */
  readonly startedAt: number;
  readonly purpose: string;
  readonly model: string;
  /** Tokens and milliseconds. */
  readonly figures: string;
  readonly state: (typeof shownStates)[number];
  readonly stateWords: string;
}

/** What of a request stays as it was sent. */
export interface SentContent {
  readonly id: number;
  readonly startedAt: number;
  readonly purpose: string;
  readonly endPoint: string;
  readonly pieces: readonly SentPiece[];
  readonly redactions: readonly string[];
  readonly blocks: readonly PromptBlock[];
  readonly parameters: readonly Figure[];
}

export interface SentPiece {
  /** Its place in the record, by which the page names it. */
  readonly stretch: number;
  readonly source: ShownSource;
  readonly sourceWords: string;
  /** Empty where it is from no file. */
  readonly place: string;
  readonly canOpen: boolean;
  /** Where it stands in the prompt is known. */
  readonly isInPrompt: boolean;
  readonly reason: string;
}

/** A message of a chat, or all of another prompt. */
export interface PromptBlock {
  /** Empty where it is no chat. */
  readonly role: string;
  readonly segments: readonly PromptSegment[];
}

export interface PromptSegment {
  readonly kind: (typeof segmentKinds)[number];
  /** Empty for the caret. */
  readonly text: string;
  /** -1 where it belongs to no stretch. */
  readonly stretch: number;
}

const segmentKinds = ["text", "special", "secret", "caret"] as const;

/** What of a request changes while it runs. */
export interface SentProgress {
  readonly id: number;
  readonly state: (typeof shownStates)[number];
  readonly stateWords: string;
  readonly figures: readonly Figure[];
  readonly shares: readonly Share[];
  /** Of each piece, as words; they change when the model has counted the prompt. */
  readonly pieceTokens: readonly string[];
  readonly answer: string;
  /** In place of an answer without text. */
  readonly noAnswer: string;
}

export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

/** A part of the prompt's tokens. */
export interface Share {
  readonly source: ShownSource;
  readonly label: string;
  readonly tokens: number;
  readonly words: string;
}

export type ToPage =
  | { readonly type: "strings"; readonly strings: Strings }
  | { readonly type: "list"; readonly rows: readonly SentRow[]; readonly paused: boolean; readonly canSuggest: boolean }
  | { readonly type: "content"; readonly content: SentContent }
  | { readonly type: "progress"; readonly progress: SentProgress }
  | { readonly type: "done"; readonly what: "copied" | "saved" }
  /** Selects a request, as if the user had. */
  | { readonly type: "reveal"; readonly id: number };

/** The page names a request and a piece by their numbers and never says a path, a text or a command. */
export type FromPage =
  | { readonly type: "ready" | "purge" | "suggest" }
  | { readonly type: "pause"; readonly paused: boolean }
  | { readonly type: "select" | "copy" | "save"; readonly id: number }
  | { readonly type: "open"; readonly id: number; readonly stretch: number };

/** `undefined` for what is no message of the page; properties that are not of it are left out. */
export function parseFromPage(message: unknown): FromPage | undefined {
  if (!isObject(message)) return undefined;
  const { type, id, stretch, paused } = message;
  switch (type) {
    case "ready":
    case "purge":
    case "suggest":
      return { type };
    case "pause":
      return typeof paused === "boolean" ? { type, paused } : undefined;
    case "select":
    case "copy":
    case "save":
      return isCount(id) ? { type, id } : undefined;
    case "open":
      return isCount(id) && isCount(stretch) ? { type, id, stretch } : undefined;
    default:
      return undefined;
  }
}

/** `undefined` for what is no message of the extension's. */
export function parseToPage(message: unknown): ToPage | undefined {
  return isToPage(message) ? message : undefined;
}

const isFigure = shape({ label: isText, value: isText, note: isText });
const isState = oneOf(shownStates);
export const isSource = oneOf(shownSources);
const isSegment = shape({
  kind: oneOf(segmentKinds),
  text: isText,
  stretch: (value) => value === -1 || isCount(value),
});

const messages: ReadonlyMap<unknown, Check> = new Map([
  ["strings", shape({ strings: shape(Object.fromEntries(stringNames.map((name) => [name, isText]))) })],
  [
    "list",
    shape({
      rows: listOf(
        shape({
          id: isCount,
          startedAt: isNumber,
          purpose: isText,
          model: isText,
          figures: isText,
          state: isState,
          stateWords: isText,
        }),
      ),
      paused: isFlag,
      canSuggest: isFlag,
    }),
  ],
  [
    "content",
    shape({
      content: shape({
        id: isCount,
        startedAt: isNumber,
        purpose: isText,
        endPoint: isText,
        pieces: listOf(
          shape({
            stretch: isCount,
            source: isSource,
            sourceWords: isText,
            place: isText,
            canOpen: isFlag,
            isInPrompt: isFlag,
            reason: isText,
          }),
        ),
        redactions: listOf(isText),
        blocks: listOf(shape({ role: isText, segments: listOf(isSegment) })),
        parameters: listOf(isFigure),
      }),
    }),
  ],
  [
    "progress",
    shape({
      progress: shape({
        id: isCount,
        state: isState,
        stateWords: isText,
        figures: listOf(isFigure),
        shares: listOf(shape({ source: isSource, label: isText, tokens: isNumber, words: isText })),
        pieceTokens: listOf(isText),
        answer: isText,
        noAnswer: isText,
      }),
    }),
  ],
  ["done", shape({ what: oneOf(["copied", "saved"]) })],
  ["reveal", shape({ id: isCount })],
]);

function isToPage(message: unknown): message is ToPage {
  return isObject(message) && (messages.get(message["type"])?.(message) ?? false);
}
