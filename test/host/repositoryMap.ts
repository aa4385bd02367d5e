import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import { diagnostics, eventually } from "./editor.ts";

export const repositoryMapTests: readonly HostTest[] = [
  {
    name: "the repository map shows what other files refer to, leads to it, and leaves out what is ignored",
    async run() {
      const workspace = vscode.workspace.workspaceFolders?.[0];
      assert.ok(workspace);
      const folder = mkdtempSync(join(workspace.uri.fsPath, "map-"));
      try {
        writeFileSync(join(folder, ".gitignore"), "hidden.ts\n");
        writeFileSync(join(folder, "hidden.ts"), "export class HiddenThing {}\n");
        writeFileSync(join(folder, "ledger.ts"), "\nexport class MappedLedger {\n  mappedEntry = 1;\n}\n");
        const use = "import { MappedLedger } from './ledger';\nimport { HiddenThing } from './hidden';\n";
        writeFileSync(join(folder, "main.ts"), `${use}new MappedLedger().mappedEntry;\nnew HiddenThing();\n`);
        await vscode.window.showTextDocument(vscode.Uri.file(join(folder, "main.ts")));
        const document = await eventually("a map with the new files", async () => {
          await vscode.commands.executeCommand("pairwise.showRepositoryMap");
          const shown = vscode.window.activeTextEditor?.document;
          return shown?.uri.scheme === "pairwise-map" && shown.getText().includes("MappedLedger") ? shown : undefined;
        });
        const lines = document.getText().split("\n");
        assert.match(lines[0] ?? "", /Repository map of .*: \d+ of \d+ files, \d+ of \d+ symbols/);
        assert.ok(!document.getText().includes("HiddenThing"), document.getText());
        const line = lines.findIndex((each) => each.includes("export class MappedLedger"));
        assert.equal(lines[line + 1], "    mappedEntry = 1");
        const [place] = await vscode.commands.executeCommand<vscode.Location[]>(
          "vscode.executeDefinitionProvider",
          document.uri,
          new vscode.Position(line, 5),
        );
        assert.equal(place?.uri.fsPath, join(folder, "ledger.ts"));
        assert.equal(place.range.start.line, 1);
        const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
          "vscode.executeLinkProvider",
          document.uri,
        );
        assert.ok(links.some(({ target }) => target?.fsPath === join(folder, "ledger.ts")));
      } finally {
        await vscode.commands.executeCommand("workbench.action.closeAllEditors");
        rmSync(folder, { recursive: true });
      }
    },
  },
  {
    name: "a map that waits for the index ends when indexing is stopped, and nothing is said to be read any more",
    async run() {
      const workspace = vscode.workspace.workspaceFolders?.[0];
      assert.ok(workspace);
      const folder = mkdtempSync(join(workspace.uri.fsPath, "stopped-"));
      try {
        for (let index = 0; index < 1_000; index += 1) {
          writeFileSync(join(folder, `f${index}.ts`), `export class Stopped${index} {}\n`.repeat(20));
        }
        await vscode.window.showTextDocument(vscode.Uri.file(join(folder, "f0.ts")));
        await vscode.commands.executeCommand("pairwise.rebuildIndex");
        await eventually("reading", async () => ((await indexes()).includes("reading") ? true : undefined));
        const map = Promise.resolve(vscode.commands.executeCommand("pairwise.showRepositoryMap")).then(() => "ended");
        await vscode.commands.executeCommand("pairwise.stopIndex");
        assert.equal(await Promise.race([map, setTimeout(10_000, "waits")]), "ended");
        assert.equal(await indexes(), "Indexes: none.");
        assert.notEqual(vscode.window.activeTextEditor?.document.uri.scheme, "pairwise-map");
      } finally {
        await vscode.commands.executeCommand("workbench.action.closeAllEditors");
        rmSync(folder, { recursive: true });
        await vscode.commands.executeCommand("pairwise.rebuildIndex");
      }
    },
  },
];

async function indexes(): Promise<string> {
  return (await diagnostics()).split("\n").find((line) => line.startsWith("Indexes:")) ?? "";
}
