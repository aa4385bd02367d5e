/** Turns and attachments as they come back from a file: what is not of their shape is none of them. */

import { type Check, isCount, isNumber, isObject, isText, oneOf, shape } from "../text/shapes.ts";
import {
  type Answer,
  type AnswerState,
  type Attachment,
  attachmentKinds,
  type Picture,
  type Question,
  type ToolUse,
  type Turn,
  type UsedPiece,
} from "./conversation.ts";
import { parseFailure } from "./storedFailure.ts";

type Fields = Readonly<Record<string, unknown>>;

const isId: Check = (value) => typeof value === "string" && value !== "";
const isTurn = shape({ role: oneOf(["question", "answer"]), id: isId, at: isNumber, text: isText });
const isAttachment = shape({ id: isId, kind: oneOf(attachmentKinds), label: isText });
const isPiece = shape({ kind: oneOf([...attachmentKinds, "tool"]), label: isText, text: isText, tokens: isNumber });
const isTool = shape({
  id: isText,
  name: isText,
  arguments: isText,
  result: isText,
  state: oneOf(["waiting", "running", "done", "failed", "refused"]),
});
const isPicture = shape({
  mediaType: oneOf(["image/png", "image/jpeg", "image/webp", "image/gif"]),
  base64: (value) => typeof value === "string" && /^[A-Za-z0-9+/]+={0,2}$/.test(value),
});

/** `undefined` for what is none. Of what it has, what is not of its shape is left out. */
export function parseTurn(value: unknown): Turn | undefined {
  if (!isTurn(value)) return undefined;
  const fields = value as Fields;
  return fields["role"] === "question" ? questionOf(fields) : answerOf(fields);
}

export function parseAttachments(value: unknown): readonly Attachment[] {
  return listed(value, isAttachment).map(attachmentOf);
}

export function textOrNone(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function questionOf(fields: Fields): Question {
  return {
    role: "question",
    id: String(fields["id"]),
    parent: textOrNone(fields["parent"]),
    at: Number(fields["at"]),
    text: String(fields["text"]),
    command: textOrNone(fields["command"]),
    attachments: parseAttachments(fields["attachments"]),
    pieces: listed(fields["pieces"], isPiece).map(pieceOf),
  };
}

function answerOf(fields: Fields): Answer | undefined {
  const { parent, model } = fields;
  const state = stateOf(fields["state"]);
  if (typeof parent !== "string" || typeof model !== "string" || !state) return undefined;
  return {
    role: "answer",
    id: String(fields["id"]),
    parent,
    at: Number(fields["at"]),
    text: String(fields["text"]),
    model,
    state,
    tools: listed(fields["tools"], isTool).map(toolOf),
    pieces: listed(fields["pieces"], isPiece).map(pieceOf),
    promptTokens: countOrNone(fields["promptTokens"]),
    outputTokens: countOrNone(fields["outputTokens"]),
    turnsLeftOut: countOrNone(fields["turnsLeftOut"]) ?? 0,
  };
}

function stateOf(value: unknown): AnswerState | undefined {
  if (!isObject(value)) return undefined;
  const { kind } = value;
  if (kind === "failed") return { kind, failure: parseFailure(value["failure"]) };
  return kind === "running" || kind === "done" || kind === "cut" || kind === "stopped" ? { kind } : undefined;
}

function attachmentOf(fields: Fields): Attachment {
  const uri = textOrNone(fields["uri"]);
  const line = countOrNone(fields["line"]);
  const endLine = countOrNone(fields["endLine"]);
  const text = textOrNone(fields["text"]);
  const picture = isPicture(fields["picture"]) ? (fields["picture"] as Picture) : undefined;
  return {
    id: String(fields["id"]),
    kind: fields["kind"] as Attachment["kind"],
    label: String(fields["label"]),
    ...(uri === undefined ? {} : { uri }),
    ...(line === undefined ? {} : { line }),
    ...(endLine === undefined ? {} : { endLine }),
    ...(text === undefined ? {} : { text }),
    ...(picture ? { picture: { mediaType: picture.mediaType, base64: picture.base64 } } : {}),
  };
}

function pieceOf(fields: Fields): UsedPiece {
  return {
    kind: fields["kind"] as UsedPiece["kind"],
    label: String(fields["label"]),
    uri: textOrNone(fields["uri"]),
    path: textOrNone(fields["path"]),
    line: countOrNone(fields["line"]),
    text: String(fields["text"]),
    tokens: Number(fields["tokens"]),
    cut: fields["cut"] === true,
  };
}

function toolOf(fields: Fields): ToolUse {
  return {
    id: String(fields["id"]),
    name: String(fields["name"]),
    arguments: String(fields["arguments"]),
    state: fields["state"] as ToolUse["state"],
    result: String(fields["result"]),
  };
}

function listed(value: unknown, check: Check): readonly Fields[] {
  return Array.isArray(value) ? value.filter((item): item is Fields => check(item)) : [];
}

function countOrNone(value: unknown): number | undefined {
  return isCount(value) ? value : undefined;
}
