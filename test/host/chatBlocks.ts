/** What is done with the code blocks of an answer, from the page's message to the file. */

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { ShownBlockNote, ShownTurn } from "../../src/extension/chatProtocol.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { chatting } from "./chatRig.ts";
import { eventually, shellIntegration } from "./editor.ts";

const CART = "export function count(items: string[]): number {\n  return 0;\n}\n\nexport const two = 2;\n";
const SHOP = `export function sell(): number {
  const item = stock.pop();
  if (!item) throw new Error("Nothing is left.");
  cash.put(item.price);
  log(item);
  return item.price;
}
`;
const BLOCK = "```ts\nexport function count(items: string[]): number {\n  return items.length;\n}\n```\n";

/** Tabs that show what a block makes of a file. */
const comparisons = (): readonly vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === "pairwise-change");

type Turns = () => readonly ShownTurn[];

/** What stands at the block that the last answer, or the one with this id, begins with. */
function noteAt(turns: Turns, id = turns().at(-1)?.id): Omit<ShownBlockNote, "line"> {
  const notes = turns().find((turn) => turn.id === id)?.blockNotes;
  return notes?.find(({ line }) => line === 0) ?? { words: "", ways: [] };
}

function wayAt(turns: Turns, label: string): number {
  return noteAt(turns).ways.find((way) => way.label === label)?.id ?? -1;
}

/** Resolves when that happens to a command in this terminal. */
function execution(
  event: vscode.Event<{ readonly terminal: vscode.Terminal }>,
  terminal: vscode.Terminal,
): Promise<void> {
  return new Promise((resolve) => {
    const listener = event((told) => {
      if (told.terminal !== terminal) return;
      listener.dispose();
      resolve();
    });
  });
}

export const chatBlockTests: readonly HostTest[] = [
  chatting(
    "a block is shown as a difference, is one step to undo when it is accepted, and is refused where the file has changed",
    { "cart.ts": CART },
    () => ({ pieces: [BLOCK] }),
    async ({ say, answer, turns }, _, folder) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await say({ type: "send", text: "Count them" });
      const { id } = await answer();
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      assert.match(noteAt(turns).words, /cart\.ts: parses · no symbol lost · lines removed: 1, added: 1$/);
      assert.equal(document.getText(), CART, "nothing is written before it is accepted");
      await say({ type: "way", turn: id, way: wayAt(turns, "Accept") });
      assert.equal(document.getText(), CART.replace("return 0", "return items.length"));
      assert.match(noteAt(turns).words, /^Applied to .*cart\.ts\.$/);
      await vscode.commands.executeCommand("undo");
      assert.equal(document.getText(), CART);
      assert.equal(readFileSync(folder.uri("cart.ts").fsPath, "utf8"), CART);

      await vscode.window.showTextDocument(document);
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), "// mine\n");
      await vscode.workspace.applyEdit(edit);
      await say({ type: "way", turn: id, way: wayAt(turns, "Accept") });
      assert.match(noteAt(turns).words, /has changed since/);
      assert.equal(document.getText(), `// mine\n${CART}`);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },
  ),
  chatting(
    "a block that is accepted for a file that is read-only for the session leaves it as it was, and says so",
    { "cart.ts": CART },
    () => ({ pieces: [BLOCK] }),
    async ({ say, answer, turns }, _, folder) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await vscode.commands.executeCommand("workbench.action.files.setActiveEditorReadonlyInSession");
      await say({ type: "send", text: "Count them" });
      const { id } = await answer();
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      await say({ type: "way", turn: id, way: wayAt(turns, "Accept") });
      assert.match(noteAt(turns).words, /cart\.ts can't be changed: it may be read-only here\.$/);
      assert.equal(document.getText(), CART);
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand("workbench.action.files.resetActiveEditorReadonlyInSession");
    },
  ),
  chatting(
    "a block that would lose code is refused with the reason",
    { "cart.ts": `${CART}export const three = 3;\n` },
    () => ({ pieces: ["```ts\nexport const two = 2;\n\nexport function other(): void {\n```\n"] }),
    async ({ say, answer, turns }, _, folder) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await say({ type: "send", text: "Change it" });
      const { id } = await answer();
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      assert.match(noteAt(turns).words, /^Not applied: /);
      assert.deepEqual(noteAt(turns).ways, []);
      assert.equal(turns().at(-1)?.blockNotes.length, 1);
      assert.equal(document.getText(), `${CART}export const three = 3;\n`);
    },
  ),
  chatting(
    "a block that empties a function says how much would go, and is shown only when the user wants it",
    { "shop.ts": SHOP },
    () => ({ pieces: ["```ts\nexport function sell(): number {\n  return 0;\n}\n```\n"] }),
    async ({ say, answer, turns }, _, folder) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("shop.ts"));
      await say({ type: "send", text: "Tidy up" });
      const { id } = await answer();
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      assert.match(noteAt(turns).words, /^Not applied: .*shop\.ts would lose code.*: sell loses 5 of 5 lines/);
      assert.deepEqual(
        noteAt(turns).ways.map(({ label }) => label),
        ["Show the change anyway"],
      );
      await say({ type: "way", turn: id, way: wayAt(turns, "Show the change anyway") });
      assert.match(
        noteAt(turns).words,
        /shop\.ts: parses · sell loses 5 of 5 lines of code · lines removed: 5, added: 1$/,
      );
      assert.equal(document.getText(), SHOP);
      await say({ type: "way", turn: id, way: wayAt(turns, "Reject") });
      assert.equal(document.getText(), SHOP);
    },
  ),
  chatting(
    "another change of a file withdraws the one that waits, and closes its comparison",
    { "cart.ts": CART, "shop.ts": SHOP },
    (_, count) => ({ pieces: [count === 0 ? BLOCK : BLOCK.replace("items.length", "items.length + 1")] }),
    async ({ say, answer, turns }, _, folder) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await say({ type: "send", text: "Count them" });
      const first = (await answer()).id;
      await say({ type: "block", turn: first, line: 0, action: "apply" });
      await say({ type: "send", text: "One more" });
      const second = (await answer()).id;
      await vscode.window.showTextDocument(document);
      await say({ type: "block", turn: second, line: 0, action: "apply" });
      await eventually("one comparison", () => comparisons().length === 1 || undefined);
      assert.match(noteAt(turns, first).words, /^Withdrawn: /);
      assert.deepEqual(noteAt(turns, first).ways, []);
      await say({ type: "way", turn: second, way: wayAt(turns, "Accept") });
      assert.equal(document.getText(), CART.replace("return 0", "return items.length + 1"));
      await eventually("no comparison", () => comparisons().length === 0 || undefined);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },
  ),
  chatting(
    "a second click on Apply or on Accept, before the first one is done, does nothing more",
    { "cart.ts": CART },
    () => ({ pieces: ["```ts\nexport const three = 3;\n\nexport const two = 2;\n```\n"] }),
    async ({ say, answer, turns }, _, folder) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await say({ type: "send", text: "One more" });
      const { id } = await answer();
      const apply = { type: "block", turn: id, line: 0, action: "apply" } as const;
      await Promise.all([say(apply), say(apply)]);
      await eventually("one comparison", () => comparisons().length === 1 || undefined);
      const accept = { type: "way", turn: id, way: wayAt(turns, "Accept") } as const;
      await Promise.all([say(accept), say(accept)]);
      assert.equal(document.getText().split("three").length, 2, document.getText());
      assert.match(noteAt(turns).words, /^Applied to .*cart\.ts\.$/);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },
  ),
  chatting(
    "a change whose comparison is closed can't be accepted any more, and stays while other files are opened",
    { "cart.ts": CART, "shop.ts": SHOP },
    () => ({ pieces: [BLOCK] }),
    async ({ say, answer, turns }, _, folder) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await say({ type: "send", text: "Count them" });
      const { id } = await answer();
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      await vscode.window.showTextDocument(folder.uri("shop.ts"));
      assert.equal(comparisons().length, 1);
      assert.equal(noteAt(turns).ways.length, 2);
      await vscode.window.tabGroups.close(comparisons());
      await eventually("the end of the change", () => noteAt(turns).ways.length === 0 || undefined);
      assert.match(noteAt(turns).words, /^Not applied: the comparison was closed/);
      assert.equal(document.getText(), CART);
    },
  ),
  chatting(
    "a command is put into a terminal of the chat, never into the one that is in front, and another one where it still waits",
    {},
    () => ({ pieces: ["```sh\n: 1\n```\n"] }),
    async ({ say, answer, turns }) => {
      const mine = vscode.window.createTerminal({ name: "mine" });
      mine.show();
      await say({ type: "send", text: "How?" });
      const { id } = await answer();
      const own = () => vscode.window.terminals.filter(({ name }) => name === "Pairwise");
      await say({ type: "block", turn: id, line: 0, action: "run" });
      await eventually("a terminal of the chat", () => own().length === 1 || undefined);
      await eventually("it in front", () => vscode.window.activeTerminal === own()[0] || undefined);
      await say({ type: "block", turn: id, line: 0, action: "run" });
      await eventually("another one", () => own().length === 2 || undefined);
      assert.deepEqual(turns().at(-1)?.blockNotes, []);
      for (const terminal of [mine, ...own()]) terminal.dispose();
    },
  ),
  chatting(
    "the chat's terminal is used again when its command has run, and left alone while the user runs something there",
    {},
    () => ({ pieces: ["```sh\n: 1\n```\n"] }),
    async ({ say, answer }) => {
      await say({ type: "send", text: "How?" });
      const { id } = await answer();
      const own = () => vscode.window.terminals.filter(({ name }) => name === "Pairwise");
      await say({ type: "block", turn: id, line: 0, action: "run" });
      const first = await eventually("a terminal of the chat", () => own()[0]);
      // Without it nobody can tell what has run.
      if (await shellIntegration(first)) {
        const ended = execution(vscode.window.onDidEndTerminalShellExecution, first);
        first.sendText("", true);
        await ended;
        await say({ type: "block", turn: id, line: 0, action: "run" });
        assert.equal(own().length, 1);
        const begun = execution(vscode.window.onDidStartTerminalShellExecution, first);
        // The user writes something else there.
        first.sendText("\u0015sleep 60", true);
        await begun;
        await say({ type: "block", turn: id, line: 0, action: "run" });
        await eventually("another one", () => own().length === 2 || undefined);
      }
      for (const terminal of own()) terminal.dispose();
    },
  ),
  chatting(
    "a block for a file that there is not yet is shown beside nothing, and the file is created when it is accepted",
    { "cart.ts": CART },
    (text) => ({ pieces: [BLOCK.replace("```ts", `\`\`\`ts ${text.split("\n")[0] ?? ""}`)] }),
    async ({ say, answer, turns }, _, folder) => {
      const path = vscode.workspace.asRelativePath(folder.uri("deep/fresh.ts"), false);
      const file = folder.uri("deep/fresh.ts").fsPath;
      const code = BLOCK.split("\n").slice(1, -2).join("\n");
      await say({ type: "send", text: path });
      const { id } = await answer();
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      assert.match(noteAt(turns).words, /fresh\.ts is a new file: parses · adds count/);
      assert.equal(existsSync(file), false);
      await say({ type: "way", turn: id, way: wayAt(turns, "Reject") });
      assert.match(noteAt(turns).words, /fresh\.ts was not created\.$/);
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      await say({ type: "way", turn: id, way: wayAt(turns, "Accept") });
      assert.match(noteAt(turns).words, /fresh\.ts was created\.$/);
      assert.equal(readFileSync(file, "utf8"), `${code}\n`);
      assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, file);

      await say({ type: "send", text: path.replace("fresh", "other") });
      await say({ type: "block", turn: (await answer()).id, line: 0, action: "open" });
      const { document } = vscode.window.activeTextEditor ?? {};
      assert.deepEqual(
        [document?.isUntitled, document?.uri.fsPath, document?.getText()],
        [true, folder.uri("deep/other.ts").fsPath, `${code}\n`],
      );
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    },
  ),
  chatting(
    "in a workspace of several folders a new file is created in the one of the file in front",
    { "cart.ts": CART },
    (text) => ({ pieces: [BLOCK.replace("```ts", `\`\`\`ts ${text.split("\n")[0] ?? ""}`)] }),
    async ({ say, answer, turns }, _, folder) => {
      const other = { name: "other", index: 0, uri: vscode.Uri.file(join(tmpdir(), "pairwise-other")) };
      const before = Object.getOwnPropertyDescriptor(vscode.workspace, "workspaceFolders") ?? {};
      const both = [other, ...(vscode.workspace.workspaceFolders ?? [])];
      await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await say({ type: "send", text: vscode.workspace.asRelativePath(folder.uri("fresh.ts"), false) });
      const { id } = await answer();
      Object.defineProperty(vscode.workspace, "workspaceFolders", { value: both, configurable: true });
      try {
        await say({ type: "block", turn: id, line: 0, action: "apply" });
        await say({ type: "way", turn: id, way: wayAt(turns, "Accept") });
      } finally {
        Object.defineProperty(vscode.workspace, "workspaceFolders", before);
      }
      assert.match(noteAt(turns).words, /fresh\.ts was created\.$/);
      assert.equal(existsSync(folder.uri("fresh.ts").fsPath), true);
    },
  ),
  chatting(
    "no file is created in Git's folder, through a link, or where it is ignored or secret",
    { ".gitignore": "out/\n", "cart.ts": CART },
    (text) => ({ pieces: [`\`\`\`js ${text.split("\n")[0] ?? ""}\nboom();\n\`\`\`\n`] }),
    async ({ say, answer, turns }, _, folder) => {
      const outside = mkdtempSync(join(tmpdir(), "pairwise-outside-"));
      symlinkSync(outside, folder.uri("link").fsPath);
      try {
        for (const path of [".git/hooks/pre-commit.js", "out/evil.js", "link/evil.js", ".ssh/id.js"]) {
          const uri = folder.uri(path);
          await say({ type: "send", text: vscode.workspace.asRelativePath(uri, false) });
          await say({ type: "block", turn: (await answer()).id, line: 0, action: "apply" });
          assert.match(noteAt(turns).words, /^Not applied: the chat creates no file/, path);
          assert.deepEqual(noteAt(turns).ways, [], path);
        }
        assert.deepEqual(comparisons(), []);
      } finally {
        rmSync(outside, { recursive: true });
      }
    },
  ),
  chatting(
    "a block that names no file goes into the one that was asked about, though another one is in front",
    { "cart.ts": CART, "shop.ts": SHOP },
    () => ({ pieces: [BLOCK] }),
    async ({ say, answer, turns }, _, folder) => {
      await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await say({ type: "send", text: "Count them" });
      const { id } = await answer();
      await vscode.window.showTextDocument(folder.uri("shop.ts"));
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      assert.match(noteAt(turns).words, /cart\.ts: parses · no symbol lost/);
    },
  ),
  chatting(
    "a block that names a file by its end goes into that of the workspace, not into packages; where many fit, they are counted",
    {
      "node_modules/it/deep/one.ts": CART,
      "src/deep/one.ts": CART,
      ...Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((name) => [`${name}/two.ts`, CART])),
    },
    (text) => ({ pieces: [BLOCK.replace("```ts", text.includes("one") ? "```ts deep/one.ts" : "```ts two.ts")] }),
    async ({ say, answer, turns }) => {
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await say({ type: "send", text: "one" });
      await say({ type: "block", turn: (await answer()).id, line: 0, action: "apply" });
      assert.match(noteAt(turns).words, /src\/deep\/one\.ts: parses/);
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await say({ type: "send", text: "two" });
      await say({ type: "block", turn: (await answer()).id, line: 0, action: "apply" });
      assert.match(noteAt(turns).words, /^Not applied: there are more than 5 files that two\.ts can mean/);
    },
  ),
  chatting(
    "a change of a file that is gone meanwhile is not applied, and says so",
    { "basket.ts": CART },
    () => ({ pieces: [BLOCK.replace("```ts", "```ts basket.ts")] }),
    async ({ say, answer, turns }, _, folder) => {
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await say({ type: "send", text: "Count them" });
      const { id } = await answer();
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      await vscode.workspace.fs.delete(folder.uri("basket.ts"));
      await say({ type: "way", turn: id, way: wayAt(turns, "Accept") });
      assert.match(noteAt(turns).words, /^Not applied: .*basket\.ts is not there any more/);
    },
  ),
  chatting(
    "a block is inserted at the caret as one step to undo, and opened as a new file in its language",
    { "cart.ts": CART },
    () => ({ pieces: ["```py\nprint('hi')\n```\n"] }),
    async ({ say, answer }, _, folder) => {
      const editor = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      editor.selection = new vscode.Selection(3, 0, 3, 0);
      await say({ type: "send", text: "Greet" });
      const { id } = await answer();
      await say({ type: "block", turn: id, line: 0, action: "insert" });
      assert.equal(editor.document.lineAt(3).text, "print('hi')");
      await vscode.commands.executeCommand("undo");
      assert.equal(editor.document.getText(), CART);
      await say({ type: "block", turn: id, line: 0, action: "open" });
      const opened = vscode.window.activeTextEditor?.document;
      assert.deepEqual([opened?.languageId, opened?.isUntitled, opened?.getText()], ["python", true, "print('hi')\n"]);
      await say({ type: "block", turn: id, line: 5, action: "insert" });
      assert.equal(opened?.getText(), "print('hi')\n", "a line that has no block does nothing");
    },
  ),
];
