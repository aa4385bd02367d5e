/** All changes of an answer at once, from the page's message to the files, by way of VS Code's refactor preview. */

import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import type { ShownTurn } from "../../src/extension/chatProtocol.ts";
import type { HostTest } from "../support/hostSuite.ts";
import type { ChatFolder } from "./chatFolder.ts";
import { type ChatRig, chatting } from "./chatRig.ts";
import { eventually } from "./editor.ts";

const CART =
  "export function count(items: string[]): number {\n  return 0;\n}\n\nexport function first(items: string[]): string {\n  return items[1];\n}\n";
const SHOP =
  "export function sell(): number {\r\n  const item = stock.pop();\r\n  cash.put(item.price);\r\n  log(item);\r\n  tell(item);\r\n  return item.price;\r\n}\r\n";
const COUNT = "export function count(items: string[]): number {\n  return items.length;\n}\n";
const FIRST = "export function first(items: string[]): string {\n  return items[0];\n}\n";
const SELL =
  "export function sell(): number {\n  const item = stock.shift();\n  cash.put(item.price);\n  log(item);\n  tell(item);\n  return item.price;\n}\n";
const NEW = "export const tax = 19;\n";
const TASKS =
  '{ "version": "2.0.0", "tasks": [{ "label": "a", "command": "true", "runOptions": { "runOn": "folderOpen" } }] }\n';
const CHANGED = CART.replace("return 0", "return items.length").replace("[1]", "[0]");

/** Blocks with their paths in the folder whose own path, relative to the workspace, is on the question's first line. */
function answering(...blocks: readonly (readonly [path: string, code: string])[]) {
  return (question: string) => {
    const [folder = ""] = question.split("\n");
    return { pieces: blocks.map(([path, code]) => `\`\`\`ts ${folder}/${path}\n${code}\`\`\`\n\n`) };
  };
}

const THREE = [
  ["cart.ts", COUNT],
  ["shop.ts", SELL],
  ["deep/tax.ts", NEW],
  ["cart.ts", FIRST],
] as const;

async function asked({ say, answer }: ChatRig, folder: ChatFolder): Promise<string> {
  await say({ type: "send", text: vscode.workspace.asRelativePath(folder.uri("."), false).replace(/\/\.?$/, "") });
  return (await answer()).id;
}

function wayOf(turn: ShownTurn | undefined, label: string): number {
  const way = turn?.ways.find((each) => each.label === label);
  assert.ok(way, `${label} of ${turn?.ways.map((each) => each.label).join(", ")}: ${turn?.stateWords}`);
  return way.id;
}

const last = ({ turns }: ChatRig): ShownTurn | undefined => turns().at(-1);

/** Goes a way of the last answer that ends in the refactor preview, and does that command there. */
async function settled(rig: ChatRig, label: string, how: "apply" | "discard", before?: () => Promise<void>) {
  const turn = last(rig);
  let isDone = false;
  const done = rig.say({ type: "way", turn: turn?.id ?? "", way: wayOf(turn, label) });
  void done.finally(() => (isDone = true));
  await eventually("the preview", () => last(rig)?.stateWords.startsWith("The changes are in") || undefined);
  await before?.();
  await eventually("the end of the preview", async () => {
    await vscode.commands.executeCommand(`refactorPreview.${how}`);
    return isDone || undefined;
  });
  await done;
}

/** As they are now, saved or not. */
async function texts(folder: ChatFolder, ...names: readonly string[]): Promise<readonly string[]> {
  const documents = await Promise.all(names.map((name) => vscode.workspace.openTextDocument(folder.uri(name))));
  return documents.map((document) => document.getText());
}

export const chatAllChangeTests: readonly HostTest[] = [
  chatting(
    "all changes of an answer, to two files and a new one, are shown as one refactor preview, and made when that is applied",
    { "cart.ts": CART, "shop.ts": SHOP },
    answering(...THREE),
    async (rig, _, folder) => {
      const tax = folder.uri("deep/tax.ts").fsPath;
      const reports = vscode.languages.createDiagnosticCollection("test");
      try {
        reports.set(folder.uri("cart.ts"), [
          new vscode.Diagnostic(new vscode.Range(5, 0, 5, 5), "It is not the first one."),
        ]);
        await asked(rig, folder);
        await settled(rig, "Apply all 4 changes", "discard", async () => {
          assert.match(
            last(rig)
              ?.blockNotes.map(({ words }) => words)
              .join("\n") ?? "",
            /cart\.ts: parses[^]*tax\.ts is a new file: parses/,
          );
        });
        assert.equal(last(rig)?.stateWords, "Nothing was applied: no file has changed.");
        assert.deepEqual(await texts(folder, "cart.ts", "shop.ts"), [CART, SHOP]);
        assert.equal(existsSync(tax), false);
        assert.deepEqual(last(rig)?.blockNotes, []);

        await settled(rig, "Apply all 4 changes", "apply");
        assert.deepEqual(await texts(folder, "cart.ts", "shop.ts"), [CHANGED, SHOP.replace("pop", "shift")]);
        assert.equal(readFileSync(tax, "utf8"), NEW);
        assert.match(last(rig)?.stateWords ?? "", /^Applied to .*cart\.ts, .*shop\.ts, .*tax\.ts\./);
        assert.equal(last(rig)?.blockNotes.filter(({ words }) => words.startsWith("Applied to ")).length, 4);
        reports.clear();
        await eventually("the errors", () => last(rig)?.stateWords.endsWith("Errors fixed: 1, new: 0.") || undefined);

        const turn = last(rig);
        await rig.say({ type: "way", turn: turn?.id ?? "", way: wayOf(turn, "Apply all 4 changes") });
        assert.equal(last(rig)?.stateWords, "There is nothing to change: the files have all of it.");
      } finally {
        reports.dispose();
      }
    },
  ),
  chatting(
    "where one of the changes is refused none is applied, it is said which and why, and the others are applied only when asked for",
    { "cart.ts": CART, "shop.ts": SHOP },
    answering(
      ["cart.ts", COUNT],
      ["shop.ts", "export function sell(): number {\n  return 0;\n}\n"],
      ["cart.ts", FIRST],
    ),
    async (rig, _, folder) => {
      const id = await asked(rig, folder);
      await rig.say({ type: "way", turn: id, way: wayOf(last(rig), "Apply all 3 changes") });
      assert.match(last(rig)?.stateWords ?? "", /^Nothing was applied\. Refused: 1 of 3 changes \(.*shop\.ts\)\./);
      const note = last(rig)?.blockNotes.find(({ words }) => words.startsWith("Not applied: "));
      assert.match(note?.words ?? "", /shop\.ts would lose code/);
      assert.deepEqual(
        note?.ways.map(({ label }) => label),
        ["Show the change anyway"],
      );
      assert.deepEqual(await texts(folder, "cart.ts", "shop.ts"), [CART, SHOP]);
      await settled(rig, "Apply the other 2", "apply");
      assert.deepEqual(await texts(folder, "cart.ts", "shop.ts"), [CHANGED, SHOP]);
      assert.match(last(rig)?.stateWords ?? "", /^Applied to [^,]*cart\.ts\./);
    },
  ),
  chatting(
    "a file that is changed while the preview is open, or made where one was to be new, keeps all others from being changed",
    { "cart.ts": CART, "shop.ts": SHOP },
    answering(...THREE),
    async (rig, _, folder) => {
      await vscode.window.showTextDocument(folder.uri("cart.ts"), { preview: false });
      await asked(rig, folder);
      await settled(rig, "Apply all 4 changes", "apply", async () => {
        const edit = new vscode.WorkspaceEdit();
        edit.insert(folder.uri("cart.ts"), new vscode.Position(0, 0), "// mine\n");
        assert.ok(await vscode.workspace.applyEdit(edit));
      });
      assert.match(last(rig)?.stateWords ?? "", /^Not applied: .*cart\.ts has changed since\. Apply it again\.$/);
      assert.deepEqual(await texts(folder, "cart.ts", "shop.ts"), [`// mine\n${CART}`, SHOP]);
      assert.equal(existsSync(folder.uri("deep/tax.ts").fsPath), false);

      await settled(rig, "Apply all 4 changes", "apply", async () => {
        await vscode.workspace.fs.writeFile(folder.uri("deep/tax.ts"), Buffer.from("// mine\n"));
      });
      assert.match(last(rig)?.stateWords ?? "", /^Not applied: there is a file .*tax\.ts now/);
      assert.deepEqual(await texts(folder, "cart.ts", "shop.ts"), [`// mine\n${CART}`, SHOP]);
      assert.equal(readFileSync(folder.uri("deep/tax.ts").fsPath, "utf8"), "// mine\n");
      await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },
  ),
  chatting(
    "files that are ignored or secret, in Git's folder or outside of the workspace are refused, and nothing is applied",
    { ".gitignore": "out.ts\n", "out.ts": CART, "cart.ts": CART },
    answering(
      ["cart.ts", COUNT],
      ["out.ts", COUNT],
      [".git/hooks/run.ts", NEW],
      [".ssh/id.ts", NEW],
      ["../../../evil.ts", NEW],
    ),
    async (rig, _, folder) => {
      const id = await asked(rig, folder);
      await rig.say({ type: "way", turn: id, way: wayOf(last(rig), "Apply all 5 changes") });
      const notes = last(rig)?.blockNotes.map(({ words }) => words) ?? [];
      assert.match(notes[1] ?? "", /^Not applied: .*out\.ts is ignored or secret\.$/);
      for (const at of [2, 3]) assert.match(notes[at] ?? "", /^Not applied: the chat creates no file/);
      assert.match(notes[4] ?? "", /^Not applied: there is no file/);
      assert.match(last(rig)?.stateWords ?? "", /Refused: 4 of 5 changes/);
      wayOf(last(rig), "Apply the other one");
      assert.deepEqual(await texts(folder, "cart.ts"), [CART]);
    },
  ),
  chatting(
    "what the editor or tools run by themselves is left out of all changes with the reason, new or not, and made alone only by who has been told",
    { "cart.ts": CART, "package.json": '{ "scripts": { "test": "a" } }\n' },
    answering(
      ["cart.ts", COUNT],
      [".vscode/tasks.json", TASKS],
      [".github/workflows/run.yml", "on: push\n"],
      ["package.json", '{ "scripts": { "test": "a", "postinstall": "b" } }\n'],
    ),
    async (rig, _, folder) => {
      const id = await asked(rig, folder);
      await rig.say({ type: "way", turn: id, way: wayOf(last(rig), "Apply all 4 changes") });
      const notes = last(rig)?.blockNotes ?? [];
      const left = "It is left out here: apply it alone.";
      assert.match(notes[1]?.words ?? "", new RegExp(`tasks\\.json says is used by the editor itself.* ${left}$`));
      assert.match(notes[2]?.words ?? "", /run\.yml says is run by the server/);
      assert.match(
        notes[3]?.words ?? "",
        /package\.json gets scripts that are run when packages are installed: postinstall\./,
      );
      assert.match(last(rig)?.stateWords ?? "", /Refused: 3 of 4 changes/);
      await settled(rig, "Apply the other one", "apply");
      assert.deepEqual(await texts(folder, "cart.ts"), [CART.replace("return 0", "return items.length")]);

      const tasks = folder.uri(".vscode/tasks.json").fsPath;
      const { showWarningMessage } = vscode.window;
      const told: string[] = [];
      let answer: string | undefined;
      Object.assign(vscode.window, { showWarningMessage: async (words: string) => (told.push(words), answer) });
      try {
        const line = notes[1]?.line ?? -1;
        await rig.say({ type: "block", turn: id, line, action: "apply" });
        const note = () => last(rig)?.blockNotes.find((each) => each.line === line);
        assert.match(note()?.words ?? "", /tasks\.json says is used by the editor itself.*tasks\.json is a new file/);
        const accept = note()?.ways.find(({ label }) => label === "Accept")?.id ?? -1;
        await rig.say({ type: "way", turn: id, way: accept });
        assert.equal(existsSync(tasks), false, "it waits where that is dismissed");
        answer = "Create it";
        await rig.say({ type: "way", turn: id, way: accept });
        assert.equal(existsSync(tasks), true);
        assert.equal(told.length, 2);
        assert.match(told[0] ?? "", /tasks\.json says is used by the editor itself: it can start programs/);
      } finally {
        Object.assign(vscode.window, { showWarningMessage });
      }
    },
  ),
  chatting(
    "a file that can't be changed is refused",
    { "cart.ts": CART, "shop.ts": SHOP },
    answering(["cart.ts", COUNT], ["shop.ts", SELL]),
    async (rig, _, folder) => {
      const files = vscode.workspace.getConfiguration("files");
      const { Workspace } = vscode.ConfigurationTarget;
      const path = folder.uri("shop.ts").fsPath;
      chmodSync(path, 0o444);
      await files.update("readonlyFromPermissions", true, Workspace);
      try {
        const id = await asked(rig, folder);
        await rig.say({ type: "way", turn: id, way: wayOf(last(rig), "Apply all 2 changes") });
        assert.match(last(rig)?.blockNotes.at(-1)?.words ?? "", /shop\.ts can't be changed\.$/);
        assert.match(last(rig)?.stateWords ?? "", /^Nothing was applied\./);
      } finally {
        await files.update("readonlyFromPermissions", undefined, Workspace);
        chmodSync(path, 0o644);
        writeFileSync(path, SHOP);
      }
    },
  ),
];
