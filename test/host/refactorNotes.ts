/** What is said of an edit, above its preview and elsewhere, and what its keys do where they have nothing to do. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import { noPreview, previewWith, refactoring, withMessages } from "./refactorRig.ts";

const CART = "export function count(items: string[]): number {\n  return 0;\n}\n\nexport const two = 2;\n";
const CODE = "export function count(items: string[]): number {\n  return items.length;\n}\n";

const whole = (document: vscode.TextDocument) => document.validateRange(new vscode.Range(0, 0, 9_999, 0));

export const refactorNoteTests: readonly HostTest[] = [
  refactoring(
    "an answer that is code without a fence is offered, and one that is prose is told",
    { "cart.ts": CART },
    (_, count) => ({ pieces: [count === 0 ? CODE : "It counts the items already."] }),
    async ({ editor, previews, folder }) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await editor.edit({ document, range: new vscode.Range(0, 0, 3, 0), wish: "Count them" });
      await previewWith("items.length");
      await previews.act("rejectAll", undefined, undefined);
      await noPreview();
      await withMessages(undefined, async (told) => {
        await editor.edit({ document, range: whole(document), wish: "Count them" });
        assert.match(told.join(), /wrote no code.*It says: It counts the items already\./);
      });
    },
  ),
];
