import * as vscode from "vscode";

/** A file in the active tab whose text VS Code keeps from extensions. */
export interface Withheld {
  readonly name: string;
  readonly reason: "too-large" | "unknown";
}

/** Watches whether the file in the active tab is one that extensions do not get to see. */
export class WithheldFiles implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: readonly vscode.Disposable[];
  #uri: vscode.Uri | undefined;
  #current: Withheld | undefined;
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChange = this.#changed.event;

  constructor() {
    const look = (): void => this.#look();
    this.#listeners = [
      vscode.window.onDidChangeActiveTextEditor(look),
      vscode.window.tabGroups.onDidChangeTabs(look),
      vscode.window.tabGroups.onDidChangeTabGroups(look),
    ];
    look();
  }

  /** `undefined` also while the file may still be on its way. */
  get current(): Withheld | undefined {
    return this.#current;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener.dispose();
    this.#changed.dispose();
  }

  #look(): void {
    const uri = textWithoutEditor();
    if (uri?.toString() === this.#uri?.toString()) return;
    this.#uri = uri;
    clearTimeout(this.#timer);
    this.#set(undefined);
    if (uri) this.#timer = setTimeout(() => void this.#explain(uri), LARGE_SHOWN_MS);
  }

  async #explain(uri: vscode.Uri): Promise<void> {
    const name = uri.path.split("/").at(-1) ?? "";
    const size = await vscode.workspace.fs.stat(uri).then(
      (stat) => stat.size,
      () => 0,
    );
    if (this.#uri !== uri) return;
    if (size > MOST_SHOWN_BYTES) return this.#set({ name, reason: "too-large" });
    this.#timer = setTimeout(() => this.#set({ name, reason: "unknown" }), ANY_SHOWN_MS - LARGE_SHOWN_MS);
  }

  #set(current: Withheld | undefined): void {
    if (current === this.#current) return;
    this.#current = current;
    this.#changed.fire();
  }
}

/** What the active tab shows as text, where there is no editor on it. */
function textWithoutEditor(): vscode.Uri | undefined {
  if (vscode.window.activeTextEditor) return undefined;
  const input: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText) return input.uri;
  return input instanceof vscode.TabInputTextDiff ? input.modified : undefined;
}

/** VS Code's limit is as many UTF-16 code units, which it does not tell; a file of ASCII has as many bytes. */
const MOST_SHOWN_BYTES = 50 * 1024 * 1024;
/**
 * A tab is there before its editor: a file of 42 MB took 6 s to reach extensions on two cores. What is too large is told
 * sooner; a file that is so in bytes alone (Chinese has three for a character) is then told wrongly until it is there.
 */
const LARGE_SHOWN_MS = 3_000;
const ANY_SHOWN_MS = 10_000;
