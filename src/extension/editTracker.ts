import * as vscode from "vscode";
import type { Piece } from "../context/pieces.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";
import { clipboardPiece } from "../context/sources/clipboard.ts";
import type { LineRange } from "../context/sources/edits.ts";
import { type Diagnostic, nearbyDiagnostics } from "../context/sources/nearbyDiagnostics.ts";
import { EditHistory } from "../context/sources/recentEdits.ts";
import { SnippetIndex } from "../context/sources/similarSnippets.ts";
import { lineBreaksIn } from "../text/lines.ts";
import { pathOf } from "./convert.ts";
import { isOpen, isSource, lengthOf } from "./openDocuments.ts";
import { setting } from "./settings.ts";
import { folderIdOf } from "./workspacePlaces.ts";

type File = Pick<vscode.TextDocument, "uri">;

/** Which files nothing may be shown of to a model. */
export interface Ignored {
  /** Asked often. True also of what is not known yet. */
  isIgnored(file: File): boolean;
  /** Waits until it is known. */
  look(file: File): Promise<boolean>;
  readonly onDidChangeRules: vscode.Event<void>;
}

/** How much of the caret's own file the model sees anyway, in UTF-16 code units before and after the caret. */
interface Shown {
  readonly before: number;
  readonly after: number;
}

/**
 * What the editor itself knows that is of use for a suggestion: code of open files that is like what is being written,
 * what was edited last, what is wrong nearby, what was copied. It listens from the first question on.
 */
export class EditTracker implements vscode.Disposable {
  readonly #ignored: Ignored;
  readonly #snippets = new SnippetIndex();
  readonly #edits = new EditHistory();
  /** The files that are known, by their addresses; the one that was edited or looked at last is at the end. */
  readonly #files = new Map<string, vscode.TextDocument>();
  /** Documents to be read, one a turn, so that many open ones hold nobody up. */
  readonly #unread = new Set<vscode.TextDocument>();
  #listeners: readonly vscode.Disposable[] | undefined;
  #reading: NodeJS.Immediate | undefined;

  constructor(ignored: Ignored) {
    this.#ignored = ignored;
  }

  /** Paths of files that were edited or looked at of late, the last one first; not that of `cursor`. */
  recent(cursor: Pick<CursorSnapshot, "path">): readonly string[] {
    this.#start();
    const files = Array.from(this.#files.values()).toReversed();
    const paths = files.filter((file) => !this.#ignored.isIgnored(file)).map(({ uri }) => pathOf(uri));
    return paths.filter((path) => path !== cursor.path).slice(0, MOST_RECENT);
  }

  /**
   * The most valuable first; of other files those alone whose language `isOn`. Synchronous, and takes about a millisecond.
   */
  pieces(
    cursor: CursorSnapshot,
    shown: Shown,
    mostChars: number,
    isOn: (languageId: string) => boolean,
  ): readonly Piece[] {
    this.#start();
    const { path, languageId, prefix: before, suffix: after } = cursor;
    const document = this.#documentOf(cursor);
    const caretLine = document?.positionAt(cursor.offset).line ?? 0;
    const shownLines = linesShown(cursor, caretLine, shown);
    // A file may have become one that is ignored since it was read.
    const hidden = this.#pathsOf((file) => this.#ignored.isIgnored(file) || !isOn(file.languageId));
    const pieces = [
      ...this.#edits.query({ path, shown: shownLines, mostChars }),
      ...this.#snippets.query({
        path,
        languageId,
        before,
        after,
        shown: shownLines,
        mostPieces: MOST_SNIPPETS,
        mostChars,
      }),
    ].filter((piece) => piece.path === undefined || !hidden.has(piece.path));
    const wrong = document ? nearbyDiagnostics(diagnosticQuery(document, cursor, caretLine)) : [];
    const folders = this.#foldersByPath();
    return [
      ...pieces.map((piece) => ({ ...piece, folder: folders.get(piece.path ?? "") })),
      ...wrong.map((piece) => ({ ...piece, folder: cursor.folder })),
    ].toSorted((one, other) => other.value - one.value);
  }

  /** What was copied, where the user allows it and it is code that the model does not see anyway. It never rejects. */
  async copied({ prefix, suffix }: CursorSnapshot, shown: Shown): Promise<readonly Piece[]> {
    if (!setting("context.clipboard")) return [];
    const text = await vscode.env.clipboard.readText().then(String, () => "");
    const seen = prefix.slice(Math.max(0, prefix.length - shown.before)) + suffix.slice(0, shown.after);
    const piece = clipboardPiece(text, seen);
    return piece ? [piece] : [];
  }

  dispose(): void {
    clearImmediate(this.#reading);
    for (const listener of this.#listeners ?? []) listener.dispose();
  }

  #start(): void {
    if (this.#listeners) return;
    this.#listeners = [
      vscode.workspace.onDidChangeTextDocument((event) => this.#changed(event)),
      vscode.workspace.onDidOpenTextDocument((document) => void this.#look(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#closed(document)),
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const { document } of editors) void this.#look(document);
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.#touch(editor.document.uri.toString())),
      vscode.workspace.onDidDeleteFiles(({ files }) => this.#gone(files)),
      vscode.workspace.onDidRenameFiles(({ files }) => this.#gone(files.map(({ oldUri }) => oldUri))),
      this.#ignored.onDidChangeRules(() => this.#lookAtAll()),
    ];
    this.#lookAtAll();
  }

  #lookAtAll(): void {
    for (const document of vscode.workspace.textDocuments) void this.#look(document);
  }

  async #look(document: vscode.TextDocument): Promise<void> {
    if (!isSource(document) || !isOpen(document) || (await this.#ignored.look(document))) return;
    if (this.#files.get(document.uri.toString()) === document) return;
    this.#unread.add(document);
    this.#reading ??= setImmediate(() => this.#readNext());
  }

  #readNext(): void {
    this.#reading = undefined;
    const [document] = this.#unread;
    if (!document) return;
    this.#unread.delete(document);
    this.#read(document);
    if (this.#unread.size > 0) this.#reading = setImmediate(() => this.#readNext());
  }

  #read(document: vscode.TextDocument): void {
    const path = pathOf(document.uri);
    const key = document.uri.toString();
    // Two folders of a workspace may have the same path in them: which of them a piece is from would not be known.
    const isTaken = this.#snippets.has(path) && !this.#files.has(key);
    if (document.isClosed || isTaken || this.#ignored.isIgnored(document) || lengthOf(document) > MOST_CHARS) return;
    this.#snippets.open(path, document.languageId, document.getText());
    this.#files.set(key, document);
    if (document === vscode.window.activeTextEditor?.document) this.#touch(key);
    this.#forgetOldest();
  }

  #changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const key = document.uri.toString();
    if (this.#files.get(key) !== document || contentChanges.length === 0) return;
    this.#touch(key);
    const path = pathOf(document.uri);
    for (const { range, text } of contentChanges) {
      const change = this.#snippets.change(path, { start: range.start, end: range.end, text });
      if (change) {
        this.#edits.edited(path, change);
        continue;
      }
      // What is known of the file is out of date, or had to make room for others.
      this.#edits.forget(path);
      this.#files.delete(key);
      void this.#look(document);
      return;
    }
  }

  /** What was closed with its changes unsaved is not what is in the file; the rest is of use for a while. */
  #closed(document: vscode.TextDocument): void {
    this.#unread.delete(document);
    const isKnown = this.#files.get(document.uri.toString()) === document;
    if (isKnown && (document.isDirty || document.isUntitled)) this.#gone([document.uri]);
  }

  /** Files, or folders with all that is in them. */
  #gone(uris: readonly vscode.Uri[]): void {
    for (const [key, { uri }] of this.#files) {
      if (!uris.some((gone) => key === gone.toString() || key.startsWith(`${gone.toString()}/`))) continue;
      this.#files.delete(key);
      this.#snippets.close(pathOf(uri));
      this.#edits.forget(pathOf(uri));
    }
  }

  #touch(key: string): void {
    const file = this.#files.get(key);
    if (!file) return;
    this.#files.delete(key);
    this.#files.set(key, file);
  }

  #forgetOldest(): void {
    for (const { uri } of Array.from(this.#files.values()).slice(0, -MOST_FILES)) this.#gone([uri]);
  }

  #foldersByPath(): ReadonlyMap<string, string | undefined> {
    return new Map(Array.from(this.#files.values(), ({ uri }) => [pathOf(uri), folderIdOf(uri)]));
  }

  #pathsOf(isOne: (file: vscode.TextDocument) => boolean): ReadonlySet<string> {
    const files = Array.from(this.#files.values()).filter(isOne);
    return new Set(files.map(({ uri }) => pathOf(uri)));
  }

  /** The one that the caret is in; not a notebook's cell, where the snapshot has what stands above in other cells. */
  #documentOf({ uri }: CursorSnapshot): vscode.TextDocument | undefined {
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
    return document?.uri.scheme === "vscode-notebook-cell" ? undefined : document;
  }
}

function linesShown({ prefix, suffix }: CursorSnapshot, caretLine: number, { before, after }: Shown): LineRange {
  const above = prefix.slice(Math.max(0, prefix.length - before));
  const below = suffix.slice(0, after);
  return { first: caretLine - lineBreaksIn(above), last: caretLine + lineBreaksIn(below) };
}

function diagnosticQuery(
  document: vscode.TextDocument,
  { path, languageId, prefix, suffix }: CursorSnapshot,
  caretLine: number,
) {
  return {
    path,
    languageId,
    caretLine,
    seen: prefix + suffix,
    diagnostics: vscode.languages.getDiagnostics(document.uri).flatMap(diagnosticOf),
    lineAt: (line: number) => (line < document.lineCount ? document.lineAt(line).text : undefined),
  };
}

function diagnosticOf({ range, severity, message, code, source }: vscode.Diagnostic): readonly Diagnostic[] {
  if (severity > vscode.DiagnosticSeverity.Warning) return [];
  const value = typeof code === "object" ? code.value : code;
  return [
    {
      line: range.start.line,
      severity: severity === vscode.DiagnosticSeverity.Error ? "error" : "warning",
      message,
      code: value === undefined ? undefined : String(value),
      source,
    },
  ];
}

const MOST_FILES = 60;
const MOST_RECENT = 20;
const MOST_SNIPPETS = 8;
/** A longer file is data, or generated. */
const MOST_CHARS = 1_000_000;
