import * as vscode from "vscode";
import { isFailure } from "../productivity/ledger/failure.ts";
import type { ReportModelWish } from "../productivity/ledger/reportModelOf.ts";
import { askClosing, type ClosingNeeds, type ClosingReport, closingReportOf } from "./closingForecast.ts";
import type { OwnLedger } from "./ownLedger.ts";

/** The guess after an experiment is asked for in an input box, and written into the ledger. */
export function closingNeeds(
  { globalState: memory }: Pick<vscode.ExtensionContext, "globalState">,
  { ledger }: Pick<OwnLedger, "ledger">,
  nowMs: () => number,
): ClosingNeeds {
  return {
    memory,
    ask: async () => (await import("./experimentCommands.ts")).askAfter(vscode.l10n.t("The experiment has ended")),
    // Where it can't be written the report has none.
    believe: async (experiment, factor) =>
      void (await ledger.experiments.change({ kind: "believe", experiment, factor }, nowMs())),
  };
}

/**
 * What comes of an experiment that was ended just now, with the guess asked for before. Undefined where that can't be said, or
 * nothing can come of it.
 */
export async function closed(
  ledger: Pick<OwnLedger["ledger"], "reportModel">,
  wish: ReportModelWish,
  needs: ClosingNeeds,
): Promise<ClosingReport | undefined> {
  const { l10n, window, ProgressLocation } = vscode;
  const options = { location: ProgressLocation.Window, title: l10n.t("Reading the ledger…") };
  const model = await window.withProgress(options, () => ledger.reportModel(wish));
  const report = isFailure(model) ? undefined : closingReportOf(model);
  await askClosing(report, needs);
  return report;
}
