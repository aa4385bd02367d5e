/** Having a failing test mended: the one that failed is found, and the code that it is about is changed. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { fixFailure } from "../../src/extension/fixFailure.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { noPreview, previewWith, refactoring, type RefactorRig } from "./refactorRig.ts";
import { answering, labels, nothingRan, ran } from "./terminalHelpRig.ts";

const CART =
  "export function count(items: string[]): number {\n  return items.length + 1;\n}\n\nexport const two = 2;\n";
const TEST =
  'import { count } from "./cart";\n\ntest("counts the items", () => {\n  expect(count(["a"])).toBe(1);\n});\n';
const FIXED = "```ts\nexport function count(items: string[]): number {\n  return items.length;\n}\n```\n";
const fixed = () => ({ pieces: [FIXED] });

async function accepted({ previews, folder }: RefactorRig): Promise<string> {
  await previewWith("return items.length;");
  await previews.act("acceptAll", undefined, undefined);
  await noPreview();
  return (await vscode.workspace.openTextDocument(folder.uri("cart.ts"))).getText();
}

export const terminalFixTests: readonly HostTest[] = [
  refactoring(
    "a test that failed in the test explorer is mended in the code that it imports, not in the test",
    { "cart.ts": CART, "cart.test.ts": TEST },
    fixed,
    async (rig) => {
      const { editor, folder, server } = rig;
      const controller = vscode.tests.createTestController("pairwise-host-tests", "Host tests");
      try {
        const uri = folder.uri("cart.test.ts");
        const item = controller.createTestItem("counts", "counts the items", uri);
        item.range = new vscode.Range(2, 0, 4, 3);
        controller.items.add(item);
        const message = vscode.TestMessage.diff("expected 2 to be 1", "1", "2");
        message.location = new vscode.Location(uri, new vscode.Position(3, 22));
        const run = controller.createTestRun(new vscode.TestRunRequest([item]));
        run.failed(item, message);
        run.end();
        await answering({ picks: [/cart\.ts/] }, async ({ picks, titles }) => {
          await fixFailure({ editor, terminals: nothingRan, ignored: folder.ignored }, { test: item, message });
          assert.deepEqual(titles, ["What is to be changed, so that “counts the items” passes?"]);
          const shown = labels(picks[0]).map((label) => label.replace(/ \S*\/(?=cart)/, " "));
          assert.deepEqual(shown, [
            "$(file-code) cart.ts | imported by the test, or named like it",
            "$(beaker) cart.test.ts | the test itself",
          ]);
        });
        const text = await accepted(rig);
        assert.equal(text, CART.replace(" + 1", ""));
        const asked = String(server.asked[0]?.messages.at(-1)?.content);
        assert.match(asked, /Failing test: counts the items/);
        assert.match(asked, /expected 2 to be 1\nExpected: 1\nActual: 2/);
        assert.match(asked, /The test, .*cart\.test\.ts from line 1:/);
        assert.match(asked, /expect\(count\(\["a"\]\)\)\.toBe\(1\)/);
        assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), TEST);
      } finally {
        controller.dispose();
      }
    },
  ),
  refactoring(
    "of several failing tests in a terminal the user chooses one, and the code is changed around the line where it failed",
    { "cart.ts": CART, "cart.test.ts": TEST, "other.test.ts": "" },
    fixed,
    async (rig) => {
      const { editor, folder, server } = rig;
      const raw = `  ● first\r\n\r\n    Error: one\r\n\r\n      at f (${folder.uri("other.test.ts").fsPath}:1:1)\r\n\r\n  ● second\r\n\r\n    Error: two\r\n\r\n      at count (${folder.uri("cart.ts").fsPath}:2:10)\r\n      at Object.t (${folder.uri("cart.test.ts").fsPath}:4:10)\r\n`;
      await answering({ picks: [/second/, /cart\.ts/] }, async ({ picks }) => {
        await fixFailure({ editor, terminals: ran("npx jest", raw), ignored: folder.ignored });
        assert.deepEqual(labels(picks[0]), ["first | Error: one", "second | Error: two"]);
        assert.match(labels(picks[1])[0] ?? "", /cart\.ts \| line 2, in count$/);
      });
      assert.equal(await accepted(rig), CART.replace(" + 1", ""));
      const asked = String(server.asked[0]?.messages.at(-1)?.content);
      assert.match(asked, /The code to change, lines 1 to [23]:/);
      assert.match(asked, /In this file it goes through line 2\./);
      assert.doesNotMatch(asked, /Error: one/);
    },
  ),
  refactoring(
    "the test itself is changed where the user chooses it",
    { "cart.ts": CART, "cart.test.ts": TEST },
    () => ({ pieces: [`\`\`\`ts\n${TEST.replace("toBe(1)", "toBe(2)")}\`\`\`\n`] }),
    async ({ editor, folder, server }) => {
      const raw = `TypeError: x\n    at Object.t (${folder.uri("cart.test.ts").fsPath}:4:10)\n`;
      await answering({ picks: [/cart\.test\.ts/] }, () =>
        fixFailure({ editor, terminals: ran("npx jest", raw), ignored: folder.ignored }),
      );
      await previewWith("toBe(2)");
      assert.match(String(server.asked[0]?.messages.at(-1)?.content), /it is the test that is wrong/);
    },
  ),
  refactoring(
    "files that are ignored, outside of the folder or of a package are not read, and that is said; nothing is sent",
    { ".gitignore": "hidden.ts\n", "hidden.ts": CART, "node_modules/a/index.js": "x\n" },
    fixed,
    async ({ editor, folder, server }) => {
      const needs = { editor, ignored: folder.ignored };
      const at = (path: string): string => `Error: x\n    at f (${path}:1:1)\n`;
      await answering({}, async ({ told }) => {
        await fixFailure({ ...needs, terminals: ran("t", at(folder.uri("hidden.ts").fsPath)) });
        assert.match(told[0] ?? "", /is ignored or secret: nothing of it is read or sent/);
        await fixFailure({ ...needs, terminals: ran("t", at("/etc/profile.js")) });
        await fixFailure({ ...needs, terminals: ran("t", at("../../../etc/passwd.js")) });
        await fixFailure({ ...needs, terminals: ran("t", at(folder.uri("node_modules/a/index.js").fsPath)) });
        for (const words of told.slice(1)) assert.match(words, /^Which code the test is about can't be told/);
        assert.equal(told.length, 4);
      });
      assert.equal(server.asked.length, 0);
    },
  ),
  refactoring(
    "where an output tells of no failing test the user is asked to paste one, and told where that tells of none either",
    {},
    fixed,
    async ({ editor, folder, server }) => {
      const before = await vscode.env.clipboard.readText();
      try {
        await vscode.env.clipboard.writeText("all is well");
        await answering({ button: "Paste from the Clipboard" }, async ({ told }) => {
          await fixFailure({ editor, terminals: ran("ls", "a b\r\n"), ignored: folder.ignored });
          assert.match(told[0] ?? "", /^The last command in this terminal \(\$ ls\) tells of no failing test\. Copy/);
          assert.match(told[1] ?? "", /^No failing test and no place in code can be told/);
        });
        assert.equal(server.asked.length, 0);
      } finally {
        await vscode.env.clipboard.writeText(before);
      }
    },
  ),
];
