import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commands } from "../../src/extension/contributions.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { diagnostics, eventually } from "./editor.ts";

export const activationTests: readonly HostTest[] = [
  {
    name: "the extension starts by itself and loads no model for that",
    async run() {
      const extension = vscode.extensions.getExtension("pairwise.pairwise");
      assert.ok(extension);
      await eventually("activation", () => extension.isActive || undefined);
      assert.match(await diagnostics(), /Engine: idle\./);
    },
  },
  {
    name: "every command of the palette is there",
    async run() {
      const known = await vscode.commands.getCommands(true);
      for (const command of Object.values(commands)) assert.ok(known.includes(command), command);
    },
  },
];
