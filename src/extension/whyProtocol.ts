/** What the view "Why this suggestion?" and its page say to each other. See `sentProtocol.ts`, which does the same. */

import { type Check, isCount, isFlag, isNumber, isObject, isText, listOf, oneOf, shape } from "./messageShapes.ts";
import { isSource, type ShownSource } from "./sentProtocol.ts";

/** The words of the page that are the same for all suggestions. */
export const whyStringNames = [
  "title",
  "suggestion",
  "parts",
  "noDifference",
  "noDifferenceHint",
  "waiting",
  "cancel",
  "again",
  "showSent",
  "members",
] as const;

export type WhyStrings = Readonly<Record<(typeof whyStringNames)[number], string>>;

/** A suggestion and what it was made from. */
export interface WhyContent {
  /** Another one for another suggestion. */
  readonly id: number;
  readonly code: string;
  /** Where it was seen, by which model, and what became of it. */
  readonly about: readonly string[];
  readonly canOpen: boolean;
  readonly parts: readonly WhyPart[];
  /** Why there are no effects; empty where there are. */
  readonly note: string;
  /** What an effect means and what it does not. */
  readonly meaning: string;
  readonly hasRecord: boolean;
}

/** In the order of the prompt. */
export interface WhyPart {
  readonly source: ShownSource;
  readonly sourceWords: string;
  readonly place: string;
  readonly canOpen: boolean;
  readonly tokens: string;
  readonly reason: string;
  /** Of its code. */
  readonly preview: string;
  /** Where it is several pieces: each of them. */
  readonly members: readonly WhyMember[];
}

export interface WhyMember {
  readonly place: string;
  readonly canOpen: boolean;
  readonly preview: string;
  readonly reason: string;
}

const states = ["scoring", "done", "stopped", "failed", "unscored"] as const;

/** What changes while the parts are left out one by one. */
export interface WhyProgress {
  readonly id: number;
  readonly state: (typeof states)[number];
  /** A sentence. */
  readonly words: string;
  /** How likely the suggestion was with everything; empty until it is known. */
  readonly sureness: string;
  readonly effects: readonly WhyEffect[];
}

export interface WhyEffect {
  /** By its place in the content. */
  readonly part: number;
  /** Positive where the part helped. */
  readonly fallNats: number;
  readonly isDifference: boolean;
  readonly words: string;
  /** The same as a whole sentence, with the figure that it is made of. */
  readonly details: string;
}

export type ToWhyPage =
  | { readonly type: "strings"; readonly strings: WhyStrings }
  | { readonly type: "content"; readonly content: WhyContent }
  | { readonly type: "progress"; readonly progress: WhyProgress };

/** The page names a suggestion, a part and a piece by their numbers and never says a path, a text or a command. */
export type FromWhyPage =
  | { readonly type: "ready" }
  | { readonly type: "cancel" | "again" | "showSent" | "openSuggestion"; readonly id: number }
  | { readonly type: "open"; readonly id: number; readonly part: number; readonly member: number };

/** `undefined` for what is no message of the page; properties that are not of it are left out. */
export function parseFromWhyPage(message: unknown): FromWhyPage | undefined {
  if (!isObject(message)) return undefined;
  const { type, id, part, member } = message;
  switch (type) {
    case "ready":
      return { type };
    case "cancel":
    case "again":
    case "showSent":
    case "openSuggestion":
      return isCount(id) ? { type, id } : undefined;
    case "open":
      return isCount(id) && isCount(part) && isCount(member) ? { type, id, part, member } : undefined;
    default:
      return undefined;
  }
}

/** `undefined` for what is no message of the extension's. */
export function parseToWhyPage(message: unknown): ToWhyPage | undefined {
  return isToWhyPage(message) ? message : undefined;
}

const isMember = shape({ place: isText, canOpen: isFlag, preview: isText, reason: isText });

const messages: ReadonlyMap<unknown, Check> = new Map([
  ["strings", shape({ strings: shape(Object.fromEntries(whyStringNames.map((name) => [name, isText]))) })],
  [
    "content",
    shape({
      content: shape({
        id: isCount,
        code: isText,
        about: listOf(isText),
        canOpen: isFlag,
        parts: listOf(
          shape({
            source: isSource,
            sourceWords: isText,
            place: isText,
            canOpen: isFlag,
            tokens: isText,
            reason: isText,
            preview: isText,
            members: listOf(isMember),
          }),
        ),
        note: isText,
        meaning: isText,
        hasRecord: isFlag,
      }),
    }),
  ],
  [
    "progress",
    shape({
      progress: shape({
        id: isCount,
        state: oneOf(states),
        words: isText,
        sureness: isText,
        effects: listOf(
          shape({ part: isCount, fallNats: isNumber, isDifference: isFlag, words: isText, details: isText }),
        ),
      }),
    }),
  ],
]);

function isToWhyPage(message: unknown): message is ToWhyPage {
  return isObject(message) && (messages.get(message["type"])?.(message) ?? false);
}
