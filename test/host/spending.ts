import assert from "node:assert/strict";
import * as vscode from "vscode";
import { spendingPage } from "../../src/extension/spendingWords.ts";
import { PRICES_AS_OF } from "../../src/model/prices.ts";
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

/** The page's line on a model or a feature, when what was counted last is on it. */
export async function rowOf(cell: string): Promise<string> {
  return eventually(`a row of ${cell}`, async () => {
    await vscode.commands.executeCommand("pairwise.showSpending");
    const text = (await vscode.workspace.openTextDocument(PAGE)).getText();
    return text.split("\n").find((line) => line.includes(`| ${cell} |`));
  });
}

const use = { feature: "suggestion", requests: 1, input: 1_000_000, cached: 0, output: 0, estimated: 0 };
const OPENAI = { ...use, reference: "openai/gpt-4.1", host: "api.openai.com" };
const GATEWAY = { ...use, reference: "gateway/large", host: "gateway.example.com" };
const LOCAL = { ...use, reference: "embedded/smollm2-135m-instruct", host: "" };

function pageWith(prices: Readonly<Record<string, unknown>>): string {
  const days = [{ day: "2026-05-03", rows: [OPENAI, GATEWAY, LOCAL] }];
  return spendingPage(days, { prices, currency: "USD", yuanPerDollar: 7 }, { soft: 0, hard: 0 });
}

/** What the page says to paste, as settings. */
function pasted(page: string): Readonly<Record<string, unknown>> {
  const [, json = ""] = /```json\n"pairwise\.cost\.prices": ([^`]*)```/.exec(page) ?? [];
  return JSON.parse(json) as Readonly<Record<string, unknown>>;
}

export const spendingTests: readonly HostTest[] = [
  {
    name: "the page of costs says when its prices were looked up, and of which models it knows none",
    async run() {
      const page = pageWith({});
      const [year = ""] = PRICES_AS_OF.split("-");
      assert.match(
        page,
        new RegExp(`\\| openai/gpt-4\\.1 \\| api\\.openai\\.com \\| \\$2\\.00 .*list of \\w+ ${year} \\|`),
      );
      assert.match(page, /about \$2\.00, without 1,000,000 tokens of no known price/);
      assert.match(page, /\| gateway\/large \| gateway\.example\.com \|.*enter one in pairwise\.cost\.prices \|/);
      assert.doesNotMatch(page, /\| embedded\/.*list of/);
    },
  },
  {
    name: "a price that is pasted into the settings and not filled in is still not known; one that is filled in counts",
    async run() {
      const wanted = pasted(pageWith({}));
      assert.deepEqual(Object.keys(wanted), ["gateway/large"]);
      assert.deepEqual(pasted(pageWith(wanted)), wanted);
      const page = pageWith({ "gateway/large": { input: 3, output: 4, currency: "USD" } });
      assert.doesNotMatch(page, /```/);
      assert.match(page, /\| gateway\/large \|.* \$3\.00 \|.*\| pairwise\.cost\.prices \|/);
      assert.match(page, /about \$5\.00$/m);
    },
  },
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
