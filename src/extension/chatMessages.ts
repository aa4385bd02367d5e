/** What comes over from the other side of the chat's page is looked at before anything is done with it. */

import { attachmentKinds } from "../chat/conversation.ts";
import {
  blockActions,
  chatStringNames,
  type FromChatPage,
  meterStates,
  MOST_WRITTEN_CHARS,
  type ToChatPage,
  toolStates,
  turnStates,
} from "./chatProtocol.ts";
import { type Check, isCount, isFlag, isNumber, isObject, isText, listOf, oneOf, shape } from "./messageShapes.ts";

const isSign = oneOf(["/", "@"]);
const isAnswer = oneOf(["once", "always", "no"]);
const isStep: Check = (value) => value === 1 || value === -1;
const isLine: Check = (value) => typeof value === "string" && value.length <= MOST_WRITTEN_CHARS;
/** Some have the address of a file in them, in which a letter may be nine characters. */
const isId: Check = (value) => typeof value === "string" && value !== "" && value.length <= 50_000;
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
    ["picture", { thread: isId, name: isHref, picture: isPicture }],
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
const isWays = listOf(shape({ id: isCount, label: isText }));
const isShownTurn = shape({
  id: isText,
  role: oneOf(["question", "answer"]),
  text: isText,
  state: oneOf(turnStates),
  stateWords: isText,
  ways: isWays,
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
  blockNotes: listOf(shape({ line: isCount, words: isText, ways: isWays })),
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
        modelTitle: isText,
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
  ["picture", shape({ thread: isText, name: isText, picture: isPicture })],
  ["written", shape({ thread: isText, text: isText })],
  ["note", shape({ thread: isText, note: isText })],
  ["focus", () => true],
]);
