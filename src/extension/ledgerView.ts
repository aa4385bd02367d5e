/** The last events of the ledger, as a text that nobody can edit. */

import * as vscode from "vscode";
import type { CountingState } from "./countingState.ts";
import { troubleWords } from "./countingWords.ts";
import { ledgerPage } from "./ledgerPage.ts";
import { isFailure, type OwnLedger } from "./ownLedger.ts";

export class LedgerView implements vscode.Disposable {
  readonly #own: OwnLedger;
  readonly #state: () => CountingState;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #provider: vscode.Disposable;

  constructor(own: OwnLedger, state: () => CountingState) {
    this.#own = own;
    this.#state = state;
    this.#provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: () => this.#page(),
    });
  }

  async show(): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${vscode.l10n.t("Ledger")}.txt` });
    // It may be open with what was so before.
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  }

  dispose(): void {
    this.#provider.dispose();
    this.#changed.dispose();
  }

  async #page(): Promise<string> {
    const { l10n } = vscode;
    const state = this.#state();
    const answer = await this.#own.ledger.lastEvents(SHOWN);
    const records = isFailure(answer) ? undefined : answer;
    const introduction = [
      l10n.t("What was counted, as it is in the file {0}.", this.#own.file),
      ...(state.kind === "off" ? [l10n.t("Nothing is counted now: pairwise.ledger.enabled is off.")] : []),
      troubleWords(state)?.text ?? "",
      recordsWords(records?.length),
    ];
    return ledgerPage(records ?? [], introduction.filter(Boolean));
  }
}

function recordsWords(count: number | undefined): string {
  const { l10n } = vscode;
  if (count === undefined) return l10n.t("The file can't be read.");
  if (count === 0) return l10n.t("Nothing is in it yet.");
  return count < SHOWN
    ? l10n.t("All that there is, the newest first:")
    : l10n.t(
        "The last {0} events, the newest first. All of them: “Export the Ledger”.",
        SHOWN.toLocaleString(vscode.env.language),
      );
}

const SCHEME = "pairwise-ledger";
const SHOWN = 1_000;
