/** The command of the report; what it does is loaded with its first call. */

import * as vscode from "vscode";
import { isFailure } from "../productivity/ledger/failure.ts";
import { closeBefore } from "./closingForecast.ts";
import { commands, views } from "./contributions.ts";
import type { Counting } from "./counting.ts";
import { Lazy } from "./lazy.ts";
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
    vscode.commands.registerCommand(commands.showReport, async () => (await view.get()).show()),
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
      const wish = await reportWish(spending);
      // Made in a thread of the ledger's own.
      const model = await own.ledger.reportModel(wish);
      if (isFailure(model)) return model;
      const closed = await closeBefore(model, {
        memory: context.globalState,
        ask: async () => (await import("./experimentCommands.ts")).askAfter(vscode.l10n.t("The experiment has ended")),
        // Where it can't be written the report has none.
        believe: async (experiment, factor) =>
          void (await own.ledger.experiments.change({ kind: "believe", experiment, factor }, counting.nowMs())),
      });
      return closed ? own.ledger.reportModel(wish) : model;
    },
    // Where nothing is counted there may be no secret, and none is to be made.
    projectNames: async () => (counting.state.kind === "off" ? {} : projectNames(context.globalStorageUri)),
    counting: () => counting.state,
    nowMs: () => Date.now(),
    onDidDelete: own.onDidDelete,
  });
}
