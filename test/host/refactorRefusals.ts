/** Edits that are not asked for, or not applied, and what the user is told then. */

import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import * as vscode from "vscode";
import { editWithInstruction } from "../../src/extension/editInstruction.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { eventually } from "./editor.ts";
import { asked, CART, DONE, REPLY, whole } from "./refactorEditRig.ts";
import { lensTitles, noPreview, previewWith, refactoring, withMessages } from "./refactorRig.ts";

export const refactorRefusalTests: readonly HostTest[] = [
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
];
