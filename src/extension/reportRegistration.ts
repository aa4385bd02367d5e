/** The command of the report; what it does is loaded with its first call. */

import * as vscode from "vscode";
import { isFailure } from "../productivity/ledger/failure.ts";
import { askClosing, closingReportOf, noteSeen } from "./closingForecast.ts";
import { closingNeeds } from "./closingNeeds.ts";
import { commands, views } from "./contributions.ts";
import type { Counting } from "./counting.ts";
import { Lazy } from "./lazy.ts";
import { orTell } from "./orTell.ts";
import type { OwnLedger } from "./ownLedger.ts";
import type { ReportView } from "./reportView.ts";
import type { Spending } from "./spending.ts";

interface Parts {
  readonly context: vscode.ExtensionContext;
  readonly counting: Counting;
  readonly ledger: Lazy<OwnLedger>;
  readonly spending: Lazy<Spending>;
}

export function registerReport(parts: Parts): vscode.Disposable[] {
  const view = new Lazy(() => makeView(parts));
  return [
    view,
    vscode.commands.registerCommand(commands.showReport, async () => orTell((await view.get()).show())),
    vscode.window.registerWebviewPanelSerializer(views.report, {
      deserializeWebviewPanel: async (panel) => (await view.get()).restore(panel),
    }),
  ];
}

async function makeView(parts: Parts): Promise<ReportView> {
  const { context, counting, spending } = parts;
  const [{ ReportView }, { projectNames, reportWish }, own] = await Promise.all([
    import("./reportView.ts"),
    import("./reportWish.ts"),
    parts.ledger.get(),
  ]);
  return new ReportView({
    extensionUri: context.extensionUri,
    model: async () => {
      await counting.ready();
      const wish = await reportWish(spending, counting.nowMs());
      // Made in a thread of the ledger's own.
      const model = await own.ledger.reportModel(wish);
      if (isFailure(model)) return model;
      const closing = closingReportOf(model);
      const isAnswered = await askClosing(
        closing,
        closingNeeds(context, own, () => counting.nowMs()),
      );
      await noteSeen(closing, context.globalState);
      return isAnswered ? own.ledger.reportModel(wish) : model;
    },
    stop: () => own.ledger.stopReports(),
    // Where nothing is counted there may be no secret, and none is to be made.
    projectNames: async () => (counting.state.kind === "off" ? {} : projectNames(context.globalStorageUri)),
    counting: () => counting.state,
    nowMs: () => Date.now(),
    onDidDelete: own.onDidDelete,
    onDidChangeExperiment: own.onDidChangeExperiment,
  });
}
