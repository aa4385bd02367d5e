/**
 * What the chat's view and its page say to each other. The page shows answers, whose text is a model's and trusted by
 * nobody; what it asks for it names by ids and numbers, and what is to be written, opened or run is looked up on this side.
 */

import { attachmentKinds, type AttachmentKind, type Picture } from "../chat/conversation.ts";
import { type Check, isCount, isFlag, isNumber, isObject, isText, listOf, oneOf, shape } from "./messageShapes.ts";

/** The words of the page that are the same for all threads. */
const chatStringNames = [
  "title",
  "newThread",
  "threads",
  "searchThreads",
  "noThreadFound",
  "more",
  "rename",
  "remove",
  "exportThread",
  "openInEditor",
  "you",
  "ask",
  "send",
  "stop",
  "attach",
  "attachPicture",
  "removeAttachment",
  "model",
  "emptyTitle",
  "emptyText",
  "chooseModel",
  "copy",
  "copied",
  "code",
  "insert",
  "apply",
  "openAsFile",
  "run",
  "regenerate",
  "edit",
  "retry",
  "cancel",
  "previousBranch",
  "nextBranch",
  "showSent",
  "working",
  "thinking",
  "showAll",
  "newMessages",
  "allowOnce",
  "allowAlways",
  "refuse",
  "arguments",
  "result",
  "loading",
  "pictureTooLarge",
  "dropHere",
  "answered",
] as const;

export type ChatStrings = Readonly<Record<(typeof chatStringNames)[number], string>>;

/** What of an answer's code block the user may do. The block is named by the line, from 0, at which its fence opens. */
export const blockActions = ["copy", "insert", "apply", "open", "run"] as const;
export type BlockAction = (typeof blockActions)[number];

export interface ShownThread {
  readonly id: string;
  readonly title: string;
  /** "5 minutes ago". */
  readonly when: string;
  readonly isOpen: boolean;
}

export interface ShownChip {
  readonly id: string;
  readonly kind: AttachmentKind;
  readonly label: string;
  /** More about it: the path, or why it can't be sent. */
  readonly title: string;
  /** It can't be sent as things are, for instance a picture to a model that does not see. */
  readonly isBlocked: boolean;
}

export interface ShownPiece {
  readonly kind: AttachmentKind | "tool";
  readonly label: string;
  readonly title: string;
  /** "1,204 tokens, cut". */
  readonly note: string;
  readonly canOpen: boolean;
}

export interface ShownTool {
  readonly id: string;
  readonly title: string;
  readonly state: (typeof toolStates)[number];
  readonly stateWords: string;
  readonly arguments: string;
  readonly result: string;
}

const toolStates = ["waiting", "running", "done", "failed", "refused"] as const;

/** A way out of a failure: a button. */
export interface ShownWay {
  readonly id: number;
  readonly label: string;
}

const turnStates = ["running", "done", "cut", "stopped", "failed"] as const;

export interface ShownTurn {
  readonly id: string;
  readonly role: "question" | "answer";
  /** Markdown of an answer; of a question the plain text as it was written. */
  readonly text: string;
  readonly state: (typeof turnStates)[number];
  /** "Stopped", the failure's sentence, or empty. */
  readonly stateWords: string;
  readonly ways: readonly ShownWay[];
  /** Of a question: what was attached. */
  readonly chips: readonly ShownChip[];
  /** Of an answer: what it was told, which the page shows folded. */
  readonly pieces: readonly ShownPiece[];
  /** "4 pieces used · 1,204 tokens". Empty where there is nothing to tell. */
  readonly summary: string;
  readonly tools: readonly ShownTool[];
  /** Which of the turns in this place it is, from 1, and how many there are. */
  readonly branch: number;
  readonly branches: number;
  /** What may be done with its code blocks as things are. */
  readonly blockActions: readonly BlockAction[];
}

export interface ShownComposer {
  readonly chips: readonly ShownChip[];
  /** The model's name. */
  readonly model: string;
  readonly seesPictures: boolean;
  /** "412 tok"; empty while it is not known. */
  readonly meter: string;
  /** What will be left out, and how much fits. */
  readonly meterTitle: string;
  readonly meterState: "fits" | "near" | "over";
  /** An answer is being written: the button stops it. */
  readonly isBusy: boolean;
}

const meterStates = ["fits", "near", "over"] as const;

/** What may stand behind a `/` or an `@`. */
export interface ShownCompletion {
  readonly label: string;
  readonly detail: string;
  /** What takes the place of the sign and what was typed behind it, with the space that is to follow; it may be empty where a chip says it all. */
  readonly insert: string;
  /** Names it to the extension: it attaches something. Empty where it is only text. */
  readonly attach: string;
}

export type ToChatPage =
  | { readonly type: "strings"; readonly strings: ChatStrings }
  | { readonly type: "threads"; readonly threads: readonly ShownThread[] }
  | {
      readonly type: "thread";
      readonly id: string;
      readonly title: string;
      readonly turns: readonly ShownTurn[];
      readonly draft: string;
      /** Of an empty thread: questions about what is open. */
      readonly questions: readonly string[];
    }
  /** In place of the one with its id; or new, and then `after` names the turn in front of it, and what stood behind that one goes. */
  | { readonly type: "turn"; readonly turn: ShownTurn; readonly after: string | undefined }
  | { readonly type: "append"; readonly turn: string; readonly text: string }
  | { readonly type: "composer"; readonly composer: ShownComposer }
  | { readonly type: "completions"; readonly query: number; readonly items: readonly ShownCompletion[] }
  /** The code block at that line, or without a line the whole answer. */
  | { readonly type: "copied"; readonly turn: string; readonly line: number | undefined }
  /** What could not be asked goes back to where it was written: into the input, or, with a `turn`, in that question's place. */
  | {
      readonly type: "draft";
      readonly thread: string;
      readonly turn: string | undefined;
      readonly text: string;
      /** Why it was not asked. */
      readonly note: string;
    }
  /** At the input, until something else is written. */
  | { readonly type: "note"; readonly thread: string; readonly note: string }
  | { readonly type: "focus" };

export type FromChatPage =
  | { readonly type: "ready" | "stop" | "newThread" | "chooseModel" | "attach" | "openInEditor" | "leave" }
  /** By the time the extension hears of it another thread may be shown. */
  | { readonly type: "send" | "draft"; readonly thread: string; readonly text: string }
  | { readonly type: "edit"; readonly thread: string; readonly turn: string; readonly text: string }
  | { readonly type: "regenerate" | "copyTurn" | "showSent"; readonly turn: string }
  /** Looks at the turn in the same place that many further on. */
  | { readonly type: "branch"; readonly turn: string; readonly step: -1 | 1 }
  | { readonly type: "way"; readonly turn: string; readonly way: number }
  | { readonly type: "block"; readonly turn: string; readonly line: number; readonly action: BlockAction }
  | { readonly type: "piece"; readonly turn: string; readonly piece: number }
  | { readonly type: "tool"; readonly turn: string; readonly tool: string; readonly answer: "once" | "always" | "no" }
  /** A link of an answer; the extension decides what may be opened. */
  | { readonly type: "link"; readonly turn: string; readonly href: string }
  | { readonly type: "detach" | "openAttachment"; readonly id: string }
  | { readonly type: "picture"; readonly name: string; readonly picture: Picture }
  | { readonly type: "drop"; readonly uris: readonly string[] }
  /** `sign` and what stands behind it up to the caret. */
  | { readonly type: "complete"; readonly query: number; readonly sign: "/" | "@"; readonly text: string }
  | { readonly type: "attachNamed"; readonly attach: string }
  | { readonly type: "openThread" | "removeThread" | "exportThread"; readonly thread: string }
  | { readonly type: "renameThread"; readonly thread: string; readonly title: string }
  | { readonly type: "searchThreads"; readonly text: string };

const isSign = oneOf(["/", "@"]);
const isAnswer = oneOf(["once", "always", "no"]);
const isStep: Check = (value) => value === 1 || value === -1;
/** Of what a person writes or pastes at once. */
const MOST_CHARS = 1_000_000;
const isLine: Check = (value) => typeof value === "string" && value.length <= MOST_CHARS;
const isId: Check = (value) => typeof value === "string" && value !== "" && value.length <= 1_000;
const isHref: Check = (value) => typeof value === "string" && value.length <= 4_000;
/** 6 MB, in base64. */
const MOST_PICTURE_CHARS = 8_000_000;
const isPicture = shape({
  mediaType: oneOf(["image/png", "image/jpeg", "image/webp", "image/gif"]),
  base64: (value) =>
    typeof value === "string" && value.length <= MOST_PICTURE_CHARS && /^[A-Za-z0-9+/]+={0,2}$/.test(value),
});
const MOST_DROPPED = 100;
const isUris: Check = (value) => listOf(isId)(value) && Array.isArray(value) && value.length <= MOST_DROPPED;

const fromPage: ReadonlyMap<string, Readonly<Record<string, Check>>> = new Map<string, Readonly<Record<string, Check>>>(
  [
    ...["ready", "stop", "newThread", "chooseModel", "attach", "openInEditor", "leave"].map(
      (type): [string, Readonly<Record<string, Check>>] => [type, {}],
    ),
    ["send", { thread: isId, text: isLine }],
    ["draft", { thread: isId, text: isLine }],
    ["edit", { thread: isId, turn: isId, text: isLine }],
    ["regenerate", { turn: isId }],
    ["copyTurn", { turn: isId }],
    ["showSent", { turn: isId }],
    ["branch", { turn: isId, step: isStep }],
    ["way", { turn: isId, way: isCount }],
    ["block", { turn: isId, line: isCount, action: oneOf(blockActions) }],
    ["piece", { turn: isId, piece: isCount }],
    ["tool", { turn: isId, tool: isId, answer: isAnswer }],
    ["link", { turn: isId, href: isHref }],
    ["detach", { id: isId }],
    ["openAttachment", { id: isId }],
    ["picture", { name: isHref, picture: isPicture }],
    ["drop", { uris: isUris }],
    ["complete", { query: isCount, sign: isSign, text: isHref }],
    ["attachNamed", { attach: isId }],
    ["openThread", { thread: isId }],
    ["removeThread", { thread: isId }],
    ["exportThread", { thread: isId }],
    ["renameThread", { thread: isId, title: isHref }],
    ["searchThreads", { text: isHref }],
  ],
);

/** `undefined` for what is no message of the page; properties that are not of it are left out. */
export function parseFromChatPage(message: unknown): FromChatPage | undefined {
  if (!isObject(message)) return undefined;
  const { type } = message;
  const checks = typeof type === "string" ? fromPage.get(type) : undefined;
  if (!checks || !shape(checks)(message)) return undefined;
  return Object.fromEntries(["type", ...Object.keys(checks)].map((name) => [name, message[name]])) as FromChatPage;
}

/** `undefined` for what is no message of the extension's. */
export function parseToChatPage(message: unknown): ToChatPage | undefined {
  if (!isObject(message)) return undefined;
  return toPage.get(message["type"])?.(message) === true ? (message as ToChatPage) : undefined;
}

const isKind = oneOf(attachmentKinds);
const isChips = listOf(shape({ id: isText, kind: isKind, label: isText, title: isText, isBlocked: isFlag }));
const isShownTurn = shape({
  id: isText,
  role: oneOf(["question", "answer"]),
  text: isText,
  state: oneOf(turnStates),
  stateWords: isText,
  ways: listOf(shape({ id: isCount, label: isText })),
  chips: isChips,
  pieces: listOf(
    shape({ kind: oneOf([...attachmentKinds, "tool"]), label: isText, title: isText, note: isText, canOpen: isFlag }),
  ),
  summary: isText,
  tools: listOf(
    shape({
      id: isText,
      title: isText,
      state: oneOf(toolStates),
      stateWords: isText,
      arguments: isText,
      result: isText,
    }),
  ),
  branch: isNumber,
  branches: isNumber,
  blockActions: listOf(oneOf(blockActions)),
});

const toPage: ReadonlyMap<unknown, Check> = new Map([
  ["strings", shape({ strings: shape(Object.fromEntries(chatStringNames.map((name) => [name, isText]))) })],
  ["threads", shape({ threads: listOf(shape({ id: isText, title: isText, when: isText, isOpen: isFlag })) })],
  [
    "thread",
    shape({ id: isText, title: isText, turns: listOf(isShownTurn), draft: isText, questions: listOf(isText) }),
  ],
  ["turn", shape({ turn: isShownTurn, after: (value) => value === undefined || isText(value) })],
  ["append", shape({ turn: isText, text: isText })],
  [
    "composer",
    shape({
      composer: shape({
        chips: isChips,
        model: isText,
        seesPictures: isFlag,
        meter: isText,
        meterTitle: isText,
        meterState: oneOf(meterStates),
        isBusy: isFlag,
      }),
    }),
  ],
  [
    "completions",
    shape({ query: isCount, items: listOf(shape({ label: isText, detail: isText, insert: isText, attach: isText })) }),
  ],
  ["copied", shape({ turn: isText, line: (value) => value === undefined || isCount(value) })],
  [
    "draft",
    shape({ thread: isText, turn: (value) => value === undefined || isText(value), text: isText, note: isText }),
  ],
  ["note", shape({ thread: isText, note: isText })],
  ["focus", () => true],
]);
