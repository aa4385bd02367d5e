/** What an edit is about where nothing is selected. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import { noPreview, previewWith, type RefactorRig, refactoring, withMessages } from "./refactorRig.ts";

const CART = `import { log } from "./log";

export class Cart {
  items = 0;

  /**
   * Counts them.
   */
  @logged
  count(): number {
    return this.items;
  }
}
${"\n// More.\n".repeat(200)}`;
const LONG = Array.from({ length: 2_000 }, (_, at) => `Sentence ${at}.`).join("\n");
const SCRIPT = `first\nhead {\n  one\n}\n${LONG}`;

/** Nothing of it is applied. */
const answer = () => ({ pieces: ["There is nothing to do."] });

/** The lines that the model is asked to change when the caret is in the line with these words; a sentence where it is not asked. */
async function askedAt({ editor, folder, server }: RefactorRig, file: string, words: string): Promise<string> {
  const { document } = await vscode.window.showTextDocument(folder.uri(file));
  const caret = document.positionAt(document.getText().indexOf(words));
  const before = server.asked.length;
  let sentence = "";
  await withMessages(undefined, async (told) => {
    await editor.edit({ document, range: new vscode.Range(caret, caret), wish: "Do it" });
    sentence = told.join();
  });
  if (server.asked.length === before) return sentence;
  await noPreview();
  const question = server.asked.at(-1)?.messages.at(-1)?.content;
  return /The code to change, (.*):/.exec(String(question))?.[1] ?? "";
}

/** While this runs a language service tells these lines of a file, from 0, as functions. */
async function withService(
  pattern: string,
  ranges: readonly (readonly [from: number, to: number])[],
  use: () => Promise<void>,
): Promise<void> {
  const provideDocumentSymbols = () =>
    ranges.map(([from, to]) => {
      const range = new vscode.Range(from, 0, to, 1);
      return new vscode.DocumentSymbol("it", "", vscode.SymbolKind.Function, range, range);
    });
  const service = vscode.languages.registerDocumentSymbolProvider({ pattern }, { provideDocumentSymbols });
  try {
    await use();
  } finally {
    service.dispose();
  }
}

export const refactorCaretTests: readonly HostTest[] = [
  refactoring(
    "at an empty line outside of any definition new code is asked for, also in a long file, and stands there",
    { "long.ts": `const a = 1;\n\nfunction f() {\n  return a;\n}\n${"\n// More.\n".repeat(400)}` },
    () => ({ pieces: ["```ts\nfunction g() {\n  return 2;\n}\n```\n"] }),
    async ({ editor, previews, folder, server }) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("long.ts"));
      const before = document.getText();
      await editor.edit({ document, range: new vscode.Range(1, 0, 1, 0), wish: "Add g" });
      await previewWith("function g");
      const question = String(server.asked.at(-1)?.messages.at(-1)?.content);
      assert.match(question, /New code is to go into line 2, which is empty: below the line const a = 1; and above/);
      await previews.act("acceptAll", undefined, undefined);
      await noPreview();
      assert.equal(document.getText(), before.replace("\n\n", "\n\nfunction g() {\n  return 2;\n}\n\n"));
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },
  ),
  refactoring(
    "the model is told the part of a line that is selected, and the line of the caret",
    { "cart.ts": CART },
    answer,
    async ({ editor, folder, server }) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      const asked = async (range: vscode.Range): Promise<string> => {
        await withMessages(undefined, () => editor.edit({ document, range, wish: "Do it" }));
        await noPreview();
        return String(server.asked.at(-1)?.messages.at(-1)?.content);
      };
      const row = CART.split("\n").findIndex((line) => line.includes("return this.items"));
      const part = await asked(new vscode.Range(row, 11, row, 21));
      assert.match(part, /this part of it, which is selected:\n```typescript\nthis\.items\n```/);
      assert.match(
        await asked(new vscode.Range(row, 8, row, 8)),
        /The caret is in line \d+ of it: return this\.items;/,
      );
    },
  ),
  refactoring(
    "at a caret a method is changed with its comment and decorators, also where a language service tells neither",
    { "cart.ts": CART },
    answer,
    async (rig) => {
      const ranges = [[2, 12] as const, [9, 11] as const];
      await withService("**/cart.ts", ranges, async () => {
        for (const words of ["Counts them", "@logged", "count(): number", "return this"])
          assert.equal(await askedAt(rig, "cart.ts", words), "lines 6 to 12", words);
      });
    },
  ),
  refactoring(
    "of a long file without a grammar the block at the caret is changed, and never all of it",
    { "script.zzz": SCRIPT, "notes.txt": LONG, "short.txt": "One.\nTwo.\n" },
    answer,
    async (rig) => {
      assert.equal(await askedAt(rig, "script.zzz", "one"), "lines 2 to 4");
      const sentence =
        "No definition of at most 400 lines is at the caret, and the file is long. Select what is to be changed.";
      assert.equal(await askedAt(rig, "script.zzz", "Sentence 3."), sentence);
      assert.equal(await askedAt(rig, "notes.txt", "Sentence 1000."), sentence);
      assert.equal(rig.server.asked.length, 1);
      assert.equal(await askedAt(rig, "short.txt", "Two"), "all of the file");
    },
  ),
  refactoring(
    "where there is no grammar, what a language service tells is changed",
    { "script.zzz": SCRIPT },
    answer,
    async (rig) => {
      await withService("**/script.zzz", [[0, 3]], async () => {
        assert.equal(await askedAt(rig, "script.zzz", "one"), "lines 1 to 4");
      });
    },
  ),
];
