/** While an edit by a model comes or is shown, the user writes into the file, saves, refines, stops or closes. */

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import { eventually } from "./editor.ts";
import {
  asked,
  CART,
  fn,
  names,
  onDisk,
  REPLY,
  THREE,
  THREE_NEW,
  THREE_REPLY,
  typeAt,
  whole,
} from "./refactorEditRig.ts";
import { lensTitles, noPreview, previewWith, refactoring, withMessages } from "./refactorRig.ts";

export const refactorMeanwhileTests: readonly HostTest[] = [
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
    "a model that says the same block again and again is stopped, and its block is shown",
    { "cart.ts": CART },
    () => ({ pieces: Array.from({ length: 100 }, () => REPLY), delayMs: 100 }),
    async (rig) => {
      await asked(rig, "cart.ts");
      assert.equal((await lensTitles())[4], "hunks left: 1 of 1");
      await eventually("an answer that nobody waits for", () => (rig.server.aborted === 1 ? true : undefined));
    },
  ),
];
