/** What the view "Check the model" and its page say to each other. See `sentProtocol.ts`, which does the same. */

import { type Check, isCount, isObject, isText, listOf, oneOf, shape } from "./messageShapes.ts";

export const checkStringNames = ["title", "start", "again", "stop", "copy"] as const;

export type CheckStrings = Readonly<Record<(typeof checkStringNames)[number], string>>;

const runStates = ["waiting", "running", "done", "stopped"] as const;
const rowStates = ["running", "good", "warning", "bad", "skipped"] as const;

type RowState = (typeof rowStates)[number];

export interface CheckContent {
  /** Another one for another run. */
  readonly id: number;
  readonly state: (typeof runStates)[number];
  /** What it sends, and to whom. */
  readonly note: string;
  /** How it ended; empty until then. */
  readonly summary: string;
  readonly models: readonly CheckedModelContent[];
}

export interface CheckedModelContent {
  readonly title: string;
  readonly rows: readonly CheckRow[];
}

export interface CheckRow {
  readonly state: RowState;
  /** For who does not see the sign. */
  readonly stateWords: string;
  readonly title: string;
  /** A sentence; empty while it runs. */
  readonly words: string;
  readonly ways: readonly CheckWay[];
}

export interface CheckWay {
  readonly label: string;
  /** What it will put into a setting or the clipboard; empty where the label has it all. */
  readonly detail: string;
}

export type ToCheckPage =
  | { readonly type: "strings"; readonly strings: CheckStrings }
  | { readonly type: "content"; readonly content: CheckContent };

/** The page names a way by its numbers and never says a setting, a command or a text. */
export type FromCheckPage =
  | { readonly type: "ready" | "start" | "stop" | "copy" }
  | { readonly type: "way"; readonly id: number; readonly model: number; readonly row: number; readonly way: number };

/** `undefined` for what is no message of the page; properties that are not of it are left out. */
export function parseFromCheckPage(message: unknown): FromCheckPage | undefined {
  if (!isObject(message)) return undefined;
  const { type, id, model, row, way } = message;
  switch (type) {
    case "ready":
    case "start":
    case "stop":
    case "copy":
      return { type };
    case "way":
      return isCount(id) && isCount(model) && isCount(row) && isCount(way) ? { type, id, model, row, way } : undefined;
    default:
      return undefined;
  }
}

/** `undefined` for what is no message of the extension's. */
export function parseToCheckPage(message: unknown): ToCheckPage | undefined {
  if (!isObject(message)) return undefined;
  return messages.get(message["type"])?.(message) ? (message as unknown as ToCheckPage) : undefined;
}

const isRow = shape({
  state: oneOf(rowStates),
  stateWords: isText,
  title: isText,
  words: isText,
  ways: listOf(shape({ label: isText, detail: isText })),
});

const messages: ReadonlyMap<unknown, Check> = new Map([
  ["strings", shape({ strings: shape(Object.fromEntries(checkStringNames.map((name) => [name, isText]))) })],
  [
    "content",
    shape({
      content: shape({
        id: isCount,
        state: oneOf(runStates),
        note: isText,
        summary: isText,
        models: listOf(shape({ title: isText, rows: listOf(isRow) })),
      }),
    }),
  ],
]);
