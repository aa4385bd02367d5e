/** What is said of an edit, above its preview and elsewhere, and what its keys do where they have nothing to do. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import { eventually } from "./editor.ts";
import { lensTitles, noPreview, previewWith, refactoring, withMessages } from "./refactorRig.ts";

const CART = "export function count(items: string[]): number {\n  return 0;\n}\n\nexport const two = 2;\n";
const CODE = "export function count(items: string[]): number {\n  return items.length;\n}\n";

const fn = (name: string, end = ""): string => `export function ${name}(): string {\n  return "${name}"${end};\n}\n`;
const TWO = `${fn("first")}\n${fn("second")}`;
const TWO_NEW = `${fn("first", ".trim()")}\n${fn("second", ".trim()")}`;

const whole = (document: vscode.TextDocument) => document.validateRange(new vscode.Range(0, 0, 9_999, 0));

export const refactorNoteTests: readonly HostTest[] = [
  refactoring(
    "an answer that is code without a fence is offered, and one that is prose is told",
    { "cart.ts": CART },
    (_, count) => ({ pieces: [count === 0 ? CODE : "It counts the items already."] }),
    async ({ editor, previews, folder }) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await editor.edit({ document, range: new vscode.Range(0, 0, 3, 0), wish: "Count them" });
      await previewWith("items.length");
      await previews.act("rejectAll", undefined, undefined);
      await noPreview();
      await withMessages(undefined, async (told) => {
        await editor.edit({ document, range: whole(document), wish: "Count them" });
        assert.match(told.join(), /wrote no code.*It says: It counts the items already\./);
      });
    },
  ),
  refactoring(
    "what is done with a change and what is said of it stands first above it, characters that nobody sees foremost",
    { "cart.ts": CART },
    () => ({ pieces: [`\`\`\`ts\n${CODE.replace("items.length", '"\u202E".length')}\`\`\`\n`] }),
    async ({ editor, folder }) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await editor.edit({ document, range: new vscode.Range(0, 0, 3, 0), wish: "Turn it" });
      await previewWith(".length");
      assert.deepEqual((await lensTitles()).slice(0, 6), [
        "Accept all",
        "Reject all",
        "Refine",
        "hidden characters: U+202E · parses · no symbol lost · lines removed: 1, added: 1",
        "hunks left: 1 of 1",
        "Turn it",
      ]);
    },
  ),
  refactoring(
    "undo in the preview gives back the hunk that was accepted or rejected last, and says where it can't",
    { "two.ts": TWO },
    () => ({ pieces: [`\`\`\`ts\n${TWO_NEW}\`\`\`\n`] }),
    async ({ editor, previews, folder }) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("two.ts"));
      await editor.edit({ document, range: whole(document), wish: "Trim" });
      await previewWith('"second".trim()');
      const shown = vscode.window.activeTextEditor?.document.uri;
      const left = async (): Promise<string | undefined> => (await lensTitles())[4];
      await withMessages(undefined, async (_, said) => {
        await previews.act("undo", undefined, undefined);
        assert.match(said.join(), /Nothing of this edit was accepted or rejected yet/);
        await previews.act("rejectHunk", shown, 1);
        assert.equal(await left(), "hunks left: 1 of 2");
        await previews.act("undo", undefined, undefined);
        assert.equal(await left(), "hunks left: 2 of 2");
        await previews.act("acceptHunk", shown, 1);
        assert.equal(document.getText(), TWO.replace('"second"', '"second".trim()'));
        await previews.act("undo", undefined, undefined);
        assert.equal(document.getText(), TWO);
        assert.equal(await left(), "hunks left: 2 of 2");
        await previews.act("acceptHunk", shown, 0);
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, new vscode.Position(0, 0), "// mine\n");
        await vscode.workspace.applyEdit(edit);
        await previews.act("undo", undefined, undefined);
        assert.match(said.join(), /two\.ts has changed since that was accepted: undo it in the file\./);
        assert.equal(await left(), "hunks left: 1 of 2");
        await previews.act("acceptAll", undefined, undefined);
        await noPreview();
        assert.equal(document.getText(), `// mine\n${TWO_NEW}`);
      });
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },
  ),
  refactoring(
    "how long a server asks to wait is said while it is waited",
    { "two.ts": TWO },
    (_, count) =>
      count === 0
        ? { pieces: [], refusal: { status: 429, message: "Slow down.", headers: { "retry-after": "3" } } }
        : { pieces: [`\`\`\`ts\n${TWO_NEW}\`\`\`\n`] },
    async ({ editor, previews, folder }) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("two.ts"));
      await withMessages(undefined, async (_, said) => {
        await editor.edit({ document, range: whole(document), wish: "Trim" });
        await previewWith('"second".trim()');
        assert.match(said.join(), /limits the rate of requests; it asks to wait \d s\./);
        await previews.act("rejectAll", undefined, undefined);
      });
      await noPreview();
    },
  ),
  refactoring(
    "another edit of the file takes the place of one that was not accepted, and that is told",
    { "two.ts": TWO },
    () => ({ pieces: [`\`\`\`ts\n${TWO_NEW}\`\`\`\n`] }),
    async ({ editor, previews, folder }) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("two.ts"));
      await withMessages(undefined, async (_, said) => {
        await editor.edit({ document, range: whole(document), wish: "Trim" });
        await previewWith('"second".trim()');
        await editor.edit({ document, range: whole(document), wish: "Trim them" });
        assert.ok(said.includes("Trim: not accepted, and withdrawn for Trim them"), said.join());
        await previewWith('"second".trim()');
        await previews.act("rejectAll", undefined, undefined);
      });
      await noPreview();
    },
  ),
  refactoring(
    "errors that were there when it was asked are not new because the file was closed while the answer came",
    { "cart.ts": CART },
    () => ({ pieces: [`\`\`\`ts\n${CODE}\`\`\`\n`] }),
    async ({ editor, previews, folder }) => {
      const problems = vscode.languages.createDiagnosticCollection("test");
      try {
        const uri = folder.uri("cart.ts");
        await vscode.commands.executeCommand("vscode.open", uri);
        const document = vscode.window.activeTextEditor?.document;
        assert.ok(document);
        const { Error } = vscode.DiagnosticSeverity;
        const all = [new vscode.Diagnostic(new vscode.Range(4, 0, 4, 1), "It was there.", Error)];
        problems.set(uri, all);
        await editor.edit({ document, range: new vscode.Range(0, 0, 3, 0), wish: "Count them" });
        await previewWith("items.length");
        const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
        const isSource = ({ input }: vscode.Tab): boolean =>
          input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
        await vscode.window.tabGroups.close(tabs.filter(isSource));
        await eventually("the file to be closed", () => document.isClosed || undefined);
        // As language services do.
        problems.set(uri, []);
        await withMessages(undefined, async (_, said) => {
          const done = previews.act("acceptAll", undefined, undefined);
          await eventually(
            "the file",
            () => vscode.window.activeTextEditor?.document.uri.toString() === uri.toString(),
          );
          problems.set(uri, all);
          await done;
          const words = await eventually("what became of the errors", () =>
            said.find((each) => each.startsWith("Count them: accepted")),
          );
          assert.equal(words, "Count them: accepted · errors fixed: 0, new: 0");
        });
        await vscode.commands.executeCommand("workbench.action.files.revert");
      } finally {
        problems.dispose();
      }
    },
  ),
];
