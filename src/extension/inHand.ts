import * as vscode from "vscode";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import { fileOf } from "./notebookCells.ts";
import { isReadOnly } from "./readOnly.ts";
import { WithheldFiles, type Withheld } from "./withheldFiles.ts";

/** Why there is no suggestion in a document. `ignored` where its file is; `unasked` where it did not, though told to, and did not say why. */
export type Obstacle = "read-only" | "unasked" | "ignored";

/** What the user is in front of, as far as VS Code tells extensions. */
export class InHand implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #withheld = new WithheldFiles();
  readonly #listeners: readonly vscode.Disposable[];
  readonly #firstLook: NodeJS.Immediate;
  readonly #ignored: IgnoredFiles;
  #obstacles = new WeakMap<vscode.TextDocument, Obstacle>();
  #inputBox: vscode.TextDocument | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(ignored: IgnoredFiles) {
    this.#ignored = ignored;
    this.#listeners = [
      ignored.onDidChange(() => this.#changed.fire()),
      this.#withheld.onDidChange(() => this.#changed.fire()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#moved()),
      vscode.window.onDidChangeTextEditorSelection(() => this.#leftInputBox()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("files")) this.#lookAnew();
      }),
    ];
    // Not while the extension starts.
    this.#firstLook = setImmediate(() => void this.#look());
  }

  /** The one that is written in; `undefined` also in front of the log and other output. */
  get document(): vscode.TextDocument | undefined {
    if (this.#inputBox?.isClosed === false) return this.#inputBox;
    const document = vscode.window.activeTextEditor?.document;
    return document?.uri.scheme === "output" ? undefined : document;
  }

  /** The file in the active tab, where VS Code keeps its text from extensions. */
  get withheld(): Withheld | undefined {
    return this.#withheld.current;
  }

  obstacleIn(document: vscode.TextDocument): Obstacle | undefined {
    const { scheme } = document.uri;
    if (NEVER_ASKED.has(scheme)) return "unasked";
    if (vscode.workspace.fs.isWritableFileSystem(scheme) === false) return "read-only";
    if (this.#ignored.isKnownIgnored({ uri: fileOf(document) })) return "ignored";
    return this.#obstacles.get(document);
  }

  /** VS Code asks for a suggestion in `document`, which it does only where somebody can type. */
  asked(document: vscode.TextDocument): void {
    // The source control's input is no editor for extensions; they learn of it when they are asked.
    const isEditor = vscode.window.visibleTextEditors.some((editor) => editor.document === document);
    const inputBox = isEditor ? undefined : document;
    const isNews = this.#obstacles.delete(document) || inputBox !== this.#inputBox;
    this.#inputBox = inputBox;
    if (isNews) this.#changed.fire();
  }

  /** VS Code was told to ask at the caret and did not. */
  notAsked(): void {
    const { document } = this;
    if (!document || this.#obstacles.has(document)) return;
    this.#obstacles.set(document, "unasked");
    this.#changed.fire();
  }

  dispose(): void {
    clearImmediate(this.#firstLook);
    this.#withheld.dispose();
    for (const listener of this.#listeners) listener.dispose();
    this.#changed.dispose();
  }

  #moved(): void {
    this.#leftInputBox();
    void this.#look();
  }

  #leftInputBox(): void {
    if (!this.#inputBox) return;
    this.#inputBox = undefined;
    this.#changed.fire();
  }

  #lookAnew(): void {
    this.#obstacles = new WeakMap();
    void this.#look();
  }

  /** Once for each time that a document comes to the front. */
  async #look(): Promise<void> {
    const { document } = this;
    if (!document) return;
    const before = this.#obstacles.get(document);
    const readOnly = await isReadOnly(document);
    if (readOnly === (before === "read-only") || this.#obstacles.get(document) !== before) return;
    if (readOnly) this.#obstacles.set(document, "read-only");
    else this.#obstacles.delete(document);
    this.#changed.fire();
  }
}

/** VS Code leaves inline suggestions out of the input of the interactive window. */
const NEVER_ASKED: ReadonlySet<string> = new Set(["vscode-interactive-input"]);
