/** A conversation: a tree of questions and answers, of which one branch is shown. Editing a question begins another branch. */

import type { ModelFailure } from "../model/failure.ts";
import type { Picture } from "../model/model.ts";

export const attachmentKinds = [
  "selection",
  "file",
  "folder",
  "symbol",
  "problems",
  "changes",
  "terminal",
  "codebase",
  "text",
  "picture",
] as const;

export type AttachmentKind = (typeof attachmentKinds)[number];

export type { Picture };

/** What the user points at. Its text is read when the question is sent, but for what was pasted. */
export interface Attachment {
  /** The same for the same thing, so that nothing is attached twice. */
  readonly id: string;
  readonly kind: AttachmentKind;
  /** What the user calls it: `cart.ts:3-9`, `@problems`, `picture.png`. */
  readonly label: string;
  /** Of the file, folder or symbol. */
  readonly uri?: string;
  /** From 0, the first line; `endLine` is the first one after it. */
  readonly line?: number;
  readonly endLine?: number;
  /** What was pasted. */
  readonly text?: string;
  readonly picture?: Picture;
}

/** A piece of text that a question was sent with, as it was then, or that a tool found. */
export interface UsedPiece {
  readonly kind: AttachmentKind | "tool";
  /** What the user calls it. */
  readonly label: string;
  /** Of the file it is from; `undefined` where it is of none. */
  readonly uri: string | undefined;
  /** Relative to the workspace folder, with `/`; of a file in none its name. */
  readonly path: string | undefined;
  /** From 0, in that file. */
  readonly line: number | undefined;
  readonly text: string;
  /** As estimated. */
  readonly tokens: number;
  /** Not all of it fitted. */
  readonly cut: boolean;
}

export interface Question {
  readonly role: "question";
  readonly id: string;
  /** The answer that it follows; `undefined` at the start. */
  readonly parent: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Without the slash command. */
  readonly text: string;
  /** Of a slash command, without the slash. */
  readonly command: string | undefined;
  readonly attachments: readonly Attachment[];
  /** What the attachments were read as. */
  readonly pieces: readonly UsedPiece[];
}

export type AnswerState =
  | { readonly kind: "running" }
  | { readonly kind: "done" }
  /** The answer reached the limit of its length. */
  | { readonly kind: "cut" }
  /** By the user, or because the window was closed meanwhile. */
  | { readonly kind: "stopped" }
  /** Without a `failure` it was a fault of the program's own. */
  | { readonly kind: "failed"; readonly failure: ModelFailure | undefined };

export interface ToolUse {
  readonly id: string;
  /** As the model calls it. */
  readonly name: string;
  /** JSON, as the model wrote it. */
  readonly arguments: string;
  readonly state: "waiting" | "running" | "done" | "failed" | "refused";
  /** Text for the model; empty as long as there is none. */
  readonly result: string;
}

export interface Answer {
  readonly role: "answer";
  readonly id: string;
  /** The question. */
  readonly parent: string;
  readonly at: number;
  readonly text: string;
  /** `provider/model`, as in the settings. */
  readonly model: string;
  readonly state: AnswerState;
  readonly tools: readonly ToolUse[];
  /** What tools found, beside what the question was sent with. */
  readonly pieces: readonly UsedPiece[];
  readonly promptTokens: number | undefined;
  readonly outputTokens: number | undefined;
  /** How many earlier turns did not fit into the prompt. */
  readonly turnsLeftOut: number;
}

export type Turn = Question | Answer;

export interface Thread {
  readonly id: string;
  /** Empty as long as nothing was asked. */
  readonly title: string;
  /** What the user has called it does not change by itself. */
  readonly isNamed: boolean;
  readonly createdAt: number;
  readonly changedAt: number;
  /** `provider/model`; `undefined`: as the settings say. */
  readonly model: string | undefined;
  /** What the next question is sent with. */
  readonly attachments: readonly Attachment[];
  /** What is written and not sent yet. */
  readonly draft: string;
  readonly turns: ReadonlyMap<string, Turn>;
  /** The last turn of the branch that is shown. */
  readonly tip: string | undefined;
}

export function emptyThread(id: string, now: number): Thread {
  return {
    id,
    title: "",
    isNamed: false,
    createdAt: now,
    changedAt: now,
    model: undefined,
    attachments: [],
    draft: "",
    turns: new Map(),
    tip: undefined,
  };
}

/** The turns that are shown, the first one first. */
export function branchOf({ turns, tip }: Pick<Thread, "turns" | "tip">): readonly Turn[] {
  const branch: Turn[] = [];
  for (let turn = turnAt(turns, tip); turn && branch.length <= turns.size; turn = turnAt(turns, turn.parent))
    branch.push(turn);
  return branch.toReversed();
}

/** The turns in whose place it could stand, itself among them, in the order in which they were made. */
export function siblingsOf({ turns }: Pick<Thread, "turns">, { parent, role }: Turn): readonly Turn[] {
  return Array.from(turns.values()).filter((other) => other.parent === parent && other.role === role);
}

/** The newest last turn below it: the branch that was left when another one was looked at. */
export function tipBelow({ turns }: Pick<Thread, "turns">, id: string): string {
  const lastChild = new Map<string, string>();
  for (const { id, parent } of turns.values()) if (parent !== undefined) lastChild.set(parent, id);
  let tip = id;
  for (let step = 0; step < turns.size; step += 1) tip = lastChild.get(tip) ?? tip;
  return tip;
}

/** Adds the turn, or takes the place of the one with its id. */
export function withTurn(thread: Thread, turn: Turn, now: number): Thread {
  const turns = new Map(thread.turns).set(turn.id, turn);
  return { ...thread, turns, tip: thread.turns.has(turn.id) ? thread.tip : turn.id, changedAt: now };
}

function turnAt(turns: Thread["turns"], id: string | undefined): Turn | undefined {
  return id === undefined ? undefined : turns.get(id);
}
