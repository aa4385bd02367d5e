import assert from "node:assert/strict";
import * as vscode from "vscode";
import { aboutTokens, tokenWords } from "../../src/extension/sentWords.ts";
import { effectDetails, effectWords, surenessWords } from "../../src/extension/whyWords.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { closeAll, eventually, open, resetSettings, setUser, suggestAndAccept } from "./editor.ts";
import { withServer } from "./suggestions.ts";

const SUM = "function add(a: number, b: number): number {\n  return║\n}\n";
const LIST = "const weekdays = ['Monday', 'Tuesday', 'Wednesday', ║\n";
const run = (command: string, argument?: unknown) => vscode.commands.executeCommand(command, argument);
const wait = (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms));
/** In it, a question to the model would have been asked. */
const LONGER_THAN_A_QUESTION_MS = 500;

function whyTab(): vscode.Tab | undefined {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith("pairwise.why"));
}

export const whyTests: readonly HostTest[] = [
  {
    name: "how much less likely a suggestion would have been is told in numbers that one can picture",
    async run() {
      assert.equal(effectWords(Math.log(3.14)), "3.1 times less likely without it");
      assert.equal(effectWords(-Math.log(420_000)), "420,000 times more likely without it");
      assert.equal(effectWords(22), "more than a million times less likely without it");
      assert.equal(effectWords(-22), "more than a million times more likely without it");
      assert.match(effectDetails(22, true), /more than a million times less likely: .* 22\.00 nats lower/);
    },
  },
  {
    name: "where the first tokens of a suggestion alone were compared, the view says so",
    async run() {
      const score = { logProbability: 48 * Math.log(0.5), tokens: 48 };
      assert.equal(surenessWords(score), "48 tokens, each 50% likely on average");
      const start = "its first 48 tokens, each 50% likely on average; the rest is not compared";
      assert.equal(surenessWords({ ...score, isStartOnly: true }), start);
    },
  },
  {
    name: "one token is told of as one",
    async run() {
      assert.deepEqual([tokenWords(1), tokenWords(2)], ["1 token", "2 tokens"]);
      assert.deepEqual([aboutTokens(1), aboutTokens(2)], ["about 1 token", "about 2 tokens"]);
    },
  },
  {
    name: "asked why of an accepted suggestion of the local model, the view opens and the caret stays in the editor",
    async run() {
      try {
        await resetSettings();
        await setUser("suggestions.alternatives", 1);
        // What is suggested next would be shown, and be asked about.
        await setUser("suggestions.automatic", false);
        const editor = await open(LIST);
        const text = await suggestAndAccept(editor);
        void run("pairwise.whySuggestion");
        await eventually("the view", whyTab);
        assert.equal(vscode.window.activeTextEditor?.document, editor.document);
        assert.equal(editor.document.getText(), text);
        // The local model, which has parts to compare now, goes on suggesting.
        await suggestAndAccept(await open(LIST));
      } finally {
        await closeAll();
        await resetSettings();
      }
    },
  },
  withServer(
    "a server that can't tell how likely a text is is asked nothing when somebody asks why",
    async (server) => {
      await setUser("suggestions.alternatives", 1);
      await setUser("suggestions.speculate", "never");
      await open(SUM);
      await run("type", { text: " " });
      await eventually("a request", () => (server.requests.length > 0 ? true : undefined));
      const before = await eventually("a suggestion to ask about", async () => {
        const { length } = server.requests;
        // It waits for somebody to close its message as long as there is no suggestion.
        void run("pairwise.whySuggestion", "shown");
        await wait(100);
        return whyTab() && length;
      });
      await run("notifications.clearAll");
      await wait(LONGER_THAN_A_QUESTION_MS);
      assert.equal(server.requests.length, before);
    },
  ),
  withServer("with no suggestion to explain no view opens", async () => {
    await open(SUM);
    void run("pairwise.whySuggestion");
    await wait(LONGER_THAN_A_QUESTION_MS);
    assert.equal(whyTab(), undefined);
    await run("notifications.clearAll");
  }),
];
