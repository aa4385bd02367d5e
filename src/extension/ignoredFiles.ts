import * as vscode from "vscode";
import { isSecretByName, RuleFiles } from "./ruleFiles.ts";
import { filesMeant } from "./versions.ts";

/**
 * Which files nothing is shown of. Ignore files are read when a file is first asked about; until then, for some
 * milliseconds, and as long as they can't be read, it says of everything that it is ignored.
 */
export class IgnoredFiles implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #rulesChanged = new vscode.EventEmitter<void>();
  readonly #rules = new RuleFiles();
  /** By a file's address. */
  readonly #known = new Map<string, boolean>();
  /** What is being looked at, likewise: many may ask about a file before its answer is known. */
  readonly #looking = new Map<string, Promise<void>>();
  #watching: vscode.Disposable | undefined;
  /** Counts up when what was read counts no more. */
  #generation = 0;

  /** Fires when it knows more, or the rules are others. */
  readonly onDidChange = this.#changed.event;

  /** Fires when what was ignored may not be any more, or the other way round. */
  readonly onDidChangeRules = this.#rulesChanged.event;

  isIgnored({ uri }: Pick<vscode.TextDocument, "uri">): boolean {
    const known = this.#known.get(uri.toString());
    if (known !== undefined) return known;
    if (filesMeant(uri).length === 0) return this.#remember(uri, isSecretByName(uri));
    void this.#look(uri);
    return true;
  }

  /** `undefined` where it was not asked about before. Asks nobody. */
  isKnownIgnored({ uri }: Pick<vscode.TextDocument, "uri">): boolean | undefined {
    return this.#known.get(uri.toString());
  }

  /** Waits where the ignore files are not read yet, and looks again where they become others meanwhile. */
  async look({ uri }: Pick<vscode.TextDocument, "uri">): Promise<boolean> {
    if (filesMeant(uri).length === 0) return this.isIgnored({ uri });
    for (let looks = 0; looks <= MOST_LOOKS; looks += 1) {
      const known = this.#known.get(uri.toString());
      if (known !== undefined) return known;
      if (looks < MOST_LOOKS) await this.#look(uri);
    }
    return true;
  }

  dispose(): void {
    this.#watching?.dispose();
    this.#changed.dispose();
    this.#rulesChanged.dispose();
  }

  #look(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    const running = this.#looking.get(key);
    if (running) return running;
    const looking = this.#lookAnew(uri).finally(() => {
      if (this.#looking.get(key) === looking) this.#looking.delete(key);
    });
    this.#looking.set(key, looking);
    return looking;
  }

  /** The next question looks again where it fails, or where the rules became others meanwhile. */
  async #lookAnew(uri: vscode.Uri): Promise<void> {
    this.#watch();
    const generation = this.#generation;
    const looks = filesMeant(uri).map((file) => this.#rules.ignores(file));
    const ignored = await Promise.all(looks).catch(() => undefined);
    if (ignored === undefined || generation !== this.#generation) return;
    this.#remember(uri, ignored.includes(true));
    this.#changed.fire();
  }

  #remember(uri: vscode.Uri, ignored: boolean): boolean {
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(uri.toString(), ignored);
    return ignored;
  }

  #watch(): void {
    if (this.#watching) return;
    const forget = (): void => {
      this.#generation += 1;
      this.#rules.forget();
      this.#known.clear();
      this.#looking.clear();
      this.#rulesChanged.fire();
      this.#changed.fire();
    };
    const watchers = ["**/.{gitignore,pairwiseignore}", "**/.git/info/exclude"].flatMap((glob) => {
      const watcher = vscode.workspace.createFileSystemWatcher(glob);
      return [watcher, watcher.onDidChange(forget), watcher.onDidCreate(forget), watcher.onDidDelete(forget)];
    });
    this.#watching = vscode.Disposable.from(
      ...watchers,
      // Sooner than the watchers, and also of files above the workspace's folders.
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (/\/(?:\.gitignore|\.pairwiseignore|\.git\/info\/exclude)$/.test(uri.path)) forget();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(forget),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("files.exclude")) forget();
      }),
    );
  }
}

const MOST_KNOWN = 5_000;
const MOST_LOOKS = 3;
