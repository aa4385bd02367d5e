/** Each entry of the catalogue, from its command to the text of the file. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import { eventually } from "./editor.ts";
import { pause, whileSet } from "./files.ts";
import { accepted, acting, lastQuestion, selecting } from "./refactorActionsRig.ts";

const SUM = "export function sum(items) {\n  // the sum of all\n  return 0;\n}\n";
const CART = `${SUM}\nexport const two = 2;\n`;
const block = (code: string, language = "ts"): string => `\`\`\`${language}\n${code}\`\`\`\nDone.\n`;

/** The command, what the model makes of `SUM`, and what it is told. */
const edits: readonly (readonly [command: string, after: string, told: RegExp])[] = [
  ["fix", SUM.replace("return 0", "return items.length"), /Fix the problems in this code/],
  ["document", `/** Sums up. */\n${SUM}`, /documentation comments[^]*Use JSDoc/],
  ["simplify", SUM.replace("  // the sum of all\n", ""), /simpler and easier to read/],
  ["optimize", SUM.replace("return 0", "return items.total"), /Make this code faster/],
  [
    "extract",
    SUM.replace("return 0", "return total(items)") + "\nfunction total(items) {\n  return 0;\n}\n",
    /Move the part/,
  ],
  ["addTypes", SUM.replace("(items)", "(items: number[]): number"), /Add types/],
  ["handleErrors", SUM.replace("return 0", 'if (!items) throw new Error("none");\n  return 0'), /Handle the errors/],
  [
    "implement",
    SUM.replace("return 0", "return items.reduce((a, b) => a + b, 0)"),
    /the comments in this code ask for/,
  ],
];

/** Hears what the extension says in passing, as it runs in this process. */
async function withNotes(use: (told: readonly string[]) => Promise<void>): Promise<void> {
  const window = vscode.window as unknown as Record<string, unknown>;
  const { showInformationMessage } = window;
  const told: string[] = [];
  window["showInformationMessage"] = async (words: string, button?: string) => void told.push(`${words} [${button}]`);
  try {
    await use(told);
  } finally {
    Object.assign(window, { showInformationMessage });
  }
}

export const refactorActionTests: readonly HostTest[] = [
  ...edits.map(([command, after, told]) =>
    acting(
      `${command} changes the code that is selected, and nothing else`,
      { "cart.ts": CART },
      () => ({ pieces: [block(after)] }),
      async (server, folder) => {
        const { document } = await selecting(folder.uri("cart.ts"), SUM);
        const problems = vscode.languages.createDiagnosticCollection("test");
        problems.set(document.uri, [new vscode.Diagnostic(new vscode.Range(2, 9, 2, 10), "It is always zero.")]);
        const text = await accepted(document, () => vscode.commands.executeCommand(`pairwise.${command}`)).finally(() =>
          problems.dispose(),
        );
        assert.equal(text, CART.replace(SUM, after));
        assert.match(lastQuestion(server), told);
        assert.equal(server.asked.length, 1);
        await vscode.commands.executeCommand("undo");
        assert.equal(document.getText(), CART);
        assert.equal(readFileSync(folder.uri("cart.ts").fsPath, "utf8"), CART);
      },
    ),
  ),
  acting(
    "fix at a caret is about the problem there, and about the definition around it",
    { "cart.ts": CART },
    () => ({ pieces: [block(SUM.replace("return 0", "return items.length"))] }),
    async (server, folder) => {
      const problems = vscode.languages.createDiagnosticCollection("test");
      try {
        const { document } = await selecting(folder.uri("cart.ts"), "");
        const mark = new vscode.Range(2, 9, 2, 10);
        problems.set(document.uri, [
          new vscode.Diagnostic(mark, "It is always zero.", vscode.DiagnosticSeverity.Warning),
          new vscode.Diagnostic(new vscode.Range(5, 0, 5, 6), "Far away.", vscode.DiagnosticSeverity.Error),
        ]);
        await selecting(document.uri, "return");
        if (vscode.window.activeTextEditor) vscode.window.activeTextEditor.selection = new vscode.Selection(2, 4, 2, 4);
        const text = await accepted(document, () => vscode.commands.executeCommand("pairwise.fix"));
        assert.equal(text, CART.replace("return 0", "return items.length"));
        assert.match(lastQuestion(server), /It is always zero\./);
        assert.doesNotMatch(lastQuestion(server), /Far away\./);
      } finally {
        problems.dispose();
      }
    },
  ),
  acting(
    "where there is no problem to fix, and no comment to write code from, it is said and nothing is asked",
    { "cart.ts": CART },
    () => ({ pieces: [block(SUM)] }),
    async (server, folder) =>
      withNotes(async (told) => {
        await selecting(folder.uri("cart.ts"), "export const two = 2;");
        await vscode.commands.executeCommand("pairwise.fix");
        await vscode.commands.executeCommand("pairwise.implement");
        assert.deepEqual(told, [
          "No problem is reported in the selection. [Edit with an Instruction]",
          "The selection has no comment that says what is to be written. [Edit with an Instruction]",
        ]);
        assert.equal(server.asked.length, 0);
      }),
  ),
  acting(
    "explain asks the chat about what is selected",
    { "cart.ts": CART },
    () => ({ pieces: ["It sums up."] }),
    async (server, folder) => {
      await selecting(folder.uri("cart.ts"), SUM);
      await vscode.commands.executeCommand("pairwise.explain");
      await eventually("a question", () => server.asked.length > 0 || undefined);
      assert.match(lastQuestion(server), /Explain what this code does/);
      assert.match(lastQuestion(server), /the sum of all/);
      assert.doesNotMatch(lastQuestion(server), /const two/);
    },
  ),
  acting(
    "what is explained next is asked in a thread of its own, without what was asked before",
    { "cart.ts": CART },
    () => ({ pieces: ["It sums up."] }),
    async (server, folder) => {
      await selecting(folder.uri("cart.ts"), SUM);
      await vscode.commands.executeCommand("pairwise.explain");
      await eventually("a question", () => server.asked.length === 1 || undefined);
      await pause(500);
      await selecting(folder.uri("cart.ts"), "export const two = 2;");
      await vscode.commands.executeCommand("pairwise.explain");
      await eventually("another question", () => server.asked.length === 2 || undefined);
      assert.match(lastQuestion(server), /const two/);
      assert.doesNotMatch(lastQuestion(server), /the sum of all|It sums up/);
    },
  ),
  acting(
    "review and better names are about the code that the light bulb stood at, not what is selected now",
    { "cart.ts": CART },
    () => ({ pieces: ["No findings."] }),
    async (server, folder) => {
      const uri = folder.uri("cart.ts");
      const { document } = await selecting(uri, "export const two = 2;");
      const at = document.positionAt(CART.indexOf(SUM));
      const range = new vscode.Range(at, document.positionAt(CART.indexOf(SUM) + SUM.length));
      await vscode.commands.executeCommand("pairwise.review", uri, range, []);
      assert.match(lastQuestion(server), /Review lines 1 to 4 alone/);
      await vscode.commands.executeCommand("pairwise.suggestNames", uri, range, []);
      await vscode.commands.executeCommand("notifications.clearAll");
      assert.equal(server.asked.length, 2);
      assert.match(lastQuestion(server), /this part defines:\n[^]*export function sum/);
    },
  ),
  acting(
    "what can't be changed can be explained, and not simplified",
    { "cart.ts": CART },
    () => ({ pieces: ["It sums up."] }),
    async (server, folder) =>
      whileSet("files", "readonlyInclude", { "**/cart.ts": true }, async () => {
        await selecting(folder.uri("cart.ts"), SUM);
        await vscode.commands.executeCommand("pairwise.explain");
        await eventually("a question", () => server.asked.length > 0 || undefined);
        assert.match(lastQuestion(server), /the sum of all/);
        void vscode.commands.executeCommand("pairwise.simplify");
        await pause(500);
        assert.equal(server.asked.length, 1);
      }),
  ),
  acting(
    "translate asks for the language and opens a new document in it; the file stays as it is",
    { "cart.ts": CART },
    () => ({ pieces: [block("def total(items):\n    return 0\n", "python")] }),
    async (server, folder) => {
      const { document } = await selecting(folder.uri("cart.ts"), SUM);
      const done = vscode.commands.executeCommand("pairwise.translate");
      // The first of the list: the others of its languages are not open.
      await eventually("a translation", async () => {
        await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
        return server.asked.length > 0 || undefined;
      });
      await done;
      const made = vscode.window.activeTextEditor?.document;
      assert.deepEqual([made?.isUntitled, made?.languageId], [true, "python"]);
      assert.equal(made?.getText(), "def total(items):\n    return 0\n");
      assert.match(lastQuestion(server), /Translate to Python/);
      assert.doesNotMatch(lastQuestion(server), /const two/);
      assert.equal(document.getText(), CART);
    },
  ),
  acting(
    "an answer without code, in another language, or cut makes no document",
    { "cart.ts": CART },
    (_, count) =>
      [{ pieces: ["I can't."] }, { pieces: [block(SUM)] }, { pieces: ["```python\na = 1\n"], isCut: true }][count] ?? {
        pieces: [],
      },
    async (server, folder) => {
      await selecting(folder.uri("cart.ts"), SUM);
      const before = vscode.workspace.textDocuments.length;
      for (const count of [1, 2, 3]) {
        const done = vscode.commands.executeCommand("pairwise.translate");
        await eventually("a question", async () => {
          await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
          return server.asked.length === count || undefined;
        });
        await done;
      }
      assert.equal(vscode.workspace.textDocuments.length, before);
      await vscode.commands.executeCommand("notifications.clearAll");
    },
  ),
  acting(
    "in a file that is ignored no command sends anything",
    { ".gitignore": "secret.ts\n", "secret.ts": CART },
    () => ({ pieces: [block(SUM)] }),
    async (server, folder) => {
      await selecting(folder.uri("secret.ts"), SUM);
      for (const command of ["explain", "fix", "simplify", "writeTests", "translate"])
        await vscode.commands.executeCommand(`pairwise.${command}`);
      await vscode.commands.executeCommand("notifications.clearAll");
      assert.equal(server.asked.length, 0);
    },
  ),
];
