import assert from "node:assert/strict";
import * as vscode from "vscode";
import { checkReport } from "../../src/extension/checkReport.ts";
import { type CheckNeeds, runCheck, subjects } from "../../src/extension/checkRun.ts";
import { takeWay } from "../../src/extension/checkWays.ts";
import { findingWords } from "../../src/extension/checkWords.ts";
import { forgetSettings } from "../../src/extension/settings.ts";
import { bad, good, type StepResult } from "../../src/model/doctor/findings.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { resetSettings, setUser } from "./editor.ts";

const noKeys = { get: async () => undefined, store: async () => undefined, remove: async () => undefined };

/** What a check says of the models that the settings name, where it needs to ask none of them. */
async function findings(): Promise<readonly string[]> {
  forgetSettings();
  const told: StepResult[] = [];
  for (const subject of subjects())
    if (subject.chosen instanceof Error)
      await runCheck(subject, {} as CheckNeeds, (result) => told.push(result), new AbortController().signal);
  return told.map(({ finding, ways }) => {
    assert.ok(finding);
    return `${findingWords(finding)} [${ways.map(({ kind }) => kind).join(" ")}]`;
  });
}

export const checkTests: readonly HostTest[] = [
  {
    name: "the check says which setting names no model, and what may have been meant",
    async run() {
      try {
        await setUser("model.suggestions", "opnai/gpt-4.1");
        await setUser("model.fallbacks", ["nix"]);
        assert.deepEqual(await findings(), [
          "pairwise.model.suggestions names the provider “opnai”, which Pairwise does not know. Did you mean openai? A server of your own needs an entry with this name in pairwise.model.servers. [set-reference choose-model open-settings]",
          "pairwise.model.fallbacks says “nix”. A model is named provider/model, such as openai/gpt-4.1. [open-settings]",
        ]);
        await setUser("model.suggestions", "");
        assert.match((await findings())[0] ?? "", /^pairwise\.model\.suggestions is empty: no model is chosen\./);
      } finally {
        await resetSettings();
      }
    },
  },
  {
    name: "a way out of the check that was left with Escape has changed nothing, and one that was taken has",
    async run() {
      try {
        await setUser("model.suggestions", "opnai/gpt-4.1");
        forgetSettings();
        const [subject] = subjects();
        assert.ok(subject);
        const taken = takeWay({ kind: "choose-model" }, subject, noKeys);
        const closing = setInterval(() => void vscode.commands.executeCommand("workbench.action.closeQuickOpen"), 200);
        try {
          assert.equal(await taken, false);
        } finally {
          clearInterval(closing);
        }
        const reference = "openai/gpt-4.1";
        assert.equal(await takeWay({ kind: "set-reference", reference }, subject, noKeys), true);
        const { globalValue } = vscode.workspace.getConfiguration("pairwise").inspect("model.suggestions") ?? {};
        assert.equal(globalValue, reference);
      } finally {
        await resetSettings();
      }
    },
  },
  {
    name: "the report of a check has the steps in their order, and nothing that is its reader's alone",
    async run() {
      try {
        await setUser("model.suggestions", "openai/gpt-4.1");
        forgetSettings();
        const [subject] = subjects();
        assert.ok(subject);
        const says = "No such key";
        const refused = {
          kind: "key-refused",
          host: "api.openai.com",
          end: "wxyz",
          looksLike: undefined,
          says,
        } as const;
        const results = new Map([
          ["key", bad("key", refused)],
          ["setting", good("setting", { kind: "reference", provider: "OpenAI", model: "gpt-4.1" })],
        ] as const);
        const report = checkReport("1", [{ subject, results: new Map(results) }], (text) => text);
        assert.match(report, /- Setting: Good\..*\n- API key: Wrong\..*The server says: “No such key” \[key-refused\]/);
        assert.doesNotMatch(report, /wxyz/);
      } finally {
        await resetSettings();
      }
    },
  },
];
