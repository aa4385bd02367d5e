/** Tests that are written: where they go, with what framework, and what of it is there before it is confirmed. */

import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import type { ChatFolder } from "./chatFolder.ts";
import { eventually } from "./editor.ts";
import { pause } from "./files.ts";
import { withMessages } from "./refactorRig.ts";
import { accepted, acting, lastQuestion, selecting } from "./refactorActionsRig.ts";

const CART = "export function count(items: string[]): number {\n  return items.length;\n}\n";
const TESTS = 'import { test } from "vitest";\n\ntest("counts", () => {});\n';
const block = (code: string, language = "ts"): string => `\`\`\`${language}\n${code}\`\`\`\n`;
const VITEST = '{ "devDependencies": { "vitest": "1" } }';

/** Confirms, or discards, what VS Code's preview of refactorings shows. */
export async function settlePreview(done: Thenable<unknown>, isWanted: boolean): Promise<void> {
  let isDone = false;
  void done.then(() => (isDone = true));
  // It tells nobody when it is there.
  await pause(PREVIEW_MS);
  await eventually("an end of the preview", async () => {
    await vscode.commands.executeCommand("refactorPreview.focus");
    if (isWanted) await vscode.commands.executeCommand("refactorPreview.apply");
    else await vscode.commands.executeCommand("refactorPreview.discard");
    return isDone || undefined;
  });
}

/** New tests for `from` are at `to` when they are confirmed, and not before. */
function made(
  name: string,
  files: Readonly<Record<string, string>>,
  [from, to]: readonly [from: string, to: string],
  [tests, language]: readonly [tests: string, language: string],
  told: RegExp,
): HostTest {
  return acting(
    name,
    files,
    () => ({ pieces: [block(tests, language)] }),
    async (server, folder) => {
      await vscode.window.showTextDocument(folder.uri(from));
      const done = vscode.commands.executeCommand("pairwise.writeTests");
      await eventually("a question", () => server.asked.length > 0 || undefined);
      assert.ok(!existsSync(folder.uri(to).fsPath), "before it is confirmed");
      await settlePreview(done, true);
      assert.equal(textAt(folder, to), tests);
      assert.match(lastQuestion(server), told);
      assert.equal(textAt(folder, from), files[from]);
    },
  );
}

/** On the disk, or in its editor if that has not been saved. */
export function textAt(folder: ChatFolder, name: string): string | undefined {
  const uri = folder.uri(name);
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  return document?.getText() ?? (existsSync(uri.fsPath) ? readFileSync(uri.fsPath, "utf8") : undefined);
}

export const refactorWriteTests: readonly HostTest[] = [
  made(
    "new tests stand beside the code as the project's others do, with its framework",
    { "package.json": VITEST, "src/cart.ts": CART, "src/shop.spec.ts": "import { it } from 'vitest';\n" },
    ["src/cart.ts", "src/cart.spec.ts"],
    [TESTS, "ts"],
    /tests with Vitest[^]*src\/cart\.spec\.ts[^]*"\.\/cart\.ts"/,
  ),
  made(
    "new tests of Java stand in the tree of tests, with the JUnit of the build",
    { "pom.xml": "<artifactId>junit</artifactId>", "src/main/java/shop/Cart.java": "package shop;\n\nclass Cart {}\n" },
    ["src/main/java/shop/Cart.java", "src/test/java/shop/CartTest.java"],
    ["package shop;\n\nclass CartTest {}\n", "java"],
    /tests with JUnit 4/,
  ),
  acting(
    "tests that are discarded leave nothing",
    { "package.json": VITEST, "cart.ts": CART },
    () => ({ pieces: [block(TESTS)] }),
    async (server, folder) => {
      await vscode.window.showTextDocument(folder.uri("cart.ts"));
      const done = vscode.commands.executeCommand("pairwise.writeTests");
      await eventually("a question", () => server.asked.length > 0 || undefined);
      await settlePreview(done, false);
      assert.equal(textAt(folder, "cart.test.ts"), undefined);
    },
  ),
  ...(["before", "after"] as const).map((when) =>
    acting(
      `a file that is there by the time the tests are, ${when} they are shown, stays, and they come in a new document`,
      { "package.json": VITEST, "cart.ts": CART },
      () => ({ pieces: [block(TESTS)], delayMs: 500 }),
      async (server, folder) => {
        await vscode.window.showTextDocument(folder.uri("cart.ts"));
        const make = (): void => writeFileSync(folder.uri("cart.test.ts").fsPath, "// mine\n");
        await withMessages(undefined, async (told) => {
          const done = vscode.commands.executeCommand("pairwise.writeTests");
          await eventually("a question", () => server.asked.length > 0 || undefined);
          if (when === "before") make();
          else {
            await pause(PREVIEW_MS);
            make();
            await settlePreview(done, true);
          }
          await done;
          assert.equal(readFileSync(folder.uri("cart.test.ts").fsPath, "utf8"), "// mine\n");
          const { document } = vscode.window.activeTextEditor ?? {};
          assert.deepEqual([document?.uri.scheme, document?.getText()], ["untitled", TESTS]);
          assert.match(told.join("\n"), /^There is a file .*cart\.test\.ts now, and it stays as it is\./);
        });
        await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
      },
    ),
  ),
  acting(
    "tests are added to the file that has some",
    {
      "cart.py": "def count(items):\n    return len(items)\n",
      "test_cart.py": "import pytest\n\n\ndef test_none():\n    assert count([]) == 0\n",
    },
    () => ({
      pieces: [
        block(
          "import pytest\n\n\ndef test_none():\n    assert count([]) == 0\n\n\ndef test_one():\n    assert count([1]) == 1\n",
          "python",
        ),
      ],
    }),
    async (server, folder) => {
      await vscode.window.showTextDocument(folder.uri("cart.py"));
      const tests = await vscode.workspace.openTextDocument(folder.uri("test_cart.py"));
      const text = await accepted(tests, () => vscode.commands.executeCommand("pairwise.writeTests"));
      assert.equal(
        text,
        "import pytest\n\n\ndef test_none():\n    assert count([]) == 0\n\n\ndef test_one():\n    assert count([1]) == 1\n",
      );
      assert.match(lastQuestion(server), /Add tests for this code of .*cart\.py[^]*return len\(items\)[^]*Use pytest/);
    },
  ),
  acting(
    "tests of Rust go into the file itself",
    { "Cargo.toml": '[package]\nname = "cart"\n', "src/lib.rs": "pub fn one() -> u8 {\n    1\n}\n" },
    () => ({
      pieces: [
        block(
          "pub fn one() -> u8 {\n    1\n}\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn is_one() {\n        assert_eq!(one(), 1);\n    }\n}\n",
          "rust",
        ),
      ],
    }),
    async (server, folder) => {
      const { document } = await selecting(folder.uri("src/lib.rs"), "pub");
      if (vscode.window.activeTextEditor) vscode.window.activeTextEditor.selection = new vscode.Selection(0, 0, 0, 0);
      const text = await accepted(document, () => vscode.commands.executeCommand("pairwise.writeTests"));
      assert.equal(
        text,
        "pub fn one() -> u8 {\n    1\n}\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn is_one() {\n        assert_eq!(one(), 1);\n    }\n}\n",
      );
      assert.match(lastQuestion(server), /Add tests for the code of this file\.?[^]*#\[cfg\(test\)\]/);
    },
  ),
  acting(
    "where nothing says where tests belong, they are a new document that is nowhere yet",
    { "cart.lua": "function one()\n  return 1\nend\n" },
    () => ({ pieces: [block("assert(one() == 1)\n", "lua")] }),
    async (server, folder) => {
      await vscode.window.showTextDocument(folder.uri("cart.lua"));
      await vscode.commands.executeCommand("pairwise.writeTests");
      const document = vscode.window.activeTextEditor?.document;
      assert.deepEqual([document?.isUntitled, document?.getText()], [true, "assert(one() == 1)\n"]);
      assert.equal(server.asked.length, 1);
    },
  ),
];

const PREVIEW_MS = 2_000;
