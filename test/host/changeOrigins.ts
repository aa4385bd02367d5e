import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { ChangeOrigins } from "../../src/productivity/activity/changeOrigin.ts";
import { FirstChanges } from "../../src/productivity/activity/firstChanges.ts";
import type { Stretch } from "../../src/productivity/editorEvents.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { closeAll, eventually } from "./editor.ts";

const TEXT = "function first() {\n}\n\nlet value = 1;\nlet other = 2;\n";

/** The changes that this version of the editor really makes, and what they are taken for. */
class Watched implements vscode.Disposable {
  readonly editor: vscode.TextEditor;
  readonly #kinds: string[] = [];
  readonly #origins = new ChangeOrigins();
  readonly #firstChanges = new FirstChanges((event) => {
    if (event.kind === "change") this.#kinds.push(this.#origins.originOf(event).kind);
  });
  readonly #listening: vscode.Disposable;
  #before: readonly Stretch[];
  #isSaving = false;

  constructor(editor: vscode.TextEditor) {
    this.editor = editor;
    this.#before = this.#carets(editor.selections);
    this.#listening = vscode.Disposable.from(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        if (textEditor === editor) this.#before = this.#carets(selections);
      }),
      vscode.workspace.onWillSaveTextDocument(() => (this.#isSaving = true)),
      vscode.workspace.onDidSaveTextDocument(() => (this.#isSaving = false)),
      vscode.workspace.onDidChangeTextDocument((event) => this.#heed(event)),
    );
  }

  dispose(): void {
    this.#listening.dispose();
  }

  /** The caret behind a text, or what is selected. */
  async at(behind: string, selected = ""): Promise<void> {
    const { document } = this.editor;
    const offset = document.getText().indexOf(behind + selected) + behind.length;
    const [from, to] = [offset, offset + selected.length].map((each) => document.positionAt(each));
    this.editor.selection = new vscode.Selection(from!, to!);
    await eventually("the caret", () => (this.#before[0]?.from === offset ? true : undefined));
  }

  /** What it was taken for. */
  async after(what: () => Thenable<unknown>, changes = 1): Promise<string> {
    this.#kinds.length = 0;
    await what();
    await eventually("the change", () => {
      this.#firstChanges.tick(performance.now());
      return this.#kinds.length >= changes ? true : undefined;
    });
    return this.#kinds.join(" ");
  }

  #carets(selections: readonly vscode.Selection[]): readonly Stretch[] {
    const { document } = this.editor;
    return selections.map(({ start, end }) => ({ from: document.offsetAt(start), to: document.offsetAt(end) }));
  }

  #heed({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    if (document !== this.editor.document) return;
    const atMs = performance.now();
    const uri = document.uri.toString();
    if (contentChanges.length === 0) {
      if (document.isDirty) this.#firstChanges.heed({ kind: "dirtied", uri, atMs });
      return;
    }
    const reasons = {
      [vscode.TextDocumentChangeReason.Undo]: "undo",
      [vscode.TextDocumentChangeReason.Redo]: "redo",
    } as const;
    this.#firstChanges.heed({
      kind: "change",
      atMs,
      uri,
      languageId: document.languageId,
      version: document.version,
      edits: contentChanges
        .map(({ rangeOffset, rangeLength, text }) => ({ offset: rangeOffset, length: rangeLength, text }))
        .toSorted((one, other) => one.offset - other.offset),
      reason: reason && reasons[reason],
      isDirty: document.isDirty,
      isSaving: this.#isSaving,
      isComposing: false,
      isOwn: false,
      selectionsBefore: this.#before,
      isActive: vscode.window.activeTextEditor === this.editor,
    });
  }
}

function withFile(name: string, body: (watched: Watched, path: string) => Promise<void>): HostTest {
  return {
    name,
    async run() {
      const folder = mkdtempSync(join(tmpdir(), "pairwise-origins-"));
      const path = join(folder, "origins.ts");
      writeFileSync(path, TEXT);
      const watched = new Watched(await vscode.window.showTextDocument(vscode.Uri.file(path)));
      try {
        await body(watched, path);
      } finally {
        watched.dispose();
        await vscode.commands.executeCommand("workbench.action.files.revert");
        await closeAll();
        rmSync(folder, { recursive: true });
      }
    },
  };
}

const run = (command: string, argument?: unknown) => () => vscode.commands.executeCommand(command, argument);
const type = (text: string) => run("type", { text });

export const changeOriginTests: readonly HostTest[] = [
  withFile("keys are typed, with all that the editor adds to them", async (watched) => {
    await watched.at("first() {");
    for (const key of ["\n", "x", "(", ")", '"', ";", "\n", "\n", "}"]) {
      assert.equal(await watched.after(type(key)), "typed", JSON.stringify(key));
    }
    assert.equal(await watched.after(run("editor.action.insertLineAfter")), "typed");
    assert.equal(await watched.after(run("tab")), "typed");
    await watched.at("let ", "value");
    assert.equal(await watched.after(type("(")), "typed", "around a selection");
    await watched.at("let ", "other");
    assert.equal(await watched.after(type("o")), "typed", "over a selection");
  }),
  withFile("keys that are faster than the events of the caret are typed", async (watched) => {
    await watched.at("first() {");
    const keys = ["c", "o", "n", "s", "t"];
    const typed = await watched.after(() => Promise.all(keys.map((key) => type(key)())), keys.length);
    assert.equal(typed, keys.map(() => "typed").join(" "));
  }),
  withFile("several carets type and delete", async (watched) => {
    const { editor } = watched;
    await watched.at("");
    editor.selections = [new vscode.Selection(3, 0, 3, 0), new vscode.Selection(4, 0, 4, 0)];
    await new Promise((wake) => setTimeout(wake, 200));
    assert.equal(await watched.after(type("m")), "typed");
    assert.equal(await watched.after(run("deleteLeft")), "deleted");
  }),
  withFile("an input method types", async (watched) => {
    await watched.at("");
    const compose = (text: string, replacePrevCharCnt: number) =>
      run("compositionType", { text, replacePrevCharCnt, replaceNextCharCnt: 0, positionDelta: 0 });
    await run("compositionStart")();
    assert.equal(await watched.after(compose("n", 0)), "typed");
    assert.equal(await watched.after(compose("ni", 1)), "typed");
    assert.equal(await watched.after(compose("你", 2)), "typed");
    await run("compositionEnd")();
  }),
  withFile("what is taken away by hand is deleted", async (watched) => {
    await watched.at("let value");
    assert.equal(await watched.after(run("deleteLeft")), "deleted");
    assert.equal(await watched.after(run("deleteWordLeft")), "deleted");
    await watched.at("let ", "other");
    assert.equal(await watched.after(run("editor.action.clipboardCutAction")), "deleted");
    assert.equal(await watched.after(run("editor.action.deleteLines")), "deleted");
  }),
  withFile("a paste is one, also as the first change after a save", async (watched) => {
    await vscode.env.clipboard.writeText("some pasted text");
    await watched.at("let value");
    assert.equal(await watched.after(run("editor.action.clipboardPasteAction")), "paste");
    await watched.editor.document.save();
    assert.equal(await watched.after(run("editor.action.clipboardPasteAction")), "paste");
  }),
  withFile("the first key after a save is typed; undo and redo are what they say", async (watched) => {
    await watched.at("let value");
    assert.equal(await watched.after(type("s")), "typed");
    await watched.editor.document.save();
    assert.equal(await watched.after(type("t")), "typed");
    assert.equal(await watched.after(run("undo")), "undo");
    assert.equal(await watched.after(run("redo")), "redo");
  }),
  withFile("a file that another program writes is read from the disk", async (watched, path) => {
    await watched.at("");
    writeFileSync(path, `// from outside\n${TEXT}`);
    assert.equal(await watched.after(() => Promise.resolve()), "disk");
    writeFileSync(path, `// from outside\n${TEXT.replace("2", "3")}`);
    assert.equal(await watched.after(() => Promise.resolve()), "disk");
    await watched.at("let value");
    writeFileSync(path, `// from outside\n${TEXT.replace("2", "3").replace("value", "")}`);
    assert.equal(await watched.after(() => Promise.resolve()), "disk", "also what stood at the caret");
    assert.equal(await watched.after(type("y")), "typed");
  }),
  withFile("lines that are pasted first into a file that was just opened or saved are pasted", async (watched) => {
    await watched.at("let value = 1;\n");
    const paste = run("paste", { text: "const pasted = [1, 2];\nconst more = pasted;\n", pasteOnNewLine: false });
    assert.equal(await watched.after(paste), "paste");
    await watched.editor.document.save();
    assert.equal(await watched.after(paste), "paste");
  }),
  withFile("commands of the editor, formatters and other extensions are none of it", async (watched) => {
    const { document } = watched.editor;
    await watched.at("let value");
    // As the first change of a file that was just opened, of which VS Code says that it changes nothing.
    assert.equal(await watched.after(run("editor.action.copyLinesDownAction")), "other");
    assert.equal(
      await watched.after(run("editor.action.insertSnippet", { snippet: "log(${1:value}, 1);" })),
      "completed",
    );
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), "import value;\n");
    assert.equal(await watched.after(() => vscode.workspace.applyEdit(edit)), "other");
    const layout = new vscode.WorkspaceEdit();
    for (const line of [1, 4, 5]) layout.insert(document.uri, new vscode.Position(line, 0), "  ");
    assert.equal(await watched.after(() => vscode.workspace.applyEdit(layout)), "formatter");
  }),
];
