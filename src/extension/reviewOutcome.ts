import * as vscode from "vscode";
import { unlinked } from "../text/unlinked.ts";
import type { Review } from "../refactor/reviewFindings.ts";
import { ended, sentences } from "./punctuation.ts";
import type { RefactorReply } from "./refactorModel.ts";

/** What came of a review, in one message: also that nothing was found, and what was not looked at. */
export class ReviewOutcome {
  readonly name: string;
  readonly #left: string[] = [];
  readonly #unclear: string[] = [];
  readonly #unread: string[] = [];
  #answers = 0;
  #findings = 0;
  #isCut = false;

  /** @param name What is reviewed. */
  constructor(name: string) {
    this.name = name;
  }

  add({ findings, isClean, unread }: Review, { text, isCut }: RefactorReply): void {
    this.#answers += 1;
    this.#findings += findings.length;
    if (findings.length === 0 && !isClean) this.#unclear.push(text);
    this.#unread.push(...unread);
    if (isCut) this.#isCut = true;
  }

  /** Sentences: what was not reviewed. */
  left(words: readonly string[]): void {
    this.#left.push(...words);
  }

  tell(): void {
    const { l10n, window } = vscode;
    const [first] = this.#unread;
    const more = sentences(
      ...(this.#isCut ? [l10n.t("The answer was cut: there may be more.")] : []),
      ...(first === undefined
        ? []
        : [
            l10n.t(
              "Items of the answer that could not be read as findings: {0}, as “{1}”.",
              this.#unread.length,
              first,
            ),
          ]),
      ...this.#left,
    );
    if (this.#unclear.length > 0) return void this.#tellUnclear(more);
    if (this.#answers === 0) {
      if (more !== "") void window.showInformationMessage(unlinked(more));
      return;
    }
    const count =
      this.#findings === 0
        ? l10n.t("The model found nothing in {0}.", this.name)
        : l10n.t("Findings in {0}: {1}", this.name, this.#findings);
    // Findings are seen where they stand.
    if (this.#findings > 0 && more === "") window.setStatusBarMessage(count, SHOWN_MS);
    else void window.showInformationMessage(unlinked(sentences(this.#findings > 0 ? ended(count) : count, more)));
  }

  async #tellUnclear(more: string): Promise<void> {
    const { l10n, window, workspace } = vscode;
    const words = l10n.t(
      "The model's review of {0} has an answer without findings that could be read. A larger model keeps to the form better.",
      this.name,
    );
    const show = l10n.t("Show Answer");
    if ((await window.showWarningMessage(unlinked(sentences(words, more)), show)) !== show) return;
    const content = this.#unclear.join("\n\n");
    await window.showTextDocument(await workspace.openTextDocument({ language: "markdown", content }));
  }
}

const SHOWN_MS = 8_000;
