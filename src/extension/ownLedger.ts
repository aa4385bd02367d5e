/** The ledger of this installation, opened for a window: with its settings, and with what is told to the person. */

import { join } from "node:path";
import * as vscode from "vscode";
import { Ledger } from "../productivity/ledger/client.ts";
import type { Failure } from "../productivity/ledger/failure.ts";
import type { LedgerNotice } from "../productivity/ledger/messages.ts";
import { ledgerFileName } from "../productivity/ledger/fileName.ts";
import { noticeWords } from "./countingWords.ts";
import { ledgerClock } from "./ledgerClock.ts";
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
}

export class OwnLedger {
  readonly session: string;
  /** Where it is, for the person whose it is. */
  readonly file: string;
  readonly ledger: Ledger;
  readonly #listener: vscode.Disposable;
  #notice: LedgerNotice | undefined;

  constructor({ folder, workerFile, session, changed, log }: OwnLedgerNeeds) {
    this.session = session;
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
        log(noticeWords(notice));
        // Not at a key: a file is looked at when it is opened and when it is written to, once a second. A file that somebody
        // has removed has nothing in it that could be looked at, so the menu is enough.
        if (notice.kind === "moved-aside") void vscode.window.showInformationMessage(noticeWords(notice));
        changed();
      },
    });
    this.#listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (affects(event, "ledger.retentionDays")) this.ledger.keepFor(setting("ledger.retentionDays"));
    });
  }

  /** What has become of its file while this window was open, the last of it. */
  get notice(): LedgerNotice | undefined {
    return this.#notice;
  }

  /** VS Code does not wait long for a window that ends. */
  async end(): Promise<void> {
    this.#listener.dispose();
    await this.ledger.close(END_WITHIN_MS);
  }
}

/** What could not be answered, and why. */
export function isFailure(answer: object | boolean | undefined): answer is Failure {
  return typeof answer === "object" && "reason" in answer;
}

const END_WITHIN_MS = 1_000;
