/** Where the machine's clock is set back, all that half-hours are held against goes by the window's own. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { exportLedger } from "../../src/extension/ledgerCommands.ts";
import type { ExportWish } from "../../src/productivity/ledger/exporting.ts";
import type { ReportModel } from "../../src/productivity/report/model.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { counting, run } from "./ledgerRig.ts";

const DAY_MS = 86_400_000;

/** Answers with that format and that place. */
async function answering(format: string, folder: string, work: () => Thenable<unknown>): Promise<void> {
  const { window } = vscode;
  const { showQuickPick, showSaveDialog, showOpenDialog, showWarningMessage, showInformationMessage } = window;
  Object.assign(window, {
    showQuickPick: async (items: readonly { readonly label: string }[]) => items.find(({ label }) => label === format),
    showSaveDialog: async () => vscode.Uri.file(join(folder, "report.json")),
    showOpenDialog: async () => [vscode.Uri.file(folder)],
    showWarningMessage: async () => undefined,
    showInformationMessage: async () => undefined,
  });
  try {
    await work();
  } finally {
    Object.assign(window, {
      showQuickPick,
      showSaveDialog,
      showOpenDialog,
      showWarningMessage,
      showInformationMessage,
    });
  }
}

export const windowClockTests: readonly HostTest[] = [
  counting("a report is made at the window's time, also where the machine's clock was set back", "quokka", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pairwise-clock-"));
    const machines = Date.now;
    const nowMs = machines();
    Date.now = () => machines() - DAY_MS;
    try {
      await answering("JSON", folder, () => run("pairwise.exportReport"));
      const { madeMs } = JSON.parse(readFileSync(join(folder, "report.json"), "utf8")) as ReportModel;
      assert.ok(Math.abs(madeMs - nowMs) < DAY_MS / 2, `${madeMs - nowMs}`);
    } finally {
      Date.now = machines;
      rmSync(folder, { recursive: true, force: true });
    }
  }),
  {
    name: "the ledger's export leaves out what is not over by the window's clock",
    run: async () => {
      const wishes: ExportWish[] = [];
      const exportTo = async (wish: ExportWish) => {
        wishes.push(wish);
        return { kind: "exported", files: [], records: 0 } as const;
      };
      await answering("CSV", tmpdir(), () => exportLedger({ exportTo }, () => 1_800_000));
      assert.deepEqual(wishes, [{ folder: tmpdir(), format: "csv", nowMs: 1_800_000 }]);
    },
  },
];
