/** The commands of the ledger; what they do is loaded with their first call. */

import * as vscode from "vscode";
import type { Today } from "../productivity/ledger/today.ts";
import { commands } from "./contributions.ts";
import type { Counting } from "./counting.ts";
import { Lazy } from "./lazy.ts";
import type { LedgerView } from "./ledgerView.ts";
import { orTell } from "./orTell.ts";
import type { OtherProviders } from "./otherProviders.ts";
import type { OwnLedger } from "./ownLedger.ts";

interface Parts {
  readonly context: vscode.ExtensionContext;
  readonly counting: Counting;
  readonly ledger: Lazy<OwnLedger>;
  readonly otherProviders: OtherProviders;
}

export function registerLedgerCommands(parts: Parts): vscode.Disposable[] {
  const view = new Lazy(() => makeView(parts));
  return [
    view,
    vscode.commands.registerCommand(commands.showLedger, async () => (await view.get()).show()),
    vscode.commands.registerCommand(commands.exportLedger, async () => {
      const { exportLedger } = await import("./ledgerCommands.ts");
      await orTell(exportLedger((await parts.ledger.get()).ledger));
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
  return new LedgerView(await ledger.get(), () => counting.state);
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
