/** What reviews of code and of changes have in common. */

import * as vscode from "vscode";
import { actionNamed, answerLanguage, instructionOf } from "../edit/catalogue.ts";
import { hunksBetween } from "../edit/hunks.ts";
import { movedStretch } from "../refactor/rebasing.ts";
import { type Finding, reviewOf } from "../refactor/reviewFindings.ts";
import type { ReviewedFile } from "../refactor/reviewPlaces.ts";
import { unixNewlines } from "../text/lines.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import type { RefactorModel, RefactorReply } from "./refactorModel.ts";
import type { Editor } from "./refactorPorts.ts";
import { isWorse, type ReviewComments } from "./reviewComments.ts";
import type { ReviewOutcome } from "./reviewOutcome.ts";

export interface ReviewNeeds {
  readonly model: Pick<RefactorModel, "ask" | "facts">;
  readonly editor: Editor;
  readonly ignored: Pick<IgnoredFiles, "look">;
  readonly comments: ReviewComments;
}

/** Shows what one reply has found, each finding in its document. */
export class FindingShower {
  readonly #comments: ReviewComments;
  readonly #outcome: ReviewOutcome;
  /** By address: a document that is closed meanwhile is another one when it is opened again. */
  readonly #seen = new Set<string>();

  constructor({ comments }: ReviewNeeds, outcome: ReviewOutcome) {
    this.#comments = comments;
    this.#outcome = outcome;
  }

  /** What earlier reviews found in these documents goes. The worst finding of the first reply is brought into view. */
  async show(
    reply: RefactorReply,
    files: readonly ReviewedFile[],
    documents: readonly vscode.TextDocument[],
  ): Promise<void> {
    const isFirst = this.#seen.size === 0;
    const review = reviewOf(reply.text, files);
    this.#outcome.add(review, reply);
    let worst: { readonly finding: Finding; readonly document: vscode.TextDocument } | undefined;
    for (const [index, document] of documents.entries()) {
      const address = document.uri.toString();
      if (!this.#seen.has(address)) this.#comments.clear(document.uri);
      this.#seen.add(address);
      const found = review.findings.filter(({ file }) => file === index);
      const findings = nowIn(document, files[index]?.lines ?? [], found);
      this.#comments.show(document, findings);
      for (const finding of findings) if (isWorse(finding, worst?.finding)) worst = { finding, document };
    }
    if (!worst || !isFirst) return;
    const { finding, document } = worst;
    const line = Math.min(finding.line ?? 0, document.lineCount - 1);
    const editor = await vscode.window.showTextDocument(document, { preserveFocus: true, preview: true });
    editor.revealRange(new vscode.Range(line, 0, line, 0), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}

/** It may have been written in while the model was asked. */
function nowIn(
  document: vscode.TextDocument,
  lines: readonly string[],
  findings: readonly Finding[],
): readonly Finding[] {
  const now = unixNewlines(document.getText());
  const changes = hunksBetween(lines.join("\n"), now);
  if (changes.length === 0) return findings;
  return findings.map((finding) => {
    if (finding.line === undefined) return finding;
    const offset = lines.slice(0, finding.line).reduce((sum, line) => sum + line.length + 1, 0);
    const { from } = movedStretch({ from: offset, to: offset }, changes);
    return { ...finding, line: now.slice(0, from).split("\n").length - 1 };
  });
}

/** Of the catalogue, in the user's language. */
export function reviewInstruction(): string {
  const action = actionNamed("review");
  return action ? instructionOf(action, "", answerLanguage("", vscode.env.language)) : "";
}

export function tokensOf(messages: readonly { readonly content: string }[], count: (text: string) => number): number {
  return messages.reduce((sum, { content }) => sum + count(content) + PER_MESSAGE, 0);
}

const PER_MESSAGE = 8;
