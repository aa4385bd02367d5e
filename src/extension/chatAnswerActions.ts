/** What the user does with an answer. */

import * as vscode from "vscode";
import { codeBlocks } from "../chat/codeBlocks.ts";
import type { Answer, Thread } from "../chat/conversation.ts";
import type { Answering } from "./chatAnswering.ts";
import { busyWords } from "./chatAsking.ts";
import type { BlockNotes } from "./chatBlockNotes.ts";
import { openLink } from "./chatLinks.ts";
import type { FromChatPage, ToChatPage } from "./chatProtocol.ts";
import { piecesOf } from "./chatShown.ts";
import { openAt } from "./openPlace.ts";

export interface AnswerActionParts {
  readonly blocks: BlockNotes;
  readonly showSent: (request: number | undefined) => Promise<void>;
}

export type OfAnswer = Extract<
  FromChatPage,
  { readonly type: "regenerate" | "copyTurn" | "showSent" | "way" | "block" | "piece" | "tool" | "link" }
>;

export async function actOnAnswer(
  { blocks, showSent }: AnswerActionParts,
  answering: Answering,
  thread: Thread,
  answer: Answer,
  message: OfAnswer,
  tell: (message: ToChatPage) => void,
): Promise<void> {
  const unlessBusy = (isDone: boolean): void => {
    if (!isDone) tell({ type: "note", thread: thread.id, note: busyWords() });
  };
  switch (message.type) {
    case "regenerate":
      return unlessBusy(answering.again(thread.id, answer));
    case "copyTurn":
      await vscode.env.clipboard.writeText(answer.text);
      return tell({ type: "copied", turn: answer.id, line: undefined });
    case "showSent":
      return showSent(answering.requestOf(answer.id));
    case "way": {
      const next = await blocks.go(answer, toldOf(thread, answer), message.way);
      if (next) unlessBusy(answering[next](thread.id, answer));
      return;
    }
    case "block": {
      const block = codeBlocks(answer.text).find(({ line }) => line === message.line);
      if (!block) return;
      if (message.action !== "copy") return blocks.act(answer, toldOf(thread, answer), block, message.action);
      await vscode.env.clipboard.writeText(block.text);
      return tell({ type: "copied", turn: answer.id, line: message.line });
    }
    case "piece": {
      const piece = piecesOf(thread, answer)[message.piece];
      if (piece?.uri !== undefined) await openAt(vscode.Uri.parse(piece.uri), piece.line ?? 0);
      return;
    }
    case "tool":
      return answering.permit(answer.id, message.tool, message.answer);
    case "link":
      if (await openLink(message.href)) return;
      void vscode.window.showInformationMessage(
        vscode.l10n.t("Links of answers open web pages and files of the workspace, and nothing else."),
      );
  }
}

/** What the answer was asked and told. */
function toldOf(thread: Thread, answer: Answer) {
  const question = thread.turns.get(answer.parent);
  return { wish: question?.role === "question" ? question.text : "", pieces: piecesOf(thread, answer) };
}
