/** Reviews as comments. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { suggestNames } from "../../src/extension/renameSymbol.ts";
import { fixFinding, reviewCode } from "../../src/extension/review.ts";
import { reviewChanges } from "../../src/extension/reviewChanges.ts";
import type { ReviewComments } from "../../src/extension/reviewComments.ts";
import { ReviewOutcome } from "../../src/extension/reviewOutcome.ts";
import { FindingShower } from "../../src/extension/reviewShowing.ts";
import { placeOf } from "../../src/extension/refactorPlaces.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { eventually } from "./editor.ts";
import { noPreview, previewWith } from "./refactorRig.ts";
import { askedAndTold, changedInGit, needsOf, reviewing } from "./reviewRig.ts";

const CART = `export function total(items: number[]): number {
  let sum = 0;
  for (let i = 0; i <= items.length; i++) sum += items[i] ?? 0;
  return sum;
}
`;
const LOOP = "for (let i = 0; i <= items.length; i++) sum += items[i] ?? 0;";
const FOUND = `- **low** 2 \`let sum = 0;\`: [click](command:workbench.action.quit)
- **high** 99 \`${LOOP}\`: reads past the end; use \`<\`.
- **medium** somewhere: nobody knows`;

/** Lines from 1, in their order. */
function shown({ threads }: ReviewComments): readonly (readonly [number, string])[] {
  return threads
    .map(({ range, label = "" }) => [(range?.start.line ?? -1) + 1, label] as const)
    .toSorted(([one], [other]) => one - other);
}

const wordsOf = (thread: vscode.CommentThread | undefined): string =>
  thread?.comments.map(({ body }) => (typeof body === "string" ? body : body.value)).join("\n") ?? "";

async function insert(document: vscode.TextDocument, line: number, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(line, 0), text);
  await vscode.workspace.applyEdit(edit);
}

export const refactorReviewTests: readonly HostTest[] = [
  reviewing(
    "a review's findings stand as comments on the lines that they quote, and follow what is written",
    { "cart.ts": CART },
    () => ({ pieces: [FOUND] }),
    async (rig) => {
      const { comments, server, folder } = rig;
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await reviewCode(needsOf(rig), await placeOf([]));
      assert.match(JSON.stringify(server.asked[0]?.messages), /3\| {3}for \(let i/);
      assert.deepEqual(shown(comments), [
        [1, "Medium"],
        [2, "Low"],
        [3, "High"],
      ]);
      const low = comments.threads.find(({ label }) => label === "Low");
      assert.match(wordsOf(low), /\\\[click\\\]\\\(command\\:/);
      assert.equal(low?.canReply, false);
      for (const { comments: all } of comments.threads)
        for (const { body } of all) assert.ok(typeof body !== "string" && !body.isTrusted && !body.supportHtml);
      assert.match(wordsOf(comments.threads.find(({ label }) => label === "Medium")), /was not found/);
      await insert(document, 1, "  // one\n  // two\n");
      assert.deepEqual(
        shown(comments).map(([line]) => line),
        [1, 4, 5],
      );
      await vscode.commands.executeCommand("undo");
      assert.deepEqual(
        shown(comments).map(([line]) => line),
        [1, 2, 3],
      );
      comments.resolve(low);
      assert.equal(low?.state, vscode.CommentThreadState.Resolved);
      comments.dismiss(low);
      assert.equal(comments.findingOf(low), undefined);
      assert.equal(comments.threads.length, 2);
      comments.dismissAll();
      assert.deepEqual(comments.threads, []);
      assert.equal(document.getText(), CART);
    },
  ),
  reviewing(
    "a second review takes the place of the first; that nothing was found, or nothing could be read, is told",
    { "cart.ts": CART },
    (_, count) => ({ pieces: [[FOUND, FOUND, "No issues found.", "Sure, I can help."][count] ?? ""] }),
    async (rig) => {
      const { comments, folder } = rig;
      await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await reviewCode(needsOf(rig), await placeOf([]));
      await reviewCode(needsOf(rig), await placeOf([]));
      assert.equal(comments.threads.length, 3);
      await askedAndTold({}, async (told) => {
        await reviewCode(needsOf(rig), await placeOf([]));
        assert.match(told.join("\n"), /^The model found nothing in .*cart\.ts\.$/);
        assert.deepEqual(comments.threads, []);
        await reviewCode(needsOf(rig), await placeOf([]));
        assert.match(told.join("\n"), /without findings that could be read/);
      });
    },
  ),
  reviewing(
    "a file that is too long for the model is reviewed in parts, and a failure keeps what was found",
    { "long.ts": Array.from({ length: 300 }, (_, n) => `export function f${n}() {\n  return ${n};\n}\n`).join("\n") },
    (_, count) =>
      count < 2
        ? { pieces: [`- **high** \`export function f${count * 60}() {\`: wrong`] }
        : { pieces: [], refusal: { status: 401, message: "no" } },
    async (rig) => {
      await vscode.window.showTextDocument(rig.folder.uri("long.ts"));
      await askedAndTold({}, async (told) => {
        await reviewCode(needsOf(rig), await placeOf([]));
        await eventually("what went wrong", () => (told.length > 0 ? true : undefined));
      });
      assert.equal(rig.server.asked.length, 3);
      assert.match(JSON.stringify(rig.server.asked[1]?.messages), /, lines \d+ to \d+ of 1200/);
      assert.deepEqual(
        shown(rig.comments).map(([line]) => line),
        [1, 241],
      );
    },
    { contextTokens: 4_000, answerTokens: 500 },
  ),
  reviewing(
    "a finding is fixed by an edit of its place, which is shown first",
    { "cart.ts": CART },
    (_, count) => ({
      pieces: [count === 0 ? FOUND : `\`\`\`ts\n${CART.replace("<=", "<")}\`\`\`\nFixed.\n`],
    }),
    async (rig) => {
      const { comments, server, folder, previews } = rig;
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await reviewCode(needsOf(rig), await placeOf([]));
      const high = comments.threads.find(({ label }) => label === "High");
      await fixFinding(needsOf(rig), high);
      await previewWith("i < items.length");
      assert.match(JSON.stringify(server.asked[1]?.messages), /Problems in it:\\nline 3: error: reads past the end/);
      assert.equal(document.getText(), CART);
      await previews.act("acceptAll", undefined, undefined);
      await noPreview();
      assert.equal(document.getText(), CART.replace("<=", "<"));
      assert.deepEqual(shown(comments)[2], [3, "High"]);
    },
  ),
  reviewing(
    "nothing of an ignored file is sent for a review or for names",
    { ".env": "KEY=secret\n" },
    () => ({ pieces: [""] }),
    async (rig) => {
      await vscode.window.showTextDocument(rig.folder.uri(".env"));
      await askedAndTold({}, async (told) => {
        await reviewCode(needsOf(rig), await placeOf([]));
        await suggestNames(needsOf(rig), await placeOf([]));
        assert.equal(told.filter((each) => each.includes("ignored or secret")).length, 2);
      });
      assert.equal(rig.server.asked.length, 0);
    },
  ),
  reviewing(
    "changes are reviewed where they are, each finding in its file",
    { "cart.ts": CART.replace("<=", "<"), "two.ts": "export const two = 2;\n" },
    () => ({
      pieces: [`- **high** cart.ts:3 \`${LOOP}\`: past the end\n- **low** two.ts \`export const two = 3;\`: why`],
    }),
    async (rig) => {
      const { folder, comments, server } = rig;
      await changedInGit(folder, { "cart.ts": CART, "two.ts": "export const two = 3;\n" });
      await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await reviewChanges(needsOf(rig), false);
      const sent = JSON.stringify(server.asked[0]?.messages);
      assert.match(sent, /3\| \+ {2}for \(let i/);
      assert.deepEqual(
        comments.threads.map(({ uri, range }) => [uri.path.split("/").at(-1), range?.start.line]),
        [
          ["cart.ts", 2],
          ["two.ts", 0],
        ],
      );
    },
  ),
  reviewing(
    "what an earlier part of a review has found in a file stays where the file was closed and opened again meanwhile",
    { "cart.ts": CART },
    () => ({ pieces: [""] }),
    async (rig) => {
      const { comments, folder } = rig;
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      const shower = new FindingShower(needsOf(rig), new ReviewOutcome("cart.ts"));
      const lines = CART.split("\n");
      const show = (text: string, shown: vscode.TextDocument): Promise<void> =>
        shower.show({ text, isCut: false }, [{ path: "cart.ts", lines, from: 0, to: lines.length }], [shown]);
      await show("- **high** 2 `let sum = 0;`: wrong", document);
      await show("- **low** 4 `return sum;`: wrong", new Proxy(document, {}));
      assert.equal(comments.threads.length, 2);
      await new FindingShower(needsOf(rig), new ReviewOutcome("cart.ts")).show(
        { text: "None.", isCut: false },
        [],
        [document],
      );
      assert.equal(comments.threads.length, 0);
    },
  ),
  reviewing(
    "a finding stands at the line that was meant, also where lines were written above it while the model answered",
    { "cart.ts": `${CART}${"// between\n".repeat(40)}${CART}` },
    () => ({ pieces: ["- **high** ", "49 `return sum;`: wrong"], delayMs: 500 }),
    async (rig) => {
      const { comments, server, folder } = rig;
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      assert.match(document.lineAt(48).text, /return sum;/);
      const reviewed = reviewCode(needsOf(rig), await placeOf([]));
      await eventually("the question", () => server.asked.length > 0 || undefined);
      await insert(document, 0, "// above\n".repeat(44));
      await reviewed;
      assert.deepEqual(shown(comments), [[49 + 44, "High"]]);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },
  ),
];
