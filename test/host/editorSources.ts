import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import * as vscode from "vscode";
import type { Piece, SourceName } from "../../src/context/pieces.ts";
import type { CursorSnapshot } from "../../src/context/snapshot.ts";
import { cursorSnapshot } from "../../src/extension/convert.ts";
import { EditTracker } from "../../src/extension/editTracker.ts";
import { IgnoredFiles } from "../../src/extension/ignoredFiles.ts";
import { openPlace } from "../../src/extension/openPlace.ts";
import { forgetSettings } from "../../src/extension/settings.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { closeAll, eventually } from "./editor.ts";
import { openAtEnd, pause, type, whileSet, write } from "./files.ts";

const TOTAL = `export function invoiceTotal(invoice: Invoice): number {
  let total = 0;
  for (const position of invoice.positions) {
    total += position.price * position.quantity;
  }
  return total;
}
`;
const WRITING = `export function orderTotal(order: Order) {
  for (const position of order.positions) {
    total += position.price`;
/** Longer than it takes to read them. */
const IGNORE_FILES_READ_MS = 500;
const ALL = { before: 10_000, after: 10_000 };

/** With a tracker of its own and a folder in the workspace, which is removed afterwards. */
function withTracker(
  name: string,
  body: (tracker: EditTracker, folder: string, ignored: IgnoredFiles) => Promise<void>,
): HostTest {
  return {
    name,
    async run() {
      const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
      assert.ok(workspace);
      const folder = mkdtempSync(join(workspace, "editor-sources-"));
      const ignored = new IgnoredFiles();
      const tracker = new EditTracker(ignored);
      try {
        await body(tracker, folder, ignored);
      } finally {
        tracker.dispose();
        ignored.dispose();
        await closeAll();
        rmSync(folder, { recursive: true });
      }
    },
  };
}

function cursorAtCaret(): CursorSnapshot {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  return cursorSnapshot(editor.document, editor.selection.active, undefined);
}

function piecesAtCaret(tracker: EditTracker): readonly Piece[] {
  return tracker.pieces(cursorAtCaret(), ALL, 8_000, () => true);
}

function recentAtCaret(tracker: EditTracker): readonly string[] {
  return tracker.recent(cursorAtCaret());
}

function told(tracker: EditTracker, source: SourceName, text: RegExp): Promise<Piece> {
  return eventually(`a piece of ${source} with ${text}`, () =>
    piecesAtCaret(tracker).find((piece) => piece.source === source && text.test(piece.text)),
  );
}

export const editorSourceTests: readonly HostTest[] = [
  withTracker(
    "what was typed into two files is told in a third one, the newest worth most",
    async (tracker, folder) => {
      const [a, b, c] = ["a.ts", "b.ts", "c.ts"].map((name) => write(folder, name, "const start = 1;\n\n"));
      assert.ok(a && b && c);
      await openAtEnd(a);
      await openAtEnd(b);
      await eventually("the files being read", () => (recentAtCaret(tracker).length > 0 ? true : undefined));
      await openAtEnd(a);
      for (const key of "alpha(one);") await type(key);
      await openAtEnd(b);
      for (const key of "beta(two);") await type(key);
      await openAtEnd(c);
      const edits = piecesAtCaret(tracker).filter(({ source }) => source === "recent-edits");
      const name = basename(folder);
      assert.deepEqual(
        edits.map(({ path, line, text }) => ({ path, line, text })),
        [
          { path: `${name}/b.ts`, line: 2, text: "beta(two);" },
          { path: `${name}/a.ts`, line: 2, text: "alpha(one);" },
        ],
      );
      assert.deepEqual(recentAtCaret(tracker).slice(0, 2), [`${name}/b.ts`, `${name}/a.ts`]);
    },
  ),
  withTracker(
    "code of another open file is told as it is now, and nothing of it as long as it is ignored",
    async (tracker, folder) => {
      await openAtEnd(write(folder, "invoice.ts", TOTAL));
      await openAtEnd(write(folder, "order.ts", WRITING));
      const piece = await told(tracker, "similar", /position\.price \* position\.quantity/);
      assert.equal(piece.path, `${basename(folder)}/invoice.ts`);
      const edit = new vscode.WorkspaceEdit();
      const { uri } = await vscode.workspace.openTextDocument(join(folder, "invoice.ts"));
      edit.replace(uri, new vscode.Range(3, 24, 3, 32), "discount");
      await vscode.workspace.applyEdit(edit);
      const changed = (await vscode.workspace.openTextDocument(uri)).lineAt(3).text.trim();
      assert.match(changed, /discount/);
      assert.ok(piecesAtCaret(tracker).some(({ source, text }) => source === "similar" && text.includes(changed)));
      const isTold = (): boolean => piecesAtCaret(tracker).some(({ path }) => path?.endsWith("invoice.ts"));
      const rules = write(folder, ".pairwiseignore", "invoice.ts\n");
      await eventually("nothing of it", () => (isTold() ? undefined : true));
      await pause(IGNORE_FILES_READ_MS);
      assert.ok(!isTold());
      rmSync(rules.fsPath);
      await eventually("something of it", () => (isTold() ? true : undefined));
    },
  ),
  withTracker(
    "files that were open before anybody asked are told without being shown again",
    async (tracker, folder) => {
      await openAtEnd(write(folder, "invoice.ts", TOTAL));
      await openAtEnd(write(folder, "order.ts", WRITING));
      await told(tracker, "similar", /position\.price \* position\.quantity/);
    },
  ),
  withTracker("a file that was ignored when it was opened is told from when it is not", async (tracker, folder) => {
    const rules = write(folder, ".pairwiseignore", "invoice.ts\n");
    await openAtEnd(write(folder, "invoice.ts", TOTAL));
    await openAtEnd(write(folder, "order.ts", WRITING));
    assert.deepEqual(recentAtCaret(tracker), []);
    await pause(IGNORE_FILES_READ_MS);
    assert.deepEqual(recentAtCaret(tracker), []);
    rmSync(rules.fsPath);
    await told(tracker, "similar", /position\.price \* position\.quantity/);
  }),
  withTracker("a file that many ask about at once is looked at once", async (_tracker, folder, ignored) => {
    const uri = write(folder, "asked.ts", TOTAL);
    let answers = 0;
    const listener = ignored.onDidChange(() => (answers += 1));
    try {
      assert.deepEqual(
        [1, 2, 3].map(() => ignored.isIgnored({ uri })),
        [true, true, true],
      );
      assert.deepEqual(await Promise.all([1, 2, 3].map(() => ignored.look({ uri }))), [false, false, false]);
      assert.equal(answers, 1);
    } finally {
      listener.dispose();
    }
  }),
  withTracker(
    "what is told of a file is opened in the workspace folder that it was told from",
    async (tracker, folder) => {
      await openAtEnd(write(folder, "invoice.ts", TOTAL));
      await openAtEnd(write(folder, "order.ts", WRITING));
      const { path = "", folder: from } = await told(tracker, "similar", /position\.price \* position\.quantity/);
      assert.ok(from !== undefined && from === cursorAtCaret().folder);
      const shown = (): string => basename(vscode.window.activeTextEditor?.document.uri.path ?? "");
      await openPlace(path, 0, "another folder");
      assert.equal(shown(), "order.ts");
      await openPlace(path, 0, from);
      assert.equal(shown(), "invoice.ts");
    },
  ),
  withTracker("a file outside of the workspace is not told elsewhere", async (tracker, folder) => {
    const outside = mkdtempSync(join(tmpdir(), "pairwise-outside-"));
    try {
      await openAtEnd(write(outside, "secret.ts", TOTAL));
      await openAtEnd(write(folder, "invoice.ts", TOTAL.replace("invoiceTotal", "insideTotal")));
      await openAtEnd(write(folder, "order.ts", WRITING));
      await told(tracker, "similar", /insideTotal/);
      // A language server may have told of errors in it by now.
      const others = piecesAtCaret(tracker).filter(({ path }) => !path?.endsWith("order.ts"));
      assert.ok(others.every(({ path }) => path?.endsWith("invoice.ts")));
    } finally {
      await closeAll();
      rmSync(outside, { recursive: true });
    }
  }),
  withTracker("an error nearby is told beside its line", async (tracker, folder) => {
    const uri = write(folder, "wrong.ts", "const sum = totl(items);\n\n");
    await openAtEnd(uri);
    const found = vscode.languages.createDiagnosticCollection("test");
    try {
      found.set(uri, [new vscode.Diagnostic(new vscode.Range(0, 12, 0, 16), "Cannot find name 'totl'.")]);
      const piece = await told(tracker, "diagnostics", /totl/);
      assert.equal(piece.text, "const sum = totl(items); // error: Cannot find name 'totl'.");
    } finally {
      found.dispose();
    }
  }),
  withTracker("what was copied is told only where the user has allowed it", async (tracker, folder) => {
    await openAtEnd(write(folder, "paste.ts", "const a = 1;\n"));
    const cursor = cursorAtCaret();
    await vscode.env.clipboard.writeText("const rate = taxes.get(country);");
    assert.deepEqual(await tracker.copied(cursor, ALL), []);
    await whileSet("pairwise", "context.clipboard", true, async () => {
      const [piece] = await eventually("the copied code", async () => {
        // The suite has its own copy of the code that reads settings, which nobody tells of a change.
        forgetSettings();
        const pieces = await tracker.copied(cursor, ALL);
        return pieces.length > 0 ? pieces : undefined;
      });
      assert.equal(piece?.text, "const rate = taxes.get(country);");
    });
  }),
];
