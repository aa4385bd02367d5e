/** A thread as the page shows it. */

import * as vscode from "vscode";
import type { Answer, Attachment, Question, Thread, Turn, UsedPiece } from "../chat/conversation.ts";
import { branchOf } from "../chat/conversation.ts";
import { placesOf } from "../chat/threads.ts";
import { visible } from "../chat/tools.ts";
import {
  blockActions,
  type ShownBlockNote,
  type ShownChip,
  type ShownPiece,
  type ShownTurn,
  type ShownWay,
} from "./chatProtocol.ts";
import { pieceWords, stateWords, summaryWords, toolWords } from "./chatWords.ts";

/** What stands below an answer, and what can be done about it. */
export interface TurnNote {
  readonly words: string;
  readonly ways: readonly ShownWay[];
}

export interface ShownBy {
  /** In place of how an answer ended. */
  noteOf(answer: Answer): TurnNote | undefined;
  blockNotesOf(answer: Answer): readonly ShownBlockNote[];
  toolTitle(name: string, given: string): string;
  /** Of one that waits for the user. */
  toolAbout(name: string): string;
}

export function shownTurns(thread: Thread, by: ShownBy): readonly ShownTurn[] {
  const places = placesOf(thread);
  return branchOf(thread).map((turn) => shownTurn(thread, turn, places.get(turn.id), by));
}

type Place = { readonly branch: number; readonly branches: number };

export function shownTurn(
  thread: Thread,
  turn: Turn,
  { branch, branches }: Place = { branch: 1, branches: 1 },
  by: ShownBy,
): ShownTurn {
  return turn.role === "question"
    ? { ...nothing, ...shownQuestion(turn), branch, branches }
    : { ...nothing, ...shownAnswer(thread, turn, by), branch, branches };
}

const nothing = {
  state: "done",
  stateWords: "",
  ways: [],
  chips: [],
  pieces: [],
  summary: "",
  tools: [],
  blockActions: [],
  blockNotes: [],
} as const;

function shownQuestion({ id, text, command, attachments }: Question) {
  return {
    id,
    role: "question" as const,
    text: command === undefined ? text : `/${command} ${text}`.trim(),
    chips: attachments.map((each) => shownChip(each, undefined)),
  };
}

function shownAnswer(thread: Thread, answer: Answer, by: ShownBy) {
  const { id, text, state, tools, promptTokens, turnsLeftOut } = answer;
  const pieces = piecesOf(thread, answer);
  const note = by.noteOf(answer);
  const isRunning = state.kind === "running";
  return {
    id,
    role: "answer" as const,
    text,
    state: state.kind,
    stateWords: note?.words ?? stateWords(answer),
    ways: note?.ways ?? [],
    pieces: pieces.map(shownPiece),
    summary: isRunning ? "" : summaryWords(pieces.length, promptTokens, turnsLeftOut),
    tools: tools.map((tool) => ({
      id: tool.id,
      title: by.toolTitle(tool.name, tool.arguments),
      state: tool.state,
      stateWords: toolWords(tool),
      about: tool.state === "waiting" ? by.toolAbout(tool.name) : "",
      arguments: visible(tool.arguments),
      result: tool.result,
    })),
    blockActions: [...blockActions],
    blockNotes: by.blockNotesOf(answer),
  };
}

/** What an answer was told, with its question and by tools; once what it was told several times. */
export function piecesOf(thread: Thread, { parent, pieces }: Answer): readonly UsedPiece[] {
  const question = thread.turns.get(parent);
  const all = [...(question?.pieces ?? []), ...pieces];
  const keyOf = ({ label, uri, line = 0, text }: UsedPiece): string => JSON.stringify([uri ?? label, line, text]);
  return Array.from(new Map(all.toReversed().map((piece) => [keyOf(piece), piece])).values()).toReversed();
}

function shownPiece({ kind, label, path, uri, line, tokens, cut }: UsedPiece): ShownPiece {
  const place = path ?? label;
  return {
    kind,
    label,
    title: line === undefined ? place : `${place}:${line + 1}`,
    note: pieceWords(tokens, cut),
    canOpen: uri !== undefined,
  };
}

/** `blocked` says why it can't be sent. */
export function shownChip({ id, kind, label, uri }: Attachment, blocked: string | undefined): ShownChip {
  const path = uri === undefined ? label : vscode.workspace.asRelativePath(vscode.Uri.parse(uri), false);
  return { id, kind, label, title: blocked ?? path, isBlocked: blocked !== undefined };
}
