/** An edit by a model, as a whole or hunk by hunk, is accepted: what is then in the file, on the disk and said. */

import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import { rowOf } from "../../src/extension/sentRows.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { eventually } from "./editor.ts";
import { asked, CART, DONE, onDisk, REPLY, THREE, THREE_NEW, THREE_REPLY, typeAt, whole } from "./refactorEditRig.ts";
import { lensTitles, noPreview, previewWith, refactoring, withMessages } from "./refactorRig.ts";

const INI = "[a]\none = 1\ntwo = 2\n";

function notebook(cells: readonly string[]): string {
  const metadata = { language_info: { name: "typescript" } };
  const all = cells.map((source) => ({
    cell_type: "code",
    execution_count: null,
    metadata: { vscode: { languageId: "typescript" } },
    outputs: [],
    source: source.trimEnd(),
  }));
  return JSON.stringify({ cells: all, metadata, nbformat: 4, nbformat_minor: 2 });
}

/** Of three.ts. */
async function caretAtFirstHunk(): Promise<void> {
  await previewWith('"third".trim()');
  await eventually("the caret at the first hunk", () =>
    vscode.window.activeTextEditor?.selection.active.line === 1 ? true : undefined,
  );
}

export const refactorAcceptTests: readonly HostTest[] = [
  refactoring(
    "an edit is shown as it would be, written when it is accepted, and one step to undo",
    { "cart.ts": CART },
    () => ({ pieces: [REPLY] }),
    async (rig) => {
      const { editor, previews, log, server, folder } = rig;
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await editor.edit({ document, range: new vscode.Range(0, 0, 3, 0), wish: "Count them" });
      const text = await previewWith("items.length");
      assert.equal(text, CART.replace("  return 0;\n", "  return 0;\n  return items.length;\n"));
      assert.deepEqual(await lensTitles(), [
        "Accept all",
        "Reject all",
        "Refine",
        "parses · no symbol lost · lines removed: 1, added: 1",
        "hunks left: 1 of 1",
        "Count them",
        "Accept",
        "Reject",
      ]);
      assert.match(JSON.stringify(server.asked[0]?.messages), /Instruction: Count them/);
      assert.deepEqual(
        log.requests.map((request) => rowOf(request).purpose),
        ["Edit"],
        "in What Was Sent",
      );
      assert.equal(document.getText(), CART, "nothing is written before it is accepted");
      await previews.act("acceptAll", undefined, undefined);
      await noPreview();
      assert.equal(document.getText(), DONE);
      assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), document.uri.toString());
      await vscode.commands.executeCommand("undo");
      assert.equal(document.getText(), CART);
      assert.equal(onDisk(rig, "cart.ts"), CART);
    },
  ),
  refactoring(
    "of three hunks the one at the caret is accepted, one is rejected and one accepted by its line; each is one step to undo",
    { "three.ts": THREE },
    () => ({ pieces: [THREE_REPLY] }),
    async (rig) => {
      const document = await asked(rig, "three.ts");
      const { previews } = rig;
      await caretAtFirstHunk();
      await previews.act("next", undefined, undefined);
      assert.equal(vscode.window.activeTextEditor?.selection.active.line, 6);
      await previews.act("acceptHunk", undefined, undefined);
      const one = THREE.replace('"second"', '"second".trim()');
      assert.equal(document.getText(), one);
      assert.equal((await lensTitles())[4], "hunks left: 2 of 3");
      const shown = vscode.window.activeTextEditor?.document.uri;
      await previews.act("rejectHunk", shown, 0);
      assert.equal((await lensTitles())[4], "hunks left: 1 of 3");
      await previews.act("acceptHunk", shown, 2);
      await noPreview();
      assert.equal(document.getText(), one.replace('"third"', '"third".trim()'));
      await vscode.commands.executeCommand("undo");
      assert.equal(document.getText(), one);
      await vscode.commands.executeCommand("undo");
      assert.equal(document.getText(), THREE);
    },
  ),
  refactoring(
    "accepting and rejecting hunks faster than they are written takes those that were meant, and warns of nothing",
    { "three.ts": THREE },
    () => ({ pieces: [THREE_REPLY] }),
    async (rig) => {
      const document = await asked(rig, "three.ts");
      const { previews } = rig;
      await caretAtFirstHunk();
      const shown = vscode.window.activeTextEditor?.document.uri;
      await withMessages(undefined, async (told) => {
        // The same key twice, before the caret could go on.
        await Promise.all([
          previews.act("acceptHunk", undefined, undefined),
          previews.act("acceptHunk", undefined, undefined),
        ]);
        assert.equal(document.getText(), THREE.replace('"first"', '"first".trim()'));
        await Promise.all([
          previews.act("acceptHunk", shown, 2),
          previews.act("rejectHunk", shown, 1),
          previews.act("acceptAll", shown, undefined),
        ]);
        await noPreview();
        assert.deepEqual(told, []);
      });
      assert.equal(document.getText(), THREE_NEW.replace('"second".trim()', '"second"'));
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },
  ),
  refactoring(
    "a hunk of a notebook's cell goes into that cell",
    { "n.ipynb": notebook([CART, THREE]) },
    () => ({ pieces: [REPLY] }),
    async (rig) => {
      const cells = await vscode.workspace.openNotebookDocument(rig.folder.uri("n.ipynb"));
      await vscode.window.showNotebookDocument(cells);
      const document = cells.cellAt(0).document;
      await rig.editor.edit({ document, range: whole(document), wish: "Count them" });
      await previewWith("items.length");
      await typeAt(document, 0, "// mine\n");
      await previewWith("// mine");
      await rig.previews.act("acceptHunk", vscode.window.activeTextEditor?.document.uri, 0);
      await noPreview();
      assert.equal(document.getText(), `// mine\n${DONE}`.trimEnd());
      assert.equal(cells.cellAt(1).document.getText(), THREE.trimEnd());
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    },
  ),
  refactoring(
    "where files are saved by themselves nothing is written before it is accepted, and what is accepted is saved",
    { "cart.ts": CART },
    () => ({
      pieces: [
        "```ts\n",
        ...REPLY.split("\n")
          .slice(1)
          .map((line) => `${line}\n`),
      ],
      delayMs: 150,
    }),
    async (rig) => {
      const files = vscode.workspace.getConfiguration("files");
      await files.update("autoSave", "afterDelay", vscode.ConfigurationTarget.Global);
      await files.update("autoSaveDelay", 50, vscode.ConfigurationTarget.Global);
      try {
        const document = await asked(rig, "cart.ts");
        await previewWith("items.length");
        await setTimeout(500);
        assert.equal(onDisk(rig, "cart.ts"), CART);
        assert.equal(document.isDirty, false);
        await rig.previews.act("acceptAll", undefined, undefined);
        await eventually("the accepted edit on the disk", () => (onDisk(rig, "cart.ts") === DONE ? true : undefined));
      } finally {
        await files.update("autoSave", undefined, vscode.ConfigurationTarget.Global);
        await files.update("autoSaveDelay", undefined, vscode.ConfigurationTarget.Global);
      }
    },
  ),
  refactoring(
    "a file with Windows line breaks keeps them, and a file without a last line break goes without one",
    { "cart.ts": CART.replaceAll("\n", "\r\n"), "open.ts": "export const a = 1;\nexport const b = 2;" },
    (text) => ({ pieces: [text.includes("const b") ? "```ts\nexport const a = 1;\nexport const b = 3;\n```" : REPLY] }),
    async (rig) => {
      const cart = await asked(rig, "cart.ts");
      await previewWith("items.length");
      await rig.previews.act("acceptAll", undefined, undefined);
      assert.equal(cart.getText(), DONE.replaceAll("\n", "\r\n"));
      await vscode.commands.executeCommand("workbench.action.files.revert");
      const open = await asked(rig, "open.ts");
      const text = await previewWith("b = 3");
      assert.equal(text, "export const a = 1;\nexport const b = 2;\nexport const b = 3;");
      await rig.previews.act("acceptAll", undefined, undefined);
      assert.equal(open.getText(), "export const a = 1;\nexport const b = 3;");
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },
  ),
  refactoring(
    "after accepting it is said how many errors went and came",
    { "cart.ts": CART },
    () => ({ pieces: [REPLY] }),
    async (rig) => {
      const problems = vscode.languages.createDiagnosticCollection("test");
      const problem = (line: number, message: string) =>
        new vscode.Diagnostic(new vscode.Range(line, 0, line, 1), message, vscode.DiagnosticSeverity.Error);
      const uri = rig.folder.uri("cart.ts");
      await withMessages(undefined, async (_, said) => {
        await asked(rig, "cart.ts", "Count errors");
        await previewWith("items.length");
        // A language's service that has just been started.
        problems.set(uri, [problem(1, "old"), problem(4, "stays")]);
        await rig.previews.act("acceptAll", undefined, undefined);
        problems.set(uri, [problem(5, "stays"), problem(5, "new"), problem(6, "new")]);
        const words = await eventually("what is told", () => said.find((each) => each.startsWith("Count errors")));
        assert.equal(words, "Count errors: accepted · errors fixed: 1, new: 2");
      });
      problems.dispose();
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },
  ),
  refactoring(
    "errors that are first reported after accepting are not called new, and those reported while it is shown count as old",
    { "cart.ini": INI, "late.ini": INI },
    () => ({ pieces: [`\`\`\`ini\n${INI.replace("two = 2", "two = three")}\`\`\`\n`] }),
    async (rig) => {
      const problems = vscode.languages.createDiagnosticCollection("test");
      const { Error } = vscode.DiagnosticSeverity;
      const old = [new vscode.Diagnostic(new vscode.Range(0, 0, 0, 1), "old", Error)];
      await withMessages(undefined, async (_, said) => {
        await asked(rig, "cart.ini", "Never reported");
        await previewWith("three");
        await rig.previews.act("acceptAll", undefined, undefined);
        problems.set(rig.folder.uri("cart.ini"), old);
        const first = await eventually("what is told", () => said.find((each) => each.startsWith("Never")));
        assert.equal(first, "Never reported: accepted · errors: 1; whether they are new is not known");
        await asked(rig, "late.ini", "Late report");
        await previewWith("three");
        problems.set(rig.folder.uri("late.ini"), old);
        await rig.previews.act("acceptAll", undefined, undefined);
        const second = await eventually("what is told", () => said.find((each) => each.startsWith("Late")));
        assert.equal(second, "Late report: accepted · errors fixed: 0, new: 0");
      });
      problems.dispose();
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    },
  ),
];
