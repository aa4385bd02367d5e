/** The ledger of this installation, opened for a window: with its settings, and with what is told to the person. */

import { join } from "node:path";
import * as vscode from "vscode";
import { Ledger } from "../productivity/ledger/client.ts";
import type { LedgerNotice } from "../productivity/ledger/messages.ts";
import { ledgerFileName } from "../productivity/ledger/fileName.ts";
import { noticeWords } from "./countingWords.ts";
import { ledgerClock } from "./ledgerClock.ts";
import { ended, sentences } from "./punctuation.ts";
import { type RecordIdKind, recordIds } from "./recordIds.ts";
import { reveal } from "./reveal.ts";
import { affects, setting } from "./settings.ts";

export interface OwnLedgerNeeds {
  /** The ledger's alone. */
  readonly folder: string;
  /** Of the built product. */
  readonly workerFile: string;
  readonly session: string;
  /** Called where the ledger's state is another, or something has become of its file. */
  readonly changed: () => void;
  readonly log: (sentence: string) => void;
  /** Its file is another one now; whether an experiment was in the one before. */
  readonly lost?: () => boolean;
}

export class OwnLedger {
  readonly session: string;
  readonly newId: (kind: RecordIdKind) => string;
  /** Where it is, for the person whose it is. */
  readonly file: string;
  readonly ledger: Ledger;
  readonly #listener: vscode.Disposable;
  readonly #deleted = new vscode.EventEmitter<void>();
  /** All that was counted was deleted, in this window or another one. */
  readonly onDidDelete = this.#deleted.event;
  readonly #experimentChanged = new vscode.EventEmitter<void>();
  /** An experiment was begun, paused, resumed or stopped in this window. */
  readonly onDidChangeExperiment = this.#experimentChanged.event;
  #notice: LedgerNotice | undefined;

  constructor({ folder, workerFile, session, changed, log, lost }: OwnLedgerNeeds) {
    this.session = session;
    this.newId = recordIds(session);
    this.file = join(folder, ledgerFileName);
    this.ledger = new Ledger({
      workerFile,
      folder,
      session,
      clock: ledgerClock,
      retentionDays: setting("ledger.retentionDays"),
      onState: (state) => {
        if (state.kind === "stopped") log(`Nothing is counted: ${state.reason} (${state.detail})`);
        changed();
      },
      onNotice: (notice) => {
        this.#notice = notice;
        const { what, more } = noticeWords(notice);
        log(`${what}. ${more}`);
        // Not at a key: a file is looked at when it is opened and when it is written to, once a second. A file that somebody
        // has removed has nothing in it that could be looked at, so the menu is enough; an experiment that has gone with it is told.
        const gone = lost?.() === true ? vscode.l10n.t("The experiment was in it, and has ended with it.") : "";
        if (notice.kind === "moved-aside") void tellMoved(sentences(more, gone), join(folder, notice.movedTo));
        else if (gone !== "") void vscode.window.showWarningMessage(sentences(ended(what), gone));
        changed();
      },
      onDeleted: () => this.#deleted.fire(),
    });
    this.#listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (affects(event, "ledger.retentionDays")) this.ledger.keepFor(setting("ledger.retentionDays"));
    });
  }

  /** What has become of its file while this window was open, the last of it. */
  get notice(): LedgerNotice | undefined {
    return this.#notice;
  }

  experimentChanged(): void {
    this.#experimentChanged.fire();
  }

  /** VS Code does not wait long for a window that ends. What could not be written by then is found again by the next one. */
  async end(): Promise<void> {
    this.#listener.dispose();
    this.#deleted.dispose();
    this.#experimentChanged.dispose();
    await this.ledger.close(END_WITHIN_MS);
  }
}

/** Its name comes first: VS Code cuts what is long. */
async function tellMoved(sentence: string, file: string): Promise<void> {
  const show = vscode.l10n.t("Show where it is");
  // With counting off it is opened for those who look into it.
  const counting = setting("ledger.enabled") ? vscode.l10n.t("Counting goes on.") : "";
  const answer = await vscode.window.showInformationMessage(sentences(sentence, counting), show);
  if (answer === show) await reveal(vscode.Uri.file(file));
}

const END_WITHIN_MS = 1_000;
