import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import { startModelServer } from "../support/modelServer.ts";
import {
  closeAll,
  diagnostics,
  eventually,
  lastFailure,
  open,
  resetSettings,
  setUser,
  suggestAndAccept,
} from "./editor.ts";

const SUM = "function add(a: number, b: number): number {\n  return ║\n}\n";
/** Not what was answered before. */
const OTHER = "function subtract(a: number, b: number): number {\n  return ║\n}\n";
const THIRD = "function plus(a: number, b: number): number {\n  return ║\n}\n";
const PAGE = vscode.Uri.from({ scheme: "pairwise-spending", path: "/Spending.md" });

/** The page's line on a model, when what was counted last is on it. */
async function rowOf(reference: string): Promise<string> {
  return eventually(`a row of ${reference}`, async () => {
    await vscode.commands.executeCommand("pairwise.showSpending");
    const text = (await vscode.workspace.openTextDocument(PAGE)).getText();
    return text.split("\n").find((line) => line.includes(`| ${reference} |`));
  });
}

export const spendingTests: readonly HostTest[] = [
  {
    name: "at the limit of a day a model that costs money is asked no more, a local one helps, and a higher limit ends it",
    async run() {
      const paid = await startModelServer("a + b;");
      const helper = await startModelServer("a - b;");
      try {
        await setUser("context.maxTokens", 0);
        await setUser("cost.prices", { "paid/*": { input: 1_000, cachedInput: 1_000, output: 1_000 } });
        await setUser("cost.hardLimit", 0.001);
        await setUser("model.servers", { paid: paid.baseUrl("telling"), local: helper.baseUrl("ok") });
        await setUser("model.suggestions", "paid/large");
        assert.match(await suggestAndAccept(await open(SUM)), /return a \+ b;/);
        await closeAll();
        const editor = await open(OTHER);
        await eventually("the limit", async () => {
          await vscode.commands.executeCommand("pairwise.suggest");
          return (await lastFailure()) === "spending-limit" ? true : undefined;
        });
        const asked = paid.requests.length;
        await setUser("model.fallbacks", ["local/small"]);
        assert.match(await suggestAndAccept(editor), /return a - b;/);
        assert.match(await diagnostics(), /left alone: spending-limit limit=0\.001 retryInMs=\d+/);
        assert.equal(paid.requests.length, asked, "nothing more is sent to the one that costs money");

        await setUser("cost.hardLimit", 1_000);
        await closeAll();
        assert.match(await suggestAndAccept(await open(THIRD)), /return a \+ b;/);

        const [, feature, , requests, , , , cost] = (await rowOf("paid/large")).split("|").map((cell) => cell.trim());
        assert.equal(feature, "Suggestion");
        assert.ok(Number(requests) >= 2, requests);
        assert.match(cost ?? "", /^about \$\d+\.\d\d$/);
        assert.match(await rowOf("local/small"), /\| none \|$/);
      } finally {
        await closeAll();
        await resetSettings();
        await helper.close();
        await paid.close();
      }
    },
  },
];
