/** What a question says counts for what is asked of the model, and for what an answer's block may do. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { docConvention } from "../../src/edit/docConventions.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { chatting } from "./chatRig.ts";

const CART = `import { log } from "./log";

export function count(items: string[]): number {
  log("counting");
  return items.length;
}

export function isEmpty(items: string[]): boolean {
  log("looking");
  return items.length === 0;
}

export const limit = 10;
`;
const WITHOUT = CART.replace(/export function isEmpty[^}]*}\n\n/, "");

const CALL = "  call(() => {\n    return 1;\n  });\n";
const CALLS = `function one() {\n${CALL}}\n\nfunction two() {\n${CALL}}\n`;

export const chatWishTests: readonly HostTest[] = [
  chatting(
    "what a question asks to remove may go, and is named; without that the block is refused",
    { "cart.ts": CART },
    () => ({ pieces: [`\`\`\`ts\n${WITHOUT}\`\`\`\n`] }),
    async ({ say, answer, turns }, _, folder) => {
      const words = (): string => turns().at(-1)?.blockNotes?.[0]?.words ?? "";
      for (const [text, expected] of [
        ["Tidy this up", /^Not applied: .*would lose isEmpty/],
        ["Remove the function isEmpty", /cart\.ts: parses · removes isEmpty · /],
      ] as const) {
        await vscode.window.showTextDocument(folder.uri("cart.ts"));
        await say({ type: "send", text });
        const { id } = await answer();
        await say({ type: "block", turn: id, line: 0, action: "apply" });
        assert.match(words(), expected);
      }
    },
  ),
  chatting(
    "what is renamed is told as that, and how many errors of the file are gone",
    { "cart.ts": CART.replace("return items.length;", "return items.length);") },
    () => ({ pieces: [`\`\`\`ts\n${CART.replace("limit", "most")}\`\`\`\n`] }),
    async ({ say, answer, turns }, _, folder) => {
      await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await say({ type: "send", text: "Mend it, and rename limit to most" });
      const { id } = await answer();
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      const words = turns().at(-1)?.blockNotes?.[0]?.words ?? "";
      assert.match(words, /cart\.ts: parses · syntax errors fixed: 1 · renames limit → most · no symbol lost · /);
    },
  ),
  chatting(
    "code that stands in several places is changed where it was attached, wherever the caret is by then",
    { "calls.ts": CALLS },
    () => ({ pieces: [`\`\`\`ts\n${CALL}\`\`\`\n`.replace("return 1", "return 2")] }),
    async ({ say, answer, turns }, _, folder) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("calls.ts"));
      const second = CALLS.split("\n").lastIndexOf("  call(() => {");
      const lines = new vscode.Selection(second, 0, second + 3, 0);
      await vscode.window.showTextDocument(document, { selection: lines });
      await say({ type: "send", text: "Return 2" });
      const { id } = await answer();
      const start = new vscode.Range(0, 0, 0, 0);
      await vscode.window.showTextDocument(document, { selection: start });
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      const { words = "", ways = [] } = turns().at(-1)?.blockNotes?.[0] ?? {};
      assert.match(words, /calls\.ts: parses/);
      await say({ type: "way", turn: id, way: ways.find(({ label }) => label === "Accept")?.id ?? -1 });
      assert.deepEqual(document.getText().match(/return \d/g), ["return 1", "return 2"]);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },
  ),
  chatting(
    "documentation is asked for in the convention of what is attached, by its name or as the editor has it",
    { "cart.py": "def count(items):\n    return len(items)\n", count: "def count(items):\n    return len(items)\n" },
    () => ({ pieces: ["Done."] }),
    async ({ say, answer }, server, folder) => {
      for (const file of ["cart.py", "count"]) {
        const { document } = await vscode.window.showTextDocument(folder.uri(file));
        await vscode.languages.setTextDocumentLanguage(document, "python");
        await say({ type: "send", text: "/docs" });
        await answer();
        const question = String(server.asked.at(-1)?.messages.at(-1)?.content);
        assert.ok(question.includes(docConvention("python") ?? "no convention"), question);
      }
    },
  ),
];
