import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import { eventually } from "./editor.ts";
import { pause, requestAfter, status, type, withFolder, write } from "./files.ts";

/** Within it a request is made, unless something keeps it from being made. */
const LONGER_THAN_A_PAUSE_MS = 800;

interface Cell {
  readonly language: string;
  readonly text: string;
}

/** A notebook whose last cell is edited. */
export async function openNotebook(folder: string, cells: readonly Cell[]): Promise<vscode.TextEditor> {
  const content = {
    cells: cells.map(({ language, text }) => ({
      cell_type: language === "markdown" ? "markdown" : "code",
      metadata: language === "python" || language === "markdown" ? {} : { vscode: { languageId: language } },
      source: text,
      ...(language !== "markdown" && { outputs: [], execution_count: null }),
    })),
    metadata: { language_info: { name: "python" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  const notebook = await vscode.workspace.openNotebookDocument(write(folder, "sums.ipynb", JSON.stringify(content)));
  return editCell(notebook, notebook.cellCount - 1);
}

/** The caret is at the cell's end then. */
export async function editCell(notebook: vscode.NotebookDocument, index: number): Promise<vscode.TextEditor> {
  await vscode.window.showNotebookDocument(notebook, { selections: [new vscode.NotebookRange(index, index + 1)] });
  await vscode.commands.executeCommand("notebook.cell.edit");
  const { document } = notebook.cellAt(index);
  const editor = await eventually("the cell's editor", () => {
    const { activeTextEditor } = vscode.window;
    return activeTextEditor?.document === document ? activeTextEditor : undefined;
  });
  const end = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
  return editor;
}

export const notebookTests: readonly HostTest[] = [
  withFolder(
    "a notebook that is snoozed is snoozed in each of its cells, and woken in each",
    async (folder, server) => {
      await openNotebook(folder, [
        { language: "python", text: "first = " },
        { language: "python", text: "second = " },
      ]);
      const { activeNotebookEditor } = vscode.window;
      assert.ok(activeNotebookEditor);
      const { notebook } = activeNotebookEditor;
      await vscode.commands.executeCommand("pairwise.snooze", "file");
      await editCell(notebook, 0);
      await type("(");
      await pause(LONGER_THAN_A_PAUSE_MS);
      assert.equal(server.requests.length, 0);
      await status("snoozed");
      await editCell(notebook, 0);
      await vscode.commands.executeCommand("pairwise.wake");
      await editCell(notebook, 1);
      await type("(");
      await requestAfter(server, 0);
    },
  ),
  withFolder("a notebook's cell gets suggestions that know the cells of its language above", async (folder, server) => {
    const editor = await openNotebook(folder, [
      { language: "markdown", text: "# Some words" },
      { language: "python", text: "first = 1" },
      { language: "javascript", text: "let other = 2" },
      { language: "python", text: "second = 2" },
      { language: "python", text: "def add(a, b):\n    return " },
    ]);
    await eventually("an accepted suggestion", async () => {
      await vscode.commands.executeCommand("pairwise.suggest");
      await vscode.commands.executeCommand("editor.action.inlineSuggest.commit");
      return editor.document.getText().endsWith("return a + b;") ? true : undefined;
    });
    const body = await requestAfter(server, 0);
    assert.ok(body.includes("first = 1\\n\\nsecond = 2\\n\\ndef add(a, b):\\n    return "), body);
    assert.ok(body.includes("sums.ipynb") && !body.includes(folder), body);
    assert.ok(!body.includes("Some words") && !body.includes("let other"), body);
  }),
  withFolder(
    "a notebook of a thousand cells sends no more than a long file, from one place on",
    async (folder, server) => {
      const cell = (index: number) => ({ language: "python", text: `value_${index} = ${index} # ${"x".repeat(60)}` });
      await openNotebook(folder, [
        ...Array.from({ length: 1_000 }, (_, index) => cell(index)),
        { language: "python", text: "s = " },
      ]);
      const starts: string[] = [];
      // More than a line: a window that did not stay would move on.
      for (const text of ["(", `1 + ${"2 + ".repeat(40)}`, "("]) {
        const before = server.requests.length;
        await type(text);
        const body = await requestAfter(server, before);
        assert.ok(body.length < 20_000 && body.includes("value_999"), `${body.length}`);
        starts.push(/value_\d+/.exec(body)?.[0] ?? "");
      }
      assert.equal(new Set(starts).size, 1, starts.join());
    },
  ),
];
