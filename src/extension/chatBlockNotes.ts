/** What became of the code blocks of an answer, and what can be done about it and about an answer that has failed. */

import * as vscode from "vscode";
import type { CodeBlock } from "../chat/codeBlocks.ts";
import type { Answer, UsedPiece } from "../chat/conversation.ts";
import type { AllChanges } from "./chatAllChanges.ts";
import { AllNotes } from "./chatAllNotes.ts";
import type { BlockChanges, Proposal } from "./chatApply.ts";
import { insertBlock, openBlock, putIntoTerminal } from "./chatBlockActions.ts";
import type { BlockAction, ShownBlockNote, ShownWay } from "./chatProtocol.ts";
import type { TurnNote } from "./chatShown.ts";
import type { ChatTerminal } from "./chatTerminal.ts";
import { stateWords } from "./chatWords.ts";
import type { AnsweredTo } from "./chatTarget.ts";
import { describeAnswerFailure } from "./chatFailures.ts";
import { sentences } from "./punctuation.ts";

export interface AnswerBlock extends AnsweredTo {
  readonly block: CodeBlock;
}

interface Told {
  readonly wish: string;
  readonly pieces: readonly UsedPiece[];
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
  readonly #all: AllNotes;
  /** By the answer's id and the block's line. */
  readonly #notes = new Map<string, Map<number, Note>>();
  readonly #listeners = new Set<(answer: string) => void>();

  constructor(changes: BlockChanges, terminal: ChatTerminal, all: AllChanges) {
    this.#changes = changes;
    this.#terminal = terminal;
    this.#all = new AllNotes(all, {
      changed: (answer) => this.#tell(answer),
      noteBlock: async (answer, { block, words, losesCode }, told) => {
        const { proposal } = this.#notes.get(answer)?.get(block.line) ?? {};
        if (proposal) await this.#changes.reject(proposal);
        this.#note(answer, block.line, { words, loses: losesCode ? { ...told, block } : undefined });
      },
    });
  }

  onDidChange(listener: (answer: string) => void): void {
    this.#listeners.add(listener);
  }

  /** @param told what the answer was asked and told */
  async act({ id }: Answer, told: Told, block: CodeBlock, action: Exclude<BlockAction, "copy">): Promise<void> {
    const note = (note: Note): void => this.#note(id, block.line, note);
    switch (action) {
      case "insert":
        return note({ words: await insertBlock(block) });
      case "open":
        return note({ words: await openBlock(block) });
      case "run":
        return note({ words: await putIntoTerminal(block, this.#terminal) });
      case "apply":
        return this.#propose(id, { ...answeredTo(told), block }, false);
    }
  }

  async #propose(answer: string, which: AnswerBlock, mayLose: boolean): Promise<void> {
    const { block } = which;
    const settled = (words: string): void => this.#note(answer, block.line, { words });
    const { words, proposal, losesCode } = await this.#changes.propose(which, settled, mayLose);
    this.#note(answer, block.line, { words, proposal, loses: losesCode ? which : undefined });
  }

  /** @param answer that has ended; `said` is what else there is to say of it */
  noteOf(answer: Answer, said: string): TurnNote {
    const words = sentences(said, stateWords(answer), this.#all.wordsOf(answer));
    const { all, others } = this.#all.labelsOf(answer);
    const ways = [
      ...waysOf(answer),
      ...(all === undefined ? [] : [{ id: Way.all, label: all }]),
      ...(others === undefined ? [] : [{ id: Way.others, label: others }]),
    ];
    return { words, ways };
  }

  /** Of the blocks with which something was done. */
  shownNotes({ id }: Answer): readonly ShownBlockNote[] {
    return Array.from(this.#notes.get(id) ?? [], ([line, { words, proposal, loses }]) => ({
      line,
      words,
      ways: [...(proposal ? proposalWays(line) : []), ...(loses ? [anywayWay(line)] : [])],
    })).filter(({ words }) => words !== "");
  }

  /**
   * Gives what is to become of the answer, if anything. What is none of its ways does nothing.
   * @param told what the answer was asked and told
   */
  async go(answer: Answer, told: Told, way: number): Promise<"again" | "goOn" | undefined> {
    if (way === Way.all || way === Way.others) {
      await this.#all.apply(answer, way === Way.all ? "all" : "others", answeredTo(told));
      return undefined;
    }
    if (way >= Way.accept) {
      const line = Math.floor((way - Way.accept) / WAYS_OF_BLOCK);
      const { proposal, loses } = this.#notes.get(answer.id)?.get(line) ?? {};
      const asked = way - line * WAYS_OF_BLOCK;
      if (asked === Way.anyway && loses) await this.#propose(answer.id, loses, true);
      else if (asked === Way.accept && proposal) await this.#changes.accept(proposal);
      else if (asked === Way.reject && proposal) await this.#changes.reject(proposal);
      return undefined;
    }
    if (!waysOf(answer).some(({ id }) => id === way)) return undefined;
    const action = way === Way.action ? actionOf(answer) : undefined;
    if (action) await vscode.commands.executeCommand(action.command, action.argument);
    return way === Way.again ? "again" : way === Way.goOn ? "goOn" : undefined;
  }

  #note(answer: string, line: number, note: Note): void {
    const notes = this.#notes.get(answer) ?? new Map<number, Note>();
    this.#notes.set(answer, notes.set(line, note));
    this.#tell(answer);
  }

  #tell(answer: string): void {
    for (const listener of this.#listeners) listener(answer);
  }
}

function answeredTo({ wish, pieces }: Told): AnsweredTo {
  return { files: filesOf(pieces), selections: pieces.filter(({ kind }) => kind === "selection"), wish };
}

/** What the user has named for the question, where there is such a file; else what else it was told, or a tool looked at. */
function filesOf(pieces: readonly UsedPiece[]): readonly string[] {
  const isNamed = ({ kind }: UsedPiece): boolean => kind === "selection" || kind === "file" || kind === "symbol";
  const named = pieces.filter(isNamed);
  const from = named.length > 0 ? named : pieces.filter(({ kind }) => kind !== "folder");
  return Array.from(new Set(from.flatMap(({ uri }) => uri ?? [])));
}

/** The last three are those of the block at line 0; the next three are those of line 1. */
const Way = { again: 0, action: 1, goOn: 2, all: 3, others: 4, accept: 5, reject: 6, anyway: 7 } as const;
const WAYS_OF_BLOCK = 3;

function waysOf(answer: Answer): readonly ShownWay[] {
  const { kind } = answer.state;
  const hasText = answer.text.trim() !== "";
  if (kind === "cut" && hasText) return [{ id: Way.goOn, label: vscode.l10n.t("Go on") }];
  const isNothing = (kind === "done" || kind === "cut") && !hasText;
  if (kind !== "failed" && kind !== "stopped" && !isNothing) return [];
  const action = actionOf(answer);
  return [
    { id: Way.again, label: vscode.l10n.t("Try again") },
    ...(action ? [{ id: Way.action, label: action.title }] : []),
  ];
}

function actionOf({ state }: Answer) {
  return state.kind === "failed" && state.failure ? describeAnswerFailure(state.failure).action : undefined;
}

function anywayWay(line: number): ShownWay {
  return { id: Way.anyway + line * WAYS_OF_BLOCK, label: vscode.l10n.t("Show the change anyway") };
}

function proposalWays(line: number): readonly ShownWay[] {
  return [
    { id: Way.accept + line * WAYS_OF_BLOCK, label: vscode.l10n.t("Accept") },
    { id: Way.reject + line * WAYS_OF_BLOCK, label: vscode.l10n.t("Reject") },
  ];
}
