/** What the editor does, as the events that are counted: `EditorEvent`s of documents in which somebody may write. */

import * as vscode from "vscode";
import type { EditorEvent, Stretch, TextEdit } from "../productivity/editorEvents.ts";
import { isOwnWrite } from "./ownWrites.ts";

interface Composing {
  isComposing(document: vscode.TextDocument, position: vscode.Position): boolean;
}

/**
 * Listens from its making on. At a key it costs as much as the change has edits and the editor carets, whatever the size of the
 * document. Where more carets than `MOST_CARETS` are, the others are not looked at.
 */
export class EditorEventFeed implements vscode.Disposable {
  readonly #heed: (event: EditorEvent) => void;
  readonly #nowMs: () => number;
  readonly #composing: Composing;
  readonly #isCounted: (document: vscode.TextDocument) => boolean;
  readonly #listeners: readonly vscode.Disposable[];
  /** Where the carets of visible documents are, in offsets of the text as it is. */
  readonly #selections = new Map<string, readonly Stretch[]>();
  /** The counted document that was told of last as being in front. */
  #front: string | undefined = "";
  /** Since when. */
  readonly #saving = new Map<string, number>();

  constructor(
    heed: (event: EditorEvent) => void,
    nowMs: () => number,
    composing: Composing,
    isHeard: (document: vscode.TextDocument) => boolean = isCounted,
  ) {
    this.#heed = heed;
    this.#nowMs = nowMs;
    this.#composing = composing;
    this.#isCounted = isHeard;
    const { window, workspace } = vscode;
    this.#listeners = [
      workspace.onDidChangeTextDocument((event) => this.#changed(event)),
      window.onDidChangeTextEditorSelection((event) => this.#selected(event)),
      window.onDidChangeTextEditorVisibleRanges(({ textEditor: { document } }) => {
        if (this.#isCounted(document)) this.#tell({ kind: "scroll", uri: uriOf(document) });
      }),
      window.onDidChangeActiveTextEditor((editor) => this.#inFront(editor)),
      window.onDidChangeWindowState(({ focused }) => this.#tell({ kind: "focus", isFocused: focused })),
      workspace.onDidOpenTextDocument((document) => this.#opened(document)),
      workspace.onDidCloseTextDocument((document) => this.#closed(document)),
      workspace.onWillSaveTextDocument(({ document }) => {
        if (this.#isCounted(document)) this.#saving.set(uriOf(document), this.#nowMs());
      }),
      workspace.onDidSaveTextDocument((document) => {
        this.#saving.delete(uriOf(document));
        if (this.#isCounted(document)) this.#tell({ kind: "saved", uri: uriOf(document) });
      }),
    ];
    this.#tell({ kind: "focus", isFocused: window.state.focused });
    for (const document of workspace.textDocuments) this.#opened(document);
    this.#inFront(window.activeTextEditor);
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }

  #changed({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    if (!this.#isCounted(document)) return;
    const uri = uriOf(document);
    if (contentChanges.length === 0) {
      if (document.isDirty) this.#tell({ kind: "dirtied", uri });
      return;
    }
    const edits = contentChanges
      .map((change) => editOf(change, document.eol))
      .toSorted((one, other) => one.offset - other.offset);
    const selectionsBefore = this.#selections.get(uri);
    if (selectionsBefore) this.#selections.set(uri, movedAlong(selectionsBefore, edits));
    const [first] = edits;
    this.#tell({
      kind: "change",
      uri,
      languageId: document.languageId,
      version: document.version,
      edits,
      reason: reasonOf(reason),
      isDirty: document.isDirty || !isReadAnew(document),
      isSaving: this.#isSaving(uri),
      isComposing:
        first !== undefined &&
        edits.length <= MOST_CARETS &&
        this.#composing.isComposing(document, document.positionAt(first.offset + first.text.length)),
      isOwn: isOwnWrite(uri),
      selectionsBefore,
      isActive: vscode.window.activeTextEditor?.document === document,
    });
  }

  #selected({ textEditor, selections, kind }: vscode.TextEditorSelectionChangeEvent): void {
    const { document } = textEditor;
    // Of two editors with one document the one in front counts.
    if (!this.#isCounted(document) || textEditor !== vscode.window.activeTextEditor) return;
    const places = selections.slice(0, MOST_CARETS).map(({ anchor, active }) => ({
      anchor: document.offsetAt(anchor),
      active: document.offsetAt(active),
    }));
    this.#selections.set(uriOf(document), places.map(stretchOf));
    this.#tell({ kind: "selection", uri: uriOf(document), selections: places, cause: causeOf(kind) });
  }

  #inFront(editor: vscode.TextEditor | undefined): void {
    const document = editor && this.#isCounted(editor.document) ? editor.document : undefined;
    const uri = document && uriOf(document);
    // From one that isn't counted to another: nothing is told of a test that plays in documents of its own.
    if (uri !== this.#front || uri !== undefined) this.#tell({ kind: "active", uri });
    this.#front = uri;
    if (!editor || !document) return;
    const places = editor.selections.slice(0, MOST_CARETS).map(({ start, end }) => ({
      from: document.offsetAt(start),
      to: document.offsetAt(end),
    }));
    this.#selections.set(uriOf(document), places);
  }

  #opened(document: vscode.TextDocument): void {
    if (this.#isCounted(document))
      this.#tell({ kind: "opened", uri: uriOf(document), languageId: document.languageId });
  }

  #closed(document: vscode.TextDocument): void {
    const uri = uriOf(document);
    this.#selections.delete(uri);
    this.#saving.delete(uri);
    if (this.#isCounted(document)) this.#tell({ kind: "closed", uri });
  }

  /** A save that fails or is given up is not told of. */
  #isSaving(uri: string): boolean {
    const sinceMs = this.#saving.get(uri);
    if (sinceMs === undefined) return false;
    if (this.#nowMs() - sinceMs <= LONGEST_SAVE_MS) return true;
    this.#saving.delete(uri);
    return false;
  }

  /** Every event gets the time of its telling. */
  #tell(event: WithoutTime<EditorEvent>): void {
    this.#heed({ ...event, atMs: this.#nowMs() });
  }
}

type WithoutTime<Event> = Event extends unknown ? Omit<Event, "atMs"> : never;

/** Files and what is to become one, and cells of notebooks. Output, settings' previews and other versions of files are none. */
export function isCounted({ uri }: Pick<vscode.TextDocument, "uri">): boolean {
  if (leftOut.size > 0 && leftOut.has(uri.toString())) return false;
  if (COUNTED_SCHEMES.has(uri.scheme)) return true;
  if (uri.scheme === SETTINGS_SCHEME) return false;
  return !uri.scheme.startsWith("pairwise-") && vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true;
}

/**
 * What stands in it may come from the disk, and whether it does is to be seen by `isDirty`. VS Code says of cells that they never
 * are dirty, and of what is to become a file that it is not when it is empty.
 */
function isReadAnew({ uri: { scheme } }: vscode.TextDocument): boolean {
  return scheme !== "untitled" && scheme !== "vscode-notebook-cell";
}

/** What happens in that document is counted by nobody, and nothing is suggested in it, until it is disposed: it is a test. */
export function leaveOut(uri: vscode.Uri): vscode.Disposable {
  leftOut.add(uri.toString());
  return new vscode.Disposable(() => leftOut.delete(uri.toString()));
}

export const isLeftOut = ({ uri }: Pick<vscode.TextDocument, "uri">): boolean => leftOut.has(uri.toString());

const leftOut = new Set<string>();

export function uriOf({ uri }: Pick<vscode.TextDocument, "uri">): string {
  return uri.toString();
}

/** Where carets are after a change, as far as that can be said before the editor tells it. */
function movedAlong(stretches: readonly Stretch[], edits: readonly TextEdit[]): readonly Stretch[] {
  if (edits.length > MOST_CARETS) return [];
  return stretches.map(({ from, to }) => ({ from: movedOffset(from, edits), to: movedOffset(to, edits) }));
}

function movedOffset(offset: number, edits: readonly TextEdit[]): number {
  let moved = offset;
  for (const edit of edits) {
    if (edit.offset > offset) break;
    // What is replaced there leaves the caret behind what is new.
    moved += edit.text.length - Math.min(edit.length, offset - edit.offset);
  }
  return moved;
}

function stretchOf({ anchor, active }: { readonly anchor: number; readonly active: number }): Stretch {
  return { from: Math.min(anchor, active), to: Math.max(anchor, active) };
}

function editOf(
  { range, rangeOffset, rangeLength, text }: vscode.TextDocumentContentChangeEvent,
  eol: vscode.EndOfLine,
): TextEdit {
  // What was removed is gone; how many lines it had its range still tells.
  const longBreaks = eol === vscode.EndOfLine.CRLF ? range.end.line - range.start.line : 0;
  return { offset: rangeOffset, length: rangeLength, ...(longBreaks > 0 && { longBreaks }), text };
}

function reasonOf(reason: vscode.TextDocumentChangeReason | undefined): "undo" | "redo" | undefined {
  if (reason === vscode.TextDocumentChangeReason.Undo) return "undo";
  return reason === vscode.TextDocumentChangeReason.Redo ? "redo" : undefined;
}

function causeOf(kind: vscode.TextEditorSelectionChangeKind | undefined): "keyboard" | "mouse" | "command" | undefined {
  const { Keyboard, Mouse, Command } = vscode.TextEditorSelectionChangeKind;
  if (kind === Keyboard) return "keyboard";
  if (kind === Mouse) return "mouse";
  return kind === Command ? "command" : undefined;
}

const COUNTED_SCHEMES = new Set(["file", "untitled", "vscode-notebook-cell", "vscode-remote"]);
/** The user's own settings, keyboard shortcuts and snippets, which VS Code writes as well. */
const SETTINGS_SCHEME = "vscode-userdata";
/** VS Code itself gives up waiting for what others do before a save after less. */
const LONGEST_SAVE_MS = 5_000;
/** A change in more places is none that somebody makes by hand. */
const MOST_CARETS = 100;
