/** What the editor tells is what is counted: each change once, with who made it and where the carets were. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { EditorEventFeed } from "../../src/extension/editorEventFeed.ts";
import { applyOwnEdit } from "../../src/extension/ownWrites.ts";
import type { ChangeEvent, EditorEvent } from "../../src/productivity/editorEvents.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { closeAll, eventually, open } from "./editor.ts";
import { pause, run, type } from "./ledgerRig.ts";

interface Heard {
  readonly events: readonly EditorEvent[];
  readonly changes: () => readonly ChangeEvent[];
}

function hearing(name: string, body: (heard: Heard) => Promise<void>): HostTest {
  return {
    name,
    async run() {
      await closeAll();
      await run("workbench.action.focusActiveEditorGroup");
      const events: EditorEvent[] = [];
      const feed = new EditorEventFeed(
        (event) => events.push(event),
        () => performance.now(),
        { isComposing: () => false },
      );
      try {
        await body({
          events,
          changes: () => events.filter((event): event is ChangeEvent => event.kind === "change"),
        });
      } finally {
        feed.dispose();
        await closeAll();
      }
    },
  };
}

export const editorEventFeedTests: readonly HostTest[] = [
  hearing("a key is told with the caret where it was before, and an undo as one", async ({ changes, events }) => {
    const { document } = await open("const a = ║;\nconst b = 2;\n");
    await pause(200);
    await type("1");
    await run("undo");
    await eventually("both changes", () => (changes().length >= 2 ? true : undefined));
    const uri = document.uri.toString();
    assert.partialDeepStrictEqual(changes(), [
      {
        uri,
        languageId: "typescript",
        edits: [{ offset: 10, length: 0, text: "1" }],
        selectionsBefore: [{ from: 10, to: 10 }],
        reason: undefined,
        isDirty: true,
        isSaving: false,
        isOwn: false,
        isActive: true,
      },
      { uri, edits: [{ offset: 10, length: 1, text: "" }], reason: "undo", isOwn: false },
    ]);
    assert.ok(events.some((event) => event.kind === "active" && event.uri === uri));
    assert.ok(events.some((event) => event.kind === "opened" && event.uri === uri));
  }),
  hearing("a removed line break of two characters is told as such", async ({ changes }) => {
    const editor = await open("const a = 1;\n║const b = 2;\n");
    await editor.edit((builder) => builder.setEndOfLine(vscode.EndOfLine.CRLF));
    await pause(200);
    const before = changes().length;
    await editor.edit((builder) => builder.delete(new vscode.Range(0, 6, 1, 6)));
    await eventually("the change", () => (changes().length > before ? true : undefined));
    assert.equal(editor.document.getText(), "const b = 2;\r\n");
    assert.deepEqual(changes().at(-1)?.edits, [{ offset: 6, length: 14, longBreaks: 1, text: "" }]);
    // In a document with Unix' line breaks there are none of that length.
    await editor.edit((builder) => builder.setEndOfLine(vscode.EndOfLine.LF));
    await pause(200);
    await editor.edit((builder) => builder.delete(new vscode.Range(0, 11, 1, 0)));
    await eventually("the change", () => (changes().at(-1)?.edits[0]?.offset === 11 ? true : undefined));
    assert.deepEqual(changes().at(-1)?.edits, [{ offset: 11, length: 2, text: "" }]);
  }),
  hearing("keys that come faster than the editor tells of the caret still have one", async ({ changes }) => {
    await open("const a = ║;\n");
    await pause(200);
    await Promise.all(["a", "b", "c"].map((text) => run("type", { text })));
    await eventually("three changes", () => (changes().length >= 3 ? true : undefined));
    assert.deepEqual(
      changes().map(({ selectionsBefore, edits }) => [selectionsBefore?.[0]?.from, edits[0]?.offset]),
      [
        [10, 10],
        [11, 11],
        [12, 12],
      ],
    );
  }),
  hearing("what the product writes is its own, what another extension writes is not", async ({ changes }) => {
    const { document } = await open("one\n║");
    const insert = (text: string): vscode.WorkspaceEdit => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), text);
      return edit;
    };
    await applyOwnEdit(insert("ours "));
    await vscode.workspace.applyEdit(insert("theirs "));
    assert.deepEqual(
      changes().map(({ edits, isOwn }) => [edits[0]?.text, isOwn]),
      [
        ["ours ", true],
        ["theirs ", false],
      ],
    );
  }),
  hearing(
    "what happens while a file is saved is told so, and what comes after it is not",
    async ({ changes, events }) => {
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder);
      const uri = vscode.Uri.joinPath(folder.uri, "saved.ts");
      await vscode.workspace.fs.writeFile(uri, Buffer.from("const a = 1;\n"));
      const onSave = vscode.workspace.onWillSaveTextDocument((event) => {
        if (event.document.uri.toString() === uri.toString())
          event.waitUntil(Promise.resolve([vscode.TextEdit.insert(new vscode.Position(0, 0), "/* on save */ ")]));
      });
      try {
        const editor = await vscode.window.showTextDocument(uri);
        editor.selection = new vscode.Selection(1, 0, 1, 0);
        await pause(200);
        await type("x");
        await editor.document.save();
        await type("y");
        await eventually("all changes", () => (changes().length >= 3 ? true : undefined));
        assert.deepEqual(
          changes().map(({ edits, isSaving }) => [edits[0]?.text, isSaving]),
          [
            ["x", false],
            ["/* on save */ ", true],
            ["y", false],
          ],
        );
        assert.ok(events.some((event) => event.kind === "saved"));
      } finally {
        onSave.dispose();
        await run("workbench.action.revertAndCloseActiveEditor");
        await vscode.workspace.fs.delete(uri);
      }
    },
  ),
  hearing("output is nobody's text", async ({ events }) => {
    const channel = vscode.window.createOutputChannel("Heard by nobody");
    try {
      channel.show(true);
      channel.appendLine("a line of output");
      await pause(500);
      assert.ok(!events.some((event) => "uri" in event && event.uri?.startsWith("output:")));
    } finally {
      channel.dispose();
      await run("workbench.action.closePanel");
    }
  }),
  hearing("text that another program has written to the file is told as not changed by hand", async ({ changes }) => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, "elsewhere.ts");
    await vscode.workspace.fs.writeFile(uri, Buffer.from("const a = 1;\n"));
    try {
      await vscode.window.showTextDocument(uri);
      await vscode.workspace.fs.writeFile(uri, Buffer.from("const a = 1;\nconst b = 2;\n"));
      await eventually("the change", () => (changes().length > 0 ? true : undefined));
      assert.deepEqual(
        changes().map(({ isDirty, isSaving }) => [isDirty, isSaving]),
        [[false, false]],
      );
    } finally {
      await run("workbench.action.revertAndCloseActiveEditor");
      await vscode.workspace.fs.delete(uri);
    }
  }),
];
