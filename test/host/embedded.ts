import assert from "node:assert/strict";
import type { HostTest } from "../support/hostSuite.ts";
import {
  closeAll,
  diagnostics,
  open,
  resetSettings,
  setUser,
  suggestAndAccept,
  eventually,
  lastFailure,
} from "./editor.ts";
import * as vscode from "vscode";

const LIST = "const weekdays = ['Monday', 'Tuesday', 'Wednesday', ║\n";

export const embeddedTests: readonly HostTest[] = [
  {
    name: "the model on this machine suggests, with no account and no key",
    async run() {
      try {
        await resetSettings();
        const editor = await open(LIST);
        const text = await suggestAndAccept(editor);
        assert.ok(text.includes("'Wednesday', '"), text);
        assert.match(await diagnostics(), /Engine: ready\./);
      } finally {
        await closeAll();
      }
    },
  },
  {
    name: "a model file that is not there: the state says so, and the right one helps at once",
    async run() {
      try {
        await setUser("model.suggestions", "embedded//nowhere/model.gguf");
        await open(LIST);
        await vscode.commands.executeCommand("pairwise.suggest");
        await eventually("model-file-missing", async () =>
          (await lastFailure()) === "model-file-missing" ? true : undefined,
        );
        const text = await diagnostics();
        assert.match(text, /^Pairwise \d+\.\d+\.\d+\n/);
        assert.ok(text.includes(vscode.version));
        assert.ok(!text.includes("nowhere"), "the diagnostics name no path");
        await setUser("model.suggestions", undefined);
        await closeAll();
        await suggestAndAccept(await open(LIST));
      } finally {
        await closeAll();
        await resetSettings();
      }
    },
  },
];
