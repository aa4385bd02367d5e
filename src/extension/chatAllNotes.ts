/** What became of all the changes of an answer that were to be applied at once, and what can be done about it. */

import * as vscode from "vscode";
import { changesOfFiles, type CodeBlock, codeBlocks } from "../chat/codeBlocks.ts";
import type { Answer } from "../chat/conversation.ts";
import type { AnsweredTo } from "./chatTarget.ts";
import type { AllChanges, LookedAt } from "./chatAllChanges.ts";
import { sentences } from "./punctuation.ts";

interface AllNote {
  readonly words: string;
  /** Others were refused, and these may be applied without them. */
  readonly others: readonly CodeBlock[];
}

interface Owner {
  changed(answer: string): void;
  /** What stands at the block; the words may be empty. */
  noteBlock(answer: string, looked: LookedAt, told: AnsweredTo): Promise<void>;
}

export class AllNotes {
  readonly #all: AllChanges;
  readonly #owner: Owner;
  /** By the answer's id. */
  readonly #notes = new Map<string, AllNote>();
  /** Answers whose changes are looked at, or wait in the refactor preview. */
  readonly #busy = new Set<string>();
  /** Those of answers that have been looked through: an answer that has ended stays as it is. */
  readonly #changes = new WeakMap<Answer, readonly CodeBlock[]>();

  constructor(all: AllChanges, owner: Owner) {
    this.#all = all;
    this.#owner = owner;
  }

  wordsOf({ id }: Answer): string {
    return this.#notes.get(id)?.words ?? "";
  }

  /** The labels of what may be applied at once, if anything. */
  labelsOf(answer: Answer): { readonly all?: string; readonly others?: string } {
    const { l10n } = vscode;
    const all = this.#changesOf(answer).length;
    if (all === 0) return {};
    const others = this.#notes.get(answer.id)?.others.length ?? 0;
    return {
      all: l10n.t("Apply all {0} changes", all),
      ...(others === 1 && { others: l10n.t("Apply the other one") }),
      ...(others > 1 && { others: l10n.t("Apply the other {0}", others) }),
    };
  }

  /** @param told what the answer had to go by */
  async apply(answer: Answer, which: "all" | "others", told: AnsweredTo): Promise<void> {
    const { id } = answer;
    const blocks = which === "all" ? this.#changesOf(answer) : (this.#notes.get(id)?.others ?? []);
    if (blocks.length === 0 || this.#busy.has(id)) return;
    this.#busy.add(id);
    try {
      await this.#apply(id, blocks, told);
    } finally {
      this.#busy.delete(id);
    }
  }

  async #apply(answer: string, blocks: readonly CodeBlock[], told: AnsweredTo): Promise<void> {
    const { l10n } = vscode;
    const prepared = await this.#all.prepare(blocks, told);
    for (const looked of prepared.blocks) await this.#owner.noteBlock(answer, looked, told);
    const refused = prepared.blocks.filter(({ isRefused }) => isRefused);
    const left = prepared.blocks.filter(({ isRefused }) => !isRefused);
    if (refused.length > 0) {
      const paths = Array.from(new Set(refused.map(({ block }) => block.path))).join(", ");
      const words = l10n.t(
        "Nothing was applied. Refused: {0} of {1} changes ({2}).",
        refused.length,
        blocks.length,
        paths,
      );
      const others = prepared.files.length > 0 ? left.map(({ block }) => block) : [];
      return void this.#note(answer, { words: sentences(words, l10n.t("Each of them says why.")), others });
    }
    if (prepared.files.length === 0)
      return void this.#note(answer, {
        words: l10n.t("There is nothing to change: the files have all of it."),
        others: [],
      });
    const shown = l10n.t("The changes are in the refactor preview. Apply or discard them there: all of them, or none.");
    const waits = (): void => void this.#note(answer, { words: shown, others: [] });
    const { words, files, problems } = await this.#all.apply(prepared, waits);
    for (const looked of left) {
      const path = prepared.files.find(({ uri }) => uri.toString() === looked.file)?.path;
      // It had all of it before.
      if (path === undefined) continue;
      const isDone = files.includes(looked.file ?? "");
      await this.#owner.noteBlock(answer, { ...looked, words: isDone ? l10n.t("Applied to {0}.", path) : "" }, told);
    }
    const note = this.#note(answer, { words, others: [] });
    if (problems) void this.#addProblems(answer, note, problems);
  }

  async #addProblems(answer: string, note: AllNote, problems: Promise<string>): Promise<void> {
    const words = sentences(note.words, await problems);
    if (this.#notes.get(answer) === note) this.#note(answer, { ...note, words });
  }

  #note(answer: string, note: AllNote): AllNote {
    this.#notes.set(answer, note);
    this.#owner.changed(answer);
    return note;
  }

  /** None as long as something of it may be missing. */
  #changesOf(answer: Answer): readonly CodeBlock[] {
    if (answer.state.kind !== "done") return [];
    const known = this.#changes.get(answer) ?? changesOfFiles(codeBlocks(answer.text));
    this.#changes.set(answer, known);
    return known;
  }
}
