/** What became of the code blocks of an answer, and what can be done about it and about an answer that has failed. */

import * as vscode from "vscode";
import type { CodeBlock } from "../chat/codeBlocks.ts";
import type { Answer, UsedPiece } from "../chat/conversation.ts";
import type { BlockChanges, Proposal } from "./chatApply.ts";
import { insertBlock, openBlock, putIntoTerminal } from "./chatBlockActions.ts";
import type { BlockAction, ShownWay } from "./chatProtocol.ts";
import type { TurnNote } from "./chatShown.ts";
import type { ChatTerminal } from "./chatTerminal.ts";
import { stateWords } from "./chatWords.ts";
import { describeFailure } from "./notices.ts";

interface AnswerBlock {
  readonly block: CodeBlock;
  /** Addresses of those that the answer was told of, each once. */
  readonly files: readonly string[];
}

interface Note {
  readonly words: string;
  /** It waits to be accepted. */
  readonly proposal?: Proposal | undefined;
  /** It is not put into its file because code would be lost. */
  readonly loses?: AnswerBlock | undefined;
}

export class BlockNotes {
  readonly #changes: BlockChanges;
  readonly #terminal: ChatTerminal;
  /** By the answer's id. */
  readonly #notes = new Map<string, Note>();
  readonly #listeners = new Set<(answer: string) => void>();

  constructor(changes: BlockChanges, terminal: ChatTerminal) {
    this.#changes = changes;
    this.#terminal = terminal;
  }

  onDidChange(listener: (answer: string) => void): void {
    this.#listeners.add(listener);
  }

  /** @param pieces what the answer was told */
  async act(
    { id }: Answer,
    pieces: readonly UsedPiece[],
    block: CodeBlock,
    action: Exclude<BlockAction, "copy">,
  ): Promise<void> {
    switch (action) {
      case "insert":
        return this.#note(id, { words: await insertBlock(block) });
      case "open":
        return this.#note(id, { words: await openBlock(block) });
      case "run":
        return this.#note(id, { words: await putIntoTerminal(block, this.#terminal) });
      case "apply":
        return this.#propose(id, { block, files: filesOf(pieces) }, false);
    }
  }

  async #propose(answer: string, which: AnswerBlock, mayLose: boolean): Promise<void> {
    const { block, files } = which;
    const settled = (words: string): void => this.#note(answer, { words });
    const { words, proposal, losesCode } = await this.#changes.propose(block, files, settled, mayLose);
    this.#note(answer, { words, proposal, loses: losesCode ? which : undefined });
  }

  /** @param said what else there is to say of it */
  noteOf(answer: Answer, said: string): TurnNote | undefined {
    const note = this.#notes.get(answer.id);
    const words = [said, stateWords(answer.state), note?.words ?? ""].filter((part) => part !== "").join(" ");
    if (answer.state.kind === "running") return undefined;
    return {
      words,
      ways: [...waysOf(answer), ...(note?.proposal ? proposalWays() : []), ...(note?.loses ? [anywayWay()] : [])],
    };
  }

  /** Whether it was one of these; else it is to be answered again. */
  async go(answer: Answer, way: number): Promise<boolean> {
    const { proposal, loses } = this.#notes.get(answer.id) ?? {};
    if (way === Way.anyway) {
      if (loses) await this.#propose(answer.id, loses, true);
      return true;
    }
    if (way === Way.accept || way === Way.reject) {
      if (proposal) await (way === Way.accept ? this.#changes.accept(proposal) : this.#changes.reject(proposal));
      return true;
    }
    if (way !== Way.action) return false;
    const action = actionOf(answer);
    if (action) await vscode.commands.executeCommand(action.command, action.argument);
    return true;
  }

  #note(answer: string, note: Note): void {
    this.#notes.set(answer, note);
    for (const listener of this.#listeners) listener(answer);
  }
}

/** What the user has named for the question, where there is such a file; else what else it was told, or a tool looked at. */
function filesOf(pieces: readonly UsedPiece[]): readonly string[] {
  const isNamed = ({ kind }: UsedPiece): boolean => kind === "selection" || kind === "file" || kind === "symbol";
  const named = pieces.filter(isNamed);
  const from = named.length > 0 ? named : pieces.filter(({ kind }) => kind !== "folder");
  return Array.from(new Set(from.flatMap(({ uri }) => uri ?? [])));
}

const Way = { again: 0, action: 1, accept: 2, reject: 3, anyway: 4 } as const;

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
  return state.kind === "failed" && state.failure ? describeFailure(state.failure).action : undefined;
}

function anywayWay(): ShownWay {
  return { id: Way.anyway, label: vscode.l10n.t("Show the change anyway") };
}

function proposalWays(): readonly ShownWay[] {
  return [
    { id: Way.accept, label: vscode.l10n.t("Accept") },
    { id: Way.reject, label: vscode.l10n.t("Reject") },
  ];
}
