/** An edit by a model, from what is asked to the file. */

import assert from "node:assert/strict";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import { editWithInstruction } from "../../src/extension/editInstruction.ts";
import { rowOf } from "../../src/extension/sentRows.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { eventually } from "./editor.ts";
import { lensTitles, noPreview, previewWith, type RefactorRig, refactoring, withMessages } from "./refactorRig.ts";

const CART = "export function count(items: string[]): number {\n  return 0;\n}\n\nexport const two = 2;\n";
const REPLY = "```ts\nexport function count(items: string[]): number {\n  return items.length;\n}\n```\n";
const DONE = CART.replace("return 0", "return items.length");

const INI = "[a]\none = 1\ntwo = 2\n";

const names = ["first", "second", "third"];
const fn = (name: string, value: string): string => `export function ${name}(): string {\n  return ${value};\n}\n`;
const THREE = names.map((name) => fn(name, `"${name}"`)).join("\n");
const THREE_NEW = names.map((name) => fn(name, `"${name}".trim()`)).join("\n");
const THREE_REPLY = `\`\`\`ts\n${THREE_NEW}\`\`\`\nThey are trimmed now.\n`;

const whole = (document: vscode.TextDocument) => document.validateRange(new vscode.Range(0, 0, 9_999, 0));

async function asked({ editor, folder }: RefactorRig, file: string, wish = "Do it"): Promise<vscode.TextDocument> {
  const { document } = await vscode.window.showTextDocument(folder.uri(file));
  await editor.edit({ document, range: whole(document), wish });
  return document;
}

async function typeAt(document: vscode.TextDocument, line: number, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(line, 0), text);
  await vscode.workspace.applyEdit(edit);
}

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

const onDisk = ({ folder }: RefactorRig, file: string): string => readFileSync(folder.uri(file).fsPath, "utf8");

export const refactorEditTests: readonly HostTest[] = [
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
      await previewWith('"third".trim()');
      await eventually("the caret at the first hunk", () =>
        vscode.window.activeTextEditor?.selection.active.line === 1 ? true : undefined,
      );
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
      await previewWith('"third".trim()');
      await eventually("the caret at the first hunk", () =>
        vscode.window.activeTextEditor?.selection.active.line === 1 ? true : undefined,
      );
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
    "what is refined after a hunk was accepted is asked about the lines where they are then",
    { "three.ts": `// top\n\n${THREE}` },
    (_, count) => ({
      pieces: [
        count === 0
          ? `\`\`\`ts\n${names
              .slice(0, 2)
              .map((name) => fn(name, `"${name}".trim()`).replace("{\n", "{\n  // One.\n  // Two.\n"))
              .join("\n")}\`\`\`\n`
          : THREE_REPLY,
      ],
    }),
    async (rig) => {
      const { document } = await vscode.window.showTextDocument(rig.folder.uri("three.ts"));
      await rig.editor.edit({ document, range: new vscode.Range(2, 0, 9, 0), wish: "Trim" });
      await previewWith('"second".trim()');
      const shown = vscode.window.activeTextEditor?.document.uri;
      await withMessages(undefined, async () => {
        await rig.previews.act("acceptHunk", shown, 0);
        await rig.previews.act("refine", shown, undefined);
        await eventually("a second question", () => rig.server.asked[1]);
      });
      assert.match(JSON.stringify(rig.server.asked[1]?.messages), /The code to change, lines 3 to 11/);
      await rig.previews.act("rejectAll", shown, undefined);
      await noPreview();
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },
  ),
  refactoring(
    "a hunk goes into a file that is not saved, and one that another window has saved meanwhile is followed",
    { "three.ts": THREE.replaceAll("\n", "\r\n") },
    () => ({ pieces: [THREE_REPLY] }),
    async (rig) => {
      const { previews, folder } = rig;
      const document = await asked(rig, "three.ts");
      await previewWith('"third".trim()');
      const other = `// other\r\n${THREE.replaceAll("\n", "\r\n")}`;
      writeFileSync(folder.uri("three.ts").fsPath, other);
      await previewWith("// other");
      const shown = vscode.window.activeTextEditor?.document.uri;
      await typeAt(document, 0, "// mine\n");
      await previewWith("// mine");
      assert.equal(document.isDirty, true);
      await previews.act("acceptHunk", shown, 1);
      assert.equal(document.getText(), `// mine\r\n${other.replace('"second"', '"second".trim()')}`);
      assert.equal(onDisk(rig, "three.ts"), other);
      await previews.act("rejectAll", shown, undefined);
      await noPreview();
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
    "a file that is read-only for the session is as it was, and one without write permission is changed and can be undone",
    { "cart.ts": CART },
    () => ({ pieces: [REPLY] }),
    async (rig) => {
      const document = await asked(rig, "cart.ts");
      await previewWith("items.length");
      const shown = vscode.window.activeTextEditor?.document.uri;
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand("workbench.action.files.setActiveEditorReadonlyInSession");
      await withMessages(undefined, async (told) => {
        await rig.previews.act("acceptAll", shown, undefined);
        assert.match(told.join("\n"), /cart\.ts can't be changed: it may be read-only here\.$/);
      });
      assert.equal(document.getText(), CART);
      assert.equal(document.isDirty, false);
      await vscode.commands.executeCommand("workbench.action.files.resetActiveEditorReadonlyInSession");
      chmodSync(document.uri.fsPath, 0o444);
      await rig.previews.act("acceptAll", shown, undefined);
      await noPreview();
      assert.equal(document.getText(), DONE);
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand("undo");
      assert.equal(document.getText(), CART);
    },
  ),
  refactoring(
    "where a file can't be changed nothing is asked, neither of the user nor of the model",
    { "cart.ts": CART },
    () => ({ pieces: [REPLY] }),
    async ({ editor, folder, server }) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      const words = `${vscode.workspace.asRelativePath(document.uri, false)} is read-only here: no model is asked, since nothing could be written.`;
      await withMessages(undefined, async (told) => {
        // As the key says in an editor that is read-only for the session.
        await editWithInstruction(editor, { isReadOnly: true });
        const files = vscode.workspace.getConfiguration("files");
        await files.update("readonlyInclude", { "**/cart.ts": true }, vscode.ConfigurationTarget.Global);
        try {
          await editWithInstruction(editor, undefined);
          await editor.edit({ document, range: whole(document), wish: "Do it" });
        } finally {
          await files.update("readonlyInclude", undefined, vscode.ConfigurationTarget.Global);
        }
        assert.deepEqual(told, [words, words, words]);
      });
      assert.equal(server.asked.length, 0);
    },
  ),
  refactoring(
    "an edit of a file that is gone while it is shown ends without a trace",
    { "cart.ts": CART },
    () => ({ pieces: [REPLY] }),
    async (rig) => {
      await asked(rig, "cart.ts");
      await previewWith("items.length");
      await vscode.workspace.fs.delete(rig.folder.uri("cart.ts"));
      await withMessages(undefined, async (told) => {
        await rig.previews.act("acceptAll", undefined, undefined);
        assert.match(told.join(), /cart\.ts is not there any more|^$/);
      });
      await rig.previews.act("rejectAll", undefined, undefined);
      await noPreview();
    },
  ),
  refactoring(
    "closing the preview leaves the file as it was",
    { "cart.ts": CART },
    () => ({ pieces: [REPLY] }),
    async (rig) => {
      const document = await asked(rig, "cart.ts");
      await previewWith("items.length");
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
      await noPreview();
      await setTimeout(100);
      await rig.previews.act("acceptAll", undefined, undefined);
      assert.equal(document.getText(), CART);
      assert.equal(document.isDirty, false);
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
    "what is written into the file meanwhile stays: hunks move along, and one whose lines have changed is left out",
    { "three.ts": THREE },
    () => ({ pieces: [THREE_REPLY] }),
    async (rig) => {
      const document = await asked(rig, "three.ts");
      await previewWith('"third".trim()');
      await typeAt(document, 0, "// mine\n");
      await previewWith("// mine");
      await typeAt(document, 6, "  // mine as well\n");
      await previewWith("// mine as well");
      await typeAt(document, 11, "/* ! */");
      await previewWith('/* ! */  return "third"');
      const titles = await lensTitles();
      assert.equal(titles[5], "hunks left: 2 of 3");
      assert.ok(titles.includes("1 left out: their lines have changed"), titles.join(" | "));
      await rig.previews.act("acceptAll", undefined, undefined);
      await noPreview();
      const expected = `// mine\n${THREE}`
        .replace('"first"', '"first".trim()')
        .replace('  return "second"', '  // mine as well\n  return "second".trim()')
        .replace('  return "third"', '/* ! */  return "third"');
      assert.equal(document.getText(), expected);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },
  ),
  refactoring(
    "what comes is seen while it comes, also in a file that is written in, and is applied to that file as it is then",
    { "three.ts": THREE },
    () => ({ pieces: THREE_REPLY.split("\n").map((line) => `${line}\n`), delayMs: 120 }),
    async (rig) => {
      const { document } = await vscode.window.showTextDocument(rig.folder.uri("three.ts"));
      const edited = rig.editor.edit({ document, range: whole(document), wish: "Trim" });
      const text = await previewWith('"first".trim()');
      assert.ok(!text.includes('"third".trim()'), "it is seen before all of it is there");
      assert.ok(text.includes(fn("third", '"third"')), "what has not come yet is as it was");
      assert.deepEqual(await lensTitles(), ["Stop", "being written … · Trim"]);
      await rig.previews.act("acceptAll", undefined, undefined);
      assert.equal(document.getText(), THREE, "half an answer can't be accepted");
      await typeAt(document, 0, "// mine\n");
      await edited;
      await previewWith('"third".trim()');
      await rig.previews.act("acceptAll", undefined, undefined);
      assert.equal(document.getText(), `// mine\n${THREE_NEW}`);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },
  ),
  refactoring(
    "an answer is stopped in the middle, the server is told, and the file is as it was",
    { "three.ts": THREE },
    () => ({ pieces: THREE_REPLY.split("\n").map((line) => `${line}\n`), delayMs: 200 }),
    async (rig) => {
      const { document } = await vscode.window.showTextDocument(rig.folder.uri("three.ts"));
      const edited = rig.editor.edit({ document, range: whole(document), wish: "Stop it" });
      await previewWith('"first".trim()');
      await withMessages(undefined, async (told, said) => {
        await rig.previews.act("rejectAll", undefined, undefined);
        await edited;
        await noPreview();
        assert.deepEqual(told, []);
        assert.ok(said.includes("Stop it: rejected, the file is as it was"), said.join());
      });
      await noPreview();
      assert.equal(document.getText(), THREE);
      await eventually("an answer that nobody waits for", () => (rig.server.aborted === 1 ? true : undefined));
    },
  ),
  refactoring(
    "an answer that loses code is refused with the reason, and shown when the user wants it",
    {
      "cart.ts": CART.replace("return 0;", "const all = items;\n  const sum = all.length;\n  log(sum);\n  return sum;"),
    },
    () => ({ pieces: ["```ts\nexport function count(items: string[]): number {\n  return 1;\n}\n```\n"] }),
    async (rig) => {
      await withMessages("Show the change anyway", async (told) => {
        const document = await asked(rig, "cart.ts");
        const before = document.getText();
        assert.match(told.join(), /^Not applied: .*cart\.ts would lose code/);
        await previewWith("return 1;");
        await eventually("the guard's line", async () =>
          /count loses \d of \d lines of code/.test((await lensTitles()).join()) ? true : undefined,
        );
        assert.equal(document.getText(), before);
        await rig.previews.act("rejectAll", undefined, undefined);
        await noPreview();
        assert.equal(document.getText(), before);
      });
    },
  ),
  refactoring(
    "where the model writes no code its words are told; what is refined then is asked with them",
    { "cart.ts": CART },
    (_, count) => ({ pieces: [count === 0 ? "There is nothing to do." : REPLY] }),
    async (rig) => {
      await withMessages("Refine", async (told) => {
        const document = await asked(rig, "cart.ts", "Fix it");
        assert.match(told.join(), /^The model wrote no code, and .*cart\.ts is as it was\. It says: There is nothing/);
        await previewWith("items.length");
        const roles = rig.server.asked[1]?.messages.map(({ role }) => role);
        assert.deepEqual(roles, ["system", "user", "assistant", "user"]);
        assert.match(JSON.stringify(rig.server.asked[1]?.messages), /Do it differently: otherwise/);
        await eventually("an offer", async () => ((await lensTitles())[4] === "hunks left: 1 of 1" ? true : undefined));
        await rig.previews.act("refine", undefined, undefined);
        await eventually("a third question", () => rig.server.asked[2]);
        const messages = rig.server.asked[2]?.messages ?? [];
        assert.equal(messages.length, 6);
        assert.equal(messages[4]?.content, REPLY);
        assert.equal(document.getText(), CART);
      });
    },
  ),
  refactoring(
    "what goes wrong at the server is told, and the file is as it was",
    { "cart.ts": CART },
    (_, count) =>
      count === 0
        ? { pieces: [], refusal: { status: 400, message: "no such thing" } }
        : count === 1
          ? { pieces: [REPLY.slice(0, 60)], breaks: true }
          : { pieces: [REPLY.slice(0, 60)], isCut: true },
    async (rig) => {
      for (const words of [
        /: no such thing/,
        /ended its answer in the middle\. Nothing was changed/,
        /ends in the middle of its code/,
      ]) {
        await withMessages(undefined, async (told) => {
          const document = await asked(rig, "cart.ts");
          await noPreview();
          assert.match(told.join(), words);
          assert.equal(document.getText(), CART);
        });
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
    "nothing of an ignored file is sent, and a file that can't be changed is not asked about",
    { "cart.ts": CART, ".pairwiseignore": "cart.ts\n" },
    () => ({ pieces: [REPLY] }),
    async (rig) => {
      await withMessages(undefined, async (told) => {
        await asked(rig, "cart.ts");
        assert.match(told.join(), /cart\.ts is ignored or secret: nothing of it is sent/);
        assert.equal(rig.server.asked.length, 0);
      });
    },
  ),
  refactoring(
    "a model that says the same block again and again is stopped, and its block is shown",
    { "cart.ts": CART },
    () => ({ pieces: Array.from({ length: 100 }, () => REPLY), delayMs: 100 }),
    async (rig) => {
      await asked(rig, "cart.ts");
      assert.equal((await lensTitles())[4], "hunks left: 1 of 1");
      await eventually("an answer that nobody waits for", () => (rig.server.aborted === 1 ? true : undefined));
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
