/** What became of the code blocks of an answer, and what can be done about it and about an answer that has failed. */

import * as vscode from "vscode";
import type { CodeBlock } from "../chat/codeBlocks.ts";
import type { Answer } from "../chat/conversation.ts";
import type { BlockChanges, Proposal } from "./chatApply.ts";
import { insertBlock, openBlock, putIntoTerminal } from "./chatBlockActions.ts";
import type { BlockAction, ShownWay } from "./chatProtocol.ts";
import type { TurnNote } from "./chatShown.ts";
import { stateWords } from "./chatWords.ts";
import { describeAnswerFailure } from "./chatFailures.ts";

interface Note {
  readonly words: string;
  /** It waits to be accepted. */
  readonly proposal: Proposal | undefined;
}

export class BlockNotes {
  readonly #changes: BlockChanges;
  /** By the answer's id. */
  readonly #notes = new Map<string, Note>();
  readonly #listeners = new Set<(answer: string) => void>();

  constructor(changes: BlockChanges) {
    this.#changes = changes;
  }

  onDidChange(listener: (answer: string) => void): void {
    this.#listeners.add(listener);
  }

  async act({ id }: Answer, block: CodeBlock, action: Exclude<BlockAction, "copy">): Promise<void> {
    switch (action) {
      case "insert":
        return this.#note(id, await insertBlock(block));
      case "open":
        return this.#note(id, await openBlock(block));
      case "run":
        return this.#note(id, await putIntoTerminal(block));
      case "apply": {
        const proposed = await this.#changes.propose(block, (words) => this.#note(id, words));
        if (typeof proposed === "string") return this.#note(id, proposed);
        return this.#note(id, proposed.words, proposed.proposal);
      }
    }
  }

  /** @param said what else there is to say of it */
  noteOf(answer: Answer, said: string): TurnNote | undefined {
    const note = this.#notes.get(answer.id);
    const words = [said, stateWords(answer.state), note?.words ?? ""].filter((part) => part !== "").join(" ");
    if (answer.state.kind === "running") return undefined;
    return { words, ways: [...waysOf(answer), ...(note?.proposal ? proposalWays() : [])] };
  }

  /** Whether the answer is to be written again. What is none of its ways does nothing. */
  async go(answer: Answer, way: number): Promise<boolean> {
    const { proposal } = this.#notes.get(answer.id) ?? {};
    if (proposal && way === Way.accept) await this.#changes.accept(proposal);
    if (proposal && way === Way.reject) await this.#changes.reject(proposal);
    const action = way === Way.action ? actionOf(answer) : undefined;
    if (action) await vscode.commands.executeCommand(action.command, action.argument);
    return way === Way.again && waysOf(answer).length > 0;
  }

  #note(answer: string, words: string, proposal?: Proposal): void {
    this.#notes.set(answer, { words, proposal });
    for (const listener of this.#listeners) listener(answer);
  }
}

const Way = { again: 0, action: 1, accept: 2, reject: 3 } as const;

function waysOf(answer: Answer): readonly ShownWay[] {
  const { kind } = answer.state;
  if (kind !== "failed" && kind !== "stopped") return [];
  const action = actionOf(answer);
  return [
    { id: Way.again, label: vscode.l10n.t("Try again") },
    ...(action ? [{ id: Way.action, label: action.title }] : []),
  ];
}

function actionOf({ state }: Answer) {
  return state.kind === "failed" && state.failure ? describeAnswerFailure(state.failure).action : undefined;
}

function proposalWays(): readonly ShownWay[] {
  return [
    { id: Way.accept, label: vscode.l10n.t("Accept") },
    { id: Way.reject, label: vscode.l10n.t("Reject") },
  ];
}
