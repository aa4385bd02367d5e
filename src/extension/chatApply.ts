/** Puts a code block of an answer into a file: shown as a difference first, and written when that is accepted. */

import * as vscode from "vscode";
import { languageIdOfPath } from "../context/index/extraction/languageOfPath.ts";
import type { Hunk } from "../edit/hunks.ts";
import type { AnswerBlock } from "./chatBlockNotes.ts";
import { isReadOnly } from "./readOnly.ts";
import { isFile } from "./openPlace.ts";
import { mayBeCreated } from "./chatNewFile.ts";
import { applyOwnEdit } from "./ownWrites.ts";
import { CHANGE_SCHEME, opened, placeMeant, targetOf } from "./chatTarget.ts";
import type { EditThread } from "./editThread.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import { sentences } from "./punctuation.ts";
import { selfRunningWarning } from "./runsByItselfWords.ts";
import { writeHunks } from "./writtenEdits.ts";
import { losesCode, refusalSentence, verdictLine } from "./editWords.ts";

/** What is shown and waits. */
export interface Proposal {
  /** Of the document that shows it. */
  readonly shown: vscode.Uri;
  readonly uri: vscode.Uri;
  readonly before: string;
  readonly after: string;
  readonly hunks: readonly Hunk[];
  /** There is no such file yet. */
  readonly isNew: boolean;
  /** What it can do by itself, a sentence; empty where that is nothing. */
  readonly warning: string;
}

interface Proposed {
  /** The guard's line, or why there is no proposal. */
  readonly words: string;
  readonly proposal?: Proposal;
  /** There is none because code would be lost, which the user may want. */
  readonly losesCode?: boolean;
}

interface Asked {
  readonly proposal: Proposal;
  /** Hears what became of it. */
  readonly settled: (words: string) => void;
  /** It is being written. */
  isAccepted: boolean;
}

export class BlockChanges implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #thread: EditThread;
  readonly #ignored: Pick<IgnoredFiles, "look">;
  /** By the address of the document that shows it. */
  readonly #asked = new Map<string, Asked>();
  readonly #registrations: readonly vscode.Disposable[];
  #count = 0;
  /** One after the other, each to its end: what is not shown yet could not be withdrawn. */
  #proposing: Promise<unknown> = Promise.resolve();

  constructor(thread: EditThread, ignored: Pick<IgnoredFiles, "look">) {
    this.#thread = thread;
    this.#ignored = ignored;
    this.#registrations = [
      vscode.workspace.registerTextDocumentContentProvider(CHANGE_SCHEME, this),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => this.#closed(closed)),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    // Beside a file that is new stands nothing.
    return uri.query === "" ? "" : this.#asked.get(uri.toString())?.proposal.after;
  }

  /**
   * Shows what the block makes of the file that it names, or that is visible.
   * @param settled hears what became of it, a sentence
   * @param mayLose the user has been told that it loses code, and wants it
   */
  propose(which: AnswerBlock, settled: (words: string) => void, mayLose: boolean): Promise<Proposed> {
    const proposed = this.#proposing.then(() => this.#propose(which, settled, mayLose));
    this.#proposing = proposed.catch(() => undefined);
    return proposed;
  }

  async #propose(
    { block, files, wish, selections }: AnswerBlock,
    settled: (words: string) => void,
    mayLose: boolean,
  ): Promise<Proposed> {
    const { l10n } = vscode;
    const target = await targetOf(block.path, files);
    if (typeof target === "string") return { words: target };
    const isNew = "isNew" in target;
    const uri = isNew ? target.uri : target.document.uri;
    const path = vscode.workspace.asRelativePath(uri, false);
    if (!isNew && (await isReadOnly(target.document))) return { words: l10n.t("{0} can't be changed.", path) };
    if (isNew && !(await mayBeCreated(uri, this.#ignored)))
      return { words: l10n.t("Not applied: the chat creates no file {0}.", path) };
    if (!block.isClosed) return { words: l10n.t("Not applied: the answer ends in the middle of this block.") };
    const before = isNew ? "" : target.document.getText();
    const languageId = isNew ? (languageIdOfPath(path) ?? "plaintext") : target.document.languageId;
    const selection = isNew ? {} : placeMeant(target, selections);
    // An answer of the chat may show more than what was asked about, or a part of it: the place decides between several
    // and is never what the block has to fill (`isAsked`).
    const outcome = await this.#thread.apply({ text: before, languageId, path, ...selection, mayLose, wish }, block);
    if (outcome.kind === "refused")
      return { words: refusalSentence(outcome.refusal, path), losesCode: losesCode(outcome.refusal) };
    const { text: after, hunks } = outcome.applied;
    const older = Array.from(this.#asked.values(), ({ proposal }) => proposal).filter(
      (each) => each.uri.toString() === uri.toString(),
    );
    for (const { shown } of older)
      void this.#end(shown, l10n.t("Withdrawn: another change of {0} is shown now.", path));
    this.#count += 1;
    const shown = uri.with({ scheme: CHANGE_SCHEME, query: `${this.#count}`, fragment: "" });
    const warning = selfRunningWarning(uri, before, after);
    const proposal = { shown, uri, before, after, hunks, isNew, warning };
    this.#asked.set(shown.toString(), { proposal, settled, isAccepted: false });
    const title = isNew ? l10n.t("{0}: new file by the chat", path) : l10n.t("{0}: change by the chat", path);
    const beside = isNew ? shown.with({ query: "" }) : uri;
    // A tab that the next file takes would be closed without a word.
    await vscode.commands.executeCommand("vscode.diff", beside, shown, title, { preview: false });
    const checked = verdictLine(outcome);
    const words = isNew ? l10n.t("{0} is a new file: {1}", path, checked) : `${path}: ${checked}`;
    return { proposal, words: sentences(warning, words) };
  }

  /** As one step to undo, and once. Not where the file is another one than was shown, or is gone. */
  async accept(proposal: Proposal): Promise<void> {
    const { shown, uri, before, hunks } = proposal;
    const asked = this.#asked.get(shown.toString());
    if (!asked || asked.isAccepted || !(await isMeant(proposal)) || asked.isAccepted) return;
    // It may have ended while that was asked.
    if (this.#asked.get(shown.toString()) !== asked) return;
    asked.isAccepted = true;
    if (proposal.isNew) return this.#create(proposal);
    const { l10n } = vscode;
    const path = vscode.workspace.asRelativePath(uri, false);
    // VS Code keeps the text of a file that is gone for a while.
    const isThere = uri.scheme === "untitled" || (await isFile(uri));
    const document = isThere ? await opened(uri) : undefined;
    if (!document) return this.#end(shown, l10n.t("Not applied: {0} is not there any more, or can't be read.", path));
    if (document.getText() !== before)
      return this.#end(shown, l10n.t("Not applied: {0} has changed since. Apply it again.", path));
    const isDone = await writeHunks(document, hunks);
    await this.#end(
      shown,
      isDone ? l10n.t("Applied to {0}.", path) : l10n.t("{0} can't be changed: it may be read-only here.", path),
    );
    const first = document.positionAt(hunks[0]?.from ?? 0);
    if (isDone) await vscode.window.showTextDocument(document, { selection: new vscode.Range(first, first) });
  }

  async #create({ shown, uri, after }: Proposal): Promise<void> {
    const { l10n, workspace, window } = vscode;
    const path = workspace.asRelativePath(uri, false);
    if (await isFile(uri))
      return this.#end(shown, l10n.t("Not applied: there is a file {0} now. Apply it again.", path));
    if (!(await mayBeCreated(uri, this.#ignored)))
      return this.#end(shown, l10n.t("Not applied: the chat creates no file {0}.", path));
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { contents: new TextEncoder().encode(after) });
    const isDone = await applyOwnEdit(edit);
    await this.#end(shown, isDone ? l10n.t("{0} was created.", path) : l10n.t("{0} can't be created.", path));
    if (isDone) await window.showTextDocument(uri);
  }

  async reject({ shown, uri, isNew }: Proposal): Promise<void> {
    const path = vscode.workspace.asRelativePath(uri, false);
    const { l10n } = vscode;
    await this.#end(
      shown,
      isNew ? l10n.t("Rejected: {0} was not created.", path) : l10n.t("Rejected: {0} is as it was.", path),
    );
  }

  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
  }

  /** From the buttons above the difference, which say what they stand on. */
  async settle(uri: unknown, isAccepted: boolean): Promise<void> {
    const shown = uri instanceof vscode.Uri ? uri : vscode.window.activeTextEditor?.document.uri;
    const asked = this.#asked.get(shown?.toString() ?? "");
    if (asked) await (isAccepted ? this.accept(asked.proposal) : this.reject(asked.proposal));
  }

  async #end(shown: vscode.Uri, words: string): Promise<void> {
    const key = shown.toString();
    const asked = this.#asked.get(key);
    this.#asked.delete(key);
    asked?.settled(words);
    await vscode.window.tabGroups.close(openTabs().filter((tab) => addressIn(tab) === key));
  }

  /** Nobody accepts what can't be seen any more. A tab that is moved is open elsewhere. */
  #closed(tabs: readonly vscode.Tab[]): void {
    const open = new Set(openTabs().map(addressIn));
    for (const key of tabs.map(addressIn)) {
      const asked = key === undefined || open.has(key) ? undefined : this.#asked.get(key);
      if (!asked || asked.isAccepted) continue;
      const { shown, uri, isNew } = asked.proposal;
      const { l10n } = vscode;
      const path = vscode.workspace.asRelativePath(uri, false);
      const words = isNew
        ? l10n.t("Rejected: {0} was not created.", path)
        : l10n.t("Not applied: the comparison was closed, and {0} is as it was.", path);
      void this.#end(shown, words);
    }
  }
}

/** What runs by itself is accepted by who has been told so. */
async function isMeant({ warning, isNew }: Proposal): Promise<boolean> {
  if (warning === "") return true;
  const { l10n, window } = vscode;
  const accept = isNew ? l10n.t("Create it") : l10n.t("Change it");
  return (await window.showWarningMessage(warning, { modal: true }, accept)) === accept;
}

function openTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
}

/** Of the document that a comparison shows on its right. */
function addressIn({ input }: vscode.Tab): string | undefined {
  return input instanceof vscode.TabInputTextDiff ? input.modified.toString() : undefined;
}
