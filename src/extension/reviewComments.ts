/** The findings of a review, as comments on their lines; they follow what is written, and go with the window. */

import * as vscode from "vscode";
import { findingMarkdown } from "../refactor/findingMarkdown.ts";
import { movedLine } from "../refactor/movedLine.ts";
import type { Finding, Severity } from "../refactor/reviewFindings.ts";
import { REVIEW_CONTROLLER } from "./contributions.ts";

interface Shown {
  readonly finding: Finding;
  readonly thread: vscode.CommentThread;
  /** The line's text without its indentation; it tells where the line is when its start was written in. */
  text: string;
}

export class ReviewComments implements vscode.Disposable {
  readonly #controller = vscode.comments.createCommentController(
    REVIEW_CONTROLLER,
    vscode.l10n.t("Review by Pairwise"),
  );
  readonly #shown = new Map<vscode.CommentThread, Shown>();
  readonly #listener = vscode.workspace.onDidChangeTextDocument((event) => this.#follow(event));

  /** All that are there, with those that are resolved. */
  get threads(): readonly vscode.CommentThread[] {
    return Array.from(this.#shown.keys());
  }

  /** Takes away what an earlier review found in this file. */
  clear(uri: vscode.Uri): void {
    for (const { thread } of this.#of(uri)) this.dismiss(thread);
  }

  /** In addition to what is there. Findings without a line stand at the top. */
  show(document: vscode.TextDocument, findings: readonly Finding[]): void {
    const first = findings.reduce<Finding | undefined>(
      (worst, each) => (isWorse(each, worst) ? each : worst),
      undefined,
    );
    for (const finding of findings) {
      const line = Math.min(finding.line ?? 0, document.lineCount - 1);
      const comment: vscode.Comment = {
        body: bodyOf(finding),
        mode: vscode.CommentMode.Preview,
        author: { name: "Pairwise" },
      };
      const thread = this.#controller.createCommentThread(document.uri, rangeOf(line), [comment]);
      thread.canReply = false;
      thread.label = severityWords(finding.severity);
      thread.contextValue = OPEN;
      thread.state = vscode.CommentThreadState.Unresolved;
      const { Expanded, Collapsed } = vscode.CommentThreadCollapsibleState;
      thread.collapsibleState = findings.length <= MOST_EXPANDED || finding === first ? Expanded : Collapsed;
      this.#shown.set(thread, { finding, thread, text: document.lineAt(line).text.trim() });
    }
  }

  /** `undefined` where it is not there any more, or was never one of ours. */
  findingOf(thread: unknown): Finding | undefined {
    return this.#shown.get(thread as vscode.CommentThread)?.finding;
  }

  resolve(thread: unknown): void {
    const shown = this.#shown.get(thread as vscode.CommentThread);
    if (!shown) return;
    shown.thread.state = vscode.CommentThreadState.Resolved;
    shown.thread.contextValue = RESOLVED;
    shown.thread.collapsibleState = vscode.CommentThreadCollapsibleState.Collapsed;
  }

  dismiss(thread: unknown): void {
    const shown = this.#shown.get(thread as vscode.CommentThread);
    if (!shown) return;
    this.#shown.delete(shown.thread);
    shown.thread.dispose();
  }

  dismissAll(): void {
    for (const thread of this.threads) this.dismiss(thread);
  }

  dispose(): void {
    this.dismissAll();
    this.#listener.dispose();
    this.#controller.dispose();
  }

  #of(uri: vscode.Uri): readonly Shown[] {
    const key = uri.toString();
    return Array.from(this.#shown.values()).filter(({ thread }) => thread.uri.toString() === key);
  }

  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (this.#shown.size === 0 || contentChanges.length === 0) return;
    const changes = contentChanges.map(({ range, text }) => ({ start: range.start, end: range.end, text }));
    const textAt = (line: number): string | undefined =>
      line >= 0 && line < document.lineCount ? document.lineAt(line).text.trim() : undefined;
    for (const shown of this.#of(document.uri)) {
      const line = shown.thread.range?.start.line ?? 0;
      const hasMoved = (to: number): boolean => shown.text !== "" && textAt(to) === shown.text;
      const moved = Math.min(movedLine(line, changes, hasMoved), document.lineCount - 1);
      shown.text = textAt(moved) ?? "";
      if (moved !== line) shown.thread.range = rangeOf(moved);
    }
  }
}

function bodyOf({ text, line }: Finding): vscode.MarkdownString {
  const unplaced = vscode.l10n.t("The line that this is about was not found in the file.");
  const body = new vscode.MarkdownString(findingMarkdown(line === undefined ? `${text}\n\n${unplaced}` : text));
  body.isTrusted = false;
  body.supportHtml = false;
  return body;
}

function severityWords(severity: Severity): string {
  const { l10n } = vscode;
  switch (severity) {
    case "high":
      return l10n.t("High");
    case "medium":
      return l10n.t("Medium");
    case "low":
      return l10n.t("Low");
  }
}

export function isWorse(one: Finding, other: Finding | undefined): boolean {
  return other === undefined || RANKS.indexOf(one.severity) < RANKS.indexOf(other.severity);
}

function rangeOf(line: number): vscode.Range {
  return new vscode.Range(line, 0, line, 0);
}

const RANKS: readonly Severity[] = ["high", "medium", "low"];
/** What menus ask for. */
const OPEN = "open";
const RESOLVED = "resolved";
/** More of them would cover the code. */
const MOST_EXPANDED = 4;
