/** Better names, and changes of several files. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import * as vscode from "vscode";
import { suggestNames } from "../../src/extension/renameSymbol.ts";
import { applyWorkspaceChange } from "../../src/extension/workspaceChange.ts";
import { placeOf } from "../../src/extension/refactorPlaces.ts";
import type { HostTest } from "../support/hostSuite.ts";
import type { ChatFolder } from "./chatFolder.ts";
import { eventually } from "./editor.ts";
import { lensTitles, noPreview, previewWith, refactoring } from "./refactorRig.ts";
import { askedAndTold, needsOf, reviewing, withProgressTold } from "./reviewRig.ts";

const USE = 'import { calc } from "./sum";\n\nexport const three = calc([1, 2]);\n';
const SUM = "export function calc(a: number[]): number {\n  return a.length;\n}\n";
const NAMES = "- `calc` → `return`: no\n- `calc` → `countItems`: says what it does $(zap)\n- `calc` → `size`: short";

/** Renames the first word of each of the files `f0.txt`, `f1.txt`, … */
function renamingFiles(folder: ChatFolder, count: number): vscode.Disposable {
  const provideRenameEdits = (_: unknown, __: unknown, name: string): vscode.WorkspaceEdit => {
    const edit = new vscode.WorkspaceEdit();
    for (let index = 0; index < count; index += 1)
      edit.replace(folder.uri(`f${index}.txt`), new vscode.Range(0, 0, 0, 4), name);
    return edit;
  };
  return vscode.languages.registerRenameProvider({ pattern: `${folder.path}/*.txt` }, { provideRenameEdits });
}

export const refactorNameTests: readonly HostTest[] = [
  reviewing(
    "a name that the model suggests is given by the language's service wherever the symbol is used, in one step",
    { "sum.ts": SUM, "use.ts": USE, "tsconfig.json": '{ "include": ["*.ts"] }' },
    () => ({ pieces: [NAMES] }),
    async (rig) => {
      const { folder, server } = rig;
      const use = await vscode.workspace.openTextDocument(folder.uri("use.ts"));
      const editor = await vscode.window.showTextDocument(folder.uri("sum.ts"));
      editor.selection = new vscode.Selection(0, 17, 0, 17);
      await eventually("the service knows both files", async () => {
        const command = "vscode.executeDocumentRenameProvider";
        const edit = await Promise.resolve(
          vscode.commands.executeCommand<vscode.WorkspaceEdit>(
            command,
            folder.uri("sum.ts"),
            editor.selection.start,
            "x",
          ),
        ).catch(() => undefined);
        return (edit?.size ?? 0) > 1 ? true : undefined;
      });
      await askedAndTold({ pick: 0 }, async (told, picks) => {
        const renaming = suggestNames(needsOf(rig), await placeOf([]));
        await eventually("the refactor preview", async () => {
          await vscode.commands.executeCommand("refactorPreview.apply");
          return use.getText().includes("countItems") ? true : undefined;
        });
        await renaming;
        assert.deepEqual(
          picks.map(({ label, detail }) => [label, detail]),
          [
            ["countItems", "says what it does (zap)"],
            ["size", "short"],
          ],
        );
        assert.deepEqual(told, []);
      });
      assert.equal(editor.document.getText(), SUM.replaceAll("calc", "countItems"));
      assert.equal(use.getText(), USE.replaceAll("calc", "countItems"));
      assert.match(JSON.stringify(server.asked[0]?.messages), /The name in question is `calc`/);
    },
  ),
  reviewing(
    "where no language service renames it is said before the model is asked",
    { "notes.txt": "some words here\n" },
    () => ({ pieces: [NAMES] }),
    async (rig) => {
      const editor = await vscode.window.showTextDocument(rig.folder.uri("notes.txt"));
      editor.selection = new vscode.Selection(0, 6, 0, 6);
      await askedAndTold({ pick: 0 }, async (told) => {
        await suggestNames(needsOf(rig), await placeOf([]));
        assert.match(told.join("\n"), /words can't be renamed here: no language service for plaintext/);
      });
      assert.equal(rig.server.asked.length, 0);
    },
  ),
  reviewing(
    "while the files that a renaming changes are looked at that is shown, and stopped nothing is renamed",
    Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}.txt`, "calc\n"])),
    () => ({ pieces: [NAMES] }),
    async (rig) => {
      const { folder } = rig;
      const service = renamingFiles(folder, 30);
      const workspace = vscode.workspace as unknown as { openTextDocument: typeof vscode.workspace.openTextDocument };
      const { openTextDocument } = workspace;
      try {
        const editor = await vscode.window.showTextDocument(folder.uri("f0.txt"));
        let opened = 0;
        await askedAndTold({ pick: 0 }, async (told) => {
          await withProgressTold(async (reported, stop) => {
            workspace.openTextDocument = async (uri) => {
              opened += 1;
              if (opened === 3) stop();
              return openTextDocument(uri as vscode.Uri);
            };
            await suggestNames(needsOf(rig), await placeOf([]));
            assert.deepEqual(reported.slice(-3), ["1 of 30 files", "2 of 30 files", "3 of 30 files"]);
          });
          assert.deepEqual(told, []);
        });
        assert.equal(opened, 3);
        assert.equal(editor.document.getText(), "calc\n");
      } finally {
        workspace.openTextDocument = openTextDocument;
        service.dispose();
      }
    },
  ),
  reviewing(
    "what is written while a renaming is looked at stays, and nothing is renamed then",
    { "f0.txt": "calc\n", "f1.txt": "calc\n" },
    () => ({ pieces: [NAMES] }),
    async (rig) => {
      const { folder } = rig;
      const service = renamingFiles(folder, 2);
      const workspace = vscode.workspace as unknown as { openTextDocument: typeof vscode.workspace.openTextDocument };
      const { openTextDocument } = workspace;
      try {
        const { document } = await vscode.window.showTextDocument(folder.uri("f0.txt"));
        workspace.openTextDocument = async (uri) => {
          if ((uri as vscode.Uri).path.endsWith("f1.txt")) {
            const typed = new vscode.WorkspaceEdit();
            typed.insert(document.uri, new vscode.Position(0, 0), "mine ");
            await vscode.workspace.applyEdit(typed);
          }
          return openTextDocument(uri as vscode.Uri);
        };
        await askedAndTold({ pick: 0 }, async (told) => {
          let isSettled = false;
          const renaming = suggestNames(needsOf(rig), await placeOf([])).finally(() => (isSettled = true));
          await eventually("the end", async () => {
            await vscode.commands.executeCommand("refactorPreview.apply");
            return isSettled || undefined;
          });
          await renaming;
          assert.match(told.join(), /f0\.txt has changed meanwhile\. Ask again for names/);
        });
        assert.equal(document.getText(), "mine calc\n");
        await vscode.commands.executeCommand("workbench.action.files.revert");
      } finally {
        workspace.openTextDocument = openTextDocument;
        service.dispose();
      }
    },
  ),
  refactoring(
    "where the reply to an instruction has code for other files too, the bar of the preview names them",
    { "sum.ts": SUM },
    () => ({
      pieces: [`\`\`\`ts sum.ts\n${SUM.replace("a.length", "a.length + 1")}\`\`\`\n\n\`\`\`ts use.ts\n${USE}\`\`\`\n`],
    }),
    async ({ editor, previews, folder }) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("sum.ts"));
      await editor.edit({ document, range: new vscode.Range(0, 0, 3, 0), wish: "One more" });
      await previewWith("a.length + 1");
      assert.match(
        (await lensTitles()).join("\n"),
        /the reply also has code for use\.ts, and this changes .*sum\.ts alone/,
      );
      await previews.act("rejectAll", undefined, undefined);
      await noPreview();
      assert.equal(document.getText(), SUM);
    },
  ),
  refactoring(
    "several files change all or not at all, after the refactor preview",
    { "one.txt": "one\r\nline\r\n", "two.txt": "two\n" },
    () => ({ pieces: [""] }),
    async ({ folder }) => {
      const documents = await Promise.all(
        ["one.txt", "two.txt"].map((name) => vscode.workspace.openTextDocument(folder.uri(name))),
      );
      const [one, two] = documents;
      assert.ok(one && two);
      const fresh = folder.uri("new.txt");
      const change = (): Promise<boolean> =>
        applyWorkspaceChange("Change", [
          { uri: one.uri, text: "eins\nline\n" },
          { uri: two.uri, edits: [vscode.TextEdit.insert(new vscode.Position(0, 0), "zwei ")] },
          { uri: fresh, create: "new\n" },
        ]);
      const discarded = change();
      let isSettled = false;
      void discarded.finally(() => (isSettled = true));
      await eventually("discarded", async () => {
        await vscode.commands.executeCommand("refactorPreview.discard");
        return isSettled || undefined;
      });
      assert.equal(await discarded, false);
      assert.equal(one.getText(), "one\r\nline\r\n");
      assert.equal(two.getText(), "two\n");
      assert.equal(existsSync(fresh.fsPath), false);
      const applied = change();
      await eventually("applied", async () => {
        await vscode.commands.executeCommand("refactorPreview.apply");
        return two.getText().startsWith("zwei") || undefined;
      });
      assert.equal(await applied, true);
      assert.equal(one.getText(), "eins\r\nline\r\n");
      assert.equal(existsSync(fresh.fsPath), true);
      await vscode.window.showTextDocument(one);
    },
  ),
];
