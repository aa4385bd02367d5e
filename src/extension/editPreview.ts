/** What one document may become: what of it is shown, is left, and is taken. */

import * as vscode from "vscode";
import { hunksBetween, withHunks, type Hunk } from "../edit/hunks.ts";
import { type MergedText, mergedText } from "../refactor/mergedText.ts";
import { rebased } from "../refactor/rebasing.ts";
import { opened } from "./chatTarget.ts";
import { nameOf } from "./convert.ts";
import { type KnownProblems, problemsOf } from "./editProblems.ts";
import type { EditPreview } from "./refactorPorts.ts";
import { writeHunks } from "./writtenEdits.ts";

export interface OfferedHunk extends Hunk {
  /** Stays, whatever else is taken or changes. */
  readonly id: number;
}

export type EditState = "waiting" | "writing" | "offered";

/** How it ended: `closed` by the user, `replaced` by another one of the same document. */
export type EditEnd = "accepted" | "rejected" | "closed" | "replaced" | "withdrawn";

interface EditOwner {
  /** What is shown is another one. */
  changed(): void;
  ended(how: EditEnd): void;
  refused(words: string, anyway: (() => void) | undefined): void;
}

/** What became of the document when some of the hunks were taken; nothing when they were rejected. */
interface Taken {
  readonly before: string;
  readonly after: string;
  /** Of the text before. */
  readonly hunks: readonly OfferedHunk[];
  readonly ids: readonly number[];
  readonly isRejected: boolean;
}

export class ShownEdit implements EditPreview {
  readonly document: vscode.TextDocument;
  readonly title: string;
  readonly refine: (wish: string) => void;
  readonly #owner: EditOwner;
  readonly #abort = new AbortController();
  #before: string;
  #hunks: readonly OfferedHunk[] = [];
  #merged: MergedText;
  #state: EditState = "waiting";
  #verdict = "";
  #total = 0;
  #lost = 0;
  #accepted = 0;
  #firstAccepted: vscode.Position | undefined;
  readonly #problemsAsked: KnownProblems;
  #problems: KnownProblems;
  readonly #taken: Taken[] = [];
  /** What is under way with the hunks: one thing after the other, since each has to know what became of those before. */
  #settling: Promise<void> = Promise.resolve();
  #isWriting = false;
  #coming = "";
  #timer: NodeJS.Timeout | undefined;

  constructor(document: vscode.TextDocument, title: string, refine: (wish: string) => void, owner: EditOwner) {
    this.document = document;
    this.title = title;
    this.refine = refine;
    this.#owner = owner;
    this.#before = document.getText();
    this.#merged = mergedText(this.#before, []);
    this.#problemsAsked = problemsOf(document.uri);
  }

  /** Where its bar stands while nothing has come. */
  startRow = 0;

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get merged(): MergedText {
    return this.#merged;
  }

  /** As `merged.hunks`, one by one. */
  get hunks(): readonly OfferedHunk[] {
    return this.#hunks;
  }

  get state(): EditState {
    return this.#state;
  }

  get verdict(): string {
    return this.#verdict;
  }

  /** How many were offered, and how many of those had to go because their lines have changed. */
  get counts(): { readonly total: number; readonly lost: number; readonly accepted: number } {
    return { total: this.#total, lost: this.#lost, accepted: this.#accepted };
  }

  /** Where the first one that was taken begins in the document. */
  get firstAccepted(): vscode.Position | undefined {
    return this.#firstAccepted;
  }

  /** What was reported of the document before anything was taken. */
  get problemsBefore(): KnownProblems {
    return this.#problems;
  }

  stream(after: string): void {
    if (this.signal.aborted || this.#state === "offered") return;
    this.#coming = after;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#state !== "offered") this.#come(this.#coming);
    }, SHOWN_EVERY_MS);
  }

  offer(hunks: readonly Hunk[], verdict: string): void {
    if (this.signal.aborted) return;
    this.#before = this.document.getText();
    this.#state = "offered";
    this.#verdict = verdict;
    this.#total = hunks.length;
    // As VS Code will write it.
    const lineBreak = this.document.eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n";
    this.#hunks = hunks.map((hunk, id) => ({ ...hunk, added: hunk.added.replace(/\r?\n/g, lineBreak), id }));
    this.#show();
  }

  refuse(words: string, anyway?: () => void): void {
    if (this.signal.aborted) return;
    this.end("withdrawn");
    this.#owner.refused(words, anyway);
  }

  /** The document has changed, perhaps. */
  follow(now = this.document.getText()): void {
    if (this.#isWriting || now === this.#before || this.signal.aborted) return;
    const changes = hunksBetween(this.#before, now);
    this.#before = now;
    if (this.#state === "offered") {
      const { hunks, lost } = rebased(this.#hunks, changes);
      this.#hunks = hunks;
      this.#lost += lost;
      if (hunks.length === 0) {
        this.refuse(vscode.l10n.t("The lines that were to be changed have changed meanwhile. Ask again."));
        return;
      }
    } else this.#hunks = [];
    this.#show();
  }

  /** All that are left, or these. One step to undo. Those that are gone meanwhile are left out. */
  accept(ids?: readonly number[]): Promise<void> {
    return this.#settle(() => this.#accept(ids ?? this.#hunks.map(({ id }) => id)));
  }

  /** All that are left, or these. */
  reject(ids?: readonly number[]): Promise<void> {
    return this.#settle(() => {
      const before = this.#before;
      if (ids) this.#taken.push({ before, after: before, hunks: this.#hunks, ids, isRejected: true });
      this.#hunks = ids ? this.#hunks.filter(({ id }) => !ids.includes(id)) : [];
      this.#left(this.#accepted > 0 ? "accepted" : "rejected");
    });
  }

  /** Gives back what was taken or rejected last, to be decided again, as long as nothing else was written behind it. */
  undo(): Promise<void> {
    return this.#settle(() => this.#undo());
  }

  #settle(work: () => void | Promise<void>): Promise<void> {
    const settled = this.#settling.then(work);
    this.#settling = settled.catch(() => undefined);
    return settled;
  }

  async #accept(ids: readonly number[]): Promise<void> {
    if (this.#state !== "offered" || this.signal.aborted) return;
    const { l10n, window } = vscode;
    const document = await opened(this.document.uri);
    if (this.signal.aborted) return;
    const name = nameOf(this.document);
    if (!document) {
      void window.showWarningMessage(l10n.t("Not applied: {0} is not there any more, or can't be read.", name));
      return;
    }
    this.follow(document.getText());
    const chosen = this.#hunks.filter(({ id }) => ids.includes(id));
    const [first] = chosen;
    if (!first) return;
    // Of a file that was closed meanwhile nothing is reported.
    if (this.#accepted === 0) this.#problems = this.document.isClosed ? this.#problemsAsked : problemsOf(document.uri);
    const start = document.positionAt(first.from);
    if (!(await this.#write(document, chosen))) {
      this.follow(document.getText());
      void window.showWarningMessage(l10n.t("{0} can't be changed: it may be read-only here.", name));
      return;
    }
    this.#accepted += chosen.length;
    // Not what is there by now: what somebody has typed meanwhile is not to be taken back with it.
    const after = withHunks(this.#before, chosen);
    this.#taken.push({ before: this.#before, after, hunks: this.#hunks, ids, isRejected: false });
    if (!this.#firstAccepted?.isBefore(start)) this.#firstAccepted = start;
    this.#hunks = rebased(
      this.#hunks.filter(({ id }) => !ids.includes(id)),
      chosen,
    ).hunks;
    this.#before = after;
    this.#left("accepted");
    // Something else may have been written along with it, as by who types.
    this.follow(document.getText());
  }

  async #undo(): Promise<void> {
    const last = this.#taken.at(-1);
    const { l10n } = vscode;
    if (!last) return tell(l10n.t("Nothing of this edit was accepted or rejected yet: there is nothing to undo."));
    const document = await opened(this.document.uri);
    if (!document || this.signal.aborted) return;
    const name = vscode.workspace.asRelativePath(document.uri, false);
    if (document.getText() !== last.after)
      return tell(
        last.isRejected
          ? l10n.t("{0} has changed since that was rejected. Ask again.", name)
          : l10n.t("{0} has changed since that was accepted: undo it in the file.", name),
      );
    if (!last.isRejected && !(await this.#write(document, hunksBetween(last.after, last.before))))
      return tell(l10n.t("{0} can't be changed.", name));
    this.#taken.pop();
    const left = new Set([...last.ids, ...this.#hunks.map(({ id }) => id)]);
    if (!last.isRejected) this.#accepted -= last.hunks.filter(({ id }) => last.ids.includes(id)).length;
    if (this.#accepted === 0) this.#firstAccepted = undefined;
    this.#hunks = last.hunks.filter(({ id }) => left.has(id));
    this.#before = last.before;
    this.#show();
    this.follow(document.getText());
  }

  /** As long as it is written the hunks and what is shown of them stay those of the text before. */
  #write(document: vscode.TextDocument, hunks: readonly Hunk[]): Promise<boolean> {
    this.#isWriting = true;
    return writeHunks(document, hunks).finally(() => (this.#isWriting = false));
  }

  end(how: EditEnd): void {
    if (this.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#owner.ended(how);
  }

  dispose(): void {
    this.end("withdrawn");
  }

  #come(after: string): void {
    this.#state = "writing";
    this.#before = this.document.getText();
    this.#hunks = hunksBetween(this.#before, after).map((hunk, id) => ({ ...hunk, id }));
    this.#show();
  }

  #left(how: EditEnd): void {
    if (this.#hunks.length === 0) this.end(how);
    else this.#show();
  }

  #show(): void {
    this.#merged = mergedText(this.#before, this.#hunks);
    this.#owner.changed();
  }
}

/** For some seconds, where it is in nobody's way. */
export function tell(words: string): void {
  vscode.window.setStatusBarMessage(words, TOLD_MS);
}

const SHOWN_EVERY_MS = 100;
const TOLD_MS = 8_000;
