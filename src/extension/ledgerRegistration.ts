/** The commands of the ledger; what they do is loaded with their first call. */

import { randomUUID } from "node:crypto";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Today } from "../productivity/ledger/today.ts";
import { closingNeeds } from "./closingNeeds.ts";
import { commands } from "./contributions.ts";
import type { Counting } from "./counting.ts";
import { Lazy } from "./lazy.ts";
import type { LedgerView } from "./ledgerView.ts";
import { orTell } from "./orTell.ts";
import type { OtherProviders } from "./otherProviders.ts";
import type { OwnLedger } from "./ownLedger.ts";
import type { Spending } from "./spending.ts";

interface Parts {
  readonly context: vscode.ExtensionContext;
  readonly counting: Counting;
  readonly ledger: Lazy<OwnLedger>;
  readonly otherProviders: OtherProviders;
  readonly spending: Lazy<Spending>;
}

export function registerLedgerCommands(parts: Parts): vscode.Disposable[] {
  const view = new Lazy(() => makeView(parts));
  const preview = new Lazy(async () => new (await import("./reportPreview.ts")).ReportPreview());
  return [
    view,
    preview,
    vscode.commands.registerCommand(commands.showLedger, async () => (await view.get()).show()),
    vscode.commands.registerCommand(commands.exportLedger, async () => {
      const { exportLedger } = await import("./ledgerCommands.ts");
      await orTell(exportLedger((await parts.ledger.get()).ledger, () => parts.counting.nowMs()));
    }),
    vscode.commands.registerCommand(commands.exportReport, async () => {
      const [{ exportReport }, { reportWish }, own] = await Promise.all([
        import("./reportExport.ts"),
        import("./reportWish.ts"),
        parts.ledger.get(),
      ]);
      const { context, counting, spending } = parts;
      const { version } = context.extension.packageJSON as { readonly version: string };
      const workerFile = context.asAbsolutePath(join("dist", "reportExportWorker.cjs"));
      const wish = (): ReturnType<typeof reportWish> => reportWish(spending, counting.nowMs());
      const { secrets, globalState } = context;
      const instanceId = (): Promise<string> => instanceIdIn(globalState);
      const closing = closingNeeds(context, own, () => counting.nowMs());
      await orTell(exportReport({ own, wish, workerFile, version, secrets, instanceId, preview, closing }));
    }),
    vscode.commands.registerCommand(commands.deleteLedger, async () => {
      const { deleteLedger } = await import("./ledgerCommands.ts");
      await orTell(deleteLedger((await parts.ledger.get()).ledger));
    }),
    vscode.commands.registerCommand(commands.testCounting, async () => {
      const { testCounting } = await import("./countingTest.ts");
      const { ledger, session } = await parts.ledger.get();
      const folder = vscode.Uri.joinPath(parts.context.globalStorageUri, "self-test");
      const others = parts.otherProviders.active().map(({ name }) => name);
      const show = async (text: string): Promise<void> => (await view.get()).showTestResult(text);
      await orTell(testCounting({ ledger, session, folder, others, show }));
    }),
  ];
}

async function makeView({ ledger, counting }: Parts): Promise<LedgerView> {
  const { LedgerView } = await import("./ledgerView.ts");
  return new LedgerView(await ledger.get(), counting);
}

/** `undefined` where nothing is counted, or it can't be said. */
export async function todayOf({ ledger, counting }: Pick<Parts, "ledger" | "counting">): Promise<Today | undefined> {
  await counting.ready();
  if (counting.state.kind === "off") return undefined;
  const { ledger: opened } = await ledger.get();
  // The menu is not kept waiting by a disk that does not answer.
  const patience = new Promise<undefined>((resolve) => void setTimeout(resolve, PATIENCE_MS));
  return Promise.race([opened.today(), patience]);
}

const PATIENCE_MS = 1_000;

/** Made when it is first wanted, and the same from then on: what is sent again replaces what was sent before. */
async function instanceIdIn(memory: vscode.Memento): Promise<string> {
  const known = memory.get<string>(INSTANCE_ID);
  if (known !== undefined) return known;
  const made = randomUUID();
  await memory.update(INSTANCE_ID, made);
  return made;
}

const INSTANCE_ID = "report.instanceId";
